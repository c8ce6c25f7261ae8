import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { PositionBook } from '../portfolio/position-book.ts';

/** Books remembered: the one held, the one before, and what was tried and may be filled next. */
const BOOKS = 4;
/** Legs up to which a book is remembered by its legs. */
const MOST_LEGS = 64;
/** Numbers that a leg's requirement can depend on while marks do not matter. */
const TERMS = 6;

/** One book's legs, [leg][kind, right, strike, expiry, settlement, quantity], and its requirement. */
interface RememberedBook {
  count: number;
  dollars: number;
  readonly terms: Float64Array;
}

/** A requirement that depends on the market, with what tells the instants of a path apart. */
interface MarkedRequirement {
  version: number;
  day: number;
  dayFraction: number;
  spot: number;
  vix: number;
  dollars: number;
}

/**
 * Requirements of books whose requirement does not depend on the market. An entry is tried on the
 * book, taken out again and then filled: the same legs in the same order come back, and what they
 * require is looked up instead of computed. Exact: books are compared leg by leg, not by a hash.
 */
export class RequirementMemory {
  private version = -1;
  private dollars = Number.NaN;
  private next = 0;
  private readonly books: RememberedBook[] = [];
  private readonly marked: MarkedRequirement = {
    version: -1,
    day: 0,
    dayFraction: 0,
    spot: 0,
    vix: 0,
    dollars: Number.NaN,
  };

  /** The requirement of a book that was kept before, dollars; undefined when it was not. */
  find(book: PositionBook): number | undefined {
    if (this.version === book.version) return this.dollars;
    for (const known of this.books) {
      if (!holds(known, book)) continue;
      this.version = book.version;
      this.dollars = known.dollars;
      return known.dollars;
    }
    return undefined;
  }

  /**
   * The requirement of a book at a market, dollars, when it was the last that was kept for one:
   * checks, sweeps and records of one close ask for the same. Undefined when it was not.
   */
  findAt(book: PositionBook, market: MarketSnapshot): number | undefined {
    const { marked } = this;
    const same =
      marked.version === book.version &&
      marked.day === market.day &&
      marked.dayFraction === market.dayFraction &&
      marked.spot === market.spot &&
      marked.vix === market.vix;
    return same ? marked.dollars : undefined;
  }

  /** Keeps the requirement of a book at a market, dollars. */
  keepAt(book: PositionBook, market: MarketSnapshot, dollars: number): void {
    const { marked } = this;
    marked.version = book.version;
    marked.day = market.day;
    marked.dayFraction = market.dayFraction;
    marked.spot = market.spot;
    marked.vix = market.vix;
    marked.dollars = dollars;
  }

  /** Keeps the requirement of a book, dollars. */
  keep(book: PositionBook, dollars: number): void {
    this.version = book.version;
    this.dollars = dollars;
    if (book.count > MOST_LEGS) return;
    const place = this.next;
    this.next = (place + 1) % BOOKS;
    const known = this.books[place] ?? newBook();
    this.books[place] = known;
    known.count = book.count;
    known.dollars = dollars;
    for (let slot = 0; slot < book.count; slot += 1) {
      const at = slot * TERMS;
      known.terms[at] = book.kind[slot] ?? Number.NaN;
      known.terms[at + 1] = book.right[slot] ?? Number.NaN;
      known.terms[at + 2] = book.strike[slot] ?? Number.NaN;
      known.terms[at + 3] = book.expiry[slot] ?? Number.NaN;
      known.terms[at + 4] = book.settlement[slot] ?? Number.NaN;
      known.terms[at + 5] = book.quantity[slot] ?? Number.NaN;
    }
  }
}

function newBook(): RememberedBook {
  return { count: 0, dollars: Number.NaN, terms: new Float64Array(MOST_LEGS * TERMS) };
}

function holds(known: RememberedBook, book: PositionBook): boolean {
  const { count, terms } = known;
  if (count !== book.count) return false;
  // The last legs differ most often.
  for (let slot = count - 1; slot >= 0; slot -= 1) {
    const at = slot * TERMS;
    const same =
      terms[at + 5] === book.quantity[slot] &&
      terms[at + 2] === book.strike[slot] &&
      terms[at + 3] === book.expiry[slot] &&
      terms[at] === book.kind[slot] &&
      terms[at + 1] === book.right[slot] &&
      terms[at + 4] === book.settlement[slot];
    if (!same) return false;
  }
  return true;
}
