import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPX_OPTION, VIX_OPTION, VX_FUTURE, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { LegSketch } from './legs.fixture.ts';
import { condorOf, legsOf } from './legs.fixture.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';
import type { MarginProfile } from './margin-profile.ts';
import { MARGIN_VECTORS } from './margin-vectors.fixture.ts';
import { createMarginCalculator, strategyRequirement } from './strategy-requirement.ts';

const SPOTS = { spx: 5000, vix: 20 };

function required(
  sketches: readonly LegSketch[],
  profile: MarginProfile = EXCHANGE_PROFILE,
): number {
  return strategyRequirement(legsOf(sketches), SPOTS, profile);
}

function parseLegs(text: string): readonly LegSketch[] {
  return [...text.matchAll(/([+-]\d+) ([\d.]+)([CP])@([\d.]+)/g)].map(
    ([, quantity, strike, right, mark]) => ({
      right: right === 'C' ? 'call' : 'put',
      strike: Number(strike),
      quantity: Number(quantity),
      mark: Number(mark),
    }),
  );
}

describe('published examples', () => {
  it.each(MARGIN_VECTORS)('%s', (...vector) => {
    const [, , spot, [nakedShare, minimumShare], text, basis, expected, tolerance] = vector;
    const sketches = parseLegs(text);
    const profile: MarginProfile = {
      ...EXCHANGE_PROFILE,
      options: {
        ...EXCHANGE_PROFILE.options,
        spx: { ...EXCHANGE_PROFILE.options.spx, nakedShare, minimumShare },
      },
    };
    const gross = strategyRequirement(legsOf(sketches), { spx: spot, vix: Number.NaN }, profile);
    const paid = sketches.reduce((sum, { quantity, mark }) => sum + quantity * (mark ?? 0), 0);
    const requirement = basis === 'gross' ? gross : gross + 100 * paid;
    expect(Math.abs(requirement - expected)).toBeLessThanOrEqual(tolerance);
  });

  it('a long call that expires before the short call covers nothing (Cboe Margin Manual)', () => {
    // Long C425 paid 1,310 + naked C430 @ 12.20 with the index at 433.35: 9,030 in all.
    const legs = legsOf([
      { right: 'call', strike: 425, quantity: 1, mark: 13.1, expiry: 99 },
      { right: 'call', strike: 430, quantity: -1, mark: 12.2, expiry: 100 },
    ]);
    const gross = strategyRequirement(legs, { spx: 433.35, vix: 20 }, EXCHANGE_PROFILE);
    expect(gross + 1310).toBeCloseTo(9030.25, 6);
  });
});

describe('short boxes at Interactive Brokers', () => {
  // Short the box 4900/5000: worth 100 at expiry whatever the index.
  const box = (mark: number): readonly LegSketch[] => [
    { right: 'call', strike: 4900, quantity: -2, mark: 100 + mark },
    { right: 'call', strike: 5000, quantity: 2, mark: 50 },
    { right: 'put', strike: 4900, quantity: 2, mark: 10 },
    { right: 'put', strike: 5000, quantity: -2, mark: 60 },
  ];

  it.each([
    [-1, EXCHANGE_PROFILE, 20_000],
    // 99 to close: 1.02 times that is 100.98.
    [-1, IBKR_PROFILE, 20_196],
    [-5, IBKR_PROFILE, 20_000],
    [2, EXCHANGE_PROFILE, 20_000],
  ])('at a cost of 100 %+d points', (mark, profile, expected) => {
    expect(required(box(mark), profile)).toBeCloseTo(expected, 6);
  });
});

