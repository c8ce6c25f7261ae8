import type { RunRecord, Sleeve } from '../engine/run-record.ts';
import { SLEEVES } from '../engine/run-record.ts';
import type { MarketPath } from '../market/market-path.ts';
import { wilsonInterval } from '../math/wilson-interval.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { condorTotals } from './condor-statistics.ts';
import { conditionalDrawdown, drawdownsAtClose } from './drawdown.ts';
import { returnsOf } from './evidence-metrics.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';
import { pairedIntervals } from './paired-intervals.ts';
import type { PathSummary } from './path-summary.ts';
import { hedgeMetrics, spanYears } from './policy-metrics.ts';
import type { BootstrapSettings } from './superior-ability.ts';

/** What claims are measured on: runs over one history and over common futures, by policy name. */
export interface ClaimInputs {
  readonly path: MarketPath;
  readonly history: ReadonlyMap<string, RunRecord>;
  readonly futures: ReadonlyMap<string, readonly PathSummary[]>;
  readonly bootstrap: BootstrapSettings;
}

/** A measured figure, a fraction, with a 95 % interval where there is one. */
export interface ClaimFinding {
  readonly estimate: Measured;
  readonly low: Measured;
  readonly high: Measured;
  /** What to know before quoting it; empty when nothing. */
  readonly note: string;
}

/** A published statement with the range of its figure and how it is measured here. */
export interface Claim {
  readonly id: string;
  readonly statement: string;
  /** Where it is said: the article, or published pages about the method. */
  readonly saidBy: 'article' | 'published pages';
  /** Range of the figure that would bear the statement out, fractions. */
  readonly published: readonly [number, number];
  readonly measure: string;
  readonly measuredOn: 'history' | 'futures';
  readonly find: (inputs: ClaimInputs) => ClaimFinding;
}

/** What the measurement says of a statement. */
export type ClaimVerdict = 'borne out' | 'contradicted' | 'undecided' | 'not measurable';

/**
 * Contradicted: the interval and the published range do not meet (without an interval, the estimate
 * lies outside). Borne out: the estimate lies inside. Undecided: only the interval reaches it.
 */
export function claimVerdict(claim: Claim, finding: ClaimFinding): ClaimVerdict {
  const [least, most] = claim.published;
  const { value } = finding.estimate;
  if (value === null) return 'not measurable';
  if (value >= least && value <= most) return 'borne out';
  const { value: low } = finding.low;
  const { value: high } = finding.high;
  if (low === null || high === null) return 'contradicted';
  return high < least || low > most ? 'contradicted' : 'undecided';
}

/** Anything above nothing. */
const ABOVE_ZERO = Number.EPSILON;

/** Policies that the claims are measured on. */
export const CLAIM_POLICIES = {
  history: ['unhedged', 'martingale', 'alvh-45', 'ladder-442'],
  futures: ['unhedged', 'martingale', 'martingale-strangle', 'alvh-45'],
} as const;

const METHOD = 'alvh-45';
const PLAIN = 'unhedged';

