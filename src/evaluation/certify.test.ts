import { readFileSync } from 'node:fs';
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
  VX_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { multiplierOf } from '../contracts/contract-spec.ts';
import { CONDORS } from '../engine/policies.fixture.ts';
import type { DeclaredSet } from './certificate.ts';
import { certifyBook } from './certify-book.ts';
import { certifyPolicy } from './certify-policy.ts';
import { verifyCertificate } from './verify-certificate.ts';

const DECLARED: DeclaredSet = {
  spx: 'any level from 0 up, independently at each expiry',
  vixFloor: 8,
  vixCap: 150,
  minimumRate: 0,
};

function leg(right: number, strike: number, quantity: number, price: number): Leg {
  return { kind: SPX_OPTION, right, strike, expiry: 20_000, settlement: PM, quantity, price };
}
const CONDOR = [
  leg(PUT, 4000, 2, 12),
  leg(PUT, 4100, -2, 20),
  leg(CALL, 4900, -2, 15),
  leg(CALL, 4980, 2, 8),
];
const certify = (legs: readonly Leg[], cash = 100_000): ReturnType<typeof certifyBook> =>
  certifyBook({ date: '2024-01-02', cash, legs, declared: DECLARED });
const valid = (document: unknown): boolean => verifyCertificate(document).every(({ ok }) => ok);

