import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { marginRulesOf } from './house-rule.ts';
import { checkMinimumEquity } from './minimum-equity.ts';

const DAY = epochDay(2024, 6, 3);
const IBKR = marginRulesOf('ibkr').portfolio.minimumEquity;
const TASTYTRADE = marginRulesOf('tastytrade').portfolio.minimumEquity;

describe('checkMinimumEquity', () => {
  it('asks more to begin than to go on', () => {
    const of = (equity: number, hasBegun: boolean): boolean =>
      checkMinimumEquity(equity, IBKR, { day: DAY, hasBegun }).mayOpen;
    expect(of(110_000, false)).toBe(true);
    expect(of(109_999, false)).toBe(false);
    expect(of(100_000, true)).toBe(true);
    expect(of(99_999, true)).toBe(false);
  });

  it('calls for what is missing where the house calls: nine sessions at tastytrade', () => {
    const check = checkMinimumEquity(140_000, TASTYTRADE, { day: DAY, hasBegun: true });
    expect(check).toMatchObject({ shortfall: 10_000, mayOpen: false, due: epochDay(2024, 6, 14) });
    expect(checkMinimumEquity(90_000, IBKR, { day: DAY, hasBegun: true })).toMatchObject({
      shortfall: 10_000,
      due: undefined,
    });
  });

  it('calls nothing where nothing is missing or nothing is held', () => {
    expect(checkMinimumEquity(150_000, TASTYTRADE, { day: DAY, hasBegun: true })).toMatchObject({
      shortfall: 0,
      due: undefined,
    });
    expect(checkMinimumEquity(0, TASTYTRADE, { day: DAY, hasBegun: false }).due).toBeUndefined();
  });

  it('lets nothing pass that is unknown', () => {
    const check = checkMinimumEquity(Number.NaN, IBKR, { day: DAY, hasBegun: true });
    expect(check.mayOpen).toBe(false);
    expect(check.shortfall).toBeNaN();
  });

  it('is 2,000 dollars under strategy-based rules at every house', () => {
    for (const broker of ['exchange', 'ibkr', 'tastytrade', 'traditional'] as const) {
      expect(marginRulesOf(broker).house.minimumEquity).toMatchObject({
        open: 2000,
        maintain: 2000,
      });
    }
  });
});
