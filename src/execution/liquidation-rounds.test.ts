import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIQUIDATION_PLANS } from '../margin/liquidation-plan.ts';
import type { LiquidationPlan } from '../margin/liquidation-plan.ts';
import { forcedLiquidationUnits, liquidationReproduction } from './forced-liquidation.ts';
import type { ForcedLiquidationInput } from './forced-liquidation.ts';
import { liquidateInRounds, reproductionNumber, reproductionParts } from './liquidation-rounds.ts';
import type { LiquidationCourse, LiquidationDesk, LiquidationRound } from './liquidation-rounds.ts';

const BASE: ForcedLiquidationInput = {
  units: 100,
  equity: 500_000,
  loss: 150_000,
  marginPerUnit: 4600,
  costPerUnit: 300,
  impactPerUnit: 0,
};
/** The loop asks only whether there is impact; how much is the desk's. */
const FELT: LiquidationPlan = {
  ...LIQUIDATION_PLANS.combos,
  sizing: 'deficit-and-impact',
  impactPerHundred: 1,
};
const ROUND_BY_ROUND: LiquidationPlan = { ...FELT, sizing: 'deficit' };

interface Book {
  units: number;
  equity: number;
}

/** Equal units after a loss: the account of the closed form. */
function equalUnits(input: ForcedLiquidationInput): { desk: LiquidationDesk; book: Book } {
  const { marginPerUnit, costPerUnit, impactPerUnit } = input;
  const book: Book = { units: input.units, equity: input.equity - input.loss };
  const desk: LiquidationDesk = {
    standing: () => {
      const requirement = marginPerUnit * book.units;
      return { excess: book.equity - requirement, equity: book.equity, requirement };
    },
    candidates: () =>
      book.units === 0
        ? []
        : [
            {
              group: 1,
              units: book.units,
              marginReleased: marginPerUnit * book.units,
              cost: costPerUnit * book.units,
              unrealised: 0,
              opened: 1,
              fits: true,
              impact: impactPerUnit,
            },
          ],
    close: ({ units }) => {
      book.units -= units;
      book.equity -= costPerUnit * units;
      return { cost: costPerUnit * units, leggingLoss: 0 };
    },
    impact: ({ units }) => {
      book.equity -= impactPerUnit * units * book.units;
    },
  };
  return { desk, book };
}

function run(
  input: ForcedLiquidationInput,
  plan: LiquidationPlan = FELT,
): LiquidationCourse & Book {
  const { desk, book } = equalUnits(input);
  return { ...liquidateInRounds(desk, plan), ...book };
}