/** The ledger of claims, in the order of the article and then of the pages. */
export const CLAIMS: readonly Claim[] = [
  {
    id: 'undefined-risk',
    statement: 'Iron condors have undefined risk on their short strikes.',
    saidBy: 'article',
    published: [1.001, Number.MAX_VALUE],
    measure: 'largest loss of any condor over its stated largest loss, before fees',
    measuredOn: 'history',
    find: ({ history }) => {
      const trades = [...history.values()].flatMap((record) => record.trades);
      const shares = trades.flatMap(({ structure, maxLoss, pnl, fees }) =>
        structure === 'condor' && maxLoss !== null && maxLoss > 0 ? [-(pnl + fees) / maxLoss] : [],
      );
      return single(
        shares.length === 0 ? Number.NaN : shares.reduce((a, b) => Math.max(a, b)),
        `${String(shares.length)} condors, the Martingale's among them; the wings bound the loss`,
      );
    },
  },
  {
    id: 'spiral',
    statement: 'Doubling after losses turns falls of 5 % into falls of 50 %.',
    saidBy: 'article',
    published: [ABOVE_ZERO, 1],
    measure: 'Martingale condors: falls of 5 % that became 50 % before a new high',
    measuredOn: 'futures',
    find: ({ futures }) => deepFalls(futures.get('martingale') ?? []),
  },
  {
    id: 'layers-avoid-calls',
    statement: 'Layered VIX hedges avoid margin calls.',
    saidBy: 'article',
    published: [ABOVE_ZERO, 1],
    measure: 'chance of a margin call a year: unhedged condors less alvh-45',
    measuredOn: 'futures',
    find: ({ futures }) => {
      const calls = (name: string): number =>
        (futures.get(name) ?? []).filter(({ marginCall }) => marginCall).length;
      const paths = futures.get(PLAIN)?.length ?? 0;
      const difference = (calls(PLAIN) - calls(METHOD)) / paths;
      const both = wilsonInterval(Math.max(calls(PLAIN), calls(METHOD)), paths);
      return {
        ...single(
          difference,
          `calls: unhedged ${String(calls(PLAIN))}, alvh-45 ${String(calls(METHOD))}, doubling ` +
            `strangles ${String(calls('martingale-strangle'))} of ${String(paths)}; not doubling avoids them`,
        ),
        low: measured(difference - (both.high - both.estimate), 'no futures'),
        high: measured(difference + (both.high - both.estimate), 'no futures'),
      };
    },
  },
  {
    id: 'hedge-budget',
    statement: 'The hedge costs 1 to 2 % of the account a year.',
    saidBy: 'published pages',
    published: [0.01, 0.02],
    measure: 'premium and losses of the layers a year over mean equity, before their payoff',
    measuredOn: 'history',
    find: ({ history }) => hedgeCost(history.get(METHOD)),
  },
  {
    id: 'drawdown-cut',
    statement: 'The hedge makes drawdowns 35 to 40 % smaller.',
    saidBy: 'published pages',
    published: [0.35, 0.4],
    measure: 'CDaR 95 % of alvh-45 below that of unhedged condors, relative',
    measuredOn: 'history',
    find: drawdownCut,
  },
  {
    id: 'unhedged-drawdown',
    statement: 'Unhedged condor accounts fall by more than 38 %.',
    saidBy: 'published pages',
    published: [0.38, 1],
    measure: 'largest drawdown of unhedged condors at 2 % risk each, at closes',
    measuredOn: 'history',
    find: ({ history }) => {
      const record = history.get(PLAIN);
      if (record === undefined) return nothing('no run of unhedged condors');
      const falls = drawdownsAtClose(record.startEquity, record.columns.equityClose);
      return single(
        falls.reduce((a, b) => Math.max(a, b), 0),
        'size decides it',
      );
    },
  },
  {
    id: 'offset-2020',
    statement: 'In 2020 the hedge made good 68 to 82 % of condor losses.',
    saidBy: 'published pages',
    published: [0.68, 0.82],
    measure: 'gain of the layers over loss of the condors, 2020-02-19 to 2020-03-23',
    measuredOn: 'history',
    find: ({ history }) =>
      offset(history.get(METHOD), epochDay(2020, 2, 19), epochDay(2020, 3, 23)),
  },
  {
    id: 'losses-recovered',
    statement: '88 % of dollars lost come back.',
    saidBy: 'published pages',
    published: [0.88, 1],
    measure: 'net gain of the layers over condor losses, whole history',
    measuredOn: 'history',
    find: ({ history }) => {
      const record = history.get(METHOD);
      if (record === undefined) return nothing('no run of the method');
      const lost = record.trades
        .filter(({ sleeve, pnl }) => sleeve === 'core' && pnl < 0)
        .reduce((sum, { pnl }) => sum - pnl, 0);
      return single(
        hedgeMetrics(record.layers).net / lost,
        'by the hedge alone; time-shifting of losing condors is not in alvh-45',
      );
    },
  },
  {
    id: 'one-day-win-rate',
    statement: 'One-day condors win 90 % of the time.',
    saidBy: 'published pages',
    published: [0.9, 0.95],
    measure: 'share of ladder-442 condors closed with a gain',
    measuredOn: 'history',
    find: ({ history }) => {
      const record = history.get('ladder-442');
      if (record === undefined) return nothing('no run of ladder-442');
      const { wins, trades } = condorTotals(record.trades);
      return frequency(wins, trades, 'marks of one-day options are modelled, not quoted');
    },
  },
  {
    id: 'daily-range',
    statement: 'The expected daily range holds on 87 % of days.',
    saidBy: 'published pages',
    published: [0.85, 0.89],
    measure: 'closes within S × VIX / √252 of the close before',
    measuredOn: 'history',
    find: ({ path }) => coverage(path, 1, Math.sqrt(1 / 252)),
  },
  {
    id: 'expected-move',
    statement: 'The expected move over 45 days holds in 68 % of cases.',
    saidBy: 'published pages',
    published: [0.66, 0.7],
    measure: 'closes 31 sessions later within S × VIX × √(45 / 365), every 31st session',
    measuredOn: 'history',
    find: ({ path }) => coverage(path, 31, Math.sqrt(45 / 365)),
  },
];

