import type { SizingRule } from './policy.ts';

/** One loss that R-21 remembers until equity is back where it was before it. */
export interface LossCap {
  /** Open risk just before the loss: the most that may be open until then, dollars. */
  readonly openRiskMax: number;
  /** Net liquidation value that lifts the cap, dollars. */
  readonly recoveredAt: number;
}

/** Losses not yet recovered; the lowest cap binds. */
export type EscalationCap = readonly LossCap[];

/** No loss to recover from. */
export const NO_CAP: EscalationCap = [];

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
  let allowed = units;
  for (const { openRiskMax } of cap) {
    allowed = Math.min(allowed, Math.floor((openRiskMax - openRisk) / maxLossPerUnit));
  }
  return Math.max(0, allowed);
}

/**
 * R-21 after a closed result: a loss caps open risk at what it was before the close, until equity
 * is back at its pre-loss level. Caps that a stricter and longer one covers are dropped.
 */
export function capAfterResult(
  cap: EscalationCap,
  pnl: number,
  openRiskBefore: number,
  equityBefore: number,
): EscalationCap {
  if (!(pnl < 0)) return cap;
  const added: LossCap = { openRiskMax: openRiskBefore, recoveredAt: equityBefore };
  const kept = cap.filter(
    (old) => old.openRiskMax < added.openRiskMax || old.recoveredAt > added.recoveredAt,
  );
  return [...kept, added];
}

/** The caps at a close: those of losses that equity has recovered are lifted. */
export function liftCap(cap: EscalationCap, equity: number): EscalationCap {
  return cap.some((loss) => equity >= loss.recoveredAt)
    ? cap.filter((loss) => equity < loss.recoveredAt)
    : cap;
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
