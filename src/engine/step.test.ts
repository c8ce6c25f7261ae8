import { describe, expect, it } from 'vitest';
import {
  AM,
  CALL,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { createSnapshot, loadClose } from '../market/market-snapshot.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import type { IntentLeg } from '../strategy/intent.ts';
import { epochDay } from '../time/epoch-day.ts';
import { CASH, HELD_CONDORS } from './policies.fixture.ts';
import { force, record, watch } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';
import type { MarketSketch } from './sketched-market.fixture.ts';

const FIRST = epochDay(2024, 6, 3);
const THIRD_FRIDAY = epochDay(2024, 6, 21);
/** A Tuesday, because Wednesday is a holiday. */
const VX_EXPIRY = epochDay(2024, 6, 18);

/** SPX 5000 until the third Friday, which opens at 4800 and closes at 4900. */
function market(changes: Partial<MarketSketch> = {}): ReturnType<typeof sketchMarket> {
  const friday = 13;
  return sketchMarket({
    first: FIRST,
    sessions: 20,
    spx: (i) => (i === friday ? 4900 : 5000),
    vix: (i) => (i < 11 ? 16 : 20),
    spxSettlement: (i) => (i === friday ? 4800 : 5000),
    spxLow: () => 4700,
    spxHigh: () => 5100,
    ...changes,
  });
}

function put(strike: number, settlement: number, kind = SPX_OPTION): IntentLeg {
  return { kind, right: PUT, strike, expiry: THIRD_FRIDAY, settlement, ratio: 1 };
}

/** Trades of one forced leg each, opened at the first close. */
function settle(legs: readonly IntentLeg[]): ReturnType<typeof watch> {
  return watch(market(), CASH, (context, account, session) => {
    account.ledger.check();
    if (session !== 0) return;
    for (const leg of legs) {
      const position = { structure: 'vix-call' as const, units: 2, sleeve: SLEEVE.puts };
      force(context, account, session, { ...position, legs: [leg] });
    }
  });
}

describe('settlement', () => {
  it('takes the opening value for AM and the close for PM, on the same day', () => {
    const { sink } = settle([put(5000, AM), put(5000, PM), put(500, PM, XSP_OPTION)]);
    const found = sink.trades.map((trade) => [
      trade.legs[0]?.settlement,
      trade.legs[0]?.exitPrice,
      trade.closedDay,
      trade.closeReason,
    ]);
    expect(found).toEqual([
      ['AM', 200, THIRD_FRIDAY, 'settlement'],
      ['PM', 100, THIRD_FRIDAY, 'settlement'],
      ['PM', 10, THIRD_FRIDAY, 'settlement'],
    ]);
  });

  it('pays what it settles at, and nothing remains on the books', () => {
    const { sink, account } = settle([put(5000, AM), put(5000, PM)]);
    for (const [index, value] of [200, 100].entries()) {
      const trade = sink.trades[index];
      if (trade === undefined) throw new Error('both trades are closed');
      expect(trade.pnl).toBeCloseTo(2 * value * 100 + trade.premium - trade.fees, 8);
    }
    expect([account.book.count, account.ledger.holdings]).toEqual([0, 0]);
    expect(account.ledger.byKind[LEDGER.settlement]).toBe(2 * 300 * 100 * 100);
  });

  it('settles VIX options and VX by the opening quotation of their Tuesday or Wednesday', () => {
    const call = { kind: VIX_OPTION, right: CALL, strike: 15, expiry: VX_EXPIRY, settlement: AM };
    const future = { ...call, kind: VX_FUTURE, right: NO_RIGHT, strike: 0 };
    const { sink, account } = settle([
      { ...call, ratio: 1 },
      { ...future, ratio: 1 },
    ]);
    // The sketch opens VIX half way between 16 and 20.
    expect(sink.trades.map((trade) => [trade.legs[0]?.exitPrice, trade.closedDay])).toEqual([
      [3, VX_EXPIRY],
      [18, VX_EXPIRY],
    ]);
    const vx = sink.trades[1];
    const entry = vx?.legs[0]?.entryPrice ?? Number.NaN;
    // Eleven days of variation, each rounded to the cent.
    const gain = 2 * 1000 * (18 - entry) - (vx?.fees ?? Number.NaN);
    expect(Math.abs((vx?.pnl ?? Number.NaN) - gain)).toBeLessThan(0.06);
    expect(account.ledger.futures).toBe(0);
  });
});

describe('a market with sessions left out', () => {
  const full = market();
  const friday = full.day.indexOf(THIRD_FRIDAY);
  const left = full.day.length - 1;
  const rows = <T extends Float64Array | Int32Array>(column: T): T =>
    column.filter((_value, i) => i !== friday) as T;
  const spot = rows(full.spxClose);
  const path = {
    ...full,
    length: left,
    day: rows(full.day),
    spxClose: spot,
    spxHigh: rows(full.spxHigh),
    spxLow: rows(full.spxLow),
    spxSettlement: rows(full.spxSettlement),
    unseenSettlements: new Map([
      [THIRD_FRIDAY as number, { spxOpening: 4800, spxClose: 4900, vix: Number.NaN }],
    ]),
  };
  const settled = (changes: Partial<typeof full>, expiry: number): readonly unknown[] => {
    const run = watch({ ...path, ...changes }, CASH, (context, account, session) => {
      if (session !== 0) return;
      for (const settlement of [AM, PM]) {
        const position = { structure: 'vix-call' as const, units: 1, sleeve: SLEEVE.puts };
        const legs = [{ ...put(5000, settlement), expiry }];
        force(context, account, session, { ...position, legs });
      }
    });
    return run.sink.trades.map(({ legs }) => legs[0]?.exitPrice);
  };

  it('settles what expired on one of them by the values of its own day', () => {
    expect(settled({}, THIRD_FRIDAY)).toEqual([200, 100]);
  });

  it('settles PM by the close where the session is marked at another moment', () => {
    const pmSettlement = spot.map(() => 4950);
    expect(settled({ pmSettlement }, epochDay(2024, 6, 20))).toEqual([0, 50]);
  });

  it('reads the moment of a session from the path, the close where it says none', () => {
    const markFraction = spot.map((_value, i) => (i === 1 ? 0.5 : Number.NaN));
    const snapshot = createSnapshot();
    const at = [0, 1].map((session) => {
      loadClose({ ...path, markFraction }, session, snapshot);
      return snapshot.dayFraction;
    });
    expect(at).toEqual([16 / 24, 0.5]);
  });
});

describe('a condor held to settlement', () => {
  const run = (close: number): ReturnType<typeof record> =>
    record(
      sketchMarket({
        first: FIRST,
        sessions: 60,
        spx: (i) => (i < 20 ? 5000 : close),
        vix: () => 16,
        spxSettlement: (i) => (i < 20 ? 5000 : close),
      }),
      { ...HELD_CONDORS, entry: { ...HELD_CONDORS.entry, sessionOfWeek: 2 } },
    );

  it.each([
    ['far below its puts', 3500],
    ['far above its calls', 6500],
  ])('loses its maximum loss and its fees, no more: %s', (_name, close) => {
    const first = run(close).trades[0];
    if (first === undefined) throw new Error('a condor was settled');
    expect(first.closeReason).toBe('settlement');
    expect(first.maxLoss).toBeGreaterThan(0);
    expect(first.pnl).toBeCloseTo(-(first.maxLoss ?? Number.NaN) - first.fees, 2);
  });

  it('keeps its credit less fees between its shorts', () => {
    const first = run(5000).trades[0];
    if (first === undefined) throw new Error('a condor was settled');
    expect(first.pnl).toBeCloseTo(first.premium - first.fees, 8);
  });
});
