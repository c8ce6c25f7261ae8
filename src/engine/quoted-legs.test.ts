import { describe, expect, it } from 'vitest';
import { CALL, PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { LEDGER, LEDGER_KINDS } from '../portfolio/ledger.ts';
import type { QuotedSeries, QuoteSource, SeriesQuote } from '../market/quote-source.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { QuoteRules } from './context.ts';
import { CONDORS } from './policies.fixture.ts';
import { recordRun } from './record-run.ts';
import type { RunRecord } from './run-record.ts';
import { OPTIONS } from './run-sketch.fixture.ts';
import { planSessions } from './session-plan.ts';
import { sketchMarket } from './sketched-market.fixture.ts';
import { UnquotedLegError } from './quoted-legs.ts';

const NO_MIDS = { mid: Number.NaN, smileMid: Number.NaN };
const FIRST = epochDay(2024, 6, 3);
const market = sketchMarket({ first: FIRST, sessions: 30, spx: () => 5000, vix: () => 16 });
/** The second session of the first week. */
const ENTRY = epochDay(2024, 6, 4);

/** An invented quote, in cents: intrinsic value, and what decays with distance and time. */
function invented(day: number, { right, strike, expiry }: QuotedSeries): SeriesQuote {
  const money = right === PUT ? strike - 5000 : 5000 - strike;
  const mid = Math.max(0, money) + (3000 * (expiry - day)) / 45 / (20 + Math.abs(money));
  const bid = Math.round(20 * mid) / 20;
  return { kind: 'quoted', bid, ask: bid + 0.3 };
}

function rules(
  quote: QuoteSource['quote'] = invented,
  mayModel: QuoteRules['mayModel'] = () => false,
): QuoteRules {
  return { source: { quote, modelMids: () => NO_MIDS }, mayModel };
}

function run(quotes: QuoteRules | undefined, policy = CONDORS): RunRecord {
  const plan = planSessions(market, computeSignals(market));
  const input = { path: market, plan, policy, options: OPTIONS, detail: 'full' } as const;
  return recordRun(quotes === undefined ? input : { ...input, quotes });
}

/** The quotes with one leg's taken away from a day on. */
function without(isGone: (day: number, series: QuotedSeries) => boolean): QuoteSource['quote'] {
  return (day, series) =>
    isGone(day, series) ? { kind: 'absent', reason: 'not-listed' } : invented(day, series);
}

describe('a run with quotes', () => {
  const found = run(rules());
  const [first] = found.trades;

  it('sells at the bid and buys at the ask, to the cent, with the fees of the schedule', () => {
    if (first === undefined) throw new Error('a condor was closed');
    let premium = 0;
    let back = 0;
    for (const { right, strike, expiry, quantity, entryPrice, exitPrice, kind } of first.legs) {
      const series = { kind: SPX_OPTION, right: right === 'put' ? PUT : CALL, strike, expiry };
      const opened = invented(first.openedDay, { ...series, settlement: PM });
      const closed = invented(first.closedDay, { ...series, settlement: PM });
      if (opened.kind !== 'quoted' || closed.kind !== 'quoted') throw new Error('all is quoted');
      expect(kind).toBe('spx-option');
      expect(entryPrice).toBe(quantity > 0 ? opened.ask : opened.bid);
      expect(exitPrice).toBeCloseTo(quantity > 0 ? closed.bid : closed.ask, 10);
      premium -= Math.round(entryPrice * quantity * 1e4) / 1e2;
      back += Math.round(exitPrice * quantity * 1e4) / 1e2;
    }
    expect(first.openedDay).toBe(ENTRY);
    expect(first.premium).toBeCloseTo(premium, 8);
    expect(first.pnl).toBeCloseTo(premium + back - first.fees, 8);
    // Half of 0.30 on four legs, twice; no modelled spread on top.
    expect(first.spreadCost).toBeCloseTo(first.quantity * 8 * 0.15 * 100, 6);
  });

  it('has a row for every index option held at a close, all of them quoted', () => {
    const held = found.columns.unitsOpen.reduce((sum, units) => sum + (units > 0 ? 1 : 0), 0);
    const days = new Set(found.legDays?.map(({ day }) => day));
    expect(days.size).toBe(held);
    expect(found.legDays?.every(({ source }) => source === 'quoted')).toBe(true);
    expect(found.legDays?.every(({ mark, bid, ask }) => mark === 0.5 * (bid + ask))).toBe(true);
    expect(found.coverage.quoted).toBe(found.legDays?.length);
    expect(found.coverage.simulated).toBe(0);
  });

  it('carries the account at the mids of the quotes', () => {
    const row = found.columns.day.indexOf(ENTRY);
    const legs = found.legDays?.filter(({ day }) => day === ENTRY) ?? [];
    const value = legs.reduce((sum, { mark, quantity }) => sum + mark * quantity * 100, 0);
    const place = row * LEDGER_KINDS.length + LEDGER.revaluation;
    expect(legs).toHaveLength(4);
    expect(found.columns.ledger[place]).toBe(Math.round(100 * value));
  });
});

describe('a leg without a quote', () => {
  it('keeps the entry out, with the reason', () => {
    const found = run(rules(without((_day, { right }) => right === CALL)));
    expect(found.trades).toEqual([]);
    expect(found.legDays).toEqual([]);
    expect(found.skips['leg-not-quoted']).toBeGreaterThan(2);
  });

  it('is opened at the model mid and the modelled spread where that is allowed', () => {
    const quotes = without((_day, { right }) => right === CALL);
    const found = run(rules(quotes, ({ right }) => right === CALL));
    const plain = run(undefined);
    const calls = found.legDays?.filter(({ series }) => series.endsWith('C')) ?? [];
    const puts = found.legDays?.filter(({ series }) => series.endsWith('P')) ?? [];
    expect(calls.length).toBe(puts.length);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.every(({ source }) => source === 'index-model')).toBe(true);
    // The marker prices all legs at once, by a formula exact to 1e-14 of the forward.
    for (const { mark, indexModel } of calls) expect(mark).toBeCloseTo(indexModel, 9);
    expect(calls.every(({ absence }) => absence === 'not-listed')).toBe(true);
    expect(puts.every(({ source }) => source === 'quoted')).toBe(true);
    const call = found.trades[0]?.legs.find(({ right }) => right === 'call');
    expect(call?.entryPrice).toBe(
      plain.trades[0]?.legs.find(({ right }) => right === 'call')?.entryPrice,
    );
    expect(found.coverage).toMatchObject({ quoted: puts.length, simulated: calls.length });
  });

  it('ends the run with its name and day where the account cannot be marked', () => {
    const lost = epochDay(2024, 6, 6);
    const quotes = without((day, { right }) => day === lost && right === PUT);
    try {
      run(rules(quotes));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof UnquotedLegError)) throw error;
      expect(error.day).toBe(lost);
      expect(error.series).toMatch(/^SPX 2024-07-\d\d PM \d{4}P$/);
      expect(error.reason).toBe('not-listed');
    }
  });

  it('takes the mid of the other quotes of its chain before the surface of the indices', () => {
    const quotes = without((_day, { right }) => right === CALL);
    const source = { quote: quotes, modelMids: () => ({ mid: 7, smileMid: 8 }) };
    const found = run({ source, mayModel: () => true });
    const calls = found.legDays?.filter(({ series }) => series.endsWith('C')) ?? [];
    expect(calls.every((leg) => leg.source === 'chain-model' && leg.mark === 7)).toBe(true);
  });
});

