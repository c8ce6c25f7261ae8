import type { VoteRule } from './policy.ts';
import { checkRule } from './rule-check.ts';
import type { RuleCheck } from './rule-check.ts';

/** What the timeframes look at before they vote; NaN = NO DATA. */
export interface VoteView {
  /** Expected daily range now and `rangeSessions` ago, index points. */
  readonly dailyRange: number;
  readonly dailyRangeBefore: number;
  /** Divergence of SPX and breadth: 1 bearish, 0 none, -1 bullish. */
  readonly divergence: number;
  /** 30-day over 93-day at-the-money volatility; above 1 the term structure is inverted. */
  readonly termRatio: number;
}

/**
 * The vote of each timeframe on adding short options: near that the expected daily range does not
 * rise, medium that breadth does not diverge, long that the term structure is not inverted. A vote
 * without data is not in favour. Source: R-34; who votes on what is ours.
 */
export function castVotes(view: VoteView, rule: VoteRule): readonly RuleCheck[] {
  return [
    checkRule({
      id: 'vote-near',
      rule: `expected daily range not above that of ${rule.rangeSessions} sessions ago`,
      value: view.dailyRange,
      threshold: view.dailyRangeBefore,
      relation: '<=',
      unit: 'points',
    }),
    checkRule({
      id: 'vote-medium',
      rule: 'breadth does not diverge from SPX (1 = it does, near a high)',
      value: view.divergence,
      threshold: 0,
      relation: '<=',
      unit: 'sign',
    }),
    checkRule({
      id: 'vote-long',
      rule: '30-day over 93-day volatility: not inverted',
      value: view.termRatio,
      threshold: rule.termRatioMax,
      relation: '<=',
      unit: 'ratio',
    }),
  ];
}

/** Votes in favour. */
export function votesInFavour(votes: readonly RuleCheck[]): number {
  return votes.filter(({ outcome }) => outcome === 'PASS').length;
}

/** The votes as a phrase for the audit: who, how, and on which value. */
export function votesSentence(votes: readonly RuleCheck[]): string {
  return votes.map(voteWords).join(', ');
}

function voteWords({ id, outcome, value, threshold }: RuleCheck): string {
  const who = id.replace('vote-', '');
  if (outcome === 'NO_DATA') return `${who} NO DATA`;
  return `${who} ${outcome === 'PASS' ? 'yes' : 'no'} (${value.toFixed(2)} against ${threshold.toFixed(2)})`;
}
