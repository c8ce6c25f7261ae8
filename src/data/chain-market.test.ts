import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AM, CALL, PM, PUT, SPX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { epochDay } from '../time/epoch-day.ts';
import { chainMarket } from './chain-market.ts';
import type { ChainMarket } from './chain-market.ts';
import { chainFilesBelow, importChains } from './chains/import-chains.ts';
import { madeSession, writeMadeSession } from './chains/made-sessions.fixture.ts';
import type { MadeSession } from './chains/made-sessions.fixture.ts';
import { readSessionChains } from './chains/session-chains.ts';
import { DataError } from './data-error.ts';
import { loadHistoricalMarket } from './historical-market.ts';
import { iso, writeMadeUpMarket } from './market-folder.fixture.ts';
import { readMarketFolder } from './market-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'alvh-chain-market-'));
const market = join(folder, 'market');
const chains = join(folder, 'chains');
const FROM = epochDay(2005, 1, 10);
const TO = epochDay(2005, 1, 28);
const SPAN = { from: FROM, to: TO, counterfactual: false };
/** A third Friday, on which AM monthlies expire; it has no chain. */
const UNSEEN = epochDay(2005, 1, 21);
/** Its underlying is outside the day's range. */
const MISFIT = epochDay(2005, 1, 25);

let path: MarketPath;
let found: ChainMarket;
const sessions = new Map<number, MadeSession>();

