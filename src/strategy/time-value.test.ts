import { describe, expect, it } from 'vitest';
import { LONG_RULE, MEDIUM_RULE, quietView, VIEW_DAY } from './layer-view.fixture.ts';
import { timeValuePerVegaDay } from './time-value.ts';

const VIX = 16;

describe('time value per vega-day', () => {
  it('of a future is its basis over VIX by day, negative in backwardation', () => {
    // The 86-day VX stands at 16 + 86 / 50 points.
    expect(timeValuePerVegaDay(quietView(), MEDIUM_RULE, VIX)).toBeCloseTo(1 / 50, 12);
    expect(timeValuePerVegaDay(quietView(), MEDIUM_RULE, 30)).toBeLessThan(0);
  });

  it('of a call is its premium above its value at VIX, by delta dollars and day', () => {
    // 300 dollars for a 0.50 delta 177 days out, strike 21; at VIX 22 a hundred are worth there.
    const view = quietView();
    const perDay = 0.5 * 100 * 177;
    expect(timeValuePerVegaDay(view, LONG_RULE, VIX)).toBeCloseTo(300 / perDay, 12);
    expect(timeValuePerVegaDay(view, LONG_RULE, 22)).toBeCloseTo(200 / perDay, 12);
  });

  it('of a fund is the basis of the 30-day VX', () => {
    const rule = { ...MEDIUM_RULE, instrument: 'etp' as const };
    expect(timeValuePerVegaDay(quietView(), rule, VIX)).toBeCloseTo(1 / 30, 12);
  });

  it('is unknown without an expiry in range, a price, or for puts on the index', () => {
    const far = quietView({ vxExpiries: [VIEW_DAY + 10] });
    expect(timeValuePerVegaDay(far, LONG_RULE, VIX)).toBeNaN();
    const unpriced = quietView({ vixCallCost: () => Number.NaN });
    expect(timeValuePerVegaDay(unpriced, LONG_RULE, VIX)).toBeNaN();
    const puts = { ...MEDIUM_RULE, instrument: 'spx-put' as const, moneyness: 0.95 };
    expect(timeValuePerVegaDay(quietView(), puts, VIX)).toBeNaN();
  });
});
