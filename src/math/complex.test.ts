import { describe, expect, it } from 'vitest';
import {
  complex,
  complexExp,
  complexLog,
  complexSqrt,
  faddeeva,
  minus,
  over,
  plus,
  scaled,
  times,
} from './complex.ts';
import type { Complex } from './complex.ts';

function expectNear(actual: Complex, re: number, im: number, digits = 12): void {
  expect(actual.re).toBeCloseTo(re, digits);
  expect(actual.im).toBeCloseTo(im, digits);
}

describe('complex arithmetic', () => {
  it('adds, subtracts, multiplies and divides', () => {
    const [a, b] = [complex(1, 2), complex(3, -4)];
    expectNear(plus(a, b, a), 5, 0);
    expectNear(minus(a, b), -2, 6);
    expectNear(times(a, b), 11, 2);
    expectNear(over(a, b), -0.2, 0.4);
    expectNear(over(b, complex(1e-3, 1)), -3.996996003, -3.003996996, 8);
    expectNear(scaled(a, -2), -2, -4);
  });

  it('takes principal roots, logarithms and exponentials', () => {
    expectNear(complexSqrt(complex(-4)), 0, 2);
    expectNear(complexSqrt(complex(3, -4)), 2, -1);
    expectNear(complexLog(complex(-1)), 0, Math.PI);
    expectNear(complexExp(complexLog(complex(-2, 5))), -2, 5);
  });
});

describe('faddeeva', () => {
  // w(0) = 1, w(i) = e erfc(1), w(1 + i) and w(1) = e^-1 + 2 i Dawson(1) / sqrt(pi): Abramowitz and
  // Stegun (1964), table 7.9, continued to more digits.
  it.each([
    [complex(0), 1, 0],
    [complex(0, 1), 0.427583576155807, 0],
    [complex(0, 3), 0.17900115118139, 0],
    [complex(1), 0.367879441171442, 0.607157705841394],
    [complex(1, 1), 0.304744205256913, 0.208218938202832],
  ])('w(%j)', (z, re, im) => {
    expectNear(faddeeva(z), re, im, 11);
  });

  it('falls off as i / (z sqrt(pi)) far away', () => {
    const z = complex(300, 400);
    const far = over(complex(0, 1 / Math.sqrt(Math.PI)), z);
    expectNear(faddeeva(z), far.re, far.im, 8);
  });
});