beforeAll(async () => {
  for (const dir of [market, chains]) mkdirSync(dir);
  writeMadeUpMarket(market);
  path = loadHistoricalMarket({ dir: market, ...SPAN }).path;
  for (let row = path.start; row < path.length; row += 1) {
    const made = madeSession(path, row);
    if (made.day === UNSEEN) continue;
    // Two points off the close: taken at another moment.
    const session = { ...made, spot: made.spot + (made.day === MISFIT ? 50 : 2) };
    sessions.set(made.day, session);
    writeMadeSession(chains, session);
  }
  writeFileSync(join(chains, 'notes.csv'), 'a,b\n1,2\n');
  found = chainMarket(
    readMarketFolder(market),
    SPAN,
    await readSessionChains(chains, { from: undefined, to: undefined }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const daysOf = ({ day, start }: MarketPath): readonly number[] => [...day].slice(start);

describe('the market of a folder of chains', () => {
  it('has the days with a chain that fits, and says what was left out', () => {
    const days = daysOf(path).filter((day) => day !== UNSEEN && day !== MISFIT);
    expect(daysOf(found.market.path)).toEqual(days);
    expect(found.chains.leftOut).toEqual([
      { what: 'notes.csv', reason: 'not a chain file of a known layout' },
      { what: `SPX ${iso(MISFIT)}`, reason: 'underlying outside the range of the day' },
    ]);
    const notes = found.market.notes.join('\n');
    expect(notes).toMatch(/2005-01-25, underlying outside the range of the day/);
    expect(notes).toMatch(/chains give no time/);
  });

  it('is at the underlying of each chain, and warms up on closes', () => {
    const { day, spxClose, start, pmSettlement } = found.market.path;
    expect([...spxClose.subarray(0, start)]).toEqual([...path.spxClose.subarray(0, start)]);
    for (let row = start; row < day.length; row += 1) {
      const at = path.day.indexOf(day[row] ?? 0);
      expect(spxClose[row]).toBe(sessions.get(day[row] ?? 0)?.spot);
      expect(pmSettlement?.[row]).toBe(path.spxClose[at]);
    }
  });

  it('has the VIX of the quotes, and a surface pinned to it', () => {
    const { day, vixClose, theta, start } = found.market.path;
    for (let row = start; row < day.length; row += 1) {
      const official = path.vixClose[path.day.indexOf(day[row] ?? 0)] ?? Number.NaN;
      expect(vixClose[row]).not.toBe(official);
      expect(Math.abs((vixClose[row] ?? Number.NaN) - official)).toBeLessThan(0.5);
      expect(theta[row * PILLARS + 1]).toBeGreaterThan(0);
    }
  });

  it('keeps the settlement of the day without a chain', () => {
    const row = path.day.indexOf(UNSEEN);
    expect(found.market.path.unseenSettlements?.get(UNSEEN)).toMatchObject({
      spxOpening: path.spxSettlement[row],
      spxClose: path.spxClose[row],
    });
  });

  it('refuses a folder that leaves fewer than two sessions', async () => {
    const few = await readSessionChains(chains, { from: MISFIT, to: MISFIT });
    expect(() => chainMarket(readMarketFolder(market), SPAN, few)).toThrow(/0 of 1/);
  });
});

describe('the quotes of a folder of chains', () => {
  const day = epochDay(2005, 1, 12);
  const series = (right: number, strike: number): Parameters<typeof found.quotes.quote>[1] => ({
    kind: SPX_OPTION,
    right,
    strike,
    expiry: epochDay(2005, 2, 18),
    settlement: AM,
  });

  it('are those of the file, series by series', () => {
    const made = sessions.get(day)?.quotes ?? [];
    expect(made.length).toBeGreaterThan(300);
    for (const { expiry, right, strike, bid, ask } of made) {
      const asked = { ...series(right, strike), expiry };
      expect(found.quotes.quote(day, asked)).toEqual({ kind: 'quoted', bid, ask });
    }
  });

  it('are absent with the reason', () => {
    const { quote } = found.quotes;
    const absent = (reason: string): unknown => ({ kind: 'absent', reason });
    expect(quote(UNSEEN, series(PUT, 1000))).toEqual(absent('no-chain'));
    expect(quote(day, { ...series(PUT, 100), kind: XSP_OPTION })).toEqual(absent('no-chain'));
    expect(quote(day, series(PUT, 1001))).toEqual(absent('not-listed'));
    expect(quote(day, { ...series(PUT, 1000), settlement: PM })).toEqual(absent('not-listed'));
  });

  it('give a leg a mid that its own quote has no part in', () => {
    const quote = found.quotes.quote(day, series(PUT, 1000));
    if (quote.kind !== 'quoted') throw new Error('1000P is quoted');
    const { mid, smileMid } = found.quotes.modelMids(day, series(PUT, 1000));
    // Rounding to a twentieth is all that parts the made-up quotes from a smile.
    expect(Math.abs(mid - 0.5 * (quote.bid + quote.ask))).toBeLessThan(0.1);
    expect(Math.abs(smileMid - mid)).toBeLessThan(0.2);
    expect(found.quotes.modelMids(UNSEEN, series(PUT, 1000)).mid).toBeNaN();
  });
});

describe('a folder of chains', () => {
  const own = (name: string): string => {
    const dir = join(folder, name);
    mkdirSync(dir);
    return dir;
  };
  const read = (dir: string): ReturnType<typeof readSessionChains> =>
    readSessionChains(dir, { from: undefined, to: undefined });
  const rowOf = (day: number): MadeSession => madeSession(path, path.day.indexOf(day));

  it('reads alike from files and from a store of the same files', async () => {
    const store = own('store');
    const files = chainFilesBelow([chains]);
    await importChains(files, { into: store, options: {}, onFile: () => undefined });
    const stored = await read(store);
    const plain = await read(chains);
    expect([...stored.spx.keys()]).toEqual([...plain.spx.keys()]);
    for (const [day, chain] of plain.spx) {
      expect(stored.spx.get(day)?.bid).toEqual(chain.bid);
      expect(stored.spx.get(day)?.spot).toBe(chain.spot);
    }
  });

  it('leaves out days without a session and copies of the session before', async () => {
    const dir = own('copies');
    const friday = rowOf(epochDay(2005, 1, 14));
    writeMadeSession(dir, friday);
    // Martin Luther King's day, and the Tuesday after it with Friday's quotes.
    for (const day of [epochDay(2005, 1, 17), epochDay(2005, 1, 18)]) {
      writeMadeSession(dir, { ...friday, day });
    }
    const copies = await read(dir);
    expect([...copies.spx.keys()]).toEqual([friday.day]);
    expect(copies.leftOut).toEqual([
      { what: 'SPX 2005-01-17', reason: 'no session of the exchange' },
      { what: 'SPX 2005-01-18', reason: 'repeats the quotes of the session before' },
    ]);
  });

  it('takes the larger of two files of one session', async () => {
    const dir = own('twins');
    const whole = rowOf(epochDay(2005, 1, 12));
    writeMadeSession(dir, { ...whole, quotes: whole.quotes.slice(0, 40) }, 'a.csv');
    writeMadeSession(dir, whole, 'b.csv');
    writeMadeSession(dir, { ...whole, quotes: whole.quotes.slice(0, 50) }, 'c.csv');
    expect((await read(dir)).spx.get(whole.day)?.rows).toBe(whole.quotes.length);
  });

  it('takes a crossed quote for none, and a zero bid for a quote', async () => {
    const dir = own('odd');
    const made = rowOf(epochDay(2005, 1, 12));
    const [expiry = 0] = made.quotes.map((quote) => quote.expiry);
    const quotes = [
      { expiry, right: CALL, strike: 1200, bid: 3, ask: 2 },
      { expiry, right: CALL, strike: 1300, bid: 0, ask: 0.1 },
      { expiry, right: CALL, strike: 1400, bid: 0, ask: 0 },
    ];
    writeMadeSession(dir, { ...made, quotes });
    writeMadeSession(dir, rowOf(epochDay(2005, 1, 13)));
    const odd = chainMarket(readMarketFolder(market), SPAN, await read(dir)).quotes;
    const at = (strike: number): unknown =>
      odd.quote(made.day, { kind: SPX_OPTION, right: CALL, strike, expiry, settlement: AM });
    expect(at(1200)).toEqual({ kind: 'absent', reason: 'crossed' });
    expect(at(1300)).toEqual({ kind: 'quoted', bid: 0, ask: 0.1 });
    expect(at(1400)).toEqual({ kind: 'absent', reason: 'no-quote' });
  });

  it('must hold a chain of SPX', async () => {
    const dir = own('empty');
    await expect(read(dir)).rejects.toThrow(DataError);
    await expect(read(join(folder, 'absent'))).rejects.toThrow(/path must exist/);
  });
});