describe('a bid of zero', () => {
  const bidless = (_day: number, series: QuotedSeries): SeriesQuote =>
    series.strike > 5000 ? { kind: 'quoted', bid: 0, ask: 0.1 } : invented(ENTRY, series);

  it('cannot be sold at entry', () => {
    expect(run(rules(bidless)).skips['zero-bid']).toBeGreaterThan(2);
  });
});

describe('the grid of strikes', () => {
  it('is the finest on which all legs are quoted', () => {
    const tens = without((_day, { strike }) => strike % 10 !== 0);
    const strikes = run(rules(tens)).trades.flatMap(({ legs }) => legs.map(({ strike }) => strike));
    expect(strikes.length).toBeGreaterThan(0);
    expect(strikes.every((strike) => strike % 10 === 0)).toBe(true);
  });
});

describe('a source without any quote, where models are allowed', () => {
  it('leaves every number of a run as it is without a source', () => {
    const plain = run(undefined);
    expect(plain.legDays).toBeUndefined();
    const all = run(
      rules(
        without(() => true),
        () => true,
      ),
    );
    expect([...all.columns.equityClose]).toEqual([...plain.columns.equityClose]);
    expect(all.trades).toEqual(plain.trades);
    expect(all.coverage).toEqual(plain.coverage);
  });
});
