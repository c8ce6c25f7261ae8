import type { CloseIntent, OpenIntent } from './intent.ts';

/** Phases of every hedge layer. */
export type LayerPhase = 'IDLE' | 'ARMED' | 'OPEN' | 'HARVEST' | 'COOLDOWN';

/** State of one hedge layer between events. */
export interface LayerState {
  readonly phase: LayerPhase;
  /** Session index at which the phase began. */
  readonly since: number;
  /** Consecutive sessions on which the trigger has been clear. */
  readonly clear: number;
  /** Best profit of the open trade, dollars. */
  readonly peak: number;
}

/** What happened: the daily close, or the fate of an intent the layer emitted. */
export type LayerEvent = 'close' | 'filled' | 'refused' | 'closed';

/** The layer's own open trade, as it stands at this close. */
export interface LayerTrade {
  readonly id: number;
  readonly units: number;
  /** Profit since entry including realised parts, dollars. */
  readonly profit: number;
  /** Premium paid (options) or initial margin (futures) at entry, dollars. */
  readonly outlay: number;
  /** EpochDay, and strike of the bought leg (0 for a future). */
  readonly expiry: number;
  readonly strike: number;
  readonly openedSession: number;
}

/** Tenor aimed at and accepted, calendar days. */
export interface TenorRule {
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
}

/** A listed SPX put. */
export interface SpxPut {
  /** EpochDay and settlement code. */
  readonly expiry: number;
  readonly settlement: number;
  readonly strike: number;
  /** Dollars to buy one. */
  readonly cost: number;
}

/** What a layer may see: point-in-time values at this close. NaN = NO DATA. */
export interface LayerView {
  readonly session: number;
  /** EpochDay. */
  readonly day: number;
  /** Open base positions. */
  readonly condorsOpen: number;
  /** Units of the last entry in SPX condors (an XSP condor is a tenth); 0 before the first. */
  readonly lastEntryUnits: number;
  /** True when some open condor is threatened on its put side. */
  readonly putThreat: boolean;
  /** Sum over put-threatened tranches of the put vertical's loss for -1 % SPX at entry, dollars. */
  readonly onePercentLoss: number;
  /** Sessions to the next scheduled FOMC decision, and its EpochDay. */
  readonly sessionsToFomc: number;
  readonly fomcDay: number;
  /** Sessions to the next CPI release whose schedule is out, and its EpochDay; -1 = none known. */
  readonly sessionsToCpi: number;
  readonly cpiDay: number;
  /** Lowest RSI(14) of the last three sessions. */
  readonly rsiMin3: number;
  /** 1 when SPX closes at a 20-session low, else 0; NaN = NO DATA. */
  readonly spxLow20: number;
  /** 1 when the A/D line is at a 20-session low, else 0; NaN = NO DATA. */
  readonly breadthLow20: number;
  /** 1 when fewer than 30 % of stocks are above their 50-day average and falling. */
  readonly fewAboveFifty: number;
  /** b_T: VX points per -1 % of SPX, 126-session regression. */
  readonly vxSlope: number;
  readonly reerChangeZ: number;
  readonly rateDifferentialZ: number;
  /** Monthly VX expiries, EpochDay ascending. */
  readonly vxExpiries: readonly number[];
  /** Weekly VX expiries that traded enough today to stand beside the monthly ones, EpochDay. */
  readonly liquidWeeklies: readonly number[];
  /** Dollars left of this year's budget, and the whole budget. */
  readonly budgetLeft: number;
  readonly budgetYear: number;
  /** False before the instrument was listed (and no counterfactual was asked for). */
  readonly listed: boolean;
  /** True once VXM is listed. */
  readonly miniListed: boolean;
  readonly trade: LayerTrade | undefined;
  /** Dollar price to buy one unit of a candidate, from the market at this close. */
  readonly vixCallCost: (expiry: number, lower: number, upper: number | undefined) => number;
  /** VIX strike with the given delta on the same-expiry future, on the listed grid. */
  readonly vixStrikeForDelta: (expiry: number, delta: number) => number;
  /** Nearest listed VIX strike. */
  readonly vixStrike: (strike: number) => number;
  /** VX price of an expiry on the monthly curve, VIX points. */
  readonly vxPrice: (expiry: number) => number;
  /** Delta of a VIX call on its same-expiry future, 0..1. */
  readonly vixCallDelta: (expiry: number, strike: number) => number;
  /** Initial margin of one VX or VXM (contract code), dollars. */
  readonly futureInitial: (kind: number, expiry: number) => number;
  /** The listed SPX put nearest to a tenor and moneyness, and its cost; undefined when none. */
  readonly spxPut: (rule: TenorRule, moneyness: number) => SpxPut | undefined;
  /** The short-term VX fund: its index level, dollars a share is counted at, and 30-day VX. */
  readonly etp: { readonly level: number; readonly price: number; readonly vx30: number };
}

/** Result of one step. */
export interface LayerStep {
  readonly state: LayerState;
  readonly intents: readonly (OpenIntent | CloseIntent)[];
  /** Reason of the transition or of staying, for the audit; empty when nothing is worth a line. */
  readonly note: string;
  /** True when the held call left its delta band: a roll is proposed, or under way. */
  readonly rollProposed: boolean;
  /** Outcome of evaluating the trigger at this close. */
  readonly trigger: 'true' | 'false' | 'no-data' | 'not-evaluated';
}

/** The state every layer starts in. */
export const IDLE_LAYER: LayerState = { phase: 'IDLE', since: 0, clear: 0, peak: 0 };

/** The intents of a step that wants nothing. */
export const NO_INTENTS: readonly (OpenIntent | CloseIntent)[] = [];

/**
 * A step without an intent. Every step is this literal or one with the same keys in the same order:
 * objects of one shape are what keeps a simulated session fast.
 */
export function keep(
  state: LayerState,
  trigger: LayerStep['trigger'] = 'not-evaluated',
  note = '',
): LayerStep {
  return { state, intents: NO_INTENTS, note, rollProposed: false, trigger };
}

/** The state with another count of clear sessions and best profit. */
export function noted({ phase, since }: LayerState, clear: number, peak: number): LayerState {
  return { phase, since, clear, peak };
}

/** A state entered at this session. */
export function enter(phase: LayerPhase, session: number): LayerState {
  return { phase, since: session, clear: 0, peak: 0 };
}
