import type { GridEvidence } from './grid-evidence.ts';
import type { HedgeEvidence } from './hedge-evidence.ts';
import type { Measured } from './measured.ts';
import type { SlippageRow } from './slippage.ts';

/** How well the Sharpe ratio of a policy is known. */
export interface SharpeKnowledge {
  readonly policy: string;
  /** Over bills, a year, and its standard error. */
  readonly sharpe: Measured;
  readonly standardError: Measured;
  /** Probability that the true one is above 0. */
  readonly aboveZero: Measured;
  /** Years after which it would be known to be above 0 with 95 %. */
  readonly yearsNeeded: Measured;
  /** Daily returns, and how many independent ones they are worth. */
  readonly sessions: number;
  readonly effectiveSessions: Measured;
}

/** What true signals were worth among signals that know nothing. */
export interface PlaceboEvidence {
  readonly policy: string;
  /** Final equity with the true signals, and with each placebo; dollars. */
  readonly finalEquity: number;
  readonly placebos: readonly number[];
  /** Share of all, the true one included, that ended at least as high. */
  readonly pValue: number;
}

/** Everything `alvh evidence` shows. */
export interface MeasuredEvidence {
  readonly dataHash: string;
  readonly sharpes: readonly SharpeKnowledge[];
  readonly hedges: HedgeEvidence;
  readonly grid: GridEvidence;
  /** Growth a year of each configuration of the grid. */
  readonly gridGrowth: readonly number[];
  /** Days of the returns that the grid is judged by. */
  readonly gridDays: Int32Array;
  readonly placebo: PlaceboEvidence;
  /** Policies at other spreads and one close later, and the growth of bills a year. */
  readonly slippage: readonly SlippageRow[];
  readonly billGrowth: number;
  /** Configurations tried in all. */
  readonly trials: number;
}
