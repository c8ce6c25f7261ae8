import { createRandomStream } from '../math/philox.ts';
import type { LegSketch } from './legs.fixture.ts';

/** SPX that the marks of the books are near, index points. */
export const SPOT = 5000;

const SEED = 11;
const MOST_LEGS = 7;

/** A book of two to seven legs of one to three contracts over two dates, AM and PM; by number. */
export function bookOf(book: number): readonly LegSketch[] {
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

/**
 * A book of six to nine legs of one or two contracts that stand close to one another, by number:
 * which long covers which short matters in many of them.
 */
export function closeBookOf(book: number): readonly LegSketch[] {
  const stream = createRandomStream(SEED + 1);
  const legs = 6 + Math.floor(4 * stream.uniform(book, 0, 0));
  const draws = new Float64Array(6);
  return Array.from({ length: legs }, (_unused, leg) => {
    stream.fillUniforms(book, leg + 1, draws);
    const [side = 0, height = 0, size = 0, value = 0, date = 0, hour = 0] = draws;
    const right = side < 0.5 ? 'call' : 'put';
    const strike = 4500 + 50 * Math.floor(21 * height);
    const contracts = size < 0.7 ? 1 : 2;
    const inTheMoney = right === 'call' ? SPOT - strike : strike - SPOT;
    return {
      right,
      strike,
      quantity: leg % 2 === 0 ? contracts : -contracts,
      mark: Math.max(0, inTheMoney) + Math.round(60 * value),
      expiry: date < 0.5 ? 100 : 107,
      settlement: hour < 0.7 ? 'PM' : 'AM',
    };
  });
}
