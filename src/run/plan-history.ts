import { DataError } from '../data/data-error.ts';
import { historicalMarket } from '../data/historical-market.ts';
import type { HistoricalMarket } from '../data/historical-market.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { OpeningBook } from '../engine/adopt-book.ts';
import type { RunOptions } from '../engine/context.ts';
import { planDay } from '../engine/plan-day.ts';
import type { DayPlan } from '../engine/plan-day.ts';
import { planSessions } from '../engine/session-plan.ts';
import type { SessionPlan } from '../engine/session-plan.ts';
import { formatPercent } from '../report/format-number.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import type { Policy } from '../strategy/policy.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** What to plan, after arguments and files were validated. */
export interface PlanRequest {
  readonly dir: string;
  /** The close to plan; undefined = the last one of the data. */
  readonly date: EpochDay | undefined;
  /** First day of the account's history; undefined = a fresh account on the planned day. */
  readonly since: EpochDay | undefined;
  readonly policy: Policy;
  readonly options: RunOptions;
  /** Positions a fresh account holds; undefined = none. */
  readonly book?: OpeningBook;
}

/** A plan and the market it was made on. */
export interface PlannedHistory {
  /** The files as read. */
  readonly folder: MarketFolder;
  readonly market: HistoricalMarket;
  readonly plan: DayPlan;
  /** Signals and calendar the plan was made with. */
  readonly sessions: SessionPlan;
}

/**
 * The plan of one close from recorded data; nothing after that close is read.
 *
 * Errors: DataError `no-data` when the day is no session of the data.
 */
export function planHistory(request: PlanRequest): PlannedHistory {
  const { dir, policy, options, book } = request;
  const folder = readMarketFolder(dir);
  const date = request.date ?? lastSession(folder);
  const from = request.since ?? date;
  const { counterfactual } = options;
  const market = historicalMarket(folder, { from, to: date, counterfactual });
  const { path } = market;
  refuseExpired(book, date);
  const planned = path.day[path.length - 1] ?? 0;
  if (planned !== date) {
    throw new DataError({
      code: 'no-data',
      file: dir,
      rule: '--date must be a trading session of the data',
      value: formatIsoDate(date),
      remedy: `choose a session; the one before it is ${formatIsoDate(asEpochDay(planned))}`,
    });
  }
  const sessions = planSessions(path, computeSignals(path));
  const plan = planDay({ path, plan: sessions, policy, options, ...(book && { book }) });
  return { folder, market, plan, sessions };
}

function refuseExpired(book: OpeningBook | undefined, date: EpochDay): void {
  const expired = book?.legs.find(({ expiry }) => expiry < date);
  if (expired === undefined) return;
  throw new DataError({
    code: 'bad-data',
    file: 'book',
    rule: `a leg must not have expired before ${formatIsoDate(date)}`,
    value: formatIsoDate(asEpochDay(expired.expiry)),
    remedy: 'take settled legs out of the book, or plan an earlier --date',
  });
}

function lastSession({ dir, series }: MarketFolder): EpochDay {
  const last = series.spx?.day.at(-1);
  if (last !== undefined) return asEpochDay(last);
  throw new DataError({
    code: 'not-found',
    file: dir,
    rule: 'the data folder must have SPX closes',
    value: 'no spx_daily.csv',
    remedy: 'point --data at a folder of market files',
  });
}

/** The policy's exits in words. */
export function exitSentences({ exits, layers }: Policy): readonly string[] {
  const lines: string[] = [];
  if (exits.profitTarget !== null) {
    lines.push(
      `Take profit: buy the condor back when ${formatPercent(exits.profitTarget, 0)} of its credit ` +
        'is kept at executable prices.',
    );
  }
  if (exits.stopCreditMultiple !== null) {
    lines.push(`Stop: at a loss of ${exits.stopCreditMultiple} times the credit.`);
  }
  lines.push(
    exits.closeAtDays === null
      ? 'Otherwise it is held to settlement.'
      : `Time: out at the first close with ${exits.closeAtDays} days to expiry, or fewer.`,
  );
  if (layers.near.enabled) {
    lines.push('Near layer: out at the close of the decision day.');
  }
  if (layers.medium.enabled) {
    const { clearSessions, maxSessions, exitDays } = layers.medium;
    lines.push(
      `Medium layer: out after ${clearSessions} sessions without a put-side threat, ` +
        `${maxSessions} sessions, ${exitDays} days left, or the year's budget lost; half at a gain ` +
        'of its outlay.',
    );
  }
  if (layers.long.enabled) {
    const { clearSessions, exitDays, takeProfitMultiple } = layers.long;
    lines.push(
      `Long layer: out after ${clearSessions} sessions without the trigger or with ${exitDays} ` +
        `days left; half at ${takeProfitMultiple} times its premium.`,
    );
  }
  return lines;
}
