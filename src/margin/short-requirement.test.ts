import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { MarginLots, NAKED, NETTED, PAID } from './margin-lots.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';
import { leastShortRequirement, nakedRequirement, shortRequirement } from './short-requirement.ts';
import type { OptionTerms } from './short-requirement.ts';

const SPX: OptionTerms = { rule: EXCHANGE_PROFILE.options.spx, spot: 5000, multiplier: 100 };

function put(strike: number, mark: number, quantity = -1): LegSketch {
  return { right: 'put', strike, mark, quantity };
}

function call(strike: number, mark: number, quantity = -1): LegSketch {
  return { right: 'call', strike, mark, quantity };
}

function naked(leg: LegSketch, terms: OptionTerms = SPX): number {
  return nakedRequirement(legsOf([leg]), 0, terms);
}

/** Lots of every leg: shorts with this role, longs netted. */
function lotsOf(sketches: readonly LegSketch[], role = NAKED): MarginLots {
  const lots = new MarginLots();
  for (const [slot, { quantity }] of sketches.entries()) {
    lots.add(slot, quantity, quantity < 0 ? role : NETTED);
  }
  return lots;
}

function together(sketches: readonly LegSketch[], terms: OptionTerms = SPX): number {
  return shortRequirement(legsOf(sketches), lotsOf(sketches), terms, 'naked');
}

// Cboe Rule 10.3; FINRA Rule 4210(f)(2)(E): 15 % less the out-of-the-money amount, at least 10 %.
describe('one uncovered short', () => {
  it.each([
    ['call at the money', call(5000, 60), 81_000],
    ['call 250 out: both shares are equal', call(5250, 10), 51_000],
    ['call 249 out: the share', call(5249, 10), 51_100],
    ['call 251 out: the minimum', call(5251, 10), 51_000],
    ['call in the money: no more than the share', call(4000, 1001), 175_100],
    ['put at the money', put(5000, 60), 81_000],
    // 15 % x 5000 - (5000 - K) = 10 % x K at K = 4722.22.
    ['put at 4723: the share', put(4723, 10), 48_300],
    ['put at 4722: the minimum', put(4722, 10), 48_220],
    ['put in the money: no more than the share', put(6000, 1001), 175_100],
    ['put that costs more than it can lose', put(100, 99), 10_000],
  ])('%s', (_name, leg, expected) => {
    expect(naked(leg)).toBeCloseTo(expected, 6);
  });

  it('requires by the multiplier, and at least what the broker asks', () => {
    const terms = { ...SPX, rule: IBKR_PROFILE.options.spx, spot: 10 };
    expect(naked(call(10, 0), terms)).toBe(250);
    expect(naked(call(10, 0), { ...terms, multiplier: 1000 })).toBe(1500);
    // The least of a broker is not above what a put can lose.
    expect(naked(put(2, 0), terms)).toBe(200);
  });

  it('is unknown without a mark or a level', () => {
    expect(naked(call(5000, Number.NaN))).toBeNaN();
    expect(naked(put(5000, Number.NaN))).toBeNaN();
    expect(naked(call(5000, 1), { ...SPX, spot: Number.NaN })).toBeNaN();
  });
});

// Cboe Rule 10.3: the greater side, and the market value of the other.
describe('uncovered shorts of both rights', () => {
  it('pay the greater side and the price of the other', () => {
    // Put 20 + 450, call 10 + 500: the call and 20.
    expect(together([put(4700, 20), call(5300, 10)])).toBeCloseTo(51_000 + 2000, 6);
    // Put 60 + 750, call 10 + 500: the put and 10.
    expect(together([put(5000, 60), call(5300, 10)])).toBeCloseTo(81_000 + 1000, 6);
  });

  it('of equal sides pay one and the price of the put', () => {
    expect(together([put(5000, 60), call(5000, 60)])).toBeCloseTo(81_000 + 6000, 6);
  });

  it('pair as many as there are of both; the rest stands alone', () => {
    const twice = [put(4700, 20, -2), call(5300, 10)];
    expect(together(twice)).toBeCloseTo(53_000 + 49_000, 6);
    const thrice = [put(4700, 20), call(5300, 10, -3)];
    expect(together(thrice)).toBeCloseTo(53_000 + 2 * 51_000, 6);
  });

  it('pair the dearest put with the dearest call, however they are listed', () => {
    const legs = [put(4000, 1), put(5000, 60), call(6000, 1), call(5000, 60)];
    const expected = 87_000 + (50_100 + 100);
    expect(together(legs)).toBeCloseTo(expected, 6);
    expect(together(legs.toReversed())).toBeCloseTo(expected, 6);
    // Fewer calls than puts: the call goes with the dearest put.
    expect(together([put(4000, 1), put(5000, 60), call(6000, 1)])).toBeCloseTo(
      81_000 + 100 + 40_100,
      6,
    );
  });

  it('are unknown together where the price of one is', () => {
    expect(together([put(4700, Number.NaN), call(5300, 10)])).toBeNaN();
    expect(together([put(4700, 20), call(5300, Number.NaN)])).toBeNaN();
  });

  it('may be all shorts of a series, or those that nothing covers', () => {
    const sketches = [put(4700, 20), call(5300, 10), put(4600, 5, 1)];
    const legs = legsOf(sketches);
    const lots = new MarginLots();
    lots.add(0, -1, NETTED);
    lots.add(1, -1, NAKED);
    lots.add(2, 1, NETTED);
    expect(shortRequirement(legs, lots, SPX, 'naked')).toBeCloseTo(51_000, 6);
    expect(shortRequirement(legs, lots, SPX, 'all-shorts')).toBeCloseTo(53_000, 6);
    expect(shortRequirement(legs, new MarginLots(), SPX, 'all-shorts')).toBe(0);
  });

  it('never pay less than the best of all pairings, and one against several exactly that', () => {
    const strikes = fc.array(
      fc.integer({ min: 40, max: 60 }).map((step) => 100 * step),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(strikes, strikes, fc.integer({ min: 1, max: 300 }), (ofPuts, ofCalls, value) => {
        const puts = ofPuts.map((strike) => put(strike, priceOf(strike - 5000, value)));
        const calls = ofCalls.map((strike) => call(strike, priceOf(5000 - strike, value)));
        const least = leastPairing(puts, calls);
        expect(together([...puts, ...calls])).toBeGreaterThanOrEqual(least - 1e-4);
        const [put0] = puts;
        const [call0] = calls;
        if (put0 === undefined || call0 === undefined) return;
        expect(together([put0, ...calls])).toBeCloseTo(leastPairing([put0], calls), 4);
        expect(together([...puts, call0])).toBeCloseTo(leastPairing(puts, [call0]), 4);
      }),
    );
  });

  it('take the pair that saves most where the dearest two would save less', () => {
    const puts = [put(4700, 100)];
    const calls = [call(4000, 1040), call(5600, 60)];
    // With 4000 the put's 470 points are saved, with 5600 the call's 500: 57,000 + 6000 + 179,000.
    expect(together([...puts, ...calls])).toBeCloseTo(242_000, 6);
    const twice = [...puts, ...calls].map((leg) => ({ ...leg, quantity: 2 * leg.quantity }));
    expect(together(twice)).toBeCloseTo(484_000, 6);
    // One of two puts goes with 5600, the other with 4000: both save.
    expect(together([put(4700, 100, -2), ...calls])).toBeCloseTo(63_000 + 179_000 + 10_000, 6);
  });
});

