import type { SizingRule } from './policy.ts';

/** Memory of R-21: open risk after a loss stays below what it was, until equity recovers. */
export interface EscalationCap {
  /** Largest open risk allowed, dollars; Infinity when nothing is capped. */
  readonly openRiskMax: number;
  /** Net liquidation value that lifts the cap, dollars. */
  readonly recoveredAt: number;
}

/** No loss to recover from. */
export const NO_CAP: EscalationCap = { openRiskMax: Number.POSITIVE_INFINITY, recoveredAt: 0 };

/** State of a Martingale: consecutive losses and the size they double. */
export interface MartingaleState {
  /** k: consecutive losing results. */
  readonly losses: number;
  /** n0: R-03 size when k last became zero; 0 until the first entry. */
  readonly baseUnits: number;
}

/** A Martingale before its first entry. */
export const NO_LOSSES: MartingaleState = { losses: 0, baseUnits: 0 };

/**
 * R-03 size: floor(min(f E / maxLoss, (F E - openRisk) / maxLoss)), never below 0.
 *
 * Units: dollars; the result is units of the structure. A non-positive or non-finite maximum loss
 * gives 0: a position whose loss is not bounded cannot be sized by it.
 */
export function fixedRiskUnits(
  equity: number,
  maxLossPerUnit: number,
  openRisk: number,
  rule: SizingRule,
): number {
  if (!(maxLossPerUnit > 0) || !(equity > 0)) return 0;
  const perTrade = rule.riskPerTrade * equity;
  const room = rule.maxOpenRisk * equity - openRisk;
  const units = Math.floor(Math.min(perTrade, room) / maxLossPerUnit);
  return units > 0 ? units : 0;
}

/** Units R-21 leaves of a wanted size, given open risk and risk per unit in dollars. */
export function capUnits(
  units: number,
  maxLossPerUnit: number,
  openRisk: number,
  cap: EscalationCap,
): number {
  if (cap.openRiskMax === Number.POSITIVE_INFINITY) return units;
  const allowed = Math.floor((cap.openRiskMax - openRisk) / maxLossPerUnit);
  return Math.max(0, Math.min(units, allowed));
}

/**
 * R-21 after a closed result. A loss caps open risk at what it was before the close (or at an
 * earlier, lower cap); equity back at the pre-loss level lifts the cap.
 */
export function capAfterResult(
  cap: EscalationCap,
  pnl: number,
  openRiskBefore: number,
  equityBefore: number,
): EscalationCap {
  if (!(pnl < 0)) return cap;
  return {
    openRiskMax: Math.min(cap.openRiskMax, openRiskBefore),
    recoveredAt: Math.max(cap.recoveredAt, equityBefore),
  };
}

/** The cap at a close: lifted once equity has recovered. */
export function liftCap(cap: EscalationCap, equity: number): EscalationCap {
  return equity >= cap.recoveredAt ? NO_CAP : cap;
}

/** k after a day's result: one more loss, or back to zero with a new base size to be taken. */
export function martingaleAfterResult(state: MartingaleState, pnl: number): MartingaleState {
  return pnl < 0 ? { ...state, losses: state.losses + 1 } : NO_LOSSES;
}

/** n0 2^k with k limited to the rule's doublings; n0 is the R-03 size while k is zero. */
export function martingaleUnits(
  state: MartingaleState,
  fixedRisk: number,
  rule: SizingRule,
): { readonly units: number; readonly capped: boolean; readonly baseUnits: number } {
  const baseUnits = state.losses === 0 || state.baseUnits === 0 ? fixedRisk : state.baseUnits;
  const most = rule.maxDoublings ?? Number.POSITIVE_INFINITY;
  const doublings = Math.min(state.losses, most);
  return { units: baseUnits * 2 ** doublings, capped: state.losses > most, baseUnits };
}
