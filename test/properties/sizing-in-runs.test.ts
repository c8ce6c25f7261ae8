import { describe, expect, it } from 'vitest';
import { record } from '../../src/engine/run-sketch.fixture.ts';
import type { RunRecord, TradeRecord } from '../../src/engine/run-record.ts';
import { randomMarket } from '../../src/engine/sketched-market.fixture.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const FIRST = epochDay(2021, 3, 1);
const SEEDS = Array.from({ length: 12 }, (_unused, i) => 300 + i);

function market(seed: number): MarketPath {
  return randomMarket(seed, FIRST, 400, [{ session: 150, spx: -0.12, vix: 45 }]);
}

function core(run: RunRecord): readonly TradeRecord[] {
  return run.trades.filter((trade) => trade.sleeve === 'core');
}

describe('a Martingale', () => {
  it.each([
    ['martingale', Number.POSITIVE_INFINITY],
    ['martingale-capped', 3],
  ])('%s doubles n0 after each loss and starts again after a gain', (name, most) => {
    let highest = 0;
    for (const seed of SEEDS) {
      const run = record(market(seed), shipped(name));
      const trades = core(run).toSorted((a, b) => a.openedDay - b.openedDay);
      let base = Number.NaN;
      for (const rung of run.martingale) {
        const before = trades.filter((trade) => trade.closedDay <= rung.day);
        const lastGain = before.findLastIndex((trade) => trade.pnl >= 0);
        const losses = before.length - 1 - lastGain;
        expect(rung.step).toBe(losses);
        if (losses === 0) base = rung.units;
        expect(rung.units).toBe(base * 2 ** Math.min(losses, most));
        highest = Math.max(highest, losses);
      }
    }
    expect(highest).toBeGreaterThanOrEqual(4);
  });

  it('opens one condor at a time', () => {
    for (const seed of SEEDS) {
      const trades = core(record(market(seed), shipped('martingale'))).toSorted(
        (a, b) => a.openedDay - b.openedDay,
      );
      for (const [index, trade] of trades.entries()) {
        const next = trades[index + 1];
        if (next !== undefined) expect(next.openedDay).toBeGreaterThanOrEqual(trade.closedDay);
      }
    }
  });
});

/** Dollars by which equity before entries may exceed equity at the close: spreads and fees. */
const ENTRY_COSTS = 5000;

interface Loss {
  readonly row: number;
  readonly risk: number;
  readonly equity: number;
}

/** Days whose closed trades lost together, with open risk and equity before them. */
function losses(run: RunRecord): readonly Loss[] {
  const out: Loss[] = [];
  for (const [row, day] of run.columns.day.entries()) {
    const closed = core(run).filter((trade) => trade.closedDay === day);
    if (closed.length === 0 || closed.reduce((sum, trade) => sum + trade.pnl, 0) >= 0) continue;
    const open = core(run).filter((trade) => trade.openedDay < day && trade.closedDay >= day);
    out.push({
      row,
      risk: open.reduce((sum, trade) => sum + (trade.maxLoss ?? Number.NaN), 0),
      equity: run.columns.equityClose[row - 1] ?? Number.NaN,
    });
  }
  return out;
}

/** Entries that raise open risk above what it was before a loss not yet recovered; and checks. */
function escalations(run: RunRecord): { readonly found: number; readonly checked: number } {
  const { day, equityClose } = run.columns;
  let found = 0;
  let checked = 0;
  for (const loss of losses(run)) {
    for (let row = loss.row; row < day.length; row += 1) {
      if ((equityClose[row] ?? Number.NaN) + ENTRY_COSTS >= loss.equity) break;
      const today = day[row] ?? Number.NaN;
      if (!core(run).some((trade) => trade.openedDay === today)) continue;
      checked += 1;
      const open = core(run).filter((trade) => trade.openedDay <= today && trade.closedDay > today);
      const risk = open.reduce((sum, trade) => sum + (trade.maxLoss ?? Number.NaN), 0);
      if (!(risk <= loss.risk + 0.01)) found += 1;
    }
  }
  return { found, checked };
}

describe('R-21 in a run', () => {
  it('keeps open risk within what it was before each loss, until equity is back', () => {
    let checked = 0;
    for (const seed of SEEDS) {
      const run = escalations(record(market(seed), shipped('unhedged')));
      expect(run.found, `seed ${seed}`).toBe(0);
      checked += run.checked;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('is what fixed-fraction does without', () => {
    const free = SEEDS.map((seed) => escalations(record(market(seed), shipped('fixed-fraction'))));
    expect(free.reduce((sum, run) => sum + run.found, 0)).toBeGreaterThan(0);
  });
});

describe('fees of a condor', () => {
  it('are 1.25 dollars a contract on every fill that has a price', () => {
    let checked = 0;
    for (const trade of core(record(market(301), shipped('tasty-16d-45')))) {
      if (trade.closeReason === 'settlement' || trade.legs[0]?.kind !== 'spx-option') continue;
      const exits = trade.legs.filter((leg) => leg.exitPrice > 0).length;
      expect(trade.fees).toBeCloseTo(1.25 * trade.quantity * (4 + exits), 8);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(20);
  });
});
