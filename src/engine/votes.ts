import { PILLAR_DAYS, PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { breadthDivergenceAt } from '../signals/breadth-divergence.ts';
import { edrCanonical } from '../signals/expected-daily-range.ts';
import { termRatio } from '../signals/term-ratio.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { castVotes, votesInFavour, votesSentence } from '../strategy/soft-votes.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EngineContext } from './context.ts';

/** Pillars of the surface that stand for VIX9D, VIX and VIX3M. */
const NINE_DAYS = 0;
const MONTH = 1;
const QUARTER = 2;

/** The timeframes' votes on short options at a session; undefined when the policy asks for none. */
export function votesAt(
  { policy, path }: Pick<EngineContext, 'policy' | 'path'>,
  session: number,
): readonly RuleCheck[] | undefined {
  const rule = policy.guards?.votes;
  if (rule === undefined || rule === null) return undefined;
  return castVotes(
    {
      dailyRange: dailyRange(path, session),
      dailyRangeBefore: dailyRange(path, session - rule.rangeSessions),
      divergence: divergence(path, session, policy.layers.medium.breadth === 'proxy'),
      termRatio: termRatio(pillarVol(path, session, MONTH), pillarVol(path, session, QUARTER)),
    },
    rule,
  );
}

/** Tells the audit how each timeframe voted. */
export function noteVotes(context: EngineContext, votes: readonly RuleCheck[]): void {
  if (!context.sink.recording) return;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'voted',
    sleeve: 'core',
    reason: votesSentence(votes),
    values: {
      inFavour: votesInFavour(votes),
      needed: context.policy.guards?.votes?.needed ?? 0,
    },
  });
}

/** At-the-money volatility of a pillar, points (14 = 14 %); NaN before the path begins. */
function pillarVol({ theta }: MarketPath, session: number, pillar: number): number {
  const variance = theta[session * PILLARS + pillar] ?? Number.NaN;
  return 100 * Math.sqrt((variance * 365) / (PILLAR_DAYS[pillar] ?? Number.NaN));
}

function dailyRange(path: MarketPath, session: number): number {
  return edrCanonical(path.spxClose[session] ?? Number.NaN, pillarVol(path, session, NINE_DAYS));
}

/** Divergence at a session, on the advance-decline line or else on what stands in for it. */
function divergence(path: MarketPath, session: number, proxy: boolean): number {
  const line = breadthDivergenceAt(path.spxClose, path.advanceDeclineLine, session);
  return Number.isNaN(line) && proxy
    ? breadthDivergenceAt(path.spxClose, path.aboveFiftyDay, session)
    : line;
}
