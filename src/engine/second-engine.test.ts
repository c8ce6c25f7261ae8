import { describe, expect, it } from 'vitest';
import type { MarketPath } from '../market/market-path.ts';
import type { SecondEngineRule } from '../strategy/policy.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { bytesOf } from './run-bytes.fixture.ts';
import { record } from './run-sketch.fixture.ts';
import { runSecondEngine } from './second-engine.ts';
import { randomMarket, sketchMarket } from './sketched-market.fixture.ts';

const BILLS: SecondEngineRule = {
  capital: 0.25,
  holding: 'bills',
  leverage: 1,
  maintenance: 0.25,
  lossLimit: 0.2,
};
const INDEX: SecondEngineRule = { ...BILLS, holding: 'spx-total-return', lossLimit: 1 };
const CRASH = randomMarket(3, asEpochDay(epochDay(2019, 1, 2)), 200, [
  { session: 90, spx: -0.45, vix: 80 },
]);

/** SPX that falls by 1 % a session for twenty, without dividends, bills at 4 %. */
function falling(): MarketPath {
  return sketchMarket({
    first: asEpochDay(epochDay(2019, 1, 2)),
    sessions: 60,
    spx: (i) => 3000 * 0.99 ** Math.min(i, 50),
    vix: () => 20,
    billRate: () => 0.04,
    dividendYield: () => 0,
  });
}

describe('the second engine', () => {
  it('in bills at leverage 1 earns the bill and nothing else', () => {
    const path = falling();
    const { equityClose, capital, marginCalls, stoppedRow } = runSecondEngine(path, BILLS, 1e6);
    expect([capital, marginCalls, stoppedRow]).toEqual([250_000, 0, -1]);
    const days = (path.day.at(-1) ?? 0) - (path.day[0] ?? 0);
    const simple = 250_000 * (1 + (Math.expm1(0.04) * days) / 360);
    expect(equityClose.at(-1)).toBeGreaterThanOrEqual(simple - 1);
    expect(equityClose.at(-1)).toBeLessThan(simple * 1.0005);
  });

  it('pays for its debt: bills at leverage 2 earn less than at 1', () => {
    const last = (leverage: number): number =>
      runSecondEngine(falling(), { ...BILLS, leverage }, 1e6).equityClose.at(-1) ?? Number.NaN;
    expect(last(2)).toBeLessThan(last(1));
    expect(last(2)).toBeGreaterThan(250_000 * 0.99);
  });

  it('at leverage 2 is called once a third is lost, sells, and goes on with less', () => {
    // Equity over holdings is 1/2 at first and falls below 0.25 when the index is down a third.
    const { equityClose, marginCalls } = runSecondEngine(falling(), { ...INDEX, leverage: 2 }, 1e6);
    expect(marginCalls).toBe(1);
    const call = equityClose.findIndex((equity) => equity < 250_000 * 0.34);
    expect(call).toBeGreaterThan(38);
    expect(call).toBeLessThan(43);
    expect(equityClose.every((equity) => equity > 0)).toBe(true);
  });

  it('at its loss limit sells all, for good', () => {
    const { equityClose, stoppedRow } = runSecondEngine(
      falling(),
      { ...INDEX, lossLimit: 0.2 },
      1e6,
    );
    expect(stoppedRow).toBe(23);
    const after = equityClose.subarray(stoppedRow);
    expect(after.every((equity, i) => equity >= (after[i - 1] ?? 0))).toBe(true);
    expect(equityClose.at(stoppedRow)).toBeLessThanOrEqual(200_000);
    expect(equityClose.at(stoppedRow - 1)).toBeGreaterThan(200_000);
  });

  it.each([1, 1.5, 2])(
    'at leverage %d spills nothing over into the account, even in a crash',
    (x) => {
      const { secondEngine: none, ...free } = record(CRASH, CONDORS);
      const engine = { ...INDEX, leverage: x };
      const { secondEngine, ...beside } = record(CRASH, { ...CONDORS, secondEngine: engine });
      expect(none).toBeUndefined();
      expect(Math.min(...(secondEngine?.equityClose ?? []))).toBeLessThan(250_000 * 0.7);
      expect(bytesOf(beside)).toEqual(bytesOf(free));
    },
  );
});
