/** What a forward says about dividends. */
export interface ForwardTerms {
  readonly spot: number;
  readonly forward: number;
  readonly discount: number;
  readonly years: number;
}

/**
 * Continuous dividend yield per year that makes F = S e^{(r-q)T} with e^{-rT} the discount factor.
 *
 * Domain: all > 0; anything else gives NaN.
 */
export function impliedDividendYield({ spot, forward, discount, years }: ForwardTerms): number {
  return (Math.log(spot / forward) - Math.log(discount)) / years;
}

/** A share of an index whose dividends grow at a constant rate. */
export interface DividendStream {
  /** Share of the index's value, 0..1. */
  readonly share: number;
  /** Dividends of the last twelve months over price. */
  readonly trailingYield: number;
  /** Growth of dividends per year. */
  readonly growth: number;
}

/** Dividend yield of an index by the dividend-discount model, with its two parts. */
export interface GordonYield {
  /** Next year's dividends over price, D1 / P, continuously compounded. */
  readonly yield: number;
  /** Contributions of the REITs and of the rest, D1 / P. */
  readonly reit: number;
  readonly rest: number;
  /** Return that the price implies: D1 / P plus growth, weighted by share. */
  readonly impliedReturn: number;
}

/**
 * Dividend yield q = D1 / P of an index of REITs and others, D1 = D0 (1 + g) in each part.
 *
 * REITs stand apart since they must pay out 90 % of taxable income, so their yield is a multiple
 * of the others'. It stands in where no quoted parity tells the yield.
 * Source: Gordon (1959), P = D1 / (r - g); 26 USC 857(a)(1).
 */
export function gordonYield(reits: DividendStream, rest: DividendStream): GordonYield {
  const next = ({ share, trailingYield, growth }: DividendStream): number =>
    share * trailingYield * (1 + growth);
  const reit = next(reits);
  const others = next(rest);
  return {
    yield: Math.log1p(reit + others),
    reit,
    rest: others,
    impliedReturn: reit + others + reits.share * reits.growth + rest.share * rest.growth,
  };
}

/** Price of a share by the dividend-discount model; NaN unless the required return exceeds growth. */
export function gordonPrice(trailingDividend: number, growth: number, required: number): number {
  return required > growth ? (trailingDividend * (1 + growth)) / (required - growth) : Number.NaN;
}

/** Where an iron condor or strangle starts to lose at expiry. */
export interface BreakEvens {
  /** Index points. */
  readonly lower: number;
  readonly upper: number;
  /** ln(K / F). */
  readonly lowerLogMoneyness: number;
  readonly upperLogMoneyness: number;
}

/** Short strikes and credit of a condor, index points. */
export interface CondorStrikes {
  readonly shortPut: number;
  readonly shortCall: number;
  readonly credit: number;
}

/**
 * Break-evens of a condor, short strikes less and plus the credit, also against a forward: the
 * points do not depend on dividends, their distance from the forward does.
 */
export function condorBreakEvens(
  { shortPut, shortCall, credit }: CondorStrikes,
  forward: number,
): BreakEvens {
  const lower = shortPut - credit;
  const upper = shortCall + credit;
  return {
    lower,
    upper,
    lowerLogMoneyness: Math.log(lower / forward),
    upperLogMoneyness: Math.log(upper / forward),
  };
}

/** The forward F = S e^{(r-q)T}. */
export function forwardAtYield(
  spot: number,
  { rate, dividendYield, years }: Readonly<Record<'rate' | 'dividendYield' | 'years', number>>,
): number {
  return spot * Math.exp((rate - dividendYield) * years);
}
