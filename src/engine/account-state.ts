import { Ledger } from '../portfolio/ledger.ts';
import { PositionBook } from '../portfolio/position-book.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { NOTHING_MOVED } from '../strategy/budget-transfer.ts';
import type { MovedBudget } from '../strategy/budget-transfer.ts';
import type { ClosedResult } from '../strategy/hurdle.ts';
import { IDLE_LAYER } from '../strategy/hedge-layer.ts';
import type { LayerState, LayerStep } from '../strategy/hedge-layer.ts';
import { NO_CAP, NO_LOSSES } from '../strategy/sizing.ts';
import type { EscalationCap, MartingaleState } from '../strategy/sizing.ts';
import type { OpenTrade } from './open-trade.ts';
import type { PendingOrder, ShiftOrder } from './pending-order.ts';
import { RequirementMemory } from './requirement-memory.ts';
import type { MarginCall } from '../margin/margin-call.ts';
import type { MarginCallType } from '../margin/margin-profile.ts';
import type { MarginStatus } from '../margin/margin-status.ts';
import { createMarginBase } from './margin-base.ts';
import type { MarginBase } from './margin-base.ts';
import type { EndReason } from './run-record.ts';

/** The hedge layers in the order in which they are stepped. */
export const LAYERS: readonly LayerName[] = ['near', 'medium', 'long'];

/** Name of a hedge layer; equals its sleeve. */
export type LayerName = 'near' | 'medium' | 'long';

/** A layer's state with its running counts; dollars unless said. */
export interface LayerTrack {
  state: LayerState;
  /** Id of the layer's open trade, or -1. */
  trade: number;
  openings: number;
  refusals: number;
  notListed: number;
  noData: number;
  triggers: number;
  /** Session on which the trigger was last true. */
  lastTrue: number;
  /** Outcome of the trigger and note of the machine at the last close it was stepped. */
  lastTrigger: LayerStep['trigger'];
  lastNote: string;
  /** Premium paid this calendar year (options), or profit and loss this year (futures). */
  yearSpent: number;
  yearPnlStart: number;
  /** Budget in force, and the largest that was this year. */
  budget: number;
  budgetHigh: number;
  overshoot: number;
  /** Trades whose call left its delta band, and the last of them (its id, or -1). */
  rollsProposed: number;
  rollTrade: number;
  cost: number;
  payoff: number;
}

/** What the layers' budgets rest on, beyond the policy. */
export interface BudgetState {
  /** H of this year, fraction of year-start net liquidation value; NaN before the first close. */
  yearly: number;
  /** Near budget that a price spike moved, and whether one is on. */
  moved: MovedBudget;
  onSpike: boolean;
  /** Multiplier and missing scores that the audit was last told. */
  toldMultiplier: number;
  toldMissing: string;
}

/** Legs an account can hold; a full book is a programmer error. */
export const BOOK_CAPACITY = 1024;

/**
 * All mutable state of one account on one path. Owned by the engine: `step` is the only writer,
 * and nothing outside keeps a reference to its parts.
 */
