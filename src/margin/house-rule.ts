import type { EpochDay } from '../time/epoch-day.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { BrokerName, MarginProfile, OptionMarginRule } from './margin-profile.ts';
import { MARGIN_PROFILES } from './margin-profile.ts';
import type { MinimumEquity } from './minimum-equity.ts';
import type { PortfolioMarginRule } from './portfolio-rule.ts';
import { PORTFOLIO_RULES } from './portfolio-rule.ts';

/** Shares of market value that stocks and funds require, before leverage; 0.5 = 50 %. */
export interface ShareMarginRule {
  readonly initial: number;
  readonly longMaintenance: number;
  readonly shortMaintenance: number;
  readonly effective: EpochDay;
  readonly source: string;
}

/** Loan value of a long option that covers nothing and has long to run. */
export interface LongOptionRule {
  /** Share of market value that may be borrowed, 0.25 = 25 %; 0 = paid in full at any life. */
  readonly loanShare: number;
  /** Months that its life must exceed. */
  readonly months: number;
  readonly effective: EpochDay;
  readonly source: string;
}

/** Levels for options on stocks and funds, for the stocks and funds themselves, and for pairs. */
export interface HouseRule {
  readonly equity: OptionMarginRule;
  /** Funds of a broad index. */
  readonly broadFund: OptionMarginRule;
  /** Funds and notes on VIX futures: VXX, VIXY, UVXY, SVXY. */
  readonly volatilityFund: OptionMarginRule;
  readonly shares: ShareMarginRule;
  readonly longOption: LongOptionRule;
  /** Least equity of a margin account under strategy-based rules. */
  readonly minimumEquity: MinimumEquity;
  /** Share of an outright that one calendar spread of futures requires. */
  readonly calendarShare: number;
  readonly calendarSource: string;
}

/** Every level behind one statement. */
export interface MarginRules {
  readonly profile: MarginProfile;
  readonly house: HouseRule;
  readonly portfolio: PortfolioMarginRule;
}

const UNIVERSAL_SPREAD_DAY = epochDay(2012, 10, 26);

const EQUITY: OptionMarginRule = {
  nakedShare: 0.2,
  minimumShare: 0.1,
  nakedMinimum: 0,
  spreadMinimum: 0,
  cover: 'on-or-after',
  effective: UNIVERSAL_SPREAD_DAY,
  source: 'Cboe Rule 10.3: 20/10; Regulatory Notice 09-53: times leverage',
};

const EXCHANGE_HOUSE: HouseRule = {
  equity: EQUITY,
  broadFund: {
    ...EQUITY,
    nakedShare: 0.15,
    source: 'Cboe Rule 10.3: 15/10 for funds of a broad index; Regulatory Notice 09-53',
  },
  volatilityFund: { ...EQUITY, source: 'Cboe Rule 10.3: 20/10, as on any other fund' },
  shares: {
    initial: 0.5,
    longMaintenance: 0.25,
    shortMaintenance: 0.3,
    effective: epochDay(2009, 12, 1),
    source:
      '12 CFR 220.12(a), (c): 50 % initial; FINRA Rule 4210(c): 25 % long, 30 % short to hold; Regulatory Notice 09-53: times leverage',
  },
  longOption: {
    loanShare: 0.25,
    months: 9,
    effective: UNIVERSAL_SPREAD_DAY,
    source: 'Cboe Rule 10.3; FINRA Rule 4210(f)(2): 75 % of value for more than nine months',
  },
  minimumEquity: {
    open: 2000,
    maintain: 2000,
    callSessions: 15,
    effective: UNIVERSAL_SPREAD_DAY,
    source: 'FINRA Rule 4210(b): 2,000 dollars; within 15 business days as any deficit, (f)(6)',
  },
  calendarShare: 0.6,
  calendarSource: 'CFE RG13-019: calendar spreads 2,700-3,650 of an outright 5,000',
};

/** Brokers give no loan value, so far as their pages say. */
const NO_LOAN: LongOptionRule = {
  ...EXCHANGE_HOUSE.longOption,
  loanShare: 0,
  source: 'house level (assumption): long options are paid in full at any life',
};

/** Where no call is made an account below the least may only close. */
const CLOSING_ONLY: MinimumEquity = {
  open: 2000,
  maintain: 2000,
  effective: UNIVERSAL_SPREAD_DAY,
  source: 'FINRA Rule 4210(b): 2,000 dollars; Interactive Brokers makes no calls',
};

const HOUSE_RULES: Readonly<Record<BrokerName, HouseRule>> = {
  exchange: EXCHANGE_HOUSE,
  ibkr: { ...EXCHANGE_HOUSE, longOption: NO_LOAN, minimumEquity: CLOSING_ONLY },
  tastytrade: {
    ...EXCHANGE_HOUSE,
    longOption: NO_LOAN,
    minimumEquity: { ...EXCHANGE_HOUSE.minimumEquity, callSessions: 3 },
    volatilityFund: {
      ...EQUITY,
      nakedShare: 1,
      minimumShare: 0.75,
      source: 'tastytrade house: uncovered VXX, UVXY and SVXY options 100/75',
    },
  },
  traditional: {
    ...EXCHANGE_HOUSE,
    longOption: NO_LOAN,
    minimumEquity: { ...EXCHANGE_HOUSE.minimumEquity, callSessions: 3 },
  },
};

/** The built-in levels of a broker. */
export function marginRulesOf(broker: BrokerName): MarginRules {
  return {
    profile: MARGIN_PROFILES[broker],
    house: HOUSE_RULES[broker],
    portfolio: PORTFOLIO_RULES[broker],
  };
}
