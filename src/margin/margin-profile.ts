import type { EpochDay } from '../time/epoch-day.ts';
import { epochDay } from '../time/epoch-day.ts';
import { LIQUIDATION_PLANS } from './liquidation-plan.ts';
import type { LiquidationPlan } from './liquidation-plan.ts';

/** An index whose options are margined together; SPX and SPXW are one. */
export type MarginUnderlying = 'spx' | 'xsp' | 'vix';

/** How the two sides of an iron condor count: the wider once, or both unless equally wide. */
export type IcRule = 'maxSide' | 'equalWidthElseSum';

/** Which longs may cover a short: any that expires on or after it, or the same expiry only. */
export type CoverRule = 'on-or-after' | 'same-expiry';

/** What follows a deficit: liquidation at once, or a call with a due date. */
export type MarginLifecycle = 'auto' | 'call';

/**
 * What a call is for: a securities deficit under strategy-based rules, the same under portfolio
 * margin, a futures segment below maintenance.
 */
export type MarginCallType = 'house' | 'portfolio' | 'futures';

/** Levels for the options of one underlying. Shares are fractions, 0.15 = 15 %. */
export interface OptionMarginRule {
  /** Share of the index that an uncovered short carries, before its out-of-the-money amount. */
  readonly nakedShare: number;
  /** Least share: of the index for a call, of the strike for a put. */
  readonly minimumShare: number;
  /** Least requirement of one uncovered short, dollars per contract. */
  readonly nakedMinimum: number;
  /** Least requirement of one spread that can lose, dollars per short contract. */
  readonly spreadMinimum: number;
  readonly cover: CoverRule;
  readonly effective: EpochDay;
  readonly source: string;
}

/** A published level of VX maintenance margin, and how long it is taken as known. */
export interface FuturesMarginLevel {
  readonly effective: EpochDay;
  /** Last day on which the level is used: its 250th session. */
  readonly until: EpochDay;
  /** Maintenance of one VX outright, dollars. */
  readonly maintenance: number;
  readonly source: string;
}

/** Levels and model for VX futures; VXM is a tenth by its multiplier. */
export interface FuturesMarginRule {
  /** Initial over maintenance, 1.10 = 110 %. */
  readonly initialRatio: number;
  /** Share of contract value that is maintenance when no level is known. */
  readonly calmShare: number;
  /** The same after a VIX spike. */
  readonly stressedShare: number;
  /** Rise of the VIX in one day that counts as a spike, 0.30 = 30 %. */
  readonly stressRise: number;
  /** Sessions for which a spike is felt, the first being the next one. */
  readonly stressSessions: number;
  /** Factor on every maintenance figure, for sensitivity runs. */
  readonly sensitivity: number;
  readonly levels: readonly FuturesMarginLevel[];
  readonly source: string;
}

/** A broker's margin rules, as data: replace any field to model another broker. */
export interface MarginProfile {
  readonly name: string;
  readonly options: Readonly<Record<MarginUnderlying, OptionMarginRule>>;
  readonly icRule: IcRule;
  /** Factor on a maximum loss that only the universal spread rule recognises, 1.02 = 102 %. */
  readonly universalSpreadFactor: number;
  /** Factor on what closing a short box costs, where that is more than its width; none at most. */
  readonly shortBoxFactor?: number;
  /** Source of the rules of spreads where they are not the broker's own. */
  readonly spreadSource?: string;
  readonly futures: FuturesMarginRule;
  readonly lifecycle: MarginLifecycle;
  /** Sessions until a call is due, by its type; 0 = at once. */
  readonly callSessions: Readonly<Record<MarginCallType, number>>;
  /** Calendar days without new positions after a call that was not met; 0 = none. */
  readonly restrictedDays: number;
  /** Cushion below which the account is warned, share of net liquidation value. */
  readonly warningCushion: number;
  readonly liquidation: LiquidationPlan;
  readonly source: string;
}

const UNIVERSAL_SPREAD_DAY = epochDay(2012, 10, 26);

const BROAD_INDEX: OptionMarginRule = {
  nakedShare: 0.15,
  minimumShare: 0.1,
  nakedMinimum: 0,
  spreadMinimum: 0,
  cover: 'on-or-after',
  effective: UNIVERSAL_SPREAD_DAY,
  source: 'Cboe Rule 10.3; FINRA Rule 4210(f)(2); SEC Rel. 34-67752',
};

const VOLATILITY_INDEX: OptionMarginRule = {
  nakedShare: 0.2,
  minimumShare: 0.1,
  nakedMinimum: 0,
  spreadMinimum: 0,
  cover: 'same-expiry',
  effective: UNIVERSAL_SPREAD_DAY,
  source: 'Cboe VIX option specification: 20/10 of spot VIX; no credit across expiries',
};

const EXCHANGE_FUTURES: FuturesMarginRule = {
  initialRatio: 1.1,
  calmShare: 0.35,
  stressedShare: 0.8,
  stressRise: 0.3,
  stressSessions: 10,
  sensitivity: 1,
  levels: [
    {
      effective: epochDay(2013, 6, 27),
      until: epochDay(2014, 6, 24),
      maintenance: 5000,
      source: 'CFE Regulatory Circular RG13-019, months 1 to 3, used for every month',
    },
  ],
  source: 'CFE RG13-019 (initial 110 %); shares of contract value are an assumption',
};

