import { describe, expect, it } from 'vitest';
import { record } from '../../src/engine/run-sketch.fixture.ts';
import type { RunColumns, RunRecord } from '../../src/engine/run-record.ts';
import { randomMarket, WARM_UP } from '../../src/engine/sketched-market.fixture.ts';
import { VX_NODES } from '../../src/market/market-path.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { createRandomStream } from '../../src/math/philox.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { shipped } from './shipped-policies.ts';

const TRADED = 300;
const MARKET = randomMarket(21, epochDay(2021, 3, 1), TRADED, [
  { session: 120, spx: -0.11, vix: 48 },
]);

/** The path with every number after a session multiplied by something between 0.2 and 5. */
function garbageAfter(path: MarketPath, session: number): MarketPath {
  const random = createRandomStream(99);
  let column = 0;
  const spoil = (values: Float64Array): Float64Array => {
    column += 1;
    const width = values.length / path.length;
    return values.map((value, place) => {
      if (place < (session + 1) * width) return value;
      return value * 5 ** (2 * random.uniform(column, place, 0) - 1);
    });
  };
  const spoiled = { ...path };
  for (const [name, values] of Object.entries(path)) {
    if (values instanceof Float64Array) Object.assign(spoiled, { [name]: spoil(values) });
  }
  // The days themselves and the FOMC calendar are published ahead.
  return { ...spoiled, vxCount: path.vxCount.map((count, i) => (i > session ? 3 : count)) };
}

function columnsUpTo(columns: RunColumns, rows: number): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [name, values] of Object.entries(columns)) {
    if (!ArrayBuffer.isView(values)) throw new Error(`${name} is a typed array`);
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const width = values.byteLength / columns.day.length;
    out[name] = bytes.subarray(0, rows * width).toString('base64');
  }
  return out;
}

/** All that a record tells about the days up to one. */
function tale(run: RunRecord, day: number, rows: number): unknown {
  return {
    columns: columnsUpTo(run.columns, rows),
    trades: run.trades.filter((trade) => trade.closedDay <= day),
    events: run.events.filter((event) => event.day <= day),
    ladder: run.martingale.filter((rung) => rung.day <= day),
  };
}

describe.each(['alvh-45', 'martingale', 'strangle', 'tasty-16d-45', 'spx-tr'])('%s', (name) => {
  const clean = record(MARKET, shipped(name));

  it.each([3, 60, 119, 120, 171, 250])(
    'does on session %d and before what it did, whatever comes after',
    (traded) => {
      const session = WARM_UP + traded;
      const garbage = garbageAfter(MARKET, session);
      expect(garbage.spxClose[session + 1]).not.toBe(MARKET.spxClose[session + 1]);
      const run = record(garbage, shipped(name));
      const day = MARKET.day[session] ?? Number.NaN;
      expect(tale(run, day, traded + 1)).toEqual(tale(clean, day, traded + 1));
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
      const run = record(garbageAfter(MARKET, session), shipped('alvh-45'));
      const day = MARKET.day[session] ?? Number.NaN;
      expect(tale(run, day, traded + 1)).toEqual(tale(clean, day, traded + 1));
    }
  });
});

describe('the garbage', () => {
  it('reaches every column of prices after the session, VX nodes included, and none before', () => {
    const session = WARM_UP + 50;
    const garbage = garbageAfter(MARKET, session);
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
