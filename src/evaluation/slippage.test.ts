import { describe, expect, it } from 'vitest';
import { breakEvenSpreads, SPREAD_MULTIPLES } from './slippage.ts';

describe('break-even spreads', () => {
  it('lie where growth falls to that of bills', () => {
    const found = breakEvenSpreads(SPREAD_MULTIPLES, [0.08, 0.06, 0.03, 0.01, -0.01], 0.02);
    expect(found.value).toBeCloseTo(1.25, 12);
  });

  it('are at the multiple itself when growth equals bills there', () => {
    expect(breakEvenSpreads([0, 1, 2], [0.03, 0.02, 0.01], 0.02).value).toBeCloseTo(1, 12);
  });

  it('are unknown, with the reason, where growth never crosses', () => {
    expect(breakEvenSpreads([0, 1], [0.01, 0], 0.02)).toEqual({
      value: null,
      reason: 'it earns less than bills even without spreads',
    });
    expect(breakEvenSpreads([0, 1], [0.05, 0.04], 0.02).reason).toContain('more than bills');
    expect(breakEvenSpreads([0, 1], [0.05, Number.NaN], 0.02).reason).toBe('growth is not known');
  });
});