/** The exchange minimum: Cboe Rule 10.3 for options, CFE ratio for futures. */
export const EXCHANGE_PROFILE: MarginProfile = {
  name: 'exchange',
  options: { spx: BROAD_INDEX, xsp: BROAD_INDEX, vix: VOLATILITY_INDEX },
  icRule: 'maxSide',
  universalSpreadFactor: 1,
  futures: EXCHANGE_FUTURES,
  lifecycle: 'call',
  callSessions: { house: 15, portfolio: 3, futures: 1 },
  restrictedDays: 0,
  warningCushion: 0.1,
  liquidation: LIQUIDATION_PLANS.combos,
  source:
    'Cboe Rule 10.3; FINRA Rule 4210(f)(2), (f)(6): within 15 business days, (g): 3 under portfolio margin',
};

const IBKR_INDEX: OptionMarginRule = {
  ...BROAD_INDEX,
  nakedMinimum: 250,
  source: 'Interactive Brokers index option margin: exchange shares, at least 250 dollars',
};

/** Interactive Brokers' overlay on the exchange minimum; deficits liquidate at once. */
export const IBKR_PROFILE: MarginProfile = {
  name: 'ibkr',
  options: {
    spx: IBKR_INDEX,
    xsp: IBKR_INDEX,
    vix: {
      ...VOLATILITY_INDEX,
      nakedMinimum: 250,
      spreadMinimum: 150,
      source: 'Interactive Brokers: VIX 20/10 of spot, spreads at least 150 dollars',
    },
  },
  icRule: 'equalWidthElseSum',
  universalSpreadFactor: 1.02,
  shortBoxFactor: 1.02,
  futures: {
    ...EXCHANGE_FUTURES,
    initialRatio: 1.25,
    source: 'Interactive Brokers VX margin tables (initial 125 % of maintenance)',
  },
  lifecycle: 'auto',
  callSessions: { house: 0, portfolio: 0, futures: 0 },
  restrictedDays: 0,
  warningCushion: 0.1,
  liquidation: LIQUIDATION_PLANS.combos,
  source:
    'Interactive Brokers knowledge base 600 (condors of equal width) and 199 (liquidation); margin page: short box the more of its width and 1.02 times the cost to close',
};

const HOUSE_INDEX: OptionMarginRule = {
  ...BROAD_INDEX,
  nakedShare: 0.25,
  minimumShare: 0.15,
  source: 'tastytrade house: 25/15 for uncovered broad indices; no credit across expiries',
  cover: 'same-expiry',
};

/** tastytrade: higher shares, VIX shorts at 100/75, calls with due dates. */
export const TASTYTRADE_PROFILE: MarginProfile = {
  name: 'tastytrade',
  options: {
    spx: HOUSE_INDEX,
    xsp: HOUSE_INDEX,
    vix: {
      ...VOLATILITY_INDEX,
      nakedShare: 1,
      minimumShare: 0.75,
      source: 'tastytrade house: uncovered VIX options 100/75 of spot VIX',
    },
  },
  icRule: 'maxSide',
  universalSpreadFactor: 1,
  futures: EXCHANGE_FUTURES,
  lifecycle: 'call',
  callSessions: { house: 3, portfolio: 3, futures: 1 },
  restrictedDays: 90,
  warningCushion: 0.1,
  liquidation: LIQUIDATION_PLANS.combos,
  source: 'tastytrade help pages: margin requirements; maintenance calls T+3, futures T+1',
};

const TRADITIONAL_INDEX: OptionMarginRule = {
  ...BROAD_INDEX,
  nakedShare: 0.2,
  minimumShare: 0.15,
  source: 'house level: 20/15 for uncovered broad indices (OptionsHouse page: 20 %)',
};

/** A traditional house: the exchange minimum with house shares of 20/15, calls by type. */
export const TRADITIONAL_PROFILE: MarginProfile = {
  name: 'traditional',
  options: {
    spx: TRADITIONAL_INDEX,
    xsp: TRADITIONAL_INDEX,
    vix: {
      ...VOLATILITY_INDEX,
      nakedShare: 0.4,
      minimumShare: 0.2,
      source: 'house level (assumption): twice the exchange minimum for VIX',
    },
  },
  icRule: 'maxSide',
  universalSpreadFactor: 1,
  futures: EXCHANGE_FUTURES,
  lifecycle: 'call',
  callSessions: { house: 3, portfolio: 2, futures: 1 },
  restrictedDays: 90,
  warningCushion: 0.1,
  liquidation: LIQUIDATION_PLANS.combos,
  source:
    'FINRA Rule 4210(f); house levels above it; calls T+3, portfolio T+2 (Lightspeed), 90-day restriction',
};

/** Names of the built-in profiles. */
export type BrokerName = 'exchange' | 'ibkr' | 'tastytrade' | 'traditional';

/** The built-in profiles by name. */
export const MARGIN_PROFILES: Readonly<Record<BrokerName, MarginProfile>> = {
  exchange: EXCHANGE_PROFILE,
  ibkr: IBKR_PROFILE,
  tastytrade: TASTYTRADE_PROFILE,
  traditional: TRADITIONAL_PROFILE,
};
