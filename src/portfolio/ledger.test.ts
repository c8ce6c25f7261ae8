import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, LEDGER, LEDGER_KINDS } from './ledger.ts';
import type { LedgerKind } from './ledger.ts';
import { SLEEVE, SLEEVES } from './sleeve.ts';

describe('Ledger', () => {
  it('gives every kind and sleeve the code of its place', () => {
    expect(LEDGER_KINDS.map((kind) => LEDGER[kind])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(SLEEVES.map((sleeve) => SLEEVE[sleeve])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('books premium, fee and revaluation, and keeps the deposit out of every sleeve', () => {
    const ledger = new Ledger(SLEEVES.length);
    ledger.post(LEDGER.deposit, SLEEVE.core, 'securities', 10_000_00);
    ledger.post(LEDGER.premium, SLEEVE.core, 'securities', 250_00);
    ledger.post(LEDGER.fee, SLEEVE.core, 'securities', -5_00);
    ledger.post(LEDGER.revaluation, SLEEVE.core, 'holdings', -240_00);
    ledger.post(LEDGER.variation, SLEEVE.medium, 'futures', -30_00);
    expect([ledger.securities, ledger.futures, ledger.holdings]).toEqual([
      1_024_500, -3000, -24_000,
    ]);
    expect(ledger.equity).toBe(997_500);
    expect(Array.from(ledger.bySleeve)).toEqual([500, 0, -3000, 0, 0, 0]);
    ledger.check();
  });

  it('adds up by kind and by sleeve to the cent, whatever is booked', () => {
    const entry = record({
      kind: constantFrom<LedgerKind>(...LEDGER_KINDS),
      sleeve: integer({ min: 0, max: SLEEVES.length - 1 }),
      account: constantFrom('securities', 'futures', 'holdings'),
      cents: integer({ min: -1e12, max: 1e12 }),
      transfer: integer({ min: -1e9, max: 1e9 }),
    });
    assert(
      property(array(entry, { maxLength: 200 }), (entries) => {
        const ledger = new Ledger(SLEEVES.length);
        let sum = 0;
        for (const { kind, sleeve, account, cents, transfer } of entries) {
          ledger.post(LEDGER[kind], sleeve, account, cents);
          ledger.transferToFutures(transfer);
          sum += cents;
        }
        expect(ledger.equity).toBe(sum);
        expect(ledger.byKind.reduce((a, b) => a + b, 0)).toBe(sum);
        const deposits = ledger.byKind[LEDGER.deposit] ?? Number.NaN;
        expect(deposits + ledger.bySleeve.reduce((a, b) => a + b, 0)).toBe(sum);
        ledger.check();
      }),
    );
  });

  it('leaves equity alone in a transfer between the segments', () => {
    const ledger = new Ledger(SLEEVES.length);
    ledger.post(LEDGER.deposit, SLEEVE.core, 'securities', 500);
    ledger.transferToFutures(200);
    expect([ledger.securities, ledger.futures, ledger.equity]).toEqual([300, 200, 500]);
    ledger.transferToFutures(-250);
    expect([ledger.securities, ledger.futures, ledger.equity]).toEqual([550, -50, 500]);
  });

  it.each([0.5, 100.01, Number.NaN, Number.POSITIVE_INFINITY, maxSafeNext()])(
    'refuses %d cents',
    (cents) => {
      const ledger = new Ledger(SLEEVES.length);
      expect(() => {
        ledger.post(LEDGER.fee, SLEEVE.core, 'securities', cents);
      }).toThrow(/whole cents/);
      expect(() => {
        ledger.transferToFutures(cents);
      }).toThrow(/whole cents/);
      expect(ledger.equity).toBe(0);
    },
  );

  it('finds a balance that no entry explains', () => {
    const ledger = new Ledger(SLEEVES.length);
    ledger.post(LEDGER.deposit, SLEEVE.core, 'securities', 500);
    ledger.holdings += 1;
    expect(() => {
      ledger.check();
    }).toThrow(/entries less equity are 0 cents, was -1/);
  });
});

/** The first integer that a double no longer tells from its neighbour. */
function maxSafeNext(): number {
  return Number.MAX_SAFE_INTEGER + 1;
}
