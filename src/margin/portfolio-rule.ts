import type { EpochDay } from '../time/epoch-day.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { MinimumEquity } from './minimum-equity.ts';

/** Products between which nothing offsets. */
export type ProductGroup = 'broad-index' | 'volatility' | 'equity';

/** Range of an underlying over which a portfolio is revalued; fractions of its level. */
export interface ShockRange {
  /** Lowest point, < 0. */
  readonly down: number;
  /** Highest point, > 0. */
  readonly up: number;
}

/** A part of a house's portfolio margin that came into force on a day. */
interface Overlay {
  readonly effective: EpochDay;
  readonly source: string;
}

/**
 * Scans of volatility: the ten points are valued again with every implied volatility moved by the
 * share of itself that belongs to its group, up and down, 0.75 = 75 %; never below none at all.
 */
export interface VolatilityScan extends Overlay {
  readonly broadIndex: number;
  readonly volatility: number;
  readonly equity: number;
}

/** VIX products at one far move of the VIX: a share of the loss there is required at least. */
export interface VolatilityCrash extends Overlay {
  /** Move of the underlying, 3 = 300 %. */
  readonly move: number;
  readonly share: number;
}

/**
 * Concentration: the riskiest underlyings of the equity group at a wide move either way, all others
 * of it at a narrow one, where that is more than their own requirements together.
 */
export interface ConcentrationRule extends Overlay {
  readonly riskiest: number;
  readonly wideMove: number;
  readonly narrowMove: number;
}

/** VIX closes, points, that lead into the wide range of a house and out of it. */
export interface VolatilityRegime extends Overlay {
  /** One close above leads in, one below leads out. */
  readonly above: number;
  readonly below: number;
  /** So do as many closes as `sessions` on one side of it. */
  readonly sustained: number;
  readonly sessions: number;
}

