import { describe, expect, it } from 'vitest';
import { crashReturns } from '../math/lcg-series.fixture.ts';
import { conditionalDrawdown, drawdownsAtClose, largestDrawdown, ulcerIndex } from './drawdown.ts';
import { expectedShortfall, valueAtRisk } from './tail-risk.ts';

// Reference values: the definitions coded in another language on the same series.
describe('risk of a year of returns', () => {
  const returns = crashReturns();
  let level = 1;
  const wealth = returns.map((r) => {
    level *= 1 + r;
    return level;
  });
  const drawdowns = drawdownsAtClose(1, wealth);

  it('ends where the reference ends', () => {
    expect(wealth.at(-1)).toBeCloseTo(1.1242679090931018, 10);
  });

  it('has its value at risk and expected shortfall', () => {
    expect(valueAtRisk(returns, 0.95)).toBeCloseTo(0.01592137186344113, 10);
    expect(expectedShortfall(returns, 0.95)).toBeCloseTo(0.02683574869277347, 10);
    expect(expectedShortfall(returns, 0.99)).toBeCloseTo(0.04899445789954074, 10);
  });

  it('has its drawdown, conditional drawdown and ulcer index', () => {
    expect(largestDrawdown(drawdowns)).toBeCloseTo(0.16471330482883462, 10);
    expect(conditionalDrawdown(drawdowns, 0.95)).toBeCloseTo(0.15946685800978083, 10);
    expect(ulcerIndex(drawdowns)).toBeCloseTo(0.07161766746437823, 10);
    expect(ulcerIndex(Float64Array.of(0, ...drawdowns))).toBeCloseTo(0.07147599043648191, 10);
  });
});

describe('expectedShortfall', () => {
  it('counts the last return of the tail fractionally', () => {
    const returns = Float64Array.of(-0.1, -0.04, 0.01, 0.02);
    // Tail of 1.5 returns: (0.1 + 0.5 × 0.04) / 1.5.
    expect(expectedShortfall(returns, 0.625)).toBeCloseTo(0.08, 14);
    expect(valueAtRisk(returns, 0.75)).toBe(0.04);
  });

  it('is NaN without returns, outside (0, 1) and on an unknown return', () => {
    expect(expectedShortfall(new Float64Array(0), 0.95)).toBeNaN();
    expect(expectedShortfall(Float64Array.of(0.1), 1)).toBeNaN();
    expect(expectedShortfall(Float64Array.of(0.1, Number.NaN), 0.5)).toBeNaN();
    expect(valueAtRisk(Float64Array.of(0.1), 1)).toBeNaN();
    expect(ulcerIndex(new Float64Array(0))).toBeNaN();
  });
});
