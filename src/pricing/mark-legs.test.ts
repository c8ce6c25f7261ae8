import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AM,
  CALL,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VXM_FUTURE,
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { createSnapshot } from '../market/market-snapshot.ts';
import { vxPrice } from '../volatility/vx-curve.ts';
import type { LegTerms } from './leg-terms.ts';
import { createMarker, priceContract } from './mark-legs.ts';
import { sampleSnapshot, SAMPLE_DAY } from './sample-snapshot.ts';

const ANY_LEG = fc.oneof(
  fc.record({
    kind: fc.constantFrom(SPX_OPTION, XSP_OPTION),
    right: fc.constantFrom(CALL, PUT),
    strike: fc.integer({ min: 60, max: 140 }),
    expiry: fc.integer({ min: SAMPLE_DAY, max: SAMPLE_DAY + 300 }),
    settlement: fc.constantFrom(AM, PM),
  }),
  fc.record({
    kind: fc.constantFrom(VIX_OPTION, VX_FUTURE, VXM_FUTURE),
    right: fc.constantFrom(CALL, PUT),
    strike: fc.integer({ min: 10, max: 80 }),
    expiry: fc.integer({ min: SAMPLE_DAY + 1, max: SAMPLE_DAY + 260 }),
    settlement: fc.constant(AM),
  }),
);

/** Strikes are drawn as percent of spot for SPX and XSP. */
function scaled(leg: LegTerms): LegTerms {
  if (leg.kind === SPX_OPTION) return { ...leg, strike: leg.strike * 50 };
  if (leg.kind === XSP_OPTION) return { ...leg, strike: leg.strike * 5 };
  return leg;
}

function columns(legs: readonly LegTerms[]): LegColumns {
  return {
    count: legs.length,
    kind: Uint8Array.from(legs, (leg) => leg.kind),
    right: Uint8Array.from(legs, (leg) => leg.right),
    strike: Float64Array.from(legs, (leg) => leg.strike),
    expiry: Int32Array.from(legs, (leg) => leg.expiry),
    settlement: Uint8Array.from(legs, (leg) => leg.settlement),
    quantity: new Int32Array(legs.length).fill(1),
    mark: new Float64Array(legs.length),
  };
}

const spx = (right: number, strike: number, days: number, settlement = PM): LegTerms => ({
  kind: SPX_OPTION,
  right,
  strike,
  expiry: SAMPLE_DAY + days,
  settlement,
});
const vix = (right: number, strike: number, days: number): LegTerms => ({
  kind: VIX_OPTION,
  right,
  strike,
  expiry: SAMPLE_DAY + days,
  settlement: AM,
});

describe('createMarker', () => {
  it('marks any book as priceContract prices its legs one by one, to 1e-13 of the spot', () => {
    const marker = createMarker();
    const snapshot = sampleSnapshot();
    fc.assert(
      fc.property(fc.array(ANY_LEG, { maxLength: 40 }), (drawn) => {
        const legs = drawn.map(scaled);
        const out = new Float64Array(legs.length);
        marker.mark(columns(legs), snapshot, out);
        for (const [i, leg] of legs.entries()) {
          const gap = Math.abs((out[i] ?? Number.NaN) - priceContract(leg, snapshot));
          expect(gap).toBeLessThan(1e-13 * snapshot.spot);
        }
      }),
    );
  });

  it('forgets the snapshot before', () => {
    const marker = createMarker();
    const snapshot = sampleSnapshot();
    const legs = columns([spx(PUT, 4800, 45)]);
    const out = new Float64Array(1);
    marker.mark(legs, snapshot, out);
    const [before = Number.NaN] = out;
    snapshot.spot = 4700;
    marker.mark(legs, snapshot, out);
    expect(out[0]).toBeGreaterThan(before);
  });

  it('has no mark for an option of an unknown right, and room for a book of any length', () => {
    const odd = spx(7, 4800, 45);
    const legs = [odd, ...Array.from({ length: 200 }, () => spx(PUT, 4800, 45))];
    const out = new Float64Array(legs.length);
    createMarker().mark(columns(legs), sampleSnapshot(), out);
    expect(out[0]).toBeNaN();
    const price = priceContract(spx(PUT, 4800, 45), sampleSnapshot());
    for (const mark of out.subarray(1)) expect(mark).toBeCloseTo(price, 9);
  });

  it('writes only the slots in use', () => {
    const legs = { ...columns([spx(PUT, 4800, 45), spx(CALL, 5200, 45)]), count: 1 };
    const out = Float64Array.of(-1, -1);
    createMarker().mark(legs, sampleSnapshot(), out);
    expect(out[0]).toBeGreaterThan(0);
    expect(out[1]).toBe(-1);
  });
});

