import { describe, expect, it } from 'vitest';
import { exactRequirement } from './exact-requirement.fixture.ts';
import { legsOf } from './legs.fixture.ts';
import { EXCHANGE_PROFILE, TASTYTRADE_PROFILE } from './margin-profile.ts';
import type { MarginProfile } from './margin-profile.ts';
import { bookOf, SPOT } from './random-books.fixture.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

const BOOKS = 600;
/** Dollars: sums of doubles in another order. */
const ROUNDING = 1e-3;

describe.each<MarginProfile>([EXCHANGE_PROFILE, TASTYTRADE_PROFILE])(
  'six hundred books of two to seven legs under the rules of $name',
  (profile) => {
    const spots = { spx: SPOT, vix: 20 };
    const terms = { rule: profile.options.spx, spot: SPOT, multiplier: 100 };
    const thorough = createMarginCalculator(profile, 'always');
    const daily = createMarginCalculator(profile);
    const books = Array.from({ length: BOOKS }, (_unused, book) => bookOf(book));

    it('require the least of all assignments of longs to shorts', () => {
      let above = 0;
      for (const [book, sketches] of books.entries()) {
        const legs = legsOf(sketches);
        const least = exactRequirement(sketches, terms);
        const gap = thorough.requirement(legs, spots) - least;
        expect(Math.abs(gap), `book ${book}`).toBeLessThanOrEqual(ROUNDING);
        // Balanced series are taken as they stand: never less, hardly ever more.
        const dailyGap = daily.requirement(legs, spots) - least;
        expect(dailyGap, `book ${book}`).toBeGreaterThanOrEqual(-ROUNDING);
        if (dailyGap > ROUNDING) above += 1;
      }
      expect(above).toBeLessThanOrEqual(1);
    });

    it('are split into groups that hold each contract once and add up', () => {
      for (const sketches of books) {
        const legs = legsOf(sketches);
        const groups = thorough.groups(legs, spots);
        const held = sketches.map(() => 0);
        for (const { legs: slots, quantities } of groups) {
          for (const [at, slot] of slots.entries()) {
            held[slot] = (held[slot] ?? 0) + (quantities[at] ?? 0);
          }
        }
        expect(held).toEqual(sketches.map(({ quantity }) => quantity));
        const sum = groups.reduce((total, { requirement }) => total + requirement, 0);
        expect(sum).toBeCloseTo(thorough.requirement(legs, spots), 4);
      }
    });
  },
);
