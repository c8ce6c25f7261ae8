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
  /** Range of S&P 500 products in high volatility, see `inHighVolatility`; none at most houses. */
  readonly wideRange?: ShockRange;
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
    wideRange: { down: -0.2, up: 0.15 },
    source: `${TIMS.source}; tastytrade: broad index -15 % to +10 %, -20 % to +15 % after a VIX above 30 or five closes above 25`,
  },
  traditional: {
    ...TIMS,
    broadIndex: { down: -0.15, up: 0.15 },
    source: `${TIMS.source}; house range of 15 % on broad indices (Schwab)`,
  },
};

/** Closes on one side of `sustained` that move the regime, as many as `sessions`. */
interface RegimeRule {
  readonly above: number;
  readonly below: number;
  readonly sustained: number;
  readonly sessions: number;
}

/** Source: tastytrade help, portfolio margin (43000595351): in above 30 or five days above 25. */
const REGIME: RegimeRule = { above: 30, below: 20, sustained: 25, sessions: 5 };

/**
 * Whether VIX closes, oldest first, have led into the high-volatility regime and not out of it.
 *
 * In: a close above 30, or five closes above 25. Out: a close below 20, or five closes below 25.
 * A close that is no number leads in. No closes: not in.
 */
function inHighVolatility(closes: readonly number[]): boolean {
  let high = false;
  let over = 0;
  let under = 0;
  for (const close of closes) {
    over = close > REGIME.sustained ? over + 1 : 0;
    under = close < REGIME.sustained ? under + 1 : 0;
    if (!(close <= REGIME.above) || over >= REGIME.sessions) high = true;
    else if (close < REGIME.below || under >= REGIME.sessions) high = false;
  }
  return high;
}

/** The rule at a VIX, points, after earlier closes, oldest first; the wide range needs a house that has one. */
export function ruleAtVix(
  rule: PortfolioMarginRule,
  vix: number,
  before: readonly number[] = [],
): PortfolioMarginRule {
  const { wideRange } = rule;
  return wideRange !== undefined && inHighVolatility([...before, vix])
    ? { ...rule, broadIndex: wideRange }
    : rule;
}