describe('condors', () => {
  it('count the wider side once', () => {
    const legs: readonly LegSketch[] = [
      { right: 'put', strike: 4600, quantity: 2 },
      { right: 'put', strike: 4700, quantity: -2 },
      { right: 'call', strike: 5300, quantity: -2 },
      { right: 'call', strike: 5350, quantity: 2 },
    ];
    expect(required(legs)).toBe(20_000);
    // Unequal widths are two verticals to Interactive Brokers.
    expect(required(legs, IBKR_PROFILE)).toBe(30_000);
  });

  it('of equal width count once under either rule', () => {
    expect(required(condorOf(4700, 5300, 50, 3))).toBe(15_000);
    expect(required(condorOf(4700, 5300, 50, 3), IBKR_PROFILE)).toBe(15_000);
  });

  it('of two widths in one expiry are recognised one by one', () => {
    const two = [...condorOf(4700, 5300, 50, 1), ...condorOf(4600, 5400, 25, 2)];
    expect(required(two, IBKR_PROFILE)).toBe(10_000);
    expect(required(two)).toBe(10_000);
  });

  it('of different expiries add up', () => {
    const later = condorOf(4700, 5300, 50, 1).map((leg) => ({ ...leg, expiry: 130 }));
    expect(required([...condorOf(4700, 5300, 50, 1), ...later])).toBe(10_000);
  });

  it('in XSP are a tenth, and are not netted with SPX', () => {
    const mini = condorOf(470, 530, 5, 1).map((leg) => ({ ...leg, kind: XSP_OPTION }));
    expect(required(mini)).toBe(500);
    expect(required([...mini, ...condorOf(4700, 5300, 50, 1)])).toBe(5500);
  });

  it('need no mark and no index', () => {
    const blind = condorOf(4700, 5300, 50, 1).map((leg) => ({ ...leg, mark: Number.NaN }));
    const spots = { spx: Number.NaN, vix: Number.NaN };
    expect(strategyRequirement(legsOf(blind), spots, EXCHANGE_PROFILE)).toBe(5000);
    expect(strategyRequirement(legsOf(blind), spots, IBKR_PROFILE)).toBe(5000);
  });
});

describe('cover', () => {
  const shortPut: LegSketch = { right: 'put', strike: 4700, quantity: -1, mark: 0 };

  it('of a PM short by an AM long of the same date is refused', () => {
    const long: LegSketch = { right: 'put', strike: 4650, quantity: 1, settlement: 'AM' };
    // max(15 % x 5000 - 300, 10 % x 4700) = 470 points.
    expect(required([long, shortPut])).toBe(47_000);
  });

  it('of an AM short by a PM long of the same date is a spread', () => {
    const long: LegSketch = { right: 'put', strike: 4650, quantity: 1 };
    expect(required([long, { ...shortPut, settlement: 'AM' }])).toBe(5000);
  });

  it('by a later expiry counts for SPX and not for VIX', () => {
    const later: LegSketch = { right: 'put', strike: 4650, quantity: 1, expiry: 130 };
    expect(required([later, shortPut])).toBe(5000);
    const vix: readonly LegSketch[] = [
      { right: 'call', strike: 25, quantity: -1, mark: 1.1, kind: VIX_OPTION },
      { right: 'call', strike: 26, quantity: 1, kind: VIX_OPTION, expiry: 130 },
    ];
    // 1.10 + max(20 % x 20 - 5, 10 % x 20) = 3.10 points.
    expect(required(vix)).toBeCloseTo(310, 9);
    expect(required(vix.map((leg) => ({ ...leg, expiry: 100 })))).toBe(100);
  });

  it('by VIX of SPX is refused', () => {
    const vix: LegSketch = { right: 'put', strike: 4650, quantity: 1, kind: VIX_OPTION };
    expect(required([vix, shortPut])).toBe(47_000);
  });

  it('needs no mark where there are more longs than shorts', () => {
    const legs: readonly LegSketch[] = [
      { right: 'call', strike: 30, quantity: -2, mark: Number.NaN, kind: VIX_OPTION },
      { right: 'call', strike: 40, quantity: 2, kind: VIX_OPTION },
      { right: 'call', strike: 35, quantity: 1, kind: VIX_OPTION },
    ];
    // One short against 35, one against 40.
    expect(required(legs)).toBe(500 + 1000);
  });

  it('of one put in two leaves the cheaper part naked', () => {
    const legs: readonly LegSketch[] = [
      { ...shortPut, quantity: -2 },
      { right: 'put', strike: 4650, quantity: 1 },
    ];
    expect(required(legs)).toBe(5000 + 47_000);
  });

  it('by a spare call does not offset a put spread', () => {
    const legs: readonly LegSketch[] = [
      shortPut,
      { right: 'put', strike: 4650, quantity: 1 },
      { right: 'call', strike: 1000, quantity: 1 },
    ];
    expect(required(legs)).toBe(5000);
  });
});

