import { array, assert, constantFrom, double, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { normalCdf } from '../math/normal.ts';
import { filterRegimes, regimeAt } from './regimes.ts';
import type { RegimeModel } from './regimes.ts';

/** Returns that switch between a calm and a turbulent state; any tool can repeat them. */
function madeUpReturns(length: number): Float64Array {
  const z = lcgNormals(5, length);
  const u = lcgNormals(6, length).map(normalCdf);
  let wild = false;
  return z.map((shock, row) => {
    if ((u[row] ?? 0) > (wild ? 0.95 : 0.98)) wild = !wild;
    return wild ? -0.1 + 1.9 * shock : 0.05 + 0.6 * shock;
  });
}

const RETURNS = madeUpReturns(600);
const WINDOW = { rows: 600, minimum: 300 };
const MODEL: RegimeModel = {
  mean: [0.1, -0.2],
  standardDeviation: [0.7, 1.8],
  stay: [0.9, 0.8],
  start: 0.3,
};

/** Probability of ending in state 1 and likelihood, by summing over every path of states. */
function byEnumeration(values: readonly number[], model: RegimeModel): readonly [number, number] {
  const ends = [0, 0];
  for (let path = 0; path < 2 ** values.length; path += 1) {
    const state = (row: number): 0 | 1 => (((path >> row) & 1) === 1 ? 1 : 0);
    let weight = state(0) === 1 ? model.start : 1 - model.start;
    values.forEach((value, row) => {
      if (row > 0) {
        const stay = model.stay[state(row - 1)];
        weight *= state(row) === state(row - 1) ? stay : 1 - stay;
      }
      if (Number.isNaN(value)) return;
      const deviation = model.standardDeviation[state(row)];
      const score = (value - model.mean[state(row)]) / deviation;
      weight *= Math.exp(-0.5 * score * score) / (deviation * Math.sqrt(2 * Math.PI));
    });
    const end = state(values.length - 1);
    ends[end] = (ends[end] ?? 0) + weight;
  }
  const [calm = 0, wild = 0] = ends;
  return [wild / (calm + wild), calm + wild];
}

describe('filterRegimes', () => {
  it('equals the sum over every path of states, missing values included', () => {
    const values = [0.2, -1.5, NaN, 3, 0.1, 0, NaN, -0.4, 2.2, 0.3];
    const { turbulent, logLikelihood } = filterRegimes(Float64Array.from(values), MODEL);
    values.forEach((_value, row) => {
      const [expected] = byEnumeration(values.slice(0, row + 1), MODEL);
      expect(turbulent[row]).toBeCloseTo(expected, 13);
    });
    expect(Math.exp(logLikelihood)).toBeCloseTo(byEnumeration(values, MODEL)[1], 15);
  });

  it('does not underflow 60 deviations out', () => {
    const { turbulent } = filterRegimes(Float64Array.of(0.1, 42), MODEL);
    expect(turbulent[1]).toBe(1);
  });
});

describe('regimeAt', () => {
  const regime = regimeAt(RETURNS, 599, WINDOW);

  // Computed with numpy 2.4: log-space forward-backward EM from the same two starts.
  it('equals an independent maximum of the likelihood', () => {
    expect(regime?.logLikelihood).toBeCloseTo(-677.300638991594, 6);
    expect(regime?.model.mean[0]).toBeCloseTo(0.0497452, 4);
    expect(regime?.model.mean[1]).toBeCloseTo(-0.2258283, 3);
    expect(regime?.model.standardDeviation[0]).toBeCloseTo(0.6045313, 4);
    expect(regime?.model.standardDeviation[1]).toBeCloseTo(1.7184013, 4);
    expect(regime?.model.stay[0]).toBeCloseTo(0.99308947, 4);
    expect(regime?.model.stay[1]).toBeCloseTo(0.96584149, 4);
    expect(regime?.turbulent).toBeCloseTo(0.00478376, 4);
  });

  it('is the same every time', () => {
    expect(regimeAt(RETURNS, 599, WINDOW)).toEqual(regime);
  });

  it('is filtered: nothing after the row is read', () => {
    const garbage = RETURNS.map((value, row) => (row > 450 ? 50 * value : value));
    expect(regimeAt(garbage, 450, WINDOW)).toEqual(regimeAt(RETURNS, 450, WINDOW));
    expect(regimeAt(garbage, 451, WINDOW)).not.toEqual(regimeAt(RETURNS, 451, WINDOW));
  });

  it('tells levels apart as well as spreads', () => {
    const levels = lcgNormals(8, 400).map((z, row) => (row % 100 < 50 ? 2.6 : 3.2) + 0.1 * z);
    const found = regimeAt(levels, 399, { rows: 400, minimum: 300 });
    expect(found?.model.mean.toSorted()[0]).toBeCloseTo(2.6, 1);
    expect(found?.model.mean.toSorted()[1]).toBeCloseTo(3.2, 1);
    expect(found?.model.stay[0]).toBeGreaterThan(0.96);
  });

  it('is NO DATA with too few values or without variation', () => {
    expect(regimeAt(RETURNS, 298, WINDOW)).toBeUndefined();
    expect(regimeAt(new Float64Array(600).fill(0.1), 599, WINDOW)).toBeUndefined();
  });

  it('gives probabilities whatever the values are: outliers, steps, repeats, holes', () => {
    const cell = oneof(
      double({ min: -5, max: 5, noNaN: true }),
      constantFrom(0, 1e6, -1e6, 1e-9, Number.NaN),
    );
    assert(
      property(array(cell, { minLength: 6, maxLength: 40 }), (cells) => {
        const found = regimeAt(Float64Array.from(cells), cells.length - 1, {
          rows: 40,
          minimum: 5,
        });
        if (found === undefined) return;
        const { model, turbulent, logLikelihood } = found;
        for (const share of [turbulent, model.start, ...model.stay]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(model.standardDeviation[0]).toBeLessThanOrEqual(model.standardDeviation[1]);
        expect(Number.isFinite(logLikelihood)).toBe(true);
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  it('passes over missing values', () => {
    const holed = RETURNS.map((value, row) => (row % 10 === 0 ? Number.NaN : value));
    expect(regimeAt(holed, 598, WINDOW)?.model.standardDeviation[1]).toBeCloseTo(1.7, 0);
  });
});
