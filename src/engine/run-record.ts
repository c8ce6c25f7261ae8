import type { ContractKind, OptionRight, Settlement } from '../contracts/contract-kind.ts';
import type { Provenance } from '../market/provenance.ts';
import type { Sleeve } from '../portfolio/sleeve.ts';
import type { LegDay } from './leg-days.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { MarginEvent } from './margin-event.ts';
import type { SecondEngineRecord } from './second-engine.ts';

export { SLEEVES } from '../portfolio/sleeve.ts';
export type { Sleeve } from '../portfolio/sleeve.ts';

/** Why the account's course ended early, or that it did not. */
export type EndReason = 'completed' | 'doubling-refused' | 'forced-liquidation' | 'ruined';

/** One leg of a closed trade; prices in the contract's own points per unit. */
export interface TradeLeg {
  readonly kind: ContractKind;
  readonly right: OptionRight | undefined;
  readonly strike: number;
  readonly expiry: EpochDay;
  readonly settlement: Settlement;
  /** Contracts, signed: short < 0. */
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
}

/** A trade from entry to its last closing fill, as the blotter shows it. */
export interface TradeRecord {
  readonly id: number;
  readonly sleeve: Sleeve;
  /** 'condor', 'strangle', 'vix-call-spread', 'vx-future', 'vix-call', 'spx-put'. */
  readonly structure: string;
  readonly openedDay: EpochDay;
  readonly closedDay: EpochDay;
  /** Units (condors, spreads, contracts). */
  readonly quantity: number;
  readonly legs: readonly TradeLeg[];
  /** Net premium at entry in dollars: received > 0, paid < 0, before fees. */
  readonly premium: number;
  /** Fees of all fills, dollars >= 0. */
  readonly fees: number;
  /** Cost of crossing the spread on all fills against the model mid, dollars >= 0. */
  readonly spreadCost: number;
  /** Largest possible loss at entry, dollars >= 0 (before exit costs); null when unbounded. */
  readonly maxLoss: number | null;
  /** Net profit and loss after fees, dollars. */
  readonly pnl: number;
  readonly openReason: string;
  readonly closeReason: string;
  /** Rolled base positions: trade with which the chain began, and rolls before this trade. */
  readonly chain?: { readonly id: number; readonly roll: number };
}

/** Something the account's owner would want to read, in order. */
export interface AuditEvent {
  readonly day: EpochDay;
  readonly kind:
    | 'margin-warning'
    | 'margin-transition'
    | 'liquidation-round'
    | 'broker-debt'
    | 'margin-call'
    | 'call-outcome'
    | 'forced-liquidation'
    | 'doubling-refused'
    | 'ruined'
    | 'layer-transition'
    | 'entry-skipped'
    | 'refused'
    | 'roll-proposed'
    | 'budget-weighted'
    | 'budget-moved'
    | 'voted'
    | 'threat-actions'
    | 'time-shift';
  readonly sleeve: Sleeve;
  /** Reason code, for example 'rsi-and-breadth', 'size-zero', 'quick-ratio'. */
  readonly reason: string;
  /** Figures behind the reason, dollars or the unit in the name. */
  readonly values: Readonly<Record<string, number>>;
}

/** One rung of a Martingale ladder: written at each entry, and at the refusal that ends it. */
export interface MartingaleStep {
  readonly day: EpochDay;
  /** Consecutive losses before this entry; size = n0 * 2^step. */
  readonly step: number;
  readonly units: number;
  /** Requirement of the position asked for, dollars. */
  readonly requirement: number;
  /** Net liquidation value, dollars. */
  readonly equity: number;
  readonly outcome: 'opened' | 'refused' | 'capped';
}

/** What a hedge layer did over the run; dollars. */
export interface LayerRecord {
  readonly sleeve: Sleeve;
  readonly openings: number;
  readonly refusals: number;
  /** Sessions on which the layer was not listed yet. */
  readonly notListed: number;
  /** Sessions on which its trigger had no data. */
  readonly noData: number;
  /** Firings of its trigger: episodes at least ten quiet sessions apart, whatever happened then. */
  readonly triggers: number;
  /** Premiums paid, negative realised variation, fees and spread; >= 0. */
  readonly cost: number;
  /** Sales, settlements and positive variation; >= 0. */
  readonly payoff: number;
  /** Largest overshoot of the yearly budget, dollars >= 0. */
  readonly overshoot: number;
  /** Trades whose call left its delta band: rolls proposed, done only where the rule says so. */
  readonly rollsProposed: number;
}

/** The daily columns of a run; one row per traded session, dollars unless said. */
export interface RunColumns {
  /** EpochDay. */
  readonly day: Int32Array;
  /** Net liquidation value at the close, and at the day's worst mark. */
  readonly equityClose: Float64Array;
  readonly equityWorst: Float64Array;
  /** Maintenance requirement of both segments at the close. */
  readonly marginUsed: Float64Array;
  /** Smallest excess liquidity of the day over both segments and checks. */
  readonly excessLiquidity: Float64Array;
  /** Dollars per +1 % of SPX (beta-weighted; VX by its tenor beta). */
  readonly delta: Float64Array;
  /** Change of delta per +1 % of SPX. */
  readonly gamma: Float64Array;
  /** Dollars per +1 vol point: SPX implied vol for SPX legs, VX points for VIX legs. */
  readonly vega: Float64Array;
  /** Dollars per calendar day. */
  readonly theta: Float64Array;
  /** Cumulative profit and loss per sleeve. Shape: [session][SLEEVES]. */
  readonly sleevePnl: Float64Array;
  /** Cumulative ledger entries in cents. Shape: [session][LEDGER_KINDS]. */
  readonly ledger: Float64Array;
  /** Units of base position open at the close. */
  readonly unitsOpen: Int32Array;
}

/** Everything one policy did on one path. */
export interface RunRecord {
  readonly policy: string;
  readonly startEquity: number;
  readonly columns: RunColumns;
  readonly trades: readonly TradeRecord[];
  readonly events: readonly AuditEvent[];
  /** Calls and liquidations with what caused and what followed them, in order. */
  readonly marginEvents: readonly MarginEvent[];
  readonly martingale: readonly MartingaleStep[];
  readonly layers: readonly LayerRecord[];
  readonly endedBy: EndReason;
  /** Session day on which the course ended, or undefined when it ran to the end. */
  readonly endedDay: EpochDay | undefined;
  /** Entries considered and skipped, by reason. */
  readonly skips: Readonly<Record<string, number>>;
  /** Sessions with a position, by where the mark of its legs came from (leg-days). */
  readonly coverage: Readonly<Record<Provenance, number>>;
  /** Largest drawdown of excess-liquidity coverage: max margin used / equity with loan, 0..1+. */
  readonly peakMarginUse: number;
  /** Count of events by kind. */
  readonly marginWarnings: number;
  readonly marginCalls: number;
  readonly forcedLiquidations: number;
  readonly doublingRefused: number;
  readonly ruined: boolean;
  readonly ruinDay: EpochDay | undefined;
  /** Index options held at each close with what marked them; a run with quotes only. */
  readonly legDays?: readonly LegDay[];
  /** The second engine beside the account; absent: there is none, or a summary was asked. */
  readonly secondEngine?: SecondEngineRecord;
}
