import { describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { dailyStates } from '../../src/simulation/daily-states.ts';
import { percentReturns } from '../../src/simulation/filtered-states.ts';
import { fitGjr } from '../../src/simulation/gjr-garch.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

/* An independent fit of the same model to 100 r, 2006-12 to 2025-05; the data here end a year earlier. */
const PUBLISHED = {
  mu: 0.0326,
  omega: 0.0245,
  gamma: 0.2569,
  beta: 0.8581,
  shape: 6.3,
  skew: -0.166,
};

describe.skipIf(!hasRealMarket('GJR on history'))('GJR skew-t on recorded SPX returns', () => {
  it('comes near an independent fit of 2006-12 to 2025-05', () => {
    const { path } = loadHistoricalMarket({
      dir: REAL_MARKET,
      from: epochDay(2006, 12, 1),
      to: epochDay(2024, 6, 28),
      counterfactual: true,
    });
    const states = dailyStates(path);
    if (!states.ok) throw new Error('the window is long enough');
    const { parameters: p } = fitGjr(percentReturns(states.value), 'free');
    expect(p.alpha).toBeLessThan(1e-4);
    expect(Math.abs(p.mu - PUBLISHED.mu)).toBeLessThan(0.005);
    expect(Math.abs(p.omega - PUBLISHED.omega)).toBeLessThan(0.003);
    expect(Math.abs(p.gamma - PUBLISHED.gamma)).toBeLessThan(0.015);
    expect(Math.abs(p.beta - PUBLISHED.beta)).toBeLessThan(0.005);
    expect(Math.abs(p.shape - PUBLISHED.shape)).toBeLessThan(0.3);
    expect(Math.abs(p.skew - PUBLISHED.skew)).toBeLessThan(0.015);
  });
});
