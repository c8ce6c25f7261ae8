import { describe, expect, it } from 'vitest';
import { nearestNode } from './nearest-node.ts';

const RULE = { targetDays: 90, minDays: 75, maxDays: 105 };

describe('nearestNode', () => {
  it.each([
    ['the nearest', [70, 80, 95, 120], 2],
    ['the first of two as near', [85, 95], 0],
    ['both ends of the range', [75], 0],
    ['both ends of the range', [105], 0],
    ['none below it', [74], -1],
    ['none above it', [106], -1],
    ['none of none', [], -1],
  ])('takes %s of %j', (_name, days, expected) => {
    expect(
      nearestNode(
        days.map((each) => 20_000 + each),
        20_000,
        RULE,
      ),
    ).toBe(expected);
  });
});
