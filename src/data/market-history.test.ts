import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import { epochDay } from '../time/epoch-day.ts';
import { loadHistoricalMarket } from './historical-market.ts';
import type { HistoricalMarket } from './historical-market.ts';
import { checkLookAhead } from './market-folder.fixture.ts';

const REAL = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'market');
const hasReal = existsSync(join(REAL, 'spx_daily.csv'));
if (!hasReal) console.log(`real-data tests skipped: no market data at ${REAL}`);

describe.skipIf(!hasReal)('loadHistoricalMarket on market history', () => {
  const options = {
    dir: REAL,
    from: epochDay(1990, 1, 2),
    to: epochDay(2024, 6, 28),
    counterfactual: true,
  };
  let market: HistoricalMarket;
  let elapsed = 0;
  beforeAll(() => {
    const before = performance.now();
    market = loadHistoricalMarket(options);
    elapsed = performance.now() - before;
  });

  it('loads within the time budget', () => {
    const counts = Object.entries(market.coverage).map(
      ([name, c]) => `${name} ${c.quoted}/${c.calibrated}/${c.regressed}/${c.missing}`,
    );
    console.log(`loaded in ${elapsed.toFixed(0)} ms; quoted/calibrated/regressed/missing:`);
    console.log(counts.join('\n'));
    expect(elapsed).toBeLessThan(15_000);
  });

  it('has every core value from 1990 on', () => {
    const { path } = market;
    const core = [
      path.spxOpen,
      path.spxHigh,
      path.spxLow,
      path.spxClose,
      path.spxSettlement,
      path.vixHigh,
      path.vixLow,
      path.vixClose,
      path.billRate,
      path.dividendYield,
      path.eta,
    ];
    for (const column of core) {
      expect(column.subarray(path.start).findIndex((value) => Number.isNaN(value))).toBe(-1);
    }
    expect(path.theta.subarray(path.start * PILLARS).every((value) => value > 0)).toBe(true);
    expect(path.vxCount.subarray(path.start).every((count) => count === 9)).toBe(true);
  });

  it('has total variance that never falls with the tenor and VX nodes that ascend', () => {
    const { path } = market;
    let falls = 0;
    let disorder = 0;
    for (let i = path.start; i < path.length; i += 1) {
      for (let p = 1; p < PILLARS; p += 1) {
        const step =
          (path.theta[i * PILLARS + p] ?? NaN) - (path.theta[i * PILLARS + p - 1] ?? NaN);
        if (!(step >= 0)) falls += 1;
      }
      for (let node = 0; node < 9; node += 1) {
        const expiry = path.vxExpiry[i * VX_NODES + node] ?? 0;
        const previous = node === 0 ? path.day[i] : path.vxExpiry[i * VX_NODES + node - 1];
        const settle = path.vxSettle[i * VX_NODES + node] ?? NaN;
        if (!(expiry > (previous ?? NaN) && settle > 5 && settle < 120)) disorder += 1;
      }
    }
    expect([falls, disorder]).toEqual([0, 0]);
  });

  it('agrees with the anchor closes and settlements', () => {
    const { path, coverage } = market;
    const at = (year: number, month: number, day: number): number =>
      path.day.indexOf(epochDay(year, month, day));
    expect(path.spxClose[at(2009, 3, 9)]).toBe(676.53);
    expect(path.vixClose[at(2020, 3, 16)]).toBe(82.69);
    expect(path.vxSettle[at(2018, 2, 5) * VX_NODES]).toBe(33.225);
    expect(path.vixSettlement[at(2004, 5, 19)]).toBe(18.355);
    expect(coverage['vixSettlement']?.quoted).toBe(228);
    expect(coverage['vixSettlement']?.missing).toBe(0);
    const settlements = path.vixSettlement.subarray(path.start).filter((v) => !Number.isNaN(v));
    expect(settlements.length).toBe(34.5 * 12);
    // 2004-06-18: the exchange's July contract settled on the 14th, not on the 21st.
    expect(path.vxExpiry[at(2004, 6, 18) * VX_NODES]).toBe(epochDay(2004, 7, 14));
    expect(path.vxExpiry[at(2004, 7, 15) * VX_NODES]).toBe(epochDay(2004, 8, 18));
    // The settlement of 1.00 on 2008-04-21 is not believed.
    expect(path.vxSettle[at(2008, 4, 21) * VX_NODES + 8]).toBeGreaterThan(20);
    expect(coverage['vx']?.quoted).toBeGreaterThan(38_000);
  });

  it('never lets rows at or before a day see what comes after it', () => {
    for (const t of [epochDay(2001, 9, 24), epochDay(2015, 11, 13)]) {
      expect(checkLookAhead(options, market.path, t)).toEqual({ changed: [], garbageSeen: true });
    }
  });
});