describe('the certificate of a book', () => {
  it('of a condor is the wider wing less the credit, at a strike', () => {
    const certificate = certify(CONDOR);
    // Credit 8 + 7 = 15 points; the put wing is 100 wide.
    expect(certificate.bound).toBeCloseTo((100 - 15) * 100 * 2, 9);
    expect(certificate.worstEquity).toBe(100_000 - 20_000);
    expect(certificate.marginCall.ruledOut).toBe(true);
    expect(valid(certificate)).toBe(true);
  });

  it('of a strangle has no bound, and claims none', () => {
    const certificate = certify(CONDOR.slice(1, 3));
    expect([certificate.bound, certificate.worstEquity]).toEqual([null, null]);
    expect(certificate.marginCall.ruledOut).toBe(false);
    expect(valid(certificate)).toBe(true);
  });

  it('of long VX is the fall to the floor, and no call is ruled out', () => {
    const future = { ...leg(NO_RIGHT, 0, 3, 18), kind: VX_FUTURE, settlement: AM };
    const certificate = certify([future]);
    expect(certificate.bound).toBe(3 * 1000 * (18 - 8));
    expect(certificate.marginCall.ruledOut).toBe(false);
  });

  it('nets XSP against SPX at ten times its strike', () => {
    const tenth = (one: Leg, quantity: number): Leg => ({
      ...one,
      kind: XSP_OPTION,
      strike: one.strike / 10,
      price: one.price / 10,
      quantity,
    });
    const flat = [...CONDOR, ...CONDOR.map((one) => tenth(one, -10 * one.quantity))];
    expect(certify(flat).bound).toBeCloseTo(0, 6);
  });

  const anyLeg = fc.record({
    kind: fc.constantFrom(SPX_OPTION, XSP_OPTION, VIX_OPTION),
    right: fc.constantFrom(CALL, PUT),
    strike: fc.integer({ min: 1, max: 60 }),
    expiry: fc.constantFrom(20_000, 20_007),
    settlement: fc.constantFrom(AM, PM),
    quantity: fc.integer({ min: -5, max: 5 }).filter((quantity) => quantity !== 0),
    price: fc.double({ min: 0, max: 20, noNaN: true }),
  });
  const anyBook = fc.array(
    anyLeg.map((one): Leg => ({
      ...one,
      strike:
        one.kind === SPX_OPTION
          ? 100 * one.strike
          : one.kind === XSP_OPTION
            ? 10 * one.strike
            : one.strike,
    })),
    { minLength: 1, maxLength: 8 },
  );

  it('holds at any settlement, is reached, and passes the independent check', () => {
    fc.assert(
      fc.property(
        anyBook,
        fc.array(fc.nat({ max: 9000 }), { minLength: 8, maxLength: 8 }),
        (legs, levels) => {
          const certificate = certify(legs);
          expect(valid(certificate)).toBe(true);
          if (certificate.bound === null) return;
          const keys = [...new Set(legs.map(groupKey))];
          const loss = legs.reduce((sum, one) => {
            const level = levels[keys.indexOf(groupKey(one))] ?? 0;
            return sum - one.quantity * (payoff(one, level) - one.price) * multiplierOf(one.kind);
          }, 0);
          expect(loss).toBeLessThanOrEqual(certificate.bound + 1e-6 * (1 + Math.abs(loss)));
          // A bound a dollar smaller than what can be lost is not sound.
          if (certificate.bound > 1) {
            expect(valid({ ...certificate, bound: certificate.bound - 1 })).toBe(false);
          }
          expect(valid({ ...certificate, bound: certificate.bound + 1 })).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  function groupKey({ kind, expiry, settlement }: Leg): string {
    return `${kind === VIX_OPTION ? 'VIX' : 'SPX'} ${expiry} ${settlement}`;
  }
  function payoff({ kind, right, strike }: Leg, level: number): number {
    const vix = Math.min(DECLARED.vixCap, Math.max(DECLARED.vixFloor, level / 60));
    const index = kind === SPX_OPTION ? level : kind === XSP_OPTION ? level / 10 : vix;
    return Math.max(0, right === CALL ? index - strike : strike - index);
  }
});

describe('the certificate of a policy', () => {
  const of = (
    weeks: number,
    change: Partial<typeof CONDORS> = {},
  ): ReturnType<typeof certifyPolicy> =>
    certifyPolicy({
      policy: { ...CONDORS, ...change },
      equity: 1_000_000,
      weeks,
      declared: DECLARED,
    });

  it('fills 10 % in five entries, flattered by unrealised gains, then loses it', () => {
    // F / (1 - F) = 1/9 of the equity, once in five weeks.
    expect(of(5).bound).toBeCloseTo(1_000_000 / 9, 6);
    expect(of(10).bound).toBeCloseTo(1_000_000 * (1 - (8 / 9) ** 2), 6);
    expect(of(1).bound).toBeCloseTo((1_000_000 * 0.02) / 0.9, 6);
  });

  it.each([1, 4, 5, 26, 52, 104])(
    'of %d weeks passes the walk week by week, a smaller one fails',
    (weeks) => {
      const certificate = of(weeks);
      expect(valid(certificate)).toBe(true);
      expect(valid({ ...certificate, bound: 0.99 * (certificate.bound ?? 0) })).toBe(false);
    },
  );

  it('adds every hedge budget, and has no bound with VX in a layer', () => {
    const near = { ...CONDORS.layers.near, enabled: true };
    const spread = of(5, { layers: { ...CONDORS.layers, near } });
    expect((spread.bound ?? 0) - (of(5).bound ?? 0)).toBeCloseTo((2 * 0.008 * 1_000_000) / 0.9, 6);
    const medium = { ...CONDORS.layers.medium, enabled: true };
    const futures = of(5, { layers: { ...CONDORS.layers, medium } });
    expect(futures.bound).toBeNull();
    expect(futures.unproved.join()).toContain('medium');
    expect(valid(futures)).toBe(true);
    expect(valid({ ...futures, bound: 1e9 })).toBe(false);
  });

  it('bounds margin use by the widths of a full book over cash, at the richest credit', () => {
    // F 10 %, credit as large as the loss: R = 1/9, width 2/9, cash 10/9.
    const { marginUse, marginCall } = of(52);
    expect(marginUse.share).toBeCloseTo(0.2, 12);
    expect(marginCall.ruledOut).toBe(true);
    expect(valid({ ...of(52), marginUse: { ...marginUse, share: 0.19 } })).toBe(false);
    expect(valid({ ...of(52), marginUse: { ...marginUse, share: 0.5 } })).toBe(true);
    const full = of(52, { sizing: { ...CONDORS.sizing, maxOpenRisk: 0.4 } });
    expect(full.marginUse.share).toBeCloseTo(4 / 3 / (5 / 3), 12);
    const over = of(52, { sizing: { ...CONDORS.sizing, maxOpenRisk: 0.51 } });
    expect(over.marginCall.ruledOut).toBe(false);
    const near = { ...CONDORS.layers.near, enabled: true };
    const hedged = of(52, { layers: { ...CONDORS.layers, near } });
    expect(hedged.marginUse.share).toBeGreaterThan(0.2);
    expect(valid(hedged)).toBe(true);
    expect(valid({ ...over, marginCall: { ruledOut: true, reason: 'so' } })).toBe(false);
  });

  it('shows the losing run that ends a Martingale: five losses of 2, 4, 8, 16, 32 %', () => {
    const sizing = { ...CONDORS.sizing, kind: 'martingale' as const };
    const { losingRun } = of(52, { sizing, guards: null });
    expect(losingRun?.map(({ multiple }) => multiple)).toEqual([1, 2, 4, 8, 16]);
    expect(losingRun?.at(-1)?.equityAfter).toBeCloseTo(380_000, 6);
  });
});

describe('the margin use of a book', () => {
  it('is its largest payouts over cash, and is checked', () => {
    const { marginUse, marginCall } = certify(CONDOR, 40_000);
    // Two condors with put wings of 100 points: 20,000 dollars.
    expect(marginUse).toMatchObject({ requirement: 20_000, share: 0.5 });
    expect(marginCall.ruledOut).toBe(true);
    const claimed = { ...certify(CONDOR, 40_000), marginUse };
    expect(valid({ ...claimed, marginUse: { ...marginUse, requirement: 25_000 } })).toBe(true);
    expect(valid({ ...claimed, marginUse: { ...marginUse, requirement: 19_000 } })).toBe(false);
    expect(valid({ ...claimed, marginUse: { ...marginUse, share: 0.4 } })).toBe(false);
    const naked = certify([leg(CALL, 4900, -1, 15)], 40_000);
    expect(naked.marginUse).toMatchObject({ requirement: null, share: null });
    expect(valid({ ...naked, marginUse })).toBe(false);
  });
});

describe('the verifier', () => {
  it('imports nothing: it shares no mistake with the certifier', () => {
    const source = readFileSync(new URL('verify-certificate.ts', import.meta.url), 'utf8');
    expect(source).not.toMatch(/^\s*import\b/m);
    expect(source).not.toMatch(/\bimport\(|\brequire\(/);
  });

  it.each([
    ['nothing', null],
    ['another document', { schema: 'alvh/price/1' }],
    ['no legs', { schema: 'alvh/certificate/1', kind: 'book' }],
    ['a leg of text', { ...certify(CONDOR), legs: ['condor'] }],
    ['a VIX floor above its cap', { ...certify(CONDOR), declared: { ...DECLARED, vixFloor: 200 } }],
    ['a bound of text', { ...certify(CONDOR), bound: 'none' }],
  ])('refuses %s', (_name, document) => {
    expect(valid(document)).toBe(false);
  });
});
