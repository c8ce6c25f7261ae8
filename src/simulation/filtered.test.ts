import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../math/autocorrelation.ts';
import { moments } from '../math/moments.ts';
import type { MarketPath } from '../market/market-path.ts';
import { dailyStates } from './daily-states.ts';
import { createFiltered } from './filtered.ts';
import { filterStates, percentReturns } from './filtered-states.ts';
import type { FilteredStates } from './filtered-states.ts';
import { fitGjr } from './gjr-garch.ts';
import { createLv2jh } from './lv2jh.ts';

/* A simulated market stands in for a history: it clusters, and needs no file. */
const HISTORY = createLv2jh({ years: 16 }).generate(11, 0);
const FILTERED = filtered(HISTORY);
const PATH = createFiltered(FILTERED, { years: 120 }).generate(3, 0);

function filtered(path: MarketPath): FilteredStates {
  const states = dailyStates(path);
  if (!states.ok) throw new Error('the history is long enough');
  const { parameters } = fitGjr(percentReturns(states.value), 'targeted');
  const made = filterStates(states.value, parameters);
  if (!made.ok) throw new Error('the history is long enough');
  return made.value;
}

function logReturns(path: MarketPath): Float64Array {
  const out = new Float64Array(path.length - path.start);
  for (let i = path.start; i < path.length; i += 1) {
    out[i - path.start] = Math.log((path.spxClose[i] ?? 0) / (path.spxClose[i - 1] ?? 0));
  }
  return out;
}

const clustering = (path: MarketPath): Float64Array =>
  autocorrelations(logReturns(path).map(Math.abs), 21);

describe('filtered historical simulation', () => {
  it('has the volatility of its window within 10 %, and its mean within 0.02 % a day', () => {
    const simulated = moments(logReturns(PATH));
    const recorded = moments(logReturns(HISTORY));
    const ratio = simulated.standardDeviation / recorded.standardDeviation;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    expect(Math.abs(simulated.mean - recorded.mean)).toBeLessThan(0.0002);
  });

  it('keeps the clustering of |r| though residuals are drawn at random', () => {
    const recorded = clustering(HISTORY);
    const simulated = clustering(PATH);
    for (const lag of [1, 5, 10, 21]) {
      expect(simulated[lag - 1]).toBeGreaterThan(0.5 * (recorded[lag - 1] ?? 1));
    }
  });

  it('ties VIX to the variance it foresees', () => {
    const vix = PATH.vixClose.subarray(PATH.start);
    const moved = logReturns(PATH).map(Math.abs);
    const next = moved.subarray(1);
    const mean = (values: Float64Array): number =>
      values.reduce((a, b) => a + b, 0) / values.length;
    const high = next.filter((_value, i) => (vix[i] ?? 0) > 25);
    const low = next.filter((_value, i) => (vix[i] ?? 0) < 15);
    expect(mean(high)).toBeGreaterThan(1.8 * mean(low));
    const law = FILTERED.vixLaw;
    // Falls raise VIX, rises lower it, and it remembers its last close.
    expect(law[5]).toBeLessThan(0);
    expect(law[6]).toBeLessThan(0);
    expect(law[2]).toBeGreaterThan(0.5);
  });

  it('stretches the whole bar: open, high and low stay about the close', () => {
    for (let i = 0; i < PATH.length; i += 1) {
      const high = PATH.spxHigh[i] ?? 0;
      const low = PATH.spxLow[i] ?? 0;
      for (const price of [PATH.spxOpen[i] ?? 0, PATH.spxClose[i] ?? 0]) {
        if (price > high || price < low) expect.fail(`session ${i}: ${low} <= ${price} <= ${high}`);
      }
    }
    for (const column of [PATH.theta, PATH.vvix, PATH.vixLow, PATH.spxSettlement]) {
      expect(column.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it('says which law has no fit when VIX never moves', () => {
    const still = { ...HISTORY, vixClose: HISTORY.vixClose.slice().fill(20) };
    const states = dailyStates(still);
    const made = states.ok ? filterStates(states.value, FILTERED.parameters) : undefined;
    expect(made).toEqual({
      ok: false,
      error: { kind: 'no-fit', law: 'VIX on variance and residuals' },
    });
  });

  it('gives the same bytes in any order and into any block', () => {
    const model = createFiltered(FILTERED, { years: 1 });
    const alone = createFiltered(FILTERED, { years: 1 }).generate(9, 41);
    const block = model.generate(9, 40);
    expect(model.generate(9, 41, block)).toEqual(alone);
  });
});
