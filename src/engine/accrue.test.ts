import { describe, expect, it } from 'vitest';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { epochDay } from '../time/epoch-day.ts';
import { CASH, INDEX } from './policies.fixture.ts';
import { OPTIONS, record, watch } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

/** Thursday, so that the third session follows a weekend. */
const FIRST = epochDay(2024, 6, 6);
const flat = { first: FIRST, sessions: 4, spx: () => 5000, vix: () => 15 };

/** Interest of each session, cents. */
function interest(billRate: number, cash: number): readonly number[] {
  const path = sketchMarket({ ...flat, billRate: () => billRate });
  const cents: number[] = [];
  watch(path, CASH, (_context, account, session) => {
    if (session === 0) {
      account.ledger.post(
        LEDGER.deposit,
        SLEEVE.core,
        'securities',
        cash - account.ledger.securities,
      );
    }
    const booked = account.ledger.byKind[LEDGER.interest] ?? Number.NaN;
    cents.push(booked - cents.reduce((sum, each) => sum + each, 0));
    account.ledger.check();
  });
  return cents;
}

describe('interest', () => {
  it('is the bill less 0.50 % on cash: ACT/360, compounding daily, to the cent', () => {
    // e^0.03 - 1 - 0.005 = 2.54545340 %; 100,000,000 x that / 360 = 7070.70 cents a day, then
    // 100,007,071 x 3 days = 21,213.61, then 100,028,285 x 1 day = 7072.70.
    expect(interest(0.03, 100_000_000)).toEqual([0, 7071, 21_214, 7073]);
  });

  it('is never negative on cash', () => {
    expect(interest(0.004, 100_000_000)).toEqual([0, 0, 0, 0]);
    expect(interest(-0.01, 100_000_000)).toEqual([0, 0, 0, 0]);
  });

  it('is the bill plus 1.50 % on debts', () => {
    // 4.54545340 %: -10,000,000 x that / 360 = -1262.63; -10,001,263 x 3 days = -3788.36;
    // -10,005,051 x 1 day = -1263.26.
    expect(interest(0.03, -10_000_000)).toEqual([0, -1263, -3788, -1263]);
  });

  it('counts the cash of both segments', () => {
    const path = sketchMarket({ ...flat, sessions: 2 });
    const { account } = watch(path, CASH, (_context, state, session) => {
      // Cash that the sweep will bring back has earned its interest by then.
      if (session === 0) state.ledger.transferToFutures(60_000_000);
    });
    expect(account.ledger.byKind[LEDGER.interest]).toBe(7071);
    expect(account.ledger.futures).toBe(0);
  });
});

describe('the index held', () => {
  it('earns price and dividend, to the cent', () => {
    const closes = [5000, 5050, 5050, 4949];
    const path = sketchMarket({
      ...flat,
      spx: (i) => closes[i] ?? Number.NaN,
      dividendYield: () => 0.0146,
    });
    const run = record(path, INDEX);
    // +1 % and 1/365 x 1.46 % = 0.00004; then 3 days of dividend; then -2 % and one day.
    // 1,000,000.00 -> 1,010,040.00 -> + 121.2048 -> x (1 - 0.02 + 0.00004).
    expect(Array.from(run.columns.equityClose)).toEqual([
      1_000_000, 1_010_040, 1_010_161.2, 989_998.38,
    ]);
    expect(run.trades).toEqual([]);
  });

  it('needs no cash and pays no interest', () => {
    const run = record(sketchMarket(flat), INDEX, OPTIONS);
    const last = run.columns.ledger.subarray(-8);
    expect(last[LEDGER.interest]).toBe(0);
    expect(run.columns.marginUsed.every((used) => used === 0)).toBe(true);
  });
});
