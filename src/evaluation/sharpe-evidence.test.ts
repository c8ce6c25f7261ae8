import { describe, expect, it } from 'vitest';
import { crashReturns } from '../math/lcg-series.fixture.ts';
import {
  deflatedSharpe,
  expectedMaximum,
  minimumBacktestYears,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeSample,
} from './sharpe-evidence.ts';

/** 2.5 a year over 1,250 days, skewness −3, kurtosis 10: Bailey, López de Prado (2014). */
const PAPER = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skewness: -3, kurtosis: 10 };
const HALF_A_YEAR = 0.5 / 250;

describe('probabilisticSharpe', () => {
  it('equals the reference on a year of returns', () => {
    const sample = sharpeSample(crashReturns());
    expect(sample.sharpe).toBeCloseTo(0.04718747715532201, 12);
    expect(sample.skewness).toBeCloseTo(-1.4656926810661801, 9);
    expect(sample.kurtosis).toBeCloseTo(13.089093589120239, 8);
    expect(probabilisticSharpe(sample, 0)).toBeCloseTo(0.7644655952334121, 10);
  });

  it('falls with skewness and fat tails: 0.913 against 0.981 (2012, example)', () => {
    const sample = { sharpe: 0.45569620253164556, count: 24, skewness: -2.448, kurtosis: 10.164 };
    expect(probabilisticSharpe(sample, 0)).toBeCloseTo(0.9127093395948954, 10);
    const normal = { ...sample, skewness: 0, kurtosis: 3 };
    expect(probabilisticSharpe(normal, 0)).toBeCloseTo(0.9812427223085144, 10);
  });

  it('is NaN without variation', () => {
    expect(probabilisticSharpe(sharpeSample([1, 1, 1]), 0)).toBeNaN();
  });
});

describe('expectedMaximum', () => {
  it.each([
    [5, 1.1925940010147893],
    [10, 1.57459830134575],
    [45, 2.2356401777664052],
    [100, 2.5306028932016846],
    [1000, 3.255121513652723],
  ])('of %d trials', (trials, expected) => {
    expect(expectedMaximum(trials)).toBeCloseTo(expected, 11);
  });

  it('is 0 for one trial and NaN for none', () => {
    expect(expectedMaximum(1)).toBe(0);
    expect(expectedMaximum(0)).toBeNaN();
  });
});

describe('deflatedSharpe', () => {
  it('equals the example of the paper: 0.9004 after 100 trials, 0.9505 after 46', () => {
    const of = (trials: number): number => deflatedSharpe(PAPER, { trials, variance: HALF_A_YEAR });
    expect(Math.sqrt(HALF_A_YEAR) * expectedMaximum(100)).toBeCloseTo(0.11317200186513214, 12);
    expect(of(100)).toBeCloseTo(0.9003968344493903, 9);
    expect(Math.sqrt(HALF_A_YEAR) * expectedMaximum(46)).toBeCloseTo(0.10036237061765357, 12);
    expect(of(46)).toBeCloseTo(0.9505017068755787, 9);
  });

  it('would allow 88 trials of normal returns', () => {
    const normal = { ...PAPER, skewness: 0, kurtosis: 3 };
    expect(deflatedSharpe(normal, { trials: 88, variance: HALF_A_YEAR })).toBeCloseTo(
      0.9504908166760139,
      9,
    );
  });
});

describe('minimumTrackRecord', () => {
  it('is 2.73 years for 2 against 1 a year on daily normal returns', () => {
    // 252 days a year.
    const root = Math.sqrt(252);
    const sample = { sharpe: 2 / root, count: 0, skewness: 0, kurtosis: 3 };
    const years = minimumTrackRecord(sample, 1 / root, 0.95) / 252;
    expect(years).toBeCloseTo(2.7309842751596634, 3);
  });

  it('is the count at which the probabilistic ratio reaches the confidence', () => {
    const count = minimumTrackRecord(PAPER, 0.05, 0.95);
    expect(probabilisticSharpe({ ...PAPER, count }, 0.05)).toBeCloseTo(0.95, 10);
  });

  it('is never reached by a ratio not above the benchmark', () => {
    expect(minimumTrackRecord(PAPER, PAPER.sharpe, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(minimumTrackRecord(PAPER, 0, 0.5)).toBeNaN();
  });
});

describe('minimumBacktestYears', () => {
  it.each([
    [5, 3.2188758248682006],
    [45, 7.613324979540639],
    [100, 9.210340371976184],
  ])('of %d trials that should not show a ratio of 1', (trials, expected) => {
    expect(minimumBacktestYears(trials, 1)).toBeCloseTo(expected, 12);
  });
});
