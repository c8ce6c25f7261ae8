import { describe, expect, it } from 'vitest';
import { levelStatistics } from '../../src/backtest/replicate-cndr.ts';
import { replicateVxRoll } from '../../src/backtest/replicate-vx-roll.ts';
import { replicateVxth } from '../../src/backtest/replicate-vxth.ts';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { SHORT_TERM } from '../../src/volatility/vx-roll-index.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

function history(from: ReturnType<typeof epochDay>, to: ReturnType<typeof epochDay>): MarketPath {
  return loadHistoricalMarket({ dir: REAL_MARKET, from, to, counterfactual: false }).path;
}

describe.skipIf(!hasRealMarket('index replicas'))('replicas on recorded history', () => {
  it('VXTH goes from 100 in March 2006 to 188.83 in September 2014, within 2 % a year', () => {
    const { day, level } = replicateVxth(history(epochDay(2006, 3, 31), epochDay(2014, 9, 19)));
    const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365.25;
    const found = ((level.at(-1) ?? 0) / 100) ** (1 / years) - 1;
    expect(Math.abs(found - (1.8883 ** (1 / years) - 1))).toBeLessThan(0.02);
    // The hedge carries it through the last quarter of 2008.
    const at = (when: number): number =>
      level[day.findLastIndex((each) => each <= when)] ?? Number.NaN;
    expect(at(epochDay(2008, 12, 31))).toBeGreaterThan(at(epochDay(2008, 9, 30)));
  });

  it('VXTH pays fifty times its premium in March 2020', () => {
    const { months } = replicateVxth(history(epochDay(2019, 12, 2), epochDay(2020, 5, 29)));
    const march = months.find(({ settled }) => settled === epochDay(2020, 3, 18));
    expect(march?.weight).toBe(0.01);
    expect(march?.multiple).toBeGreaterThan(40);
  });

  it('the short-term VX index loses two thirds to three quarters a year in log terms, 2010-2017', () => {
    const { day, totalReturn: level } = replicateVxRoll(
      history(epochDay(2010, 1, 4), epochDay(2017, 12, 29)),
      SHORT_TERM,
    );
    const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365.25;
    const log = Math.log((level.at(-1) ?? 0) / (level[0] ?? 0)) / years;
    expect(log).toBeGreaterThan(-1);
    expect(log).toBeLessThan(-0.6);
    expect(levelStatistics(day, level).annualStdev).toBeGreaterThan(0.4);
  });
});
