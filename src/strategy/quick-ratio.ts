/** Figures of the portfolio quick ratio; dollars. */
export interface QuickRatioView {
  /** Cash and bills of both segments. */
  readonly cash: number;
  /** Long options at the bid. */
  readonly longOptionsAtBid: number;
  /** Loss of the base positions if SPX were 10 % lower, or 6 % higher, whichever is worse. */
  readonly stressedLoss: number;
  readonly futuresInitial: number;
  readonly rollDebitsDue: number;
}

/** Haircuts of the quick ratio: bills 99 %, long options 50 %, futures initial 150 %. */
export const QUICK_RATIO_HAIRCUTS: {
  readonly bills: number;
  readonly longOptions: number;
  readonly futuresInitial: number;
} = { bills: 0.99, longOptions: 0.5, futuresInitial: 1.5 };

/**
 * Liquid means over stressed obligations: (cash and bills x 0.99 + long options at bid x 0.5) /
 * (stressed loss + futures initial x 1.5 + roll debits). Infinity when nothing is owed.
 */
export function quickRatio(view: QuickRatioView): number {
  const means =
    view.cash * QUICK_RATIO_HAIRCUTS.bills +
    view.longOptionsAtBid * QUICK_RATIO_HAIRCUTS.longOptions;
  const owed =
    Math.max(0, view.stressedLoss) +
    view.futuresInitial * QUICK_RATIO_HAIRCUTS.futuresInitial +
    view.rollDebitsDue;
  return owed === 0 ? Number.POSITIVE_INFINITY : means / owed;
}