export class AccountState {
  readonly ledger: Ledger = new Ledger(SLEEVES.length);
  readonly book: PositionBook = new PositionBook(BOOK_CAPACITY);
  readonly trades: OpenTrade[] = [];
  readonly layers: Readonly<Record<LayerName, LayerTrack>> = {
    near: newTrack(),
    medium: newTrack(),
    long: newTrack(),
  };
  /** Decisions waiting for the next close. */
  readonly pending: PendingOrder[] = [];
  /** Second halves of rolls whose first half was closed at this close. */
  readonly shifts: ShiftOrder[] = [];
  readonly budgets: BudgetState = {
    yearly: Number.NaN,
    moved: NOTHING_MOVED,
    onSpike: false,
    toldMultiplier: 1,
    toldMissing: '',
  };
  /** Closed base positions in order. */
  readonly results: ClosedResult[] = [];
  readonly requirementMemory: RequirementMemory = new RequirementMemory();
  nextTrade = 1;
  /** Units of the last base entry in SPX condors; an XSP condor is a tenth. */
  lastEntryUnits = 0;
  escalation: EscalationCap = NO_CAP;
  martingale: MartingaleState = NO_LOSSES;
  /** Net liquidation value at the first session of the year, dollars. */
  yearStartEquity = 0;
  /** Net liquidation value and core risk at the previous close, dollars. */
  previousEquity = 0;
  /** Sum of closed core results of this session, dollars, and how many there were. */
  resultPnl = 0;
  resultCount = 0;
  /** Core risk before the session's closings, dollars. */
  riskBefore = 0;
  /** Lowest excess liquidity and equity seen this session, dollars. */
  excessLow: number = Number.POSITIVE_INFINITY;
  equityWorst: number = Number.POSITIVE_INFINITY;
  marginStatus: MarginStatus = 'OK';
  /** Calls that are out, by type. */
  readonly calls: Map<MarginCallType, MarginCall> = new Map();
  /** Where the attribution of the next margin event begins. */
  readonly marginBase: MarginBase = createMarginBase();
  /** Spread paid on all fills, cents >= 0. */
  spreadCents = 0;
  /** Excess liquidity that units doubled after losses took at entries since the check, cents. */
  doubledCents = 0;
  /** Orders of forced liquidations in this session. */
  liquidationRounds = 0;
  /** No new positions before this day, EpochDay: a call was not met. */
  restrictedUntil = 0;
  peakMarginUse = 0;
  previousDay = 0;
  /** Sessions for which VX margin stays on its stressed level. */
  stressedSessions = 0;
  endedBy: EndReason = 'completed';
  endedDay: number | undefined = undefined;
  ruinDay: number | undefined = undefined;
  readonly counts: { warnings: number; calls: number; liquidations: number; refused: number } = {
    warnings: 0,
    calls: 0,
    liquidations: 0,
    refused: 0,
  };

  /** Open maximum loss of the base positions for sizing and R-21, dollars. */
  openRisk(): number {
    let risk = 0;
    for (const trade of this.trades) {
      if (trade.sleeve === 0) risk += trade.riskPerUnit * trade.unitsOpen;
    }
    return risk;
  }

  /** Base positions open. */
  coreOpen(): number {
    let open = 0;
    for (const trade of this.trades) if (trade.sleeve === 0) open += 1;
    return open;
  }

  /** Keeps what the hurdle of the budgets looks at of a finished base position; day is EpochDay. */
  noteResult({ cashCents, riskPerUnit, units, openedDay }: OpenTrade, closedDay: number): void {
    this.results.push({ pnl: cashCents / 100, risk: riskPerUnit * units, openedDay, closedDay });
  }

  /** The open trade with this id, if any. */
  findTrade(id: number): OpenTrade | undefined {
    return this.trades.find((trade) => trade.id === id);
  }
}

/**
 * Of three values by layer the one of a name. A switch, since a name that varies as a key is looked
 * up anew at every step.
 */
export function ofLayer<Near, Medium, Long>(
  values: { readonly near: Near; readonly medium: Medium; readonly long: Long },
  name: LayerName,
): Near | Medium | Long {
  switch (name) {
    case 'near':
      return values.near;
    case 'medium':
      return values.medium;
    case 'long':
      return values.long;
  }
}

function newTrack(): LayerTrack {
  return {
    state: IDLE_LAYER,
    trade: -1,
    openings: 0,
    refusals: 0,
    notListed: 0,
    noData: 0,
    triggers: 0,
    lastTrue: Number.NEGATIVE_INFINITY,
    lastTrigger: 'not-evaluated',
    lastNote: '',
    yearSpent: 0,
    yearPnlStart: 0,
    budget: 0,
    budgetHigh: 0,
    overshoot: 0,
    rollsProposed: 0,
    rollTrade: -1,
    cost: 0,
    payoff: 0,
  };
}