/** Portfolio margin of one broker: points of revaluation and least charges. */
export interface PortfolioMarginRule {
  /** S&P 500 products: SPX, SPXW, XSP and funds on it net fully. */
  readonly broadIndex: ShockRange;
  /** Range of S&P 500 products in high volatility, see `inHighVolatility`; none at most houses. */
  readonly wideRange?: ShockRange;
  /** When the wide range holds. */
  readonly regime: VolatilityRegime;
  /** VIX products, a group of their own without offset against the index. */
  readonly volatility: ShockRange;
  /** Single stocks, narrow indices and other funds. */
  readonly equity: ShockRange;
  /** Least charge of an option contract, long or short, per dollar of multiplier. */
  readonly minimumPerPoint: number;
  /** Initial over maintenance. */
  readonly initialRatio: number;
  readonly volatilityScan?: VolatilityScan;
  readonly volatilityCrash?: VolatilityCrash;
  readonly concentration?: ConcentrationRule;
  readonly minimumEquity: MinimumEquity;
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

const PUBLISHED_2026 = epochDay(2026, 11, 22);

const EXCHANGE_EQUITY: MinimumEquity = {
  open: 100_000,
  maintain: 100_000,
  callSessions: 3,
  effective: epochDay(2012, 10, 26),
  source:
    'model value: least of the houses known (Interactive Brokers, to keep); 3 sessions as for any deficit, FINRA Rule 4210(g)',
};

const REGIME: VolatilityRegime = {
  above: 30,
  below: 20,
  sustained: 25,
  sessions: 5,
  effective: epochDay(2012, 10, 26),
  source:
    'tastytrade help, portfolio margin (43000595351): in above 30 or five days above 25; from when is not published',
};

const TIMS: PortfolioMarginRule = {
  broadIndex: { down: -0.08, up: 0.06 },
  volatility: { down: -0.4, up: 1 },
  equity: { down: -0.15, up: 0.15 },
  minimumPerPoint: 0.375,
  initialRatio: 1,
  minimumEquity: EXCHANGE_EQUITY,
  regime: REGIME,
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
    volatilityScan: {
      broadIndex: 0.75,
      volatility: 1.5,
      equity: 0.15,
      effective: epochDay(2022, 5, 24),
      source:
        'Interactive Brokers notice of May 2022 (in force by 05-24): volatility 75 % on broad indices, 15 % on single stocks, 150 % on others; that each goes with each of the ten points is a model',
    },
    volatilityCrash: {
      move: 3,
      share: 0.35,
      effective: epochDay(2022, 9, 26),
      source:
        'Interactive Brokers notice of 2022-09-26: VIX derivatives at +300 %, at least 35 % of that loss; that the VIX itself moves, at constant implied volatility, is a model',
    },
    concentration: {
      riskiest: 2,
      wideMove: 0.3,
      narrowMove: 0.05,
      effective: epochDay(2012, 10, 26),
      source:
        'Interactive Brokers: the two riskiest positions at 30 %, the rest at 5 %; from when is not published, and that indices and VIX products are left out is a model',
    },
    minimumEquity: {
      open: 110_000,
      maintain: 100_000,
      effective: PUBLISHED_2026,
      source:
        'Interactive Brokers: 110,000 dollars to begin, 100,000 to keep; below it positions may only be reduced (page as of 2026-11)',
    },
    source: `${TIMS.source}; Interactive Brokers: initial 110 % of maintenance`,
  },
  tastytrade: {
    ...TIMS,
    broadIndex: { down: -0.15, up: 0.1 },
    wideRange: { down: -0.2, up: 0.15 },
    minimumEquity: {
      open: 175_000,
      maintain: 150_000,
      callSessions: 9,
      effective: PUBLISHED_2026,
      source:
        'tastytrade help: 175,000 dollars to begin, 150,000 to keep, 9 days to restore it (page as of 2026-11; sooner below 100,000, how much is not published)',
    },
    source: `${TIMS.source}; tastytrade: broad index -15 % to +10 %, -20 % to +15 % after a VIX above 30 or five closes above 25`,
  },
  traditional: {
    ...TIMS,
    broadIndex: { down: -0.15, up: 0.15 },
    minimumEquity: {
      open: 125_000,
      maintain: 100_000,
      callSessions: 1,
      effective: PUBLISHED_2026,
      source:
        'Schwab: 125,000 dollars to begin, 100,000 to keep; a call for it is due T+1 at Lightspeed (pages as of 2026-11)',
    },
    source: `${TIMS.source}; house range of 15 % on broad indices (Schwab)`,
  },
};

/**
 * Whether VIX closes, oldest first, have led into the high-volatility regime and not out of it.
 *
 * In: a close above 30, or five closes above 25. Out: a close below 20, or five closes below 25.
 * A close that is no number leads in. No closes: not in.
 */
function inHighVolatility(closes: readonly number[], regime: VolatilityRegime): boolean {
  let high = false;
  let over = 0;
  let under = 0;
  for (const close of closes) {
    over = close > regime.sustained ? over + 1 : 0;
    under = close < regime.sustained ? under + 1 : 0;
    if (!(close <= regime.above) || over >= regime.sessions) high = true;
    else if (close < regime.below || under >= regime.sessions) high = false;
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
  return wideRange !== undefined && inHighVolatility([...before, vix], rule.regime)
    ? { ...rule, broadIndex: wideRange }
    : rule;
}

/** The rule with only those overlays that are in force on a day. */
export function portfolioRuleOn(rule: PortfolioMarginRule, day: EpochDay): PortfolioMarginRule {
  const { volatilityScan, volatilityCrash, concentration, ...always } = rule;
  const inForce = (overlay: Overlay | undefined): boolean =>
    overlay !== undefined && day >= overlay.effective;
  const waits = (overlay: Overlay | undefined): boolean =>
    overlay !== undefined && !inForce(overlay);
  if (!waits(volatilityScan) && !waits(volatilityCrash) && !waits(concentration)) return rule;
  return {
    ...always,
    ...(volatilityScan && inForce(volatilityScan) && { volatilityScan }),
    ...(volatilityCrash && inForce(volatilityCrash) && { volatilityCrash }),
    ...(concentration && inForce(concentration) && { concentration }),
  };
}
