import { describe, expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.ts';

describe('gaussLegendre', () => {
  it('has the tabulated points of three and five (Abramowitz, Stegun table 25.4)', () => {
    const three = gaussLegendre(3);
    expect(three.nodes[2]).toBeCloseTo(0.7745966692414834, 15);
    expect(three.nodes[1]).toBe(0);
    expect(three.weights[0]).toBeCloseTo(5 / 9, 15);
    const five = gaussLegendre(5);
    expect(five.nodes[4]).toBeCloseTo(0.906179845938664, 15);
    expect(five.weights[2]).toBeCloseTo(0.5688888888888889, 15);
    expect([...gaussLegendre(1).weights]).toEqual([2]);
  });

  it.each([1, 2, 7, 16, 64, 200])('with %d points is exact up to degree 2 n - 1', (count) => {
    const { nodes, weights } = gaussLegendre(count);
    for (const degree of [0, 1, 2 * count - 2, 2 * count - 1]) {
      let sum = 0;
      for (const [i, x] of nodes.entries()) sum += (weights[i] ?? Number.NaN) * x ** degree;
      expect(sum).toBeCloseTo(degree % 2 === 1 ? 0 : 2 / (degree + 1), 13);
    }
  });

  it('has ascending points and symmetric positive weights', () => {
    const { nodes, weights } = gaussLegendre(64);
    expect([...nodes].sort((a, b) => a - b)).toEqual([...nodes]);
    expect([...weights].reverse()).toEqual([...weights]);
    expect(Math.min(...weights)).toBeGreaterThan(0);
  });
});
