import type { IntentLeg, OpenIntent } from '../strategy/intent.ts';
import type { ChainState } from '../strategy/time-shift.ts';

/** A leg of an open trade with what was paid and received for it; points per unit. */
export interface OpenTradeLeg extends IntentLeg {
  readonly entryPrice: number;
  /** Sum over closed units of exit price, points. */
  exitSum: number;
}

/** A trade while it is open. The engine owns and mutates it; nobody else keeps a reference. */
export interface OpenTrade {
  readonly id: number;
  /** Sleeve code. */
  readonly sleeve: number;
  readonly structure: OpenIntent['structure'];
  /** EpochDay and session index of the entry. */
  readonly openedDay: number;
  readonly openedSession: number;
  /** EpochDay. */
  readonly expiry: number;
  readonly units: number;
  /** Units it would have had without doubling after losses; `units` where nothing was doubled. */
  readonly baseUnits: number;
  unitsOpen: number;
  readonly legs: readonly OpenTradeLeg[];
  /** Net premium at entry, cents: received > 0. */
  readonly premiumCents: number;
  /** Sum of all cash flows including fees and variation, cents. */
  cashCents: number;
  feeCents: number;
  spreadCents: number;
  /** Largest loss of one unit, dollars; undefined when unbounded. */
  readonly maxLossPerUnit: number | undefined;
  /** Risk of one unit for sizing and R-21, dollars. */
  readonly riskPerUnit: number;
  /** Premium paid, or initial margin of a future, dollars. */
  readonly outlay: number;
  /** Condor and strangle, SPX index points. */
  readonly centre: number;
  readonly shortPut: number;
  readonly shortCall: number;
  /** Loss of the put vertical of one unit for -1 % SPX at entry, dollars >= 0. */
  readonly onePercentLossPerUnit: number;
  readonly openReason: string;
  /** Base positions under a rule of time-shifting: the chain of rolls they belong to. */
  chain: ChainState | undefined;
  /** Action of the false-binary table that the audit was last told. */
  toldAction: string | undefined;
}
