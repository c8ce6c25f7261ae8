import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALL, PUT } from '../../contracts/contract-kind.ts';
import type { MarketPath } from '../../market/market-path.ts';
import { priceOption } from '../../pricing/price-option.ts';
import { nthWeekday } from '../../time/cboe-calendar.ts';
import { asEpochDay, civilDate, formatIsoDate } from '../../time/epoch-day.ts';

/** A series of a made-up session and its quote; index points. */
export interface MadeQuote {
  readonly expiry: number;
  readonly right: number;
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
}

/** A made-up session: SPX at the close of a market, quotes at its VIX, half of 0.20 either side. */
export interface MadeSession {
  readonly day: number;
  readonly spot: number;
  readonly quotes: readonly MadeQuote[];
}

const MONTHS = 2;
const FRIDAY = 5;
const HEADER =
  'underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,' +
  'ask,volume,openinterest,impliedvol,delta,gamma';

/** The session of a market's row: AM monthlies, strikes every 5 points from 80 to 118 % of spot. */
export function madeSession(path: MarketPath, row: number): MadeSession {
  const day = path.day[row] ?? 0;
  const spot = Math.round(100 * (path.spxClose[row] ?? 0)) / 100;
  const vol = (path.vixClose[row] ?? 0) / 100;
  const { year, month } = civilDate(asEpochDay(day));
  const quotes: MadeQuote[] = [];
  for (let ahead = 0; ahead <= MONTHS; ahead += 1) {
    const index = month - 1 + ahead;
    const expiry = nthWeekday(year + Math.floor(index / 12), (index % 12) + 1, FRIDAY, 3);
    if (expiry <= day) continue;
    const terms = { forward: spot, discountFactor: 1, vol, yearFraction: (expiry - day) / 365 };
    for (let strike = Math.ceil((0.8 * spot) / 5) * 5; strike <= 1.18 * spot; strike += 5) {
      for (const right of [CALL, PUT]) {
        const side = right === CALL ? 'call' : 'put';
        const priced = priceOption({ model: 'black76', right: side, strike, ...terms });
        const mid = priced.ok ? priced.value.price : Number.NaN;
        const bid = Math.max(0, Math.round(20 * (mid - 0.1)) / 20);
        quotes.push({ expiry, right, strike, bid, ask: Math.round(20 * bid + 4) / 20 });
      }
    }
  }
  return { day, spot, quotes };
}

/** Writes a session as a file of options_backtester; its path. */
export function writeMadeSession(dir: string, session: MadeSession, name?: string): string {
  const { day, spot } = session;
  const us = (at: number): string => {
    const [year, month, date] = iso(at).split('-');
    return `${month}/${date}/${year}`;
  };
  const rows = session.quotes.map(({ expiry, right, strike, bid, ask }) => {
    const letter = right === CALL ? 'C' : 'P';
    const root = `SPX${iso(expiry).slice(2).replaceAll('-', '')}${letter}`;
    const code = `${root}${String(1000 * strike).padStart(8, '0')}`;
    const type = right === CALL ? 'call' : 'put';
    const quote = `${bid.toFixed(2)},${ask.toFixed(2)}`;
    return `SPX,${spot},CBOE,${code},${type},${us(expiry)},${us(day)},${strike},0,0,${quote},1,1,0,0,0`;
  });
  const file = join(dir, name ?? `SPX_${iso(day).replaceAll('-', '')}.csv`);
  writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`);
  return file;
}

function iso(day: number): string {
  return formatIsoDate(asEpochDay(day));
}