describe('lesser and least requirements', () => {
  it('a spread never requires more than its short would naked', () => {
    const wide: readonly LegSketch[] = [
      { right: 'put', strike: 4700, quantity: -1, mark: 10 },
      { right: 'put', strike: 3000, quantity: 1, mark: 1 },
    ];
    expect(required(wide)).toBe(48_000);
  });

  it('a short put never requires more than its strike', () => {
    expect(required([{ right: 'put', strike: 100, quantity: -1, mark: 99 }])).toBe(10_000);
  });

  it('a naked short without a mark is unknown, not free', () => {
    expect(required([{ right: 'call', strike: 5300, quantity: -1, mark: Number.NaN }])).toBeNaN();
  });

  it('long options and futures require nothing here', () => {
    expect(
      required([
        { right: 'call', strike: 30, quantity: 5, kind: VIX_OPTION },
        { right: 'future', strike: 0, quantity: 3, kind: VX_FUTURE },
      ]),
    ).toBe(0);
    expect(required([])).toBe(0);
  });

  it('VIX spreads require at least 150 dollars at Interactive Brokers, debit spreads nothing', () => {
    const credit: readonly LegSketch[] = [
      { right: 'call', strike: 25, quantity: -2, mark: 2, kind: VIX_OPTION },
      { right: 'call', strike: 26, quantity: 2, kind: VIX_OPTION },
    ];
    expect(required(credit, IBKR_PROFILE)).toBe(300);
    const debit = credit.map((leg) => ({ ...leg, quantity: -leg.quantity, mark: 2 }));
    expect(required(debit, IBKR_PROFILE)).toBe(0);
  });
});

describe('groups', () => {
  it('name the rule and the legs, and add up to the requirement', () => {
    const legs = legsOf([
      ...condorOf(4700, 5300, 50, 1),
      { right: 'put', strike: 4600, quantity: -1, mark: 5, expiry: 130 },
      { right: 'call', strike: 5400, quantity: -1, mark: 5, expiry: 130 },
      { right: 'call', strike: 30, quantity: 4, kind: VIX_OPTION },
    ]);
    const calculator = createMarginCalculator(EXCHANGE_PROFILE);
    const groups = calculator.groups(legs, SPOTS);
    expect(groups.map(({ rule, legs: slots }) => [rule, slots])).toEqual([
      ['universal-spread', [0, 1, 2, 3]],
      ['short-option', [4, 5]],
      ['long-option', [6]],
    ]);
    const sum = groups.reduce((total, group) => total + group.requirement, 0);
    expect(sum).toBe(calculator.requirement(legs, SPOTS));
    // Strangle: put 5 + max(750 - 400, 460) = 465, call 5 + max(750 - 400, 500) = 505, + put 5.
    expect(groups[1]?.requirement).toBe(51_000);
  });

  it('carry on past legs of quantity zero', () => {
    const legs = legsOf([{ right: 'put', strike: 4600, quantity: 0 }]);
    expect(createMarginCalculator(EXCHANGE_PROFILE).groups(legs, SPOTS)).toEqual([]);
  });
});

const WIDTH = 50;
const mark = fc.double({ min: 0, max: 2000, noNaN: true });
const strike = fc.integer({ min: 40, max: 60 }).map((steps) => steps * 100);

