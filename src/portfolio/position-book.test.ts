import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { PositionBook } from './position-book.ts';
import type { NewLeg } from './position-book.ts';

function leg(strike: number): NewLeg {
  return {
    kind: SPX_OPTION,
    right: PUT,
    strike,
    expiry: 20_000 + strike,
    settlement: PM,
    quantity: -strike,
    price: strike / 100,
    sleeve: 0,
    trade: 10 * strike,
  };
}

/** Every column of the legs in use, one row a leg. */
function rows(book: PositionBook): readonly (readonly number[])[] {
  return Array.from({ length: book.count }, (_unused, slot) =>
    [
      book.kind,
      book.right,
      book.strike,
      book.expiry,
      book.settlement,
      book.quantity,
      book.mark,
      book.carried,
      book.sleeve,
      book.trade,
    ].map((column) => column[slot] ?? Number.NaN),
  );
}

function strikes(book: PositionBook): readonly number[] {
  return Array.from(book.strike.subarray(0, book.count));
}

describe('PositionBook', () => {
  it('marks a new leg at its fill price and carries nothing for it', () => {
    const book = new PositionBook(4);
    expect(book.add(leg(50))).toBe(0);
    expect(book.add(leg(60))).toBe(1);
    expect(rows(book)).toEqual([
      [0, 1, 50, 20_050, 1, -50, 0.5, 0, 0, 500],
      [0, 1, 60, 20_060, 1, -60, 0.6, 0, 0, 600],
    ]);
  });

  it('keeps the order of opening when a leg goes, in every column', () => {
    const book = new PositionBook(4);
    for (const strike of [10, 20, 30, 40]) book.add(leg(strike));
    book.carried[3] = -77;
    const before = rows(book);
    book.remove(1);
    expect(rows(book)).toEqual([before[0], before[2], before[3]]);
    book.remove(2);
    book.add(leg(50));
    expect(strikes(book)).toEqual([10, 30, 50]);
    expect(book.carried[2]).toBe(0);
  });

  it('equals a list under any order of removals', () => {
    assert(
      property(array(nat({ max: 30 }), { maxLength: 30 }), (moves) => {
        const book = new PositionBook(64);
        const list: number[] = [];
        for (const [index, move] of moves.entries()) {
          if (list.length > 0 && move % 3 === 0) {
            book.remove(move % list.length);
            list.splice(move % list.length, 1);
          } else {
            book.add(leg(index + 1));
            list.push(index + 1);
          }
          expect(strikes(book)).toEqual(list);
        }
      }),
    );
  });

  it('grows its version with legs and quantities, not with marks', () => {
    const book = new PositionBook(4);
    const seen = [book.version];
    book.add(leg(10));
    seen.push(book.version);
    book.mark[0] = 99;
    expect(book.version).toBe(seen[1]);
    book.setQuantity(0, -3);
    seen.push(book.version);
    book.remove(0);
    seen.push(book.version);
    book.clear();
    seen.push(book.version);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
    expect(seen).toHaveLength(5);
  });

  it('refuses a leg too many and a slot not in use', () => {
    const book = new PositionBook(1);
    expect(() => {
      book.remove(0);
    }).toThrow(/slot is in use/);
    book.add(leg(10));
    expect(() => book.add(leg(20))).toThrow(/a leg finds a free slot in the book, was 1/);
    for (const slot of [-1, 1]) {
      expect(() => {
        book.setQuantity(slot, 5);
      }).toThrow(/slot is in use/);
    }
    expect(() => new PositionBook(0)).toThrow(/capacity/);
  });
});
