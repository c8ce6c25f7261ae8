import { describe, expect, it } from 'vitest';
import { isFuture, multiplier } from '../../src/engine/valuation.ts';
import { randomMarket } from '../../src/engine/sketched-market.fixture.ts';
import { record, watch } from '../../src/engine/run-sketch.fixture.ts';
import { LEDGER, LEDGER_KINDS } from '../../src/portfolio/ledger.ts';
import { SLEEVES } from '../../src/portfolio/sleeve.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { SHIPPED, shipped } from './shipped-policies.ts';

const FIRST = epochDay(2022, 6, 1);
/** A quiet world, and one in which markets fall by a quarter after half a year. */
const MARKETS = [
  randomMarket(11, FIRST, 300),
  randomMarket(12, FIRST, 300, [{ session: 130, spx: -0.25, vix: 75 }]),
];

describe.each(SHIPPED)('%s', (name) => {
  it('explains every cent of every day by ledger entries, by kind and by sleeve', () => {
    for (const market of MARKETS) {
      const { columns, startEquity } = record(market, shipped(name));
      let before = Math.round(startEquity * 100);
      let known = Array.from({ length: LEDGER_KINDS.length }, (_unused, kind) =>
        kind === LEDGER.deposit ? before : 0,
      );
      for (const [row, equity] of columns.equityClose.entries()) {
        const kinds = Array.from(
          columns.ledger.subarray(row * LEDGER_KINDS.length, (row + 1) * LEDGER_KINDS.length),
        );
        expect(kinds.every((cents) => Number.isSafeInteger(cents))).toBe(true);
        const change = kinds.reduce((sum, cents, kind) => sum + cents - (known[kind] ?? NaN), 0);
        const cents = Math.round(equity * 100);
        expect(cents - before).toBe(change);
        const sleeves = columns.sleevePnl.subarray(
          row * SLEEVES.length,
          (row + 1) * SLEEVES.length,
        );
        const pnl = sleeves.reduce((sum, dollars) => sum + Math.round(dollars * 100), 0);
        expect(pnl).toBe(cents - Math.round(startEquity * 100));
        before = cents;
        known = kinds;
      }
    }
  });

  it('is worth its cash and its marks', () => {
    for (const market of MARKETS) {
      watch(market, shipped(name), ({ path }, { ledger, book }, session) => {
        let marks = 0;
        for (let slot = 0; slot < book.count; slot += 1) {
          const kind = book.kind[slot] ?? NaN;
          if (isFuture(kind)) continue;
          const value = (book.mark[slot] ?? NaN) * (book.quantity[slot] ?? NaN);
          marks += Math.round(value * multiplier(kind) * 100);
        }
        const index = name === 'spx-tr' ? ledger.holdings : 0;
        expect(ledger.equity).toBe(ledger.securities + ledger.futures + marks + index);
        expect(path.spxClose[session]).toBeGreaterThan(0);
      });
    }
  });
});

describe('the closed trades of alvh-45', () => {
  it('come from all three layers and the condors, so that the balance covers them', () => {
    const sleeves = MARKETS.flatMap((market) =>
      record(market, shipped('alvh-45')).trades.map((trade) => trade.sleeve),
    );
    expect(new Set(sleeves)).toEqual(new Set(['core', 'near', 'medium', 'long']));
  });

  it('add up to the cash their sleeves made, once nothing is open', () => {
    for (const market of MARKETS) {
      const run = record(market, shipped('alvh-45'));
      const { account } = watch(market, shipped('alvh-45'), () => {});
      for (const [code, sleeve] of SLEEVES.entries()) {
        if (sleeve === 'cash') continue;
        const closed = run.trades.filter((trade) => trade.sleeve === sleeve);
        let cents = closed.reduce((sum, trade) => sum + Math.round(trade.pnl * 100), 0);
        for (const trade of account.trades) if (trade.sleeve === code) cents += trade.cashCents;
        const { book } = account;
        for (let slot = 0; slot < book.count; slot += 1) {
          if (book.sleeve[slot] !== code || isFuture(book.kind[slot] ?? NaN)) continue;
          cents += book.carried[slot] ?? NaN;
        }
        expect(account.ledger.bySleeve[code]).toBe(cents);
      }
    }
  });
});
