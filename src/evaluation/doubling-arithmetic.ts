/** A doubling account before its first bet; dollars per unit. */
export interface DoublingAccount {
  readonly equity: number;
  /** Units of the first bet. */
  readonly firstUnits: number;
  /** Loss of a lost bet, > 0. */
  readonly lossPerUnit: number;
  readonly marginPerUnit: number;
}

/**
 * Doublings that equity can pay for: the largest k for which n0 2^k units still meet their margin
 * after k lost bets; ⌊log2((E/n0 + ℓ)/(m + ℓ))⌋, −1 or less when not even the first bet is met.
 *
 * Domain: firstUnits, lossPerUnit and marginPerUnit > 0; otherwise NaN.
 */
export function affordableDoublings(account: DoublingAccount): number {
  const { equity, firstUnits, lossPerUnit, marginPerUnit } = account;
  if (!(firstUnits > 0 && lossPerUnit > 0 && marginPerUnit > 0)) return Number.NaN;
  const ratio = (equity / firstUnits + lossPerUnit) / (marginPerUnit + lossPerUnit);
  return Math.floor(Math.log2(ratio));
}

/** Dollars lost after `losses` lost bets in a row, each twice the one before: n0 ℓ (2^k − 1). */
export function lossAfterDoublings(
  account: Pick<DoublingAccount, 'firstUnits' | 'lossPerUnit'>,
  losses: number,
): number {
  return account.firstUnits * account.lossPerUnit * (2 ** losses - 1);
}

/**
 * Share of wealth that grows fastest on a bet won with probability p at odds b to 1: p − q/b, not
 * below 0 in practice; a negative value says do not bet. Source: Kelly (1956).
 */
export function kellyShare(winProbability: number, odds: number): number {
  return winProbability - (1 - winProbability) / odds;
}

/** Win probability at which a bet at odds b to 1 is fair: 1 / (1 + b). */
export function breakEvenWinRate(odds: number): number {
  return 1 / (1 + odds);
}

/** Kelly share of a position with yearly drift over cash mu and volatility sigma: mu / sigma². */
export function continuousKellyShare(drift: number, volatility: number): number {
  return drift / (volatility * volatility);
}
