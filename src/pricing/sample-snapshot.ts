import { createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { epochDay } from '../time/epoch-day.ts';
import { fillPillars } from '../volatility/surface-pillars.ts';

/** Session of `sampleSnapshot`: Monday 2024-06-03, EpochDay. */
export const SAMPLE_DAY: number = epochDay(2024, 6, 3);

/**
 * A quiet market at the close of SAMPLE_DAY, for tests and benches; round numbers, not a quote:
 * SPX 5000, VIX 16 in contango, VVIX 90, eight VX nodes from 16 to 221 days.
 */
export function sampleSnapshot(): MarketSnapshot {
  const snapshot = createSnapshot();
  snapshot.day = SAMPLE_DAY;
  snapshot.spot = 5000;
  snapshot.billRate = 0.043;
  snapshot.dividendYield = 0.014;
  snapshot.vix = 16;
  snapshot.vvix = 90;
  snapshot.eta = 1.25;
  const averages = { ewma21: Math.log(16.5), ewma126: Math.log(18) };
  const levels = { vix9d: 14.5, vix: 16, vix3m: 18, vix6m: 19.5, ...averages };
  fillPillars(levels, snapshot.eta, snapshot.theta);
  [16, 44, 79, 107, 135, 170, 198, 221].forEach((days, node) => {
    snapshot.vxExpiry[node] = SAMPLE_DAY + days;
    snapshot.vxPrice[node] = 16.6 + 0.55 * node;
  });
  snapshot.vxCount = 8;
  return snapshot;
}
