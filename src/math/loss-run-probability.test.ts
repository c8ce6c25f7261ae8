import { describe, expect, it } from 'vitest';
import {
  clusteredLossRunProbability,
  lossRunProbability,
  reachBeforeRuin,
} from './loss-run-probability.ts';
import { createRandomStream } from './philox.ts';

/** Calm and stormy: losses 20 % and 60 %, 30 % on average. */
const CLUSTERED = {
  stay: [
    [0.95, 0.05],
    [0.15, 0.85],
  ],
  lossProbability: [0.2, 0.6],
  start: [0.75, 0.25],
};

describe('lossRunProbability', () => {
  // Computed by Feller's recursion in another language.
  it.each([
    [0.3, 6, 120, 0.05738195344283844],
    [0.3, 6, 252, 0.11898291905425072],
    [0.2, 5, 120, 0.02936134239964856],
    [0.5, 10, 1000, 0.38544975241248125],
    [0.3, 5, 60, 0.09230983391070305],
  ])('q = %d, run of %d in %d trials', (q, run, trials, expected) => {
    expect(lossRunProbability(q, run, trials)).toBeCloseTo(expected, 12);
  });

  it('follows the recursion of Feller', () => {
    const [q, k] = [0.35, 3];
    const a = (n: number): number => lossRunProbability(q, k, n);
    expect(a(k - 1)).toBe(0);
    expect(a(k)).toBeCloseTo(q ** k, 15);
    for (const n of [10, 40]) {
      expect(a(n)).toBeCloseTo(a(n - 1) + (1 - a(n - k - 1)) * (1 - q) * q ** k, 14);
    }
  });

  it('is 1 for certain losses, 0 for none, NaN outside its domain', () => {
    expect(lossRunProbability(1, 3, 3)).toBe(1);
    expect(lossRunProbability(0, 1, 100)).toBe(0);
    expect(lossRunProbability(1.2, 3, 5)).toBeNaN();
    expect(lossRunProbability(0.2, 0, 5)).toBeNaN();
    expect(lossRunProbability(0.2, 2, 1.5)).toBeNaN();
  });
});

describe('clusteredLossRunProbability', () => {
  it('is far above that of independent losses of the same average', () => {
    expect(clusteredLossRunProbability(CLUSTERED, 5, 60)).toBeCloseTo(0.29529347994159194, 12);
    expect(clusteredLossRunProbability(CLUSTERED, 6, 120)).toBeCloseTo(0.30248109640650067, 12);
  });

  it('equals a simulation of the chain', () => {
    const stream = createRandomStream(3);
    const paths = 20_000;
    let hits = 0;
    const draw = new Float64Array(2);
    for (let path = 0; path < paths; path += 1) {
      let state = stream.uniform(path, 1000, 0) < 0.75 ? 0 : 1;
      let losses = 0;
      for (let trial = 0; trial < 60 && losses < 5; trial += 1) {
        stream.fillUniforms(path, trial, draw);
        const [loss = 0, move = 0] = draw;
        losses = loss < (CLUSTERED.lossProbability[state] ?? 0) ? losses + 1 : 0;
        state = move < (CLUSTERED.stay[state]?.[0] ?? 0) ? 0 : 1;
      }
      if (losses === 5) hits += 1;
    }
    expect(hits / paths).toBeCloseTo(0.2953, 1.9);
  });

  it('refuses a chain whose parts do not fit', () => {
    expect(() => clusteredLossRunProbability({ ...CLUSTERED, stay: [[1]] }, 5, 60)).toThrow(
      'chain',
    );
  });
});

describe('reachBeforeRuin', () => {
  it.each([
    [0.5, 5, 10, 0.5],
    [0.49, 5, 10, 0.4501594006698003],
    [0.49, 50, 100, 0.11917491985551996],
    [18 / 38, 5, 10, 0.3712629441241375],
  ])('p = %d from %d to %d', (p, capital, goal, expected) => {
    expect(reachBeforeRuin(p, capital, goal)).toBeCloseTo(expected, 12);
  });

  it('does not overflow, and is 0 and 1 at the ends', () => {
    expect(reachBeforeRuin(0.2, 999, 1000)).toBeCloseTo(0.25, 12);
    expect(reachBeforeRuin(0.3, 0, 10)).toBe(0);
    expect(reachBeforeRuin(0.7, 10, 10)).toBe(1);
    expect(reachBeforeRuin(1.1, 1, 10)).toBeNaN();
  });
});
