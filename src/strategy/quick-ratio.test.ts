import { describe, expect, it } from 'vitest';
import { quickRatio } from './quick-ratio.ts';

const VIEW = {
  cash: 100_000,
  longOptionsAtBid: 20_000,
  stressedLoss: 40_000,
  futuresInitial: 10_000,
  rollDebitsDue: 5000,
};

describe('quickRatio (R-23)', () => {
  it('is haircut means over stressed obligations', () => {
    // (99,000 + 10,000) / (40,000 + 15,000 + 5,000)
    expect(quickRatio(VIEW)).toBeCloseTo(109_000 / 60_000, 14);
  });

  it('does not count a stressed gain as a means', () => {
    const none = { ...VIEW, stressedLoss: -30_000, futuresInitial: 0, rollDebitsDue: 0 };
    expect(quickRatio(none)).toBe(Number.POSITIVE_INFINITY);
    expect(quickRatio({ ...VIEW, stressedLoss: -30_000 })).toBeCloseTo(109_000 / 20_000, 14);
  });

  it('is means over a dollar where a dollar is owed', () => {
    const one = { ...VIEW, stressedLoss: 0, futuresInitial: 0, rollDebitsDue: 1 };
    expect(quickRatio(one)).toBe(109_000);
  });

  it('falls below zero with debt', () => {
    expect(quickRatio({ ...VIEW, cash: -50_000 })).toBeLessThan(0);
  });

  it.each(['cash', 'longOptionsAtBid'] as const)('passes no gate when %s is unknown', (key) => {
    expect(quickRatio({ ...VIEW, [key]: Number.NaN }) >= 1).toBe(false);
  });

  // Known defect: an unknown obligation counts as nothing owed.
  it.each(['stressedLoss', 'futuresInitial', 'rollDebitsDue'] as const)(
    'passes no gate when %s is unknown',
    (key) => {
      expect(quickRatio({ ...VIEW, [key]: Number.NaN }) >= 1).toBe(false);
    },
  );
});
