import { describe, expect, it } from 'vitest';
import { CALL, PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { EXPECTED_MOVE_RULE, expectedMoveBand, straddleBand } from './expected-move.ts';
import { priceContract } from './mark-legs.ts';
import { sampleSnapshot, SAMPLE_DAY } from './sample-snapshot.ts';

const snapshot = sampleSnapshot();
const EXPIRY = SAMPLE_DAY + 45;
const NO_DRIFT = { ...EXPECTED_MOVE_RULE, capmTilt: 0 };

describe('expectedMoveBand', () => {
  it('is F e^{±sigma sqrt(T)} around the forward without drift', () => {
    const band = expectedMoveBand(snapshot, EXPIRY, PM, NO_DRIFT);
    const width = band.atTheMoneyVol * Math.sqrt(45 / 365);
    expect(band.centre).toBe(band.forward);
    expect(band.upper).toBeCloseTo(band.forward * Math.exp(width), 9);
    expect(band.lower).toBeCloseTo(band.forward * Math.exp(-width), 9);
  });

  it('moves the centre by mu - (r - q) over the term: beta x premium + dividend yield', () => {
    const band = expectedMoveBand(snapshot, EXPIRY, PM);
    const drift = (0.05 + snapshot.dividendYield) * (45 / 365);
    expect(band.centre / band.forward).toBeCloseTo(Math.exp(drift), 12);
    // Spot growing at mu: the dividend leaves the forward, not the expected total return.
    expect(band.centre / snapshot.spot).toBeCloseTo(
      Math.exp((snapshot.billRate + 0.05) * (45 / 365)),
      12,
    );
  });

  it('widens with the multiple and shrinks to the spot at expiry', () => {
    const wide = expectedMoveBand(snapshot, EXPIRY, PM, { ...NO_DRIFT, multiple: 2 });
    expect(wide.upper).toBeGreaterThan(expectedMoveBand(snapshot, EXPIRY, PM, NO_DRIFT).upper);
    const today = expectedMoveBand(snapshot, SAMPLE_DAY, PM);
    expect([today.lower, today.centre, today.upper]).toEqual([5000, 5000, 5000]);
  });
});

describe('straddleBand', () => {
  it('is 0.85 of the straddle and covers about half', () => {
    const band = straddleBand(snapshot, EXPIRY, PM);
    const { forward, atTheMoneyVol, years } = expectedMoveBand(snapshot, EXPIRY, PM, NO_DRIFT);
    const sigma = forward * atTheMoneyVol * Math.sqrt(years);
    expect((band.upper - forward) / sigma).toBeCloseTo(0.678, 2);
    expect(band.coverage).toBeCloseTo(0.502, 2);
    const terms = { kind: SPX_OPTION, strike: forward, expiry: EXPIRY, settlement: PM };
    const call = priceContract({ ...terms, right: CALL }, snapshot);
    const put = priceContract({ ...terms, right: PUT }, snapshot);
    expect(band.straddle).toBeCloseTo(call + put, 8);
  });
});
