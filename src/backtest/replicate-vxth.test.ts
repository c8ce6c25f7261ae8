import { describe, expect, it } from 'vitest';
import { sketchMarket } from '../engine/sketched-market.fixture.ts';
import type { MarketPath } from '../market/market-path.ts';
import { epochDay } from '../time/epoch-day.ts';
import { totalReturns } from './replicate-spx-total-return.ts';
import { replicateVixCalls } from './replicate-vix-calls.ts';
import type { VixCallReplica } from './replicate-vix-calls.ts';
import { replicateVxth, vxthWeight } from './replicate-vxth.ts';

const FIRST = epochDay(2024, 3, 1);
/** VIX settlements. */
const MARCH = epochDay(2024, 3, 20);
const APRIL = epochDay(2024, 4, 17);
const MAY = epochDay(2024, 5, 22);

/** SPX at 5000 and VIX at 16, but as given; VIX settlements as given. */
function market(settlements: Readonly<Record<number, number>>, vix = 16): MarketPath {
  const path = sketchMarket({ first: FIRST, sessions: 60, spx: () => 5000, vix: () => vix });
  return {
    ...path,
    vixSettlement: path.vixSettlement.map((value, i) => settlements[path.day[i] ?? 0] ?? value),
  };
}

function levelOn({ day, level }: VixCallReplica, when: number): number {
  return level[day.indexOf(when)] ?? Number.NaN;
}

describe('vxthWeight', () => {
  it('is 0, 1, 0.5 and 0 % up to 15, 30, 50 and above', () => {
    expect([15, 15.01, 30, 30.01, 50, 50.01].map(vxthWeight)).toEqual([
      0, 0.01, 0.01, 0.005, 0.005, 0,
    ]);
    expect(vxthWeight(Number.NaN)).toBeNaN();
  });
});

describe('replicateVxth', () => {
  it('is the total return of the S&P 500 before its first roll', () => {
    const path = market({});
    const run = replicateVxth(path);
    const { spx } = totalReturns(path);
    const before = run.day.indexOf(MARCH);
    expect(run.level[0]).toBe(100);
    for (let i = 0; i <= before; i += 1) {
      expect(run.level[i]).toBeCloseTo(100 * (spx[i] ?? Number.NaN), 9);
    }
  });

  it('loses one percent a month when nothing happens', () => {
    const run = replicateVxth(market({}));
    expect(run.months.map(({ bought, settled }) => [bought, settled])).toEqual([
      [MARCH, APRIL],
      [APRIL, MAY],
    ]);
    const { spx, day } = totalReturns(market({}));
    const grown = (spx[day.indexOf(APRIL)] ?? 0) / (spx[day.indexOf(MARCH)] ?? 1);
    expect(levelOn(run, APRIL)).toBeCloseTo(levelOn(run, MARCH) * 0.99 * grown, 9);
    expect(run.months[0]?.contribution).toBeCloseTo(-0.01, 12);
  });

  it('buys out-of-the-money calls on the grid, paid point for point at settlement', () => {
    const calm = replicateVxth(market({})).months[0];
    const strike = calm?.strike ?? Number.NaN;
    const premium = calm?.premium ?? Number.NaN;
    const forward = calm?.forward ?? Number.NaN;
    expect(strike * 2).toBe(Math.round(strike * 2));
    expect(strike).toBeGreaterThan(forward);
    expect(premium).toBeGreaterThan(0);
    const run = replicateVxth(market({ [APRIL]: strike + 7 }));
    expect(run.months[0]?.contribution).toBeCloseTo(0.01 * ((7 - premium) / premium), 12);
    expect(run.months[0]?.multiple).toBeCloseTo(7 / premium, 12);
    expect(run.months[0]?.settlement).toBe(strike + 7);
  });

  it('buys nothing below 15', () => {
    const low = sketchMarket({
      first: FIRST,
      sessions: 60,
      spx: () => 5000,
      vix: () => 12,
      vx: () => 13,
    });
    const run = replicateVxth(low);
    for (const month of run.months) {
      expect(month).toMatchObject({ weight: 0, multiple: 0, contribution: 0 });
    }
    const { spx } = totalReturns(low);
    expect(run.level.at(-1)).toBeCloseTo(100 * (spx.at(-1) ?? Number.NaN), 9);
  });

  it('has no level where the market has no VX', () => {
    const blind = { ...market({}), vxCount: new Uint8Array(60) };
    expect(replicateVxth(blind).level.at(-1)).toBeNaN();
  });
});

describe('replicateVixCalls', () => {
  it('can buy on its first session, the weight and strike being its order', () => {
    const path = market({ [MARCH]: 40 });
    const run = replicateVixCalls(path, {
      base: new Float64Array(60).fill(1),
      starts: 'first-session',
      initial: 1,
      order: () => ({ weight: 0.03, strike: 20.2 }),
    });
    expect(run.level[0]).toBeCloseTo(1, 12);
    const first = run.months[0];
    expect(first).toMatchObject({ bought: FIRST, settled: MARCH, strike: 20, weight: 0.03 });
    const premium = first?.premium ?? Number.NaN;
    expect(levelOn(run, MARCH)).toBeCloseTo(0.97 + (0.03 * 20) / premium, 9);
  });
});
