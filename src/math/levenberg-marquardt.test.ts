import { describe, expect, it } from 'vitest';
import { levenbergMarquardt } from './levenberg-marquardt.ts';
import type { SquaresProblem } from './levenberg-marquardt.ts';

const INFINITE = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];

/** Rosenbrock (1960): (10 (y - x^2), 1 - x), minimum 0 at (1, 1). */
function rosenbrock(box: Partial<SquaresProblem> = {}): SquaresProblem {
  return {
    residuals: 2,
    lower: INFINITE.map((bound) => -bound),
    upper: INFINITE,
    evaluate: ([x = 0, y = 0], out) => {
      out[0] = 10 * (y - x * x);
      out[1] = 1 - x;
    },
    ...box,
  };
}

describe('levenbergMarquardt', () => {
  it('finds the bottom of the Rosenbrock valley from its usual start', () => {
    const found = levenbergMarquardt(rosenbrock(), [-1.2, 1], 200);
    expect(found.parameters[0]).toBeCloseTo(1, 6);
    expect(found.parameters[1]).toBeCloseTo(1, 6);
    expect(found.sumOfSquares).toBeLessThan(1e-12);
  });

  it('stays in the box: with x <= 0.5 the minimum is at (0.5, 0.25)', () => {
    const found = levenbergMarquardt(rosenbrock({ upper: [0.5, 10] }), [-1.2, 1], 200);
    expect(found.parameters[0]).toBe(0.5);
    expect(found.parameters[1]).toBeCloseTo(0.25, 5);
    expect(found.sumOfSquares).toBeCloseTo(0.25, 8);
  });

  it('recovers the decay of noise-free data', () => {
    const times = [0, 1, 2, 3, 4, 5];
    const problem: SquaresProblem = {
      residuals: times.length,
      lower: [0, 0],
      upper: [10, 10],
      evaluate: ([level = 0, speed = 0], out) => {
        times.forEach((t, i) => {
          out[i] = level * Math.exp(-speed * t) - 3 * Math.exp(-0.7 * t);
        });
      },
    };
    const { parameters, end } = levenbergMarquardt(problem, [1, 0.1]);
    expect(end).toBe('settled');
    expect(parameters[0]).toBeCloseTo(3, 7);
    expect(parameters[1]).toBeCloseTo(0.7, 7);
  });

  it('says so when the start has no finite residuals', () => {
    const problem = rosenbrock({ evaluate: (_, out) => out.fill(Number.NaN) });
    expect(levenbergMarquardt(problem, [0, 0]).end).toBe('not-finite');
  });
});
