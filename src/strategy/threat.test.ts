import { describe, expect, it } from 'vitest';
import { callSideUsed, callThreatened, putSideUsed, putThreatened } from './threat.ts';
import type { ThreatView } from './threat.ts';

const RULE = { expectedMoveUsed: 0.7, shortDelta: 0.3 };

function view(spot: number, putDelta = 0.1, callDelta = 0.1): ThreatView {
  return {
    spot,
    centre: 5000,
    shortPut: 4800,
    shortCall: 5300,
    putDelta: () => putDelta,
    callDelta: () => callDelta,
  };
}

describe('threat', () => {
  it('measures the share of the expected move used on each side', () => {
    expect(putSideUsed(view(5000))).toBe(0);
    expect(putSideUsed(view(4900))).toBe(0.5);
    expect(putSideUsed(view(4800))).toBe(1);
    expect(putSideUsed(view(5100))).toBe(-0.5);
    expect(callSideUsed(view(5150))).toBe(0.5);
    expect(callSideUsed(view(5300))).toBe(1);
  });

  it.each([
    ['0.7 of the move', view(4860), true],
    ['just less', view(4860.2), false],
    ['the short at 30 delta', view(4950, 0.3), true],
    ['just less', view(4950, 0.299), false],
    ['the call side', view(5300, 0.01, 0.5), false],
    ['unknown spot and delta', view(Number.NaN, Number.NaN), false],
  ])('threatens the put side: %s', (_name, market, expected) => {
    expect(putThreatened(market, RULE)).toBe(expected);
  });

  it.each([
    ['0.7 of the move', view(5210), true],
    ['just less', view(5209.8), false],
    ['the short at 30 delta', view(5000, 0.1, 0.3), true],
    ['the put side', view(4800, 0.5, 0.01), false],
  ])('threatens the call side: %s', (_name, market, expected) => {
    expect(callThreatened(market, RULE)).toBe(expected);
  });
});
