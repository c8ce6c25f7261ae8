import { describe, expect, it } from 'vitest';
import {
  AM,
  CALL,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { contractGreeks } from './contract-greeks.ts';
import { spxSliceOf, vixExpiryOf } from './expiry-market.ts';
import { sampleSnapshot, SAMPLE_DAY } from './sample-snapshot.ts';

const snapshot = sampleSnapshot();
const EXPIRY = SAMPLE_DAY + 45;

/** SPX price with the volatility of the strike held: the sticky-strike reprice. */
function reprice(
  right: number,
  strike: number,
  bump: { spot?: number; vol?: number; days?: number },
) {
  const slice = spxSliceOf(snapshot, EXPIRY, PM);
  const vol = sliceTotalVol(slice, strike) / slice.rootYears + (bump.vol ?? 0);
  const years = slice.years - (bump.days ?? 0) / 365;
  const { billRate: r, dividendYield: q } = snapshot;
  const forward = (snapshot.spot + (bump.spot ?? 0)) * Math.exp((r - q) * years);
  return Math.exp(-r * years) * black76(right, forward, strike, vol * Math.sqrt(years));
}

describe('contractGreeks', () => {
  it.each([
    [CALL, 5200],
    [PUT, 4800],
    [PUT, 4300],
  ])('are the central differences of the sticky-strike price (right %d, %d)', (right, strike) => {
    const greeks = contractGreeks(
      { kind: SPX_OPTION, right, strike, expiry: EXPIRY, settlement: PM },
      snapshot,
    );
    const up = reprice(right, strike, { spot: 1 });
    const down = reprice(right, strike, { spot: -1 });
    const mid = reprice(right, strike, {});
    expect(greeks.delta).toBeCloseTo((up - down) / 2, 5);
    expect(greeks.gamma).toBeCloseTo(up - 2 * mid + down, 6);
    const vega =
      (reprice(right, strike, { vol: 1e-3 }) - reprice(right, strike, { vol: -1e-3 })) / 0.2;
    expect(greeks.vegaPerVolPoint / vega).toBeCloseTo(1, 3);
    const theta =
      (reprice(right, strike, { days: 0.01 }) - reprice(right, strike, { days: -0.01 })) / 0.02;
    expect(greeks.thetaPerDay / theta).toBeCloseTo(1, 4);
  });

  it('are a tenth of SPX for XSP', () => {
    const terms = { right: PUT, expiry: EXPIRY, settlement: PM };
    const big = contractGreeks({ ...terms, kind: SPX_OPTION, strike: 4800 }, snapshot);
    const mini = contractGreeks({ ...terms, kind: XSP_OPTION, strike: 480 }, snapshot);
    expect(mini.delta).toBeCloseTo(big.delta / 10, 12);
    expect(mini.thetaPerDay).toBeCloseTo(big.thetaPerDay / 10, 12);
  });

  it('are per VX point for VIX options', () => {
    const expiry = SAMPLE_DAY + 44;
    const greeks = contractGreeks(
      { kind: VIX_OPTION, right: CALL, strike: 25, expiry, settlement: AM },
      snapshot,
    );
    const { forward, discount, slice } = vixExpiryOf(snapshot, expiry, AM);
    const totalVol = vixSliceTotalVol(slice, forward, 25);
    const at = (f: number): number => discount * black76(CALL, f, 25, totalVol);
    expect(greeks.delta).toBeCloseTo((at(forward + 0.01) - at(forward - 0.01)) / 0.02, 5);
    expect(greeks.thetaPerDay).toBeLessThan(0);
  });

  it('are delta one for a VX future', () => {
    const future = { kind: VX_FUTURE, right: NO_RIGHT, strike: 0, expiry: EXPIRY, settlement: AM };
    expect(contractGreeks(future, snapshot)).toEqual({
      delta: 1,
      gamma: 0,
      vegaPerVolPoint: 0,
      thetaPerDay: 0,
    });
  });

  it.each([
    [CALL, 4900, 1],
    [CALL, 5000, 0.5],
    [CALL, 5100, 0],
    [PUT, 5100, -1],
    [PUT, 5000, -0.5],
    [PUT, 4900, 0],
  ])('have delta 0, half or one at expiry (right %d, strike %d)', (right, strike, delta) => {
    const terms = { kind: SPX_OPTION, right, strike, expiry: SAMPLE_DAY, settlement: PM };
    expect(contractGreeks(terms, snapshot).delta).toBeCloseTo(delta, 15);
  });

  it('have no number for an unknown code', () => {
    const terms = { kind: 9, right: CALL, strike: 5000, expiry: EXPIRY, settlement: PM };
    expect(contractGreeks(terms, snapshot).delta).toBeNaN();
    expect(contractGreeks({ ...terms, kind: SPX_OPTION, right: 7 }, snapshot).delta).toBeNaN();
  });
});
