import type { LiquidationPlan } from '../margin/liquidation-plan.ts';
import { nextLiquidationOrder } from './liquidation.ts';
import type { LiquidationCandidate, LiquidationOrder } from './liquidation.ts';

/** Where an account stands within a liquidation, dollars. */
export interface LiquidationStanding {
  /** Room to hold; < 0 is the deficit. */
  readonly excess: number;
  /** Net liquidation value; below zero it is a debt to the broker and stays one. */
  readonly equity: number;
  /** Maintenance of both segments. */
  readonly requirement: number;
}

/** What closing units cost, dollars. */
export interface LiquidationFill {
  /** Spread and fees, >= 0. */
  readonly cost: number;
  /**
   * Lost against closing the whole combination at the quotes at which the liquidation began; 0
   * when combinations are closed.
   */
  readonly leggingLoss: number;
}

/** The account as a liquidation sees and changes it. */
export interface LiquidationDesk {
  readonly standing: () => LiquidationStanding;
  readonly candidates: () => readonly LiquidationCandidate[];
  readonly close: (order: LiquidationOrder) => LiquidationFill;
  /** Moves the marks of what remains by the order's own impact. */
  readonly impact: (order: LiquidationOrder) => void;
}

/** One order of a liquidation and where it left the account; dollars. */
export interface LiquidationRound extends LiquidationFill, LiquidationStanding, LiquidationOrder {
  /** Excess liquidity gained by the order itself. */
  readonly cured: number;
  /** Excess liquidity lost on what remains through the order's own impact, >= 0. */
  readonly induced: number;
}

/** A forced liquidation. */
export interface LiquidationCourse {
  readonly rounds: readonly LiquidationRound[];
  /**
   * `restored`: excess >= 0. `rounds-used`: the session's orders are used up and a deficit is left.
   * `exhausted`: nothing is left to close and the deficit is still there, the death spiral.
   */
  readonly outcome: 'restored' | 'rounds-used' | 'exhausted';
}

/**
 * Liquidates: looks at the account, sends one order, looks again, until excess is restored, the
 * rounds are used up or nothing is left. All effects are the desk's; the engine's desk is the
 * account, a test's desk is a closed form.
 *
 * Source: models of forced liquidation with own impact, see `forcedLiquidationUnits`.
 */
export function liquidateInRounds(
  desk: LiquidationDesk,
  plan: LiquidationPlan,
  roundsLeft: number = plan.roundsPerDay,
): LiquidationCourse {
  const rounds: LiquidationRound[] = [];
  for (;;) {
    const before = desk.standing();
    if (before.excess >= 0) return { rounds, outcome: 'restored' };
    const order = nextLiquidationOrder(before.excess, desk.candidates(), plan);
    if (order === undefined) return { rounds, outcome: 'exhausted' };
    if (rounds.length >= roundsLeft) return { rounds, outcome: 'rounds-used' };
    const fill = desk.close(order);
    const closed = desk.standing();
    desk.impact(order);
    const after = plan.impactPerHundred > 0 ? desk.standing() : closed;
    rounds.push({
      ...order,
      ...fill,
      ...after,
      cured: closed.excess - before.excess,
      induced: closed.excess - after.excess,
    });
  }
}

/**
 * Reproduction number of a liquidation: excess lost on what remains for each dollar of deficit that
 * its orders cured; for equal units k n' / (m' - s). At 1 or more each round needs a greater one.
 * NaN when the orders cured nothing (s >= m').
 */
export function reproductionNumber(rounds: readonly LiquidationRound[]): number {
  let cured = 0;
  let induced = 0;
  for (const round of rounds) {
    cured += round.cured;
    induced += round.induced;
  }
  return cured > 0 ? induced / cured : Number.NaN;
}

/** Excess lost while a liquidation went on, for each dollar that its orders cured, by what took it. */
export interface ReproductionParts {
  /** Marks of what remains, moved by the orders; 0 under a plan without own impact. */
  readonly ownImpact: number;
  /** Orders that lowered excess themselves: legs left naked, spreads wider than what they released. */
  readonly nakedLegs: number;
}

/**
 * The parts in which a liquidation reproduced itself. `ownImpact` is the reproduction number where
 * every order cured something; NaN when none did.
 */
export function reproductionParts(rounds: readonly LiquidationRound[]): ReproductionParts {
  let cured = 0;
  let lost = 0;
  let induced = 0;
  for (const round of rounds) {
    cured += Math.max(0, round.cured);
    lost += Math.max(0, -round.cured);
    induced += round.induced;
  }
  if (!(cured > 0)) return { ownImpact: Number.NaN, nakedLegs: Number.NaN };
  return { ownImpact: induced / cured, nakedLegs: lost / cured };
}
