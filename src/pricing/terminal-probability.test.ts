import { describe, expect, it } from 'vitest';
import { PM } from '../contracts/contract-kind.ts';
import { normalCdf, normalPdf } from '../math/normal.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import { spxSliceOf } from './expiry-market.ts';
import { SAMPLE_DAY, sampleSnapshot } from './sample-snapshot.ts';
import { probabilityBetween } from './terminal-probability.ts';

const EXPIRY = SAMPLE_DAY + 45;

describe('probabilityBetween', () => {
  const market = sampleSnapshot();

  it('is 1 over everything, additive, and falls with the level', () => {
    const whole = probabilityBetween(market, EXPIRY, PM, 1, Number.POSITIVE_INFINITY);
    expect(whole).toBeCloseTo(1, 6);
    const parts = [1, 4500, 5000, 5500, Number.POSITIVE_INFINITY];
    const sum = parts.slice(1).reduce((total, upper, i) => {
      const part = probabilityBetween(market, EXPIRY, PM, parts[i] ?? Number.NaN, upper);
      expect(part).toBeGreaterThan(0);
      return total + part;
    }, 0);
    expect(sum).toBeCloseTo(whole, 12);
  });

  it('is N(d2) less n(d2) times the slope of total volatility at the forward', () => {
    const slice = spxSliceOf(market, EXPIRY, PM);
    const above = probabilityBetween(market, EXPIRY, PM, slice.forward, Number.POSITIVE_INFINITY);
    const d2 = -0.5 * Math.sqrt(slice.theta);
    const h = 1e-4 * slice.forward;
    const up = sliceTotalVol(slice, slice.forward + h);
    const down = sliceTotalVol(slice, slice.forward - h);
    const slope = ((up - down) / (2 * h)) * slice.forward;
    expect(slope).toBeLessThan(0);
    expect(above).toBeCloseTo(normalCdf(d2) - normalPdf(d2) * slope, 6);
  });

  it('is NaN for a NaN', () => {
    expect(probabilityBetween({ ...market, spot: Number.NaN }, EXPIRY, PM, 4000, 5000)).toBeNaN();
  });
});