describe('liquidateInRounds on equal units', () => {
  it('of 100 units after a loss of 150,000 leaves 74 (closed form)', () => {
    const { units, outcome, rounds, equity } = run(BASE);
    expect([units, outcome, rounds.length]).toEqual([74, 'restored', 1]);
    expect(equity).toBe(350_000 - 26 * 300);
    expect(rounds[0]).toMatchObject({ units: 26, cost: 7800, cured: 26 * 4300, induced: 0 });
  });

  it('leaves the same 74 in many small rounds', () => {
    const { units, rounds } = run(BASE, { ...FELT, fractionPerRound: 0.05 });
    expect([units, rounds.length]).toEqual([74, 7]);
  });

  it('stops when the rounds of the session are used up', () => {
    const slow = { ...FELT, fractionPerRound: 0.05, roundsPerDay: 3 };
    expect(run(BASE, slow)).toMatchObject({ units: 87, outcome: 'rounds-used' });
  });

  it('spirals when s >= m′, or when closing everything costs more than there is', () => {
    expect(run({ ...BASE, costPerUnit: 4600 }).outcome).toBe('exhausted');
    expect(run({ ...BASE, loss: 470_000 })).toMatchObject({ units: 0, outcome: 'restored' });
    const debt = run({ ...BASE, loss: 470_001 });
    expect(debt).toMatchObject({ units: 0, outcome: 'exhausted', equity: -1 });
    expect(reproductionNumber(run({ ...BASE, costPerUnit: 4700 }).rounds)).toBeNaN();
  });

  it('leaves a debt that is never clipped at zero', () => {
    expect(run({ ...BASE, loss: 600_000 }).equity).toBe(-100_000 - 100 * 300);
  });

  it('has the reproduction number k n′ / (m′ − s)', () => {
    const felt = { ...BASE, impactPerUnit: 20 };
    const { units, rounds } = run(felt);
    expect(rounds).toHaveLength(1);
    expect(reproductionNumber(rounds)).toBeCloseTo(liquidationReproduction(felt, units), 12);
  });

  it('round by round forces R units for each unit forced before', () => {
    // A wide book and a small first round, so that what remains, and with it R, hardly changes.
    const many = {
      ...BASE,
      units: 100_000,
      equity: 460_043_000,
      loss: 100_000,
      impactPerUnit: 0.02,
    };
    const { rounds, units } = run(many, ROUND_BY_ROUND);
    const forced = rounds.map((round) => round.units);
    const r = liquidationReproduction(many, units);
    expect(r).toBeCloseTo(0.465, 3);
    for (let i = 1; i < 3; i += 1) {
      expect(Math.abs((forced[i] ?? 0) - r * (forced[i - 1] ?? 0))).toBeLessThan(1.5);
    }
    // Whole units: each round closes up to one more than it must.
    const first = (many.units * 4600 - many.equity + many.loss) / 4300;
    expect(100_000 - units).toBeGreaterThan(first / (1 - r) - 1);
    expect(100_000 - units).toBeLessThan(first / (1 - r) + rounds.length * 2);
  });

  it.each([0.3, 0.42, 0.6, 0.9, 1.5, 4])(
    'round by round deficits grow while R >= 1, and are cured only below 1 (impact %d)',
    (impactPerUnit) => {
      const many = { ...BASE, units: 10_000, equity: 46_000_000, loss: 100_000, impactPerUnit };
      const { rounds, outcome, units } = run(many, ROUND_BY_ROUND);
      let deficit = many.loss;
      let left = many.units;
      for (const round of rounds) {
        left -= round.units;
        const next = -round.excess;
        // Whole units overshoot the cure by less than what one unit releases.
        if (liquidationReproduction(many, left) >= 1) expect(next).toBeGreaterThan(deficit - 4300);
        else expect(next).toBeLessThan(deficit);
        deficit = next;
      }
      const spiral = outcome === 'exhausted';
      expect(spiral).toBe(impactPerUnit >= 1.5);
      if (!spiral) expect(liquidationReproduction(many, units)).toBeLessThan(1);
    },
  );
});

describe('the loop and the closed form', () => {
  const dollars = fc.integer({ min: 1, max: 10_000 });
  it('agree on units left, and on what is a spiral, with and without own impact', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 3_000_000 }),
        dollars,
        dollars,
        fc.integer({ min: 0, max: 50 }),
        (units, equity, marginPerUnit, costPerUnit, impactPerUnit) => {
          const input = { units, equity, loss: 0, marginPerUnit, costPerUnit, impactPerUnit };
          // The closed form's largest root is meant for s < m′; beyond it every course is a spiral.
          const expected =
            costPerUnit >= marginPerUnit && equity < units * marginPerUnit
              ? ({ kind: 'spiral' } as const)
              : forcedLiquidationUnits(input);
          const found = run(input);
          switch (expected.kind) {
            case 'none':
              expect([found.outcome, found.units]).toEqual(['restored', units]);
              break;
            case 'partial':
              expect(found.outcome).toBe('restored');
              expect(Math.abs(found.units - Math.floor(expected.exact + 1e-9))).toBe(0);
              break;
            case 'spiral':
              expect([found.outcome, found.units]).toEqual(['exhausted', 0]);
          }
        },
      ),
    );
  });
});

describe('reproductionParts', () => {
  const round = (cured: number, induced: number): LiquidationRound => ({
    group: 1,
    units: 1,
    cost: 0,
    leggingLoss: 0,
    excess: 0,
    equity: 0,
    requirement: 0,
    cured,
    induced,
  });

  it('are own impact and orders that took excess themselves, for each dollar cured', () => {
    const parts = reproductionParts([round(-500, 0), round(2000, 300), round(500, 0)]);
    expect(parts.ownImpact).toBeCloseTo(300 / 2500, 12);
    expect(parts.nakedLegs).toBeCloseTo(500 / 2500, 12);
  });

  it('are the reproduction number where every order cured something', () => {
    const rounds = [round(1000, 200), round(500, 100)];
    expect(reproductionParts(rounds).ownImpact).toBeCloseTo(reproductionNumber(rounds), 12);
    expect(reproductionParts(rounds).nakedLegs).toBe(0);
  });

  it('are unknown where nothing was cured', () => {
    expect(reproductionParts([round(-1, 0)]).ownImpact).toBeNaN();
    expect(reproductionParts([]).nakedLegs).toBeNaN();
  });
});
