import { describe, expect, it } from 'vitest';
import { nelderMead } from './nelder-mead.ts';

describe('nelderMead', () => {
  it('finds the end of the curved valley of Rosenbrock (1960)', () => {
    const valley = (p: Float64Array): number => {
      const [x = 0, y = 0] = p;
      return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    };
    const { parameters, end } = nelderMead(valley, [-1.2, 1], {
      widths: [0.5, 0.5],
      tolerance: 1e-14,
    });
    expect(end).toBe('settled');
    expect(parameters[0]).toBeCloseTo(1, 5);
    expect(parameters[1]).toBeCloseTo(1, 5);
  });

  it('stays where the function is defined', () => {
    const half = (p: Float64Array): number => {
      const x = p[0] ?? 0;
      return x < 2 ? Number.NaN : (x - 1) ** 2;
    };
    expect(nelderMead(half, [5], { widths: [1] }).parameters[0]).toBeCloseTo(2, 3);
  });

  it('says when its steps were spent', () => {
    const bowl = (p: Float64Array): number => (p[0] ?? 0) ** 2;
    expect(nelderMead(bowl, [10], { widths: [1], maxSteps: 3 }).end).toBe('steps-spent');
  });
});
