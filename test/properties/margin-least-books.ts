import { exactRequirement } from '../../src/margin/exact-requirement.fixture.ts';
import { legsOf } from '../../src/margin/legs.fixture.ts';
import type { LegSketch } from '../../src/margin/legs.fixture.ts';
import type { MarginProfile } from '../../src/margin/margin-profile.ts';
import { createMarginCalculator } from '../../src/margin/strategy-requirement.ts';
import { createRandomStream } from '../../src/math/philox.ts';

const SPOT = 5000;
const SEED = 7;
/** Dollars: sums of doubles in another order. */
const ROUNDING = 1e-3;

/** How far requirements of random books lie above the least by complete enumeration. */
export interface LeastGap {
  /** Books in which a thorough search stayed above the least. */
  readonly missed: number;
  /** Books in which either calculator came out below the least: it must not. */
  readonly below: readonly number[];
}

/** The gap over the first so many random books of 2 to 12 legs. */
export function leastGap(profile: MarginProfile, books: number): LeastGap {
  const daily = createMarginCalculator(profile);
  const thorough = createMarginCalculator(profile, 'always');
  const terms = { rule: profile.options.spx, spot: SPOT, multiplier: 100 };
  const below: number[] = [];
  let missed = 0;
  for (let book = 0; book < books; book += 1) {
    const sketches = bookOf(book);
    const exact = exactRequirement(sketches, terms);
    const legs = legsOf(sketches);
    const found = thorough.requirement(legs, { spx: SPOT, vix: 20 });
    const fast = daily.requirement(legs, { spx: SPOT, vix: 20 });
    if (!(Math.min(found, fast) >= exact - ROUNDING)) below.push(book);
    if (!(found <= exact + ROUNDING)) missed += 1;
  }
  return { missed, below };
}

/** A book of one to three contracts a leg over two dates, AM and PM, marks near intrinsic value. */
function bookOf(book: number): readonly LegSketch[] {
  const stream = createRandomStream(SEED);
  const legs = 2 + Math.floor(11 * stream.uniform(book, 0, 0));
  const draws = new Float64Array(8);
  return Array.from({ length: legs }, (_unused, leg) => {
    stream.fillUniforms(book, leg + 1, draws);
    const [side = 0, height = 0, first = 0, second = 0, sign = 0, time = 0, date = 0, hour = 0] =
      draws;
    const right = side < 0.5 ? 'call' : 'put';
    const strike = 4000 + 50 * Math.floor(41 * height);
    const size = 1 + Math.floor(first * second * 3);
    const intrinsic = Math.max(0, right === 'call' ? SPOT - strike : strike - SPOT);
    return {
      right,
      strike,
      quantity: sign < 0.5 ? size : -size,
      mark: Math.round(20 * (intrinsic + 60 * time)) / 20,
      expiry: date < 0.6 ? 100 : 107,
      settlement: hour < 0.7 ? 'PM' : 'AM',
    };
  });
}
