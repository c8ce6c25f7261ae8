import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AM, CALL, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { condorLegs, condorStrikes, strangleLegs } from './condor-strikes.ts';
import type { StrikeMarket } from './condor-strikes.ts';
import type { ShortStrikeRule, WingRule } from './policy.ts';

const EM: ShortStrikeRule = {
  selector: 'em',
  multiple: 1,
  capmTilt: 1,
  beta: 1,
  equityRiskPremium: 0.05,
};
const DELTA: ShortStrikeRule = { selector: 'delta', delta: 0.16 };
const PCT: WingRule = { selector: 'pct', width: 0.02 };

/** Strikes by delta: half a point below a short, and far wings at 5 delta. */
function market(changes: Partial<StrikeMarket> = {}): StrikeMarket {
  return {
    spot: 5000,
    step: 5,
    forward: 5010,
    band: () => ({ centre: 5020, lower: 4822.5, upper: 5226 }),
    strikeForDelta: (right, delta) => {
      const distance = delta < 0.1 ? 400 : 200;
      return right === PUT ? 5000.4 - distance : 4999.6 + distance;
    },
    ...changes,
  };
}

function bandOnGrid(): ReturnType<StrikeMarket['band']> {
  return { centre: 5000, lower: 4800, upper: 5200 };
}

/** Strikes by delta with a skew: the put wing is three times as wide as the call wing. */
function skewed(right: number, delta: number): number {
  if (right === PUT) return delta < 0.1 ? 4350 : 4800;
  return delta < 0.1 ? 5300 : 5150;
}

describe('condorStrikes', () => {
  it('rounds the band outward to the grid and puts equal wings of 2 % beyond it', () => {
    expect(condorStrikes(EM, PCT, market())).toEqual({
      centre: 5020,
      longPut: 4720,
      shortPut: 4820,
      shortCall: 5230,
      longCall: 5330,
    });
  });

  it('leaves an edge on the grid where it is', () => {
    expect(condorStrikes(EM, PCT, market({ band: bandOnGrid }))).toMatchObject({
      shortPut: 4800,
      shortCall: 5200,
    });
  });

  it('rounds a delta strike to the nearest listed one, around the forward', () => {
    expect(condorStrikes(DELTA, PCT, market())).toMatchObject({
      centre: 5010,
      shortPut: 4800,
      shortCall: 5200,
    });
  });

  it('takes shorts at a distance in points, and wings in points', () => {
    const shorts: ShortStrikeRule = { selector: 'points', points: 103 };
    expect(condorStrikes(shorts, { selector: 'points', width: 52 }, market())).toEqual({
      centre: 5000,
      longPut: 4845,
      shortPut: 4895,
      shortCall: 5105,
      longCall: 5155,
    });
  });

  it('takes wings by delta, which need not be equally wide', () => {
    const wings: WingRule = { selector: 'delta', delta: 0.05 };
    expect(condorStrikes(DELTA, wings, market({ strikeForDelta: skewed }))).toMatchObject({
      longPut: 4350,
      shortPut: 4800,
      shortCall: 5150,
      longCall: 5300,
    });
  });

  it('keeps every wing at least one step wide', () => {
    expect(condorStrikes(EM, { selector: 'points', width: 0.4 }, market())).toMatchObject({
      longPut: 4815,
      longCall: 5235,
    });
    const same: WingRule = { selector: 'delta', delta: 0.16 };
    expect(condorStrikes(DELTA, same, market())).toMatchObject({ longPut: 4795, longCall: 5205 });
  });

  it.each([
    ['unknown band', EM, { band: () => ({ centre: NaN, lower: NaN, upper: NaN }) }],
    ['unknown spot', EM, { spot: Number.NaN }],
    ['unknown delta strikes', DELTA, { strikeForDelta: () => Number.NaN }],
    ['shorts that meet', { selector: 'points', points: 0 } as const, {}],
    ['a wing below zero', EM, { band: () => ({ centre: 60, lower: 50, upper: 70 }) }],
  ])('gives none for %s', (_name, shorts, changes) => {
    expect(condorStrikes(shorts, PCT, market(changes))).toBe('no-strikes');
  });

  it('is ordered, on the grid, equally wide and outside the band, for any band', () => {
    assert(
      property(
        integer({ min: 500, max: 9000 }),
        double({ min: 0.005, max: 0.3, noNaN: true }),
        double({ min: 0.002, max: 0.1, noNaN: true }),
        (spot, move, width) => {
          const lower = spot * Math.exp(-move);
          const upper = spot * Math.exp(move);
          const band = () => ({ centre: spot, lower, upper });
          const strikes = condorStrikes(EM, { selector: 'pct', width }, market({ spot, band }));
          if (typeof strikes === 'string') throw new Error('strikes exist');
          const { longPut, shortPut, shortCall, longCall } = strikes;
          expect([longPut, shortPut, shortCall, longCall].every((each) => each % 5 === 0)).toBe(
            true,
          );
          expect(shortPut).toBeLessThanOrEqual(lower + 1e-6);
          expect(lower - shortPut).toBeLessThan(5);
          expect(shortCall).toBeGreaterThanOrEqual(upper - 1e-6);
          expect(shortCall - upper).toBeLessThan(5);
          expect(shortPut - longPut).toBe(longCall - shortCall);
          expect(longPut).toBeLessThan(shortPut);
        },
      ),
    );
  });
});

function rows(legs: ReturnType<typeof condorLegs>): readonly string[] {
  return legs.map(({ right, strike, ratio }) => `${ratio} ${right === CALL ? 'C' : 'P'} ${strike}`);
}

describe('condorLegs', () => {
  const strikes = { centre: 5000, longPut: 4700, shortPut: 4800, shortCall: 5200, longCall: 5300 };
  const product = { kind: SPX_OPTION, expiry: 20_045, settlement: AM };

  it('sells the inner and buys the outer strikes', () => {
    expect(rows(condorLegs(strikes, product))).toEqual([
      '1 P 4700',
      '-1 P 4800',
      '-1 C 5200',
      '1 C 5300',
    ]);
    expect(condorLegs(strikes, product).every((leg) => leg.expiry === 20_045)).toBe(true);
  });

  it('leaves a strangle naked', () => {
    expect(rows(strangleLegs(strikes, product))).toEqual(['-1 P 4800', '-1 C 5200']);
  });
});