/** A price free of arbitrage, so much in the money and of so much value at the money; points. */
function priceOf(inTheMoney: number, value: number): number {
  return (inTheMoney + Math.hypot(inTheMoney, 2 * value)) / 2;
}

/** The least total over every pairing, by trying them all. */
function leastPairing(puts: readonly LegSketch[], calls: readonly LegSketch[]): number {
  const [first, ...rest] = puts;
  if (first === undefined) return calls.reduce((sum, each) => sum + naked(each), 0);
  const alone = naked(first) + leastPairing(rest, calls);
  const pairs = calls.map((each, place) => {
    const greater = Math.max(naked(first), naked(each));
    const other = naked(first) > naked(each) ? each : first;
    const left = calls.filter((_call, at) => at !== place);
    return greater + 100 * (other.mark ?? 0) + leastPairing(rest, left);
  });
  return Math.min(alone, ...pairs);
}

describe('the least that shorts require whatever their marks', () => {
  const least = (sketches: readonly LegSketch[], terms: OptionTerms = SPX): number =>
    leastShortRequirement(legsOf(sketches), lotsOf(sketches, NETTED), terms);

  it('is the greater side at marks of zero, longs aside', () => {
    expect(least([put(4700, 20)])).toBeCloseTo(47_000, 6);
    expect(least([call(5300, 10)])).toBeCloseTo(50_000, 6);
    expect(least([call(5100, 10)])).toBeCloseTo(65_000, 6);
    expect(least([put(4900, 10)])).toBeCloseTo(65_000, 6);
    expect(least([put(4700, 20), call(5300, 10)])).toBeCloseTo(50_000, 6);
    expect(least([put(4700, 20, -2), call(5300, 10)])).toBeCloseTo(94_000, 6);
    expect(least([put(4700, 20, -2), put(4600, 5, 9), call(5300, 10, 3)])).toBeCloseTo(94_000, 6);
    expect(least([put(4700, 20), put(4600, 10)])).toBeCloseTo(93_000, 6);
    expect(least([])).toBe(0);
    // In the money: the share, and no more than the strike of a put.
    expect(least([put(6000, 1000)])).toBeCloseTo(75_000, 6);
    expect(least([call(4000, 1000)])).toBeCloseTo(75_000, 6);
    expect(least([put(10, 0)], { ...SPX, spot: 1000, multiplier: 1000 })).toBeCloseTo(1000, 6);
    expect(least([put(10, 0)], { ...SPX, spot: 5 })).toBeCloseTo(100, 6);
    expect(least([put(10, 0)], { ...SPX, spot: 100 })).toBeCloseTo(100, 6);
  });

  it('never is above what they do require', () => {
    const leg = fc.record({
      right: fc.constantFrom('call' as const, 'put' as const),
      strike: fc.integer({ min: 1, max: 80 }).map((step) => 100 * step),
      mark: fc.double({ min: 0, max: 300, noNaN: true }),
      quantity: fc.constantFrom(-3, -1, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 6 }), (sketches) => {
        const lots = lotsOf(sketches);
        const legs = legsOf(sketches);
        const all = shortRequirement(legs, lots, SPX, 'all-shorts');
        expect(leastShortRequirement(legs, lots, SPX)).toBeLessThanOrEqual(all + 1e-6);
      }),
    );
  });

  it('leaves paid longs out as well', () => {
    const legs = legsOf([put(4700, 20), call(5300, 10, 1)]);
    const lots = new MarginLots();
    lots.add(0, -1, NAKED);
    lots.add(1, 1, PAID);
    expect(leastShortRequirement(legs, lots, SPX)).toBeCloseTo(47_000, 6);
  });
});
