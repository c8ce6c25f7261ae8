import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../math/philox.ts';
import { createRareLaws, drawByLaw, lawOfPath, leaningUniform, rareWeight } from './rare-laws.ts';

const SESSIONS = 252;
const laws = createRareLaws({ jumps: 3, lean: 1 }, SESSIONS);

describe('tilted laws', () => {
  it('take turns on odd paths: jumps, then down and up in each quarter and in the year', () => {
    const kinds = Array.from({ length: 24 }, (_, index) => {
      const law = lawOfPath(laws, index);
      return law.kind === 'lean' ? `${law.span}${law.sign === 1 ? 'down' : 'up'}` : law.kind;
    });
    expect(kinds.filter((_, index) => index % 2 === 0)).toEqual(Array(12).fill('plain'));
    expect(kinds.filter((_, index) => index % 2 === 1)).toEqual([
      'jumps',
      '0down',
      '0up',
      '1down',
      '1up',
      '2down',
      '2up',
      '3down',
      '3up',
      '4down',
      '4up',
      'jumps',
    ]);
  });

  it('lean uniforms as their density says', () => {
    // Mean of lean exp(-lean u) / (1 - exp(-lean)) at lean 1: 1 - 1 / (e - 1).
    const count = 4000;
    for (const sign of [1, -1] as const) {
      let sum = 0;
      for (let i = 0; i < count; i += 1) sum += leaningUniform((i + 0.5) / count, 1, sign);
      const mean = 1 - 1 / (Math.E - 1);
      expect(sum / count).toBeCloseTo(sign === 1 ? mean : 1 - mean, 6);
    }
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (u, lean) => {
          expect(leaningUniform(u, lean, 1)).toBeLessThanOrEqual(u + 1e-12);
          expect(leaningUniform(u, lean, -1)).toBeGreaterThanOrEqual(u - 1e-12);
        },
      ),
    );
  });

  it('give weights of mean 1, never above 2', () => {
    const stream = createRandomStream(11);
    const uniforms = new Float64Array(SESSIONS);
    let sum = 0;
    let squares = 0;
    const paths = 9000;
    for (let index = 0; index < paths; index += 1) {
      stream.fillUniforms(index, 0, uniforms);
      const law = lawOfPath(laws, index);
      const sums = new Float64Array(laws.spans.length);
      for (const [session, uniform] of uniforms.entries()) {
        drawByLaw(laws, law, session, uniform, sums);
      }
      const weight = rareWeight(laws, 0, sums);
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(2);
      sum += weight;
      squares += weight * weight;
    }
    const mean = sum / paths;
    const error = Math.sqrt((squares / paths - mean * mean) / paths);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * error);
  });

  it('refuse a tilt that tilts nothing', () => {
    expect(() => createRareLaws({ jumps: 1, lean: 1 }, 252)).toThrow('above 1');
    expect(() => createRareLaws({ jumps: 2, lean: Number.NaN }, 252)).toThrow('above 0');
  });
});
