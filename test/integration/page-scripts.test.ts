import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHARTS } from '../../src/report/chart-script.ts';
import { REPLAY } from '../../src/report/replay-script.ts';

describe.each([
  ['charts', CHARTS],
  ['a replay', REPLAY],
])('the script of %s', (_, { text, hash }) => {
  it('is the one the content security policy of the page allows', () => {
    expect(hash).toBe(createHash('sha256').update(text).digest('base64'));
  });

  it('builds elements, never markup, and fetches nothing', () => {
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacent|fetch|import|eval|https?:/);
  });
});
