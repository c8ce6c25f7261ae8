/** Range of an underlying over which a portfolio is revalued; fractions of its level. */
export interface ShockRange {
  /** Lowest point, < 0. */
  readonly down: number;
  /** Highest point, > 0. */
  readonly up: number;
}

/** Portfolio margin of one broker: points of revaluation and least charges. */
export interface PortfolioMarginRule {
  /** S&P 500 products: SPX, SPXW, XSP and funds on it net fully. */
  readonly broadIndex: ShockRange;
  /** Wider range of S&P 500 products while VIX is above a level; none at most houses. */
  readonly inHighVolatility?: { readonly vixAbove: number; readonly broadIndex: ShockRange };
  /** VIX products, a group of their own without offset against the index. */
  readonly volatility: ShockRange;
  /** Single stocks, narrow indices and other funds. */
  readonly equity: ShockRange;
  /** Least charge of an option contract, long or short, per dollar of multiplier. */
  readonly minimumPerPoint: number;
  /** Initial over maintenance. */
  readonly initialRatio: number;
  readonly source: string;
}

/**
 * Funds that are of one class with SPX and net with it fully.
 *
 * Source: Cboe and OCC, portfolio margin comparison of 2007-02-23 (SPDR against SPX options).
 */
export const SP500_FUNDS: ReadonlySet<string> = new Set(['SPY', 'IVV', 'VOO', 'SPLG']);

/** Funds and notes on VIX futures; that they take the range of VIX products is an assumption. */
export const VOLATILITY_FUNDS: ReadonlySet<string> = new Set(['VXX', 'VIXY', 'UVXY', 'SVXY']);

const TIMS: PortfolioMarginRule = {
  broadIndex: { down: -0.08, up: 0.06 },
  volatility: { down: -0.4, up: 1 },
  equity: { down: -0.15, up: 0.15 },
  minimumPerPoint: 0.375,
  initialRatio: 1,
  source:
    'FINRA Rule 4210(g), Cboe Rule 10.4, OCC TIMS: ten points, 37.50 dollars a contract; the range of VIX products is an assumption, none is published',
};

/** Portfolio margin by broker. Source: beside each. */
export const PORTFOLIO_RULES: Readonly<
  Record<'exchange' | 'ibkr' | 'tastytrade' | 'traditional', PortfolioMarginRule>
> = {
  exchange: TIMS,
  ibkr: {
    ...TIMS,
    initialRatio: 1.1,
    source: `${TIMS.source}; Interactive Brokers: initial 110 % of maintenance`,
  },
  tastytrade: {
    ...TIMS,
    broadIndex: { down: -0.15, up: 0.1 },
    // Its second path into and out of the wide range, five days on one side of 25, is not modelled.
    inHighVolatility: { vixAbove: 30, broadIndex: { down: -0.2, up: 0.15 } },
    source: `${TIMS.source}; tastytrade: broad index -15 % to +10 %, -20 % to +15 % after a VIX above 30`,
  },
  traditional: {
    ...TIMS,
    broadIndex: { down: -0.15, up: 0.15 },
    source: `${TIMS.source}; house range of 15 % on broad indices (Schwab)`,
  },
};

/** The rule as it stands at a VIX, points: the wide range where the house has one and VIX is high or unknown. */
export function ruleAtVix(rule: PortfolioMarginRule, vix: number): PortfolioMarginRule {
  const { inHighVolatility: wide } = rule;
  return wide !== undefined && !(vix <= wide.vixAbove)
    ? { ...rule, broadIndex: wide.broadIndex }
    : rule;
}
