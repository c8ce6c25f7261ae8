import type { Expiry } from '../contracts/contract-kind.ts';
import type { MarginCalculator } from '../margin/strategy-requirement.ts';
import type { MarginProfile } from '../margin/margin-profile.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { QuotedSeries, QuoteSource } from '../market/quote-source.ts';
import type { Marker } from '../pricing/mark-legs.ts';
import type { Policy } from '../strategy/policy.ts';
import type { AccountState, LayerName } from './account-state.ts';
import type { AuditSink } from './audit-sink.ts';
import type { SessionPlan } from './session-plan.ts';

/** Margin rules of the securities segment. */
export type MarginRegime = 'reg-t' | 'portfolio';

/** Settings of a run that are not the policy's. */
export interface RunOptions {
  /** Starting deposit, dollars. */
  readonly equity: number;
  readonly profile: MarginProfile;
  /** Rules of the securities segment; strategy-based unless told. */
  readonly regime?: MarginRegime;
  /** Multiple of every stated half-spread, >= 0; 1 unless told, another to see what slippage does. */
  readonly spreads?: number;
  /** Trade layers before their instruments were listed; titled as such in every report. */
  readonly counterfactual: boolean;
}

/** Multiple of the half-spreads in the ordinary course. */
export function spreadsOf({ options }: Pick<EngineContext, 'options'>): number {
  return options.spreads ?? 1;
}

/**
 * Moments of a close at which a probe may look: `marked`, everything settled, marked and checked
 * but nothing decided; `entry`, exits and layers done, the base position's entry still ahead.
 */
export type ProbeMoment = 'marked' | 'entry';

/** Looks at the account within a close; must not change it nor keep a reference. */
export type Probe = (
  moment: ProbeMoment,
  context: EngineContext,
  account: AccountState,
  session: number,
) => void;

/** Recorded quotes, and which series may be marked by model where they have none. */
export interface QuoteRules {
  readonly source: QuoteSource;
  readonly mayModel: (series: QuotedSeries) => boolean;
}

/** What the engine reads while it steps one policy over one path; nothing in it is mutated. */
export interface EngineContext {
  readonly path: MarketPath;
  readonly plan: SessionPlan;
  readonly policy: Policy;
  /** Hedge layers that the policy has switched on, in the order in which they are stepped. */
  readonly layers: readonly LayerName[];
  readonly options: RunOptions;
  readonly margin: MarginCalculator;
  readonly marker: Marker;
  /** Scratch: the close, and the adverse snapshots of the day. */
  readonly close: MarketSnapshot;
  readonly down: MarketSnapshot;
  readonly up: MarketSnapshot;
  /** Listed SPX expiries of a day (EpochDay), remembered between policies. */
  readonly listedExpiries: (day: number) => readonly Expiry[];
  /** Dollars one unit of the smallest listed product requires; 0 for a policy without options. */
  readonly smallestRequirement: (market: MarketSnapshot) => number;
  readonly sink: AuditSink;
  /** Quotes that SPX and XSP legs are marked and filled at; a run without them marks by model. */
  readonly quotes: QuoteRules | undefined;
  readonly probe: Probe | undefined;
}