function anyLeg(quantity: fc.Arbitrary<number>): fc.Arbitrary<LegSketch> {
  return fc.record({
    right: fc.constantFrom('call' as const, 'put' as const),
    strike,
    quantity,
    mark: fc.double({ min: 0, max: 300, noNaN: true }),
    kind: fc.constant(SPX_OPTION),
    expiry: fc.constantFrom(100, 107),
    settlement: fc.constantFrom('AM' as const, 'PM' as const),
  });
}

describe('properties', () => {
  it.each([EXCHANGE_PROFILE, IBKR_PROFILE])(
    '$name: no mark and no index level raises the requirement of a condor of any size',
    (profile) => {
      const calculator = createMarginCalculator(profile);
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 100_000 }),
          fc.tuple(mark, mark, mark, mark),
          fc.double({ min: 0, max: 20_000, noNaN: true }),
          (size, marks, spx) => {
            const legs = condorOf(4700, 5300, WIDTH, size).map((leg, slot) => ({
              ...leg,
              mark: marks[slot] ?? 0,
            }));
            const requirement = calculator.requirement(legsOf(legs), { spx, vix: 20 });
            expect(requirement).toBeGreaterThanOrEqual(0);
            expect(requirement).toBeLessThanOrEqual(WIDTH * 100 * size);
            // At 10 % of the index above the width, naked margin never is the lesser.
            if (spx >= 10 * WIDTH) expect(requirement).toBe(WIDTH * 100 * size);
          },
        ),
      );
    },
  );

  it('any legs: never negative, and groups add up', () => {
    const quantity = fc.integer({ min: -3, max: 3 });
    const calculator = createMarginCalculator(IBKR_PROFILE);
    fc.assert(
      fc.property(fc.array(anyLeg(quantity), { maxLength: 12 }), (sketches) => {
        const legs = legsOf(sketches);
        const requirement = calculator.requirement(legs, SPOTS);
        expect(requirement).toBeGreaterThanOrEqual(0);
        const groups = calculator.groups(legs, SPOTS);
        const sum = groups.reduce((total, group) => total + group.requirement, 0);
        expect(Math.abs(sum - requirement)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it('one more long never raises the requirement of shorts and longs of one right and series', () => {
    // Strikes less than 400 points apart: no spread requires more than its short would naked.
    const calculator = createMarginCalculator(EXCHANGE_PROFILE);
    const series = { expiry: 100, settlement: 'PM' } as const;
    const near = fc.integer({ min: 192, max: 207 }).map((steps) => steps * 25);
    const book = fc.tuple(
      fc.constantFrom('call' as const, 'put' as const),
      fc.array(fc.tuple(anyLeg(fc.constantFrom(-2, -1, 1, 2)), near), { maxLength: 9 }),
      fc.tuple(anyLeg(fc.constant(1)), near),
    );
    fc.assert(
      fc.property(book, ([right, drawn, [added, addedStrike]]) => {
        const sketches = drawn.map(([leg, at]) => ({ ...leg, ...series, right, strike: at }));
        const before = calculator.requirement(legsOf(sketches), SPOTS);
        const more = [...sketches, { ...added, ...series, right, strike: addedStrike }];
        expect(calculator.requirement(legsOf(more), SPOTS)).toBeLessThanOrEqual(before + 1e-6);
      }),
      { numRuns: 2000 },
    );
  });

  it('one more long never raises the requirement of condors', () => {
    const calculator = createMarginCalculator(EXCHANGE_PROFILE);
    const condor = fc
      .tuple(
        fc.integer({ min: 184, max: 196 }),
        fc.integer({ min: 204, max: 216 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
      )
      .map(([put, call, width, size]) => condorOf(put * 25, call * 25, width * 25, size));
    fc.assert(
      fc.property(fc.array(condor, { maxLength: 4 }), anyLeg(fc.constant(1)), (condors, long) => {
        const before = calculator.requirement(legsOf(condors.flat()), SPOTS);
        const after = calculator.requirement(legsOf([...condors.flat(), long]), SPOTS);
        expect(after).toBeLessThanOrEqual(before + 1e-6);
      }),
      { numRuns: 1000 },
    );
  });
});
