import { basename } from 'node:path';
import { AM, CALL } from '../../contracts/contract-kind.ts';
import type { ReportCard } from '../../data/chains/report-card.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { textTable } from '../../report/text-table.ts';

/** One series as shown; null where nothing is known. */
export interface ShownQuote {
  readonly root: string;
  readonly settlement: string;
  readonly right: string;
  readonly strike: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly last: number | null;
  readonly volume: number | null;
  readonly openInterest: number | null;
  readonly sourceVol: number | null;
}

/** The series of a chain as shown. */
export function quotesOf(chain: OptionChain): readonly ShownQuote[] {
  const known = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) ? value : null;
  return Array.from({ length: chain.rows }, (_, row) => ({
    root: chain.roots[chain.root[row] ?? 0] ?? '',
    settlement: settlementName(chain, row),
    right: chain.right[row] === CALL ? 'call' : 'put',
    strike: chain.strike[row] ?? Number.NaN,
    bid: known(chain.bid[row]),
    ask: known(chain.ask[row]),
    last: known(chain.last[row]),
    volume: known(chain.volume[row]),
    openInterest: known(chain.openInterest[row]),
    sourceVol: known(chain.sourceVol[row]),
  }));
}

/** AM or PM of a row. */
export function settlementName(chain: OptionChain, row: number): 'AM' | 'PM' {
  return chain.settlement[row] === AM ? 'AM' : 'PM';
}

/** Expiries as lines of text. */
export function expiryTable(
  expiries: readonly { expiry: string; settlement: string; rows: number }[],
): string {
  return textTable([
    ['expiry', 'settles', 'rows'],
    ...expiries.map(({ expiry, settlement, rows }) => [expiry, settlement, String(rows)]),
  ]);
}

/** Quotes as lines of text. */
export function quoteTable(quotes: readonly ShownQuote[]): string {
  const shown = (value: number | null, digits: number): string =>
    value === null ? '-' : value.toFixed(digits);
  return textTable([
    ['root', 'right', 'strike', 'bid', 'ask', 'volume', 'open int.', 'source vol'],
    ...quotes.map((quote) => [
      quote.root,
      quote.right,
      String(quote.strike),
      shown(quote.bid, 2),
      shown(quote.ask, 2),
      shown(quote.volume, 0),
      shown(quote.openInterest, 0),
      shown(quote.sourceVol, 4),
    ]),
  ]);
}

/** HH:MM of a minute after midnight; `close` when the source gives only a date. */
export function clock(minute: number | null): string {
  if (minute === null) return 'close';
  const hour = String(Math.floor(minute / 60)).padStart(2, '0');
  return `${hour}:${String(minute % 60).padStart(2, '0')}`;
}

/** Report cards as one line each. */
export function cardTable(cards: readonly ReportCard[]): string {
  return textTable([
    ['file', 'layout', 'sessions', 'rows', 'rejected', 'crossed', 'refused'],
    ...cards.map((card) => [
      basename(card.file),
      card.layout,
      String(card.sessions.length),
      String(card.rows),
      String(card.rejected),
      String(card.flags.crossed),
      String(card.refusedSessions),
    ]),
  ]);
}

/** A report card as text. */
export function cardText(card: ReportCard): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rules = Object.entries(card.rejectedByRule).map(([rule, count]) => `${rule} ${count}`);
  const flags = Object.entries(card.flags).map(([flag, count]) => `${flag} ${count}`);
  return [
    `${card.file}: ${card.layout}`,
    `  sessions     ${card.sessions.length} (${card.from} .. ${card.to}), ${card.expirations} expirations`,
    `  rows         ${card.rows} of ${card.offered}, rejected ${card.rejected}`,
    `  rejected by  ${rules.length === 0 ? 'no rule' : rules.join(', ')}`,
    `  flags        ${flags.join(', ')}`,
    `  stale        ${card.staleSessions} sessions, refused ${card.refusedSessions}`,
    `  bid and ask  ${percent(card.quotedShare)} of rows; source volatility ${percent(card.sourceVolShare)}`,
    `  underlying   ${card.spotSource}`,
    '',
  ].join('\n');
}
