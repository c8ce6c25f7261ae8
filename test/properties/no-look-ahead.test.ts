import { describe, expect, it } from 'vitest';
import { record } from '../../src/engine/run-sketch.fixture.ts';
import { randomMarket, WARM_UP } from '../../src/engine/sketched-market.fixture.ts';
import { withScores } from '../../src/engine/scored-market.fixture.ts';
import { VX_NODES } from '../../src/market/market-path.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { createRandomStream } from '../../src/math/philox.ts';
import { corruptedAfter, firstChange } from '../../src/run/look-ahead.ts';
import { asEpochDay, epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const TRADED = 300;
const MARKET = withScores(
  randomMarket(21, epochDay(2021, 3, 1), TRADED, [{ session: 120, spx: -0.11, vix: 48 }]),
  {
    priceToEarningsZ: (i) => 2 * Math.sin(i / 50),
    cpiSurpriseZ: (i) => (i % 120 > 60 ? 2.4 : 0.2),
  },
);

const RANDOM = createRandomStream(99);

/** The market as it was after a session: every later row of every column is missing. */
function upTo(market: MarketPath, session: number): MarketPath {
  const cut: Record<string, unknown> = { ...market, length: session + 1 };
  for (const [name, column] of Object.entries(market)) {
    // FOMC days are published ahead.
    if (!ArrayBuffer.isView(column) || name === 'fomcDays') continue;
    const values = column as Float64Array;
    cut[name] = values.slice(0, (values.length / market.length) * (session + 1));
  }
  return cut as unknown as MarketPath;
}

describe.each(['alvh-45', 'martingale', 'strangle', 'tasty-16d-45', 'spx-tr'])('%s', (name) => {
  const clean = record(MARKET, shipped(name));

  it.each([3, 60, 119, 120, 171, 250])(
    'does on session %d and before what it did, whatever comes after',
    (traded) => {
      const session = WARM_UP + traded;
      const garbage = corruptedAfter(MARKET, session, RANDOM);
      expect(garbage.spxClose[session + 1]).not.toBe(MARKET.spxClose[session + 1]);
      const run = record(garbage, shipped(name));
      const day = asEpochDay(MARKET.day[session] ?? Number.NaN);
      expect(firstChange(clean, run, day)).toBeUndefined();
      expect(run.columns.equityClose.slice(traded + 1)).not.toEqual(
        clean.columns.equityClose.slice(traded + 1),
      );
    },
  );
});

describe('the layers of alvh-45', () => {
  it('decide each session around a fall on what is known at its close', () => {
    const clean = record(MARKET, shipped('alvh-45'));
    expect(clean.trades.filter((trade) => trade.sleeve === 'medium').length).toBeGreaterThan(0);
    for (let traded = 100; traded < 190; traded += 1) {
      const session = WARM_UP + traded;
      const run = record(corruptedAfter(MARKET, session, RANDOM), shipped('alvh-45'));
      const day = asEpochDay(MARKET.day[session] ?? Number.NaN);
      expect(firstChange(clean, run, day)).toBeUndefined();
    }
  });
});

describe('firstChange', () => {
  const clean = record(MARKET, shipped('alvh-45'));
  const day = asEpochDay(MARKET.day[WARM_UP + 200] ?? Number.NaN);

  it('names what differs up to a day, and nothing after it', () => {
    const equityClose = clean.columns.equityClose.slice();
    equityClose[200] = (equityClose[200] ?? 0) + 1e-9;
    const other = { ...clean, columns: { ...clean.columns, equityClose } };
    expect(firstChange(clean, other, day)).toBe('equityClose');
    expect(firstChange(clean, other, asEpochDay(day - 1))).toBeUndefined();
    expect(firstChange(clean, { ...clean, trades: [] }, day)).toBe('trades');
    expect(firstChange(clean, undefined, day)).toBe('no record');
  });
});

describe('budgets of alvh-45', () => {
  it('follow the scores of this close, never those of later ones', () => {
    const clean = record(MARKET, shipped('alvh-45'));
    const told = clean.events.filter(({ kind }) => kind.startsWith('budget'));
    expect(new Set(told.map(({ kind }) => kind))).toEqual(
      new Set(['budget-weighted', 'budget-moved']),
    );
    // Each day on which a budget changed is the last one that is known.
    for (const { day } of told) {
      const session = MARKET.day.indexOf(day);
      const run = record(corruptedAfter(MARKET, session, RANDOM), shipped('alvh-45'));
      expect(firstChange(clean, run, day)).toBeUndefined();
      const cut = record(upTo(MARKET, session), shipped('alvh-45'));
      expect(firstChange(clean, cut, day)).toBeUndefined();
    }
  });
});

describe('the corruption', () => {
  it('reaches every column of prices after the session, VX nodes included, and none before', () => {
    const session = WARM_UP + 50;
    const garbage = corruptedAfter(MARKET, session, RANDOM);
    expect(garbage.vxSettle.subarray(0, (session + 1) * VX_NODES)).toEqual(
      MARKET.vxSettle.subarray(0, (session + 1) * VX_NODES),
    );
    expect(garbage.vxSettle[(session + 1) * VX_NODES]).not.toBe(
      MARKET.vxSettle[(session + 1) * VX_NODES],
    );
    expect(garbage.theta.subarray((session + 1) * 4)).not.toEqual(
      MARKET.theta.subarray((session + 1) * 4),
    );
  });
});
