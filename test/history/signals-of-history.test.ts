import { beforeAll, describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import type { HistoricalMarket } from '../../src/data/historical-market.ts';
import { edrCanonical } from '../../src/signals/expected-daily-range.ts';
import { HAR_MONTH, harForecast } from '../../src/signals/har.ts';
import { dailyVolatility, logReturns } from '../../src/signals/realised-volatility.ts';
import { regimeAt } from '../../src/signals/regimes.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const TEST = 'signals of history';

describe.skipIf(!hasRealMarket(TEST))(TEST, () => {
  let market: HistoricalMarket;
  beforeAll(() => {
    const span = { from: epochDay(1994, 1, 3), to: epochDay(2024, 6, 28) };
    market = loadHistoricalMarket({ dir: REAL_MARKET, ...span, counterfactual: false });
  });

  it('the expected daily range holds four in five closes, not the 87 % that is published', () => {
    const { path, indices } = market;
    let sessions = 0;
    let inside = 0;
    for (let i = 0; i + 1 < path.length; i += 1) {
      const spot = path.spxClose[i] ?? Number.NaN;
      const range = edrCanonical(spot, indices.vix9d[i] ?? Number.NaN);
      if (!(range > 0)) continue;
      sessions += 1;
      if (Math.abs((path.spxClose[i + 1] ?? Number.NaN) - spot) <= range) inside += 1;
    }
    expect(sessions).toBeGreaterThan(3000);
    expect(inside / sessions).toBeCloseTo(0.796, 3);
  });

  it('HAR forecasts a month of volatility better than the month before, out of sample', () => {
    const { path } = market;
    const daily = dailyVolatility({
      open: path.spxOpen,
      high: path.spxHigh,
      low: path.spxLow,
      close: path.spxClose,
    });
    const mean = (from: number): number =>
      daily.subarray(from, from + 22).reduce((sum, value) => sum + value, 0) / 22;
    let ofHar = 0;
    let ofMonthBefore = 0;
    let months = 0;
    for (let row = 1400; row + 22 < path.length; row += 22) {
      const forecast = harForecast(daily, row, HAR_MONTH)?.volatility ?? Number.NaN;
      const came = mean(row + 1);
      if (Number.isNaN(forecast + came)) continue;
      months += 1;
      ofHar += (came - forecast) ** 2;
      ofMonthBefore += (came - mean(row - 21)) ** 2;
    }
    expect(months).toBeGreaterThan(250);
    // Measured 0.834: squared errors fall by a sixth.
    expect(ofHar / ofMonthBefore).toBeLessThan(0.87);
  });

  it('the regime of 2024-06-28 is calm, that of 2020-03-16 and 2008-10-15 turbulent', () => {
    const { path } = market;
    const returns = logReturns(path.spxClose);
    const turbulent = (day: number): number =>
      regimeAt(returns, path.day.indexOf(day))?.turbulent ?? Number.NaN;
    expect(turbulent(epochDay(2024, 6, 28))).toBeLessThan(0.05);
    expect(turbulent(epochDay(2020, 3, 16))).toBeGreaterThan(0.99);
    expect(turbulent(epochDay(2008, 10, 15))).toBeGreaterThan(0.99);
  });
});
