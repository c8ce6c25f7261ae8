import { describe, expect, it } from 'vitest';
import { PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { createSnapshot } from '../market/market-snapshot.ts';
import { PositionBook } from '../portfolio/position-book.ts';
import { RequirementMemory } from './requirement-memory.ts';

function add(book: PositionBook, strike: number, quantity = -1): void {
  book.add({
    kind: SPX_OPTION,
    right: PUT,
    strike,
    expiry: 20_000,
    settlement: PM,
    quantity,
    price: 1,
    sleeve: 0,
    trade: 1,
  });
}

describe('RequirementMemory', () => {
  it('knows a book again after legs were tried on it and taken out', () => {
    const book = new PositionBook(8);
    const memory = new RequirementMemory();
    add(book, 5000);
    expect(memory.find(book)).toBeUndefined();
    memory.keep(book, 100);
    add(book, 5100);
    expect(memory.find(book)).toBeUndefined();
    memory.keep(book, 250);
    book.remove(1);
    expect(memory.find(book)).toBe(100);
    add(book, 5100);
    expect(memory.find(book)).toBe(250);
  });

  it('takes no other book for it: any term of any leg tells them apart', () => {
    const terms = ['kind', 'right', 'strike', 'expiry', 'settlement', 'quantity'] as const;
    for (const term of terms) {
      const book = new PositionBook(8);
      const memory = new RequirementMemory();
      add(book, 5000);
      add(book, 5100);
      memory.keep(book, 100);
      book.setQuantity(0, book.quantity[0] ?? 0);
      expect(memory.find(book)).toBe(100);
      book[term][0] = (book[term][0] ?? 0) + 1;
      book.setQuantity(1, book.quantity[1] ?? 0);
      expect(memory.find(book)).toBeUndefined();
    }
  });

  it('forgets the oldest of more than four books, and knows a large one while it is unchanged', () => {
    const memory = new RequirementMemory();
    const books = [1, 2, 3, 4, 5].map((strike) => {
      const book = new PositionBook(4);
      add(book, strike);
      for (let change = 0; change < strike; change += 1) book.setQuantity(0, -strike);
      return book;
    });
    for (const [index, book] of books.entries()) memory.keep(book, index);
    expect(books.map((book) => memory.find(book))).toEqual([undefined, 1, 2, 3, 4]);

    const large = new PositionBook(128);
    for (let leg = 0; leg < 100; leg += 1) add(large, 5000 + leg);
    memory.keep(large, 7);
    expect(memory.find(large)).toBe(7);
    large.setQuantity(0, -1);
    expect(memory.find(large)).toBeUndefined();
  });

  it('knows what a book required at a market, at no other market and no other book', () => {
    const book = new PositionBook(8);
    const memory = new RequirementMemory();
    const market = createSnapshot();
    Object.assign(market, { day: 20_000, spot: 5000, vix: 20 });
    add(book, 5000);
    expect(memory.findAt(book, market)).toBeUndefined();
    memory.keepAt(book, market, 100);
    expect(memory.findAt(book, market)).toBe(100);
    for (const change of [{ day: 20_001 }, { spot: 4999 }, { vix: 21 }, { dayFraction: 0.4 }]) {
      expect(memory.findAt(book, { ...market, ...change })).toBeUndefined();
    }
    book.setQuantity(0, -2);
    expect(memory.findAt(book, market)).toBeUndefined();
  });
});
