import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPX_OPTION } from '../contracts/contract-kind.ts';
import { searchCovers } from './cover-search.ts';
import type { CoverSearch } from './cover-search.ts';
import { legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { EXCHANGE_PROFILE } from './margin-profile.ts';
import { shortRequirement } from './short-requirement.ts';
import { createSpreadRequirement } from './spread-requirement.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

const SPOT = 5000;
const EFFORT = { moves: 2000, enumerated: 50_000, releasedLegs: 0 };

function search(sketches: readonly LegSketch[], effort = EFFORT): CoverSearch {
  const legs = legsOf(sketches);
  const spread = createSpreadRequirement(EXCHANGE_PROFILE);
  const terms = { rule: EXCHANGE_PROFILE.options.spx, spot: SPOT, multiplier: 100 };
  const problem = {
    legs,
    kind: SPX_OPTION,
    terms,
    spread: (lots: Parameters<typeof spread>[1]): number => spread(legs, lots, terms),
    naked: (lots: Parameters<typeof spread>[1]): number =>
      shortRequirement(legs, lots, terms, 'naked'),
    allNaked: (lots: Parameters<typeof spread>[1]): number =>
      shortRequirement(legs, lots, terms, 'all-shorts'),
  };
  return searchCovers(problem, effort);
}

function leg(right: 'call' | 'put', strike: number, quantity: number, expiry = 100): LegSketch {
  const intrinsic = Math.max(0, right === 'call' ? SPOT - strike : strike - SPOT);
  return { right, strike, quantity, mark: intrinsic + 10, expiry };
}

const anyLegs = fc.array(
  fc
    .tuple(
      fc.constantFrom('call' as const, 'put' as const),
      fc.integer({ min: 160, max: 240 }),
      fc.constantFrom(-2, -1, 1, 2),
      fc.constantFrom(100, 107),
    )
    .map(([right, step, quantity, expiry]) => leg(right, step * 25, quantity, expiry)),
  { minLength: 1, maxLength: 10 },
);

describe('searchCovers', () => {
  it('hands a later long on: three series take one from another', () => {
    // The long of the last series does most for the first, whose own does for the second.
    const legs = [
      leg('call', 5100, -1, 100),
      leg('call', 5200, 1, 107),
      leg('call', 5150, -1, 107),
      leg('call', 5110, 1, 114),
    ];
    const found = search(legs);
    expect(found.isLeast).toBe(true);
    // 5100 against 5200 and 5150 against 5110, or the other way about: 10,000 or 1,000 + 5,000.
    expect(found.total).toBeCloseTo(6000, 6);
  });

  it('knows the least of a condor with a long to spare, and says so', () => {
    const legs = [
      leg('put', 4600, 1),
      leg('put', 4650, 1),
      leg('put', 4700, -1),
      leg('call', 5300, -1),
      leg('call', 5350, 1),
    ];
    expect(search(legs)).toMatchObject({ total: 5000, isLeast: true });
  });

  it('does not claim the least where nothing may be enumerated', () => {
    const legs = [leg('put', 4700, -1), leg('put', 4600, 1), leg('put', 4650, 1)];
    expect(search(legs, { ...EFFORT, enumerated: 0 }).isLeast).toBe(false);
  });

  it('any legs: the least is the same in any order of the legs, and for any effort never below', () => {
    fc.assert(
      fc.property(anyLegs, (sketches) => {
        const found = search(sketches);
        if (!found.isLeast) return;
        expect(search(sketches.toReversed()).total).toBeCloseTo(found.total, 3);
        const quick = search(sketches, { ...EFFORT, moves: 3, enumerated: 0 });
        expect(quick.total).toBeGreaterThanOrEqual(found.total - 1e-3);
      }),
      { numRuns: 300 },
    );
  });

  it('any legs: lots hold each contract once', () => {
    fc.assert(
      fc.property(anyLegs, (sketches) => {
        const held = sketches.map(() => 0);
        for (const { lots } of search(sketches).series()) {
          for (let lot = 0; lot < lots.count; lot += 1) {
            const slot = lots.slot[lot] ?? -1;
            held[slot] = (held[slot] ?? 0) + (lots.quantity[lot] ?? 0);
          }
        }
        expect(held).toEqual(sketches.map(({ quantity }) => quantity));
      }),
      { numRuns: 300 },
    );
  });

  it('a book of two hundred legs with longs to spare requires no more than without them', () => {
    const condors = Array.from({ length: 50 }, (_unused, at) => {
      const expiry = 100 + 7 * Math.floor(at / 5);
      const far = 200 + 25 * (at % 5);
      return [
        leg('put', SPOT - far - 100, 1, expiry),
        leg('put', SPOT - far, -1, expiry),
        leg('call', SPOT + far, -1, expiry),
        leg('call', SPOT + far + 100, 1, expiry),
      ];
    }).flat();
    const calculator = createMarginCalculator(EXCHANGE_PROFILE);
    const of = (legs: readonly LegSketch[]): number =>
      calculator.requirement(legsOf(legs), { spx: SPOT, vix: 16 });
    const more = condors.map((each, at) =>
      at % 3 === 0 && each.quantity > 0 ? { ...each, quantity: 2 } : each,
    );
    expect(of(more)).toBeLessThan(of(condors));
    expect(of(more)).toBeGreaterThan(0);
  });
});
