import { describe, expect, it } from 'vitest';
import { impliedTotalVol, impliedTotalVolNear } from './implied-total-vol.ts';
import { normalisedBlack, normalisedComplement, normalisedVega } from './normalised-black.ts';

// x, s, b(x, s) rounded to doubles from 50-digit arithmetic.
const VECTORS: readonly (readonly [number, number, number])[] = [
  [0, 0.1, 0.039877611676744924],
  [-0.1, 0.05, 0.0004244308308511871],
  [-0.1, 0.2, 0.039458602641807],
  [-0.5, 0.1, 5.339911785800857e-9],
  [-1, 0.3, 0.00003329094942944568],
  [-2, 0.5, 0.0000034724760825473943],
  [-0.01, 0.001, 7.474559337762834e-28],
  [-5, 1, 4.755776371084643e-8],
  [-16, 2, 9.29018169134616e-17],
  [-0.2, 3, 0.7714182372320803],
  [-1e-8, 1e-4, 0.00003988922822299181],
  // Where the odd series of small volatility is longest.
  [-0.02, 0.199, 0.06966114342219855],
  [-0.12, 0.199, 0.033312591206709756],
  [-0.199, 0.199, 0.016527774964359514],
  [-0.29, 0.198, 0.006264634290620285],
  [-0.6, 0.199, 0.00007178914800201238],
];

/** Tolerance of a round trip: what the rounding of the price alone explains, at least 1e-13. */
function allowed(x: number, s: number, b: number): number {
  return 1e-13 * Math.max(1, b / (s * normalisedVega(x, s)));
}

describe('normalisedBlack', () => {
  it.each(VECTORS)('b(%d, %d)', (x, s, b) => {
    expect(Math.abs(normalisedBlack(x, s) / b - 1)).toBeLessThan(1e-13);
  });

  it('and its complement add up to the upper limit', () => {
    for (const [x, s] of VECTORS) {
      const sum = normalisedBlack(x, s) + normalisedComplement(x, s);
      expect(sum).toBeCloseTo(Math.exp(0.5 * x), 14);
    }
  });
});

describe('impliedTotalVol', () => {
  it.each(VECTORS)('of b(%d, %d)', (x, s, b) => {
    expect(Math.abs(impliedTotalVol(x, b) / s - 1)).toBeLessThanOrEqual(allowed(x, s, b));
  });

  it('comes back from a price over the whole domain', () => {
    let points = 0;
    let worst = 0;
    for (let i = 0; i <= 80; i += 1) {
      const x = i === 0 ? 0 : -16 * 10 ** (-7 * (1 - i / 80));
      for (let j = 0; j <= 200; j += 1) {
        const s = 1e-3 * 8000 ** (j / 200);
        const b = normalisedBlack(x, s);
        if (!(b > 1e-300 && b < Math.exp(0.5 * x))) continue;
        points += 1;
        worst = Math.max(worst, Math.abs(impliedTotalVol(x, b) / s - 1) / allowed(x, s, b));
      }
    }
    expect(points).toBeGreaterThan(12_000);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it.each([0.3, 0.9, 0.999, 1, 1.02, 1.5, 4, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is the same from a start of %d times the answer',
    (factor) => {
      let points = 0;
      let worst = 0;
      for (let i = 0; i <= 40; i += 1) {
        const x = i === 0 ? 0 : -16 * 10 ** (-7 * (1 - i / 40));
        for (let j = 0; j <= 100; j += 1) {
          const s = 1e-3 * 8000 ** (j / 100);
          const b = normalisedBlack(x, s);
          if (!(b > 1e-300 && b < Math.exp(0.5 * x))) continue;
          points += 1;
          const found = impliedTotalVolNear(x, b, factor * s, 2e-5);
          worst = Math.max(worst, Math.abs(found / s - 1) / allowed(x, s, b));
        }
      }
      expect(points).toBeGreaterThan(3000);
      expect(worst).toBeLessThanOrEqual(1);
    },
  );

  it('of the fast form is within 1e-11', () => {
    for (const [x, s, b] of VECTORS.slice(0, 6)) {
      expect(Math.abs(impliedTotalVol(x, b, 3e-3) - s)).toBeLessThan(1e-11);
    }
  });

  it.each([
    [0, 0],
    [0, 1],
    [-1, Math.exp(-0.5)],
    [0.1, 0.01],
    [-0.1, -1],
    [Number.NaN, 0.1],
    [-0.1, Number.NaN],
  ])('outside the domain is NaN: x %d, price %d', (x, price) => {
    expect(impliedTotalVol(x, price)).toBeNaN();
  });
});
