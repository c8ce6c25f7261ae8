import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { exactRequirement } from './exact-requirement.fixture.ts';
import { legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { EXCHANGE_PROFILE, TASTYTRADE_PROFILE } from './margin-profile.ts';
import type { MarginProfile } from './margin-profile.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

const SPOT = 5000;
const SEED = 11;
const BOOKS = 600;
const MOST_LEGS = 7;
/** Dollars: sums of doubles in another order. */
const ROUNDING = 1e-3;

/** A book of up to MOST_LEGS legs of one to three contracts over two dates, AM and PM. */
function bookOf(book: number): readonly LegSketch[] {
  const stream = createRandomStream(SEED);
  const legs = 2 + Math.floor((MOST_LEGS - 1) * stream.uniform(book, 0, 0));
  const draws = new Float64Array(7);
  return Array.from({ length: legs }, (_unused, leg) => {
    stream.fillUniforms(book, leg + 1, draws);
    const [side = 0, height = 0, size = 0, sign = 0, value = 0, date = 0, hour = 0] = draws;
    const right = side < 0.5 ? 'call' : 'put';
    const strike = 4000 + 100 * Math.floor(21 * height);
    const contracts = 1 + Math.floor(3 * size * size);
    const inTheMoney = right === 'call' ? SPOT - strike : strike - SPOT;
    return {
      right,
      strike,
      quantity: sign < 0.5 ? contracts : -contracts,
      mark: Math.max(0, inTheMoney) + Math.round(60 * value),
      expiry: date < 0.6 ? 100 : 107,
      settlement: hour < 0.7 ? 'PM' : 'AM',
    };
  });
}

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