function hedgeCost(record: RunRecord | undefined): ClaimFinding {
  if (record === undefined) return nothing('no run of the method');
  const { equityClose, day } = record.columns;
  const mean = equityClose.reduce((sum, equity) => sum + equity, 0) / equityClose.length;
  const yearly = spanYears(day) * mean;
  const { cost, net } = hedgeMetrics(record.layers);
  return single(cost / yearly, `after its payoff ${((100 * -net) / yearly).toFixed(2)} % a year`);
}

function drawdownCut({ history, bootstrap }: ClaimInputs): ClaimFinding {
  const [method, plain] = [history.get(METHOD), history.get(PLAIN)];
  if (method === undefined || plain === undefined) return nothing('a run is missing');
  const { conditionalDrawdown95: difference } = pairedIntervals(
    { first: returnsOf(method), second: returnsOf(plain), periodsPerYear: 252 },
    bootstrap,
  );
  const falls = drawdownsAtClose(plain.startEquity, plain.columns.equityClose);
  const base = conditionalDrawdown(falls, 0.95);
  const relative = ({ value, reason }: Measured): Measured =>
    value === null ? unknown(reason) : measured(-value / base, 'unhedged condors never fell');
  return {
    estimate: relative(difference.estimate),
    low: relative(difference.high),
    high: relative(difference.low),
    note: 'resampled days break long drawdowns: the interval may miss the estimate',
  };
}

/** Gain of the layers over the loss of the condors between two closes. */
function offset(record: RunRecord | undefined, from: EpochDay, to: EpochDay): ClaimFinding {
  if (record === undefined) return nothing('no run of the method');
  const { day, sleevePnl } = record.columns;
  const before = day.findLastIndex((at) => at <= from);
  const last = day.findLastIndex((at) => at <= to);
  if (before < 0 || (day.at(-1) ?? 0) < to) return nothing('not in the history');
  const gain = (sleeve: Sleeve): number => {
    const place = SLEEVES.indexOf(sleeve);
    const at = (session: number): number =>
      sleevePnl[session * SLEEVES.length + place] ?? Number.NaN;
    return at(last) - at(before);
  };
  const condors = gain('core');
  const layers = gain('near') + gain('medium') + gain('long');
  const dollars = (value: number): string => `${String(Math.round(value / 1000))}k`;
  const note = `condors ${dollars(condors)}, layers ${dollars(layers)} dollars`;
  return condors < 0 ? single(layers / -condors, note) : nothing(`condors lost nothing: ${note}`);
}

function deepFalls(paths: readonly PathSummary[]): ClaimFinding {
  const episodes = paths.reduce((sum, path) => sum + path.fiftyGivenFive.episodes, 0);
  const hits = paths.reduce((sum, path) => sum + path.fiftyGivenFive.hits, 0);
  return frequency(hits, episodes, `${String(hits)} of ${String(episodes)} falls`);
}

/** Closes `sessions` later within a band of VIX times `root` of the close, without overlap. */
function coverage(path: MarketPath, sessions: number, root: number): ClaimFinding {
  let inside = 0;
  let count = 0;
  for (let row = path.start; row + sessions < path.length; row += sessions) {
    const spot = path.spxClose[row] ?? Number.NaN;
    const band = (spot * (path.vixClose[row] ?? Number.NaN) * root) / 100;
    const move = Math.abs((path.spxClose[row + sessions] ?? Number.NaN) - spot);
    if (!Number.isFinite(move) || !Number.isFinite(band)) continue;
    count += 1;
    if (move <= band) inside += 1;
  }
  return frequency(inside, count, `${String(inside)} of ${String(count)}`);
}

function frequency(events: number, trials: number, note: string): ClaimFinding {
  const { estimate, low, high } = wilsonInterval(events, trials);
  const reason = 'no case to count';
  return {
    estimate: measured(estimate, reason),
    low: measured(low, reason),
    high: measured(high, reason),
    note,
  };
}

function single(estimate: number, note: string): ClaimFinding {
  const none = unknown('one history has no interval for it');
  return {
    estimate: measured(estimate, 'nothing to divide by'),
    low: none,
    high: none,
    note,
  };
}

function nothing(reason: string): ClaimFinding {
  return { estimate: unknown(reason), low: unknown(reason), high: unknown(reason), note: reason };
}