describe('priceContract', () => {
  const snapshot = sampleSnapshot();
  const rates = Math.exp(-snapshot.billRate * (45 / 365));

  it.each([4000, 4700, 5000, 5300])('keeps put-call parity of SPX at %d', (strike) => {
    const call = priceContract(spx(CALL, strike, 45), snapshot);
    const put = priceContract(spx(PUT, strike, 45), snapshot);
    const spot = snapshot.spot * Math.exp(-snapshot.dividendYield * (45 / 365));
    expect(call - put).toBeCloseTo(spot - strike * rates, 8);
  });

  it.each([12, 18, 25, 60])('keeps put-call parity of VIX options at %d', (strike) => {
    const expiry = SAMPLE_DAY + 44;
    const call = priceContract(vix(CALL, strike, 44), snapshot);
    const put = priceContract(vix(PUT, strike, 44), snapshot);
    const years = (44 + (9.5 - 16) / 24) / 365;
    const carried = (call - put) * Math.exp(snapshot.billRate * years);
    expect(carried).toBeCloseTo(vxPrice(snapshot, expiry) - strike, 9);
  });

  it('is a tenth of SPX for XSP', () => {
    const mini = priceContract({ ...spx(PUT, 480, 45), kind: XSP_OPTION }, snapshot);
    expect(mini).toBeCloseTo(0.1 * priceContract(spx(PUT, 4800, 45), snapshot), 12);
  });

  it('is the VX curve for VX and VXM', () => {
    const future = { ...vix(NO_RIGHT, 0, 44), kind: VX_FUTURE };
    expect(priceContract(future, snapshot)).toBe(vxPrice(snapshot, SAMPLE_DAY + 44));
    expect(priceContract({ ...future, kind: VXM_FUTURE }, snapshot)).toBe(
      priceContract(future, snapshot),
    );
  });

  it('is intrinsic at the expiring close', () => {
    expect(priceContract(spx(PUT, 5100, 0), snapshot)).toBe(100);
    expect(priceContract(spx(PUT, 4900, 0), snapshot)).toBe(0);
  });

  it('falls in strike for calls and rises for puts, convex', () => {
    for (const right of [CALL, PUT]) {
      const prices = Array.from({ length: 61 }, (_, i) =>
        priceContract(spx(right, 4000 + 25 * i, 30), snapshot),
      );
      for (let i = 1; i < prices.length - 1; i += 1) {
        const [a = 0, b = 0, c = 0] = prices.slice(i - 1, i + 2);
        expect(right === CALL ? a - b : b - a).toBeGreaterThan(0);
        expect(a - 2 * b + c).toBeGreaterThan(-1e-9);
      }
    }
  });

  it('has no price for an unknown code or a missing market', () => {
    expect(priceContract({ ...spx(PUT, 4800, 45), kind: 9 }, snapshot)).toBeNaN();
    expect(priceContract(spx(PUT, 4800, 45), createSnapshot())).toBeNaN();
    expect(priceContract(vix(CALL, 20, 44), createSnapshot())).toBeNaN();
  });
});
