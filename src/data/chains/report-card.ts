import type { OptionChain } from '../../market/option-chain.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { checkChain, isStale } from './chain-checks.ts';
import type { ChainFlags } from './chain-checks.ts';
import type { ChainFile } from './chain-file.ts';
import { NO_BANDS } from './day-bands.ts';
import type { DayBands } from './day-bands.ts';
import { ROW_RULES } from './row-rules.ts';
import type { RowRule } from './row-rules.ts';

/** Share of a session's rows that may be rejected; with more the session is refused. */
const MOST_REJECTED = 0.2;
/** Share of rows out of order with their neighbours that is ordinary. */
const MOST_OUT_OF_ORDER = 0.005;

/** One underlying and session of a file. */
export interface SessionCard {
  readonly underlying: string;
  readonly day: string;
  readonly minute: number | null;
  readonly rows: number;
  readonly rejected: number;
  readonly expirations: number;
  /** Underlying price; null when the source gives none. */
  readonly spot: number | null;
  /** Rows that named another underlying price than the session's first. */
  readonly otherSpots: number;
  /** Whether the underlying lies within the day's low and high; SPX only, where they are known. */
  readonly spotBand: 'inside' | 'outside' | 'unknown';
  readonly flags: ChainFlags;
  /** Its quotes repeat those of the session before in the file. */
  readonly isStale: boolean;
  /** Whether the session may be stored; a refused one is left out as a whole. */
  readonly isTaken: boolean;
}

/** What a file of chains is worth. */
export interface ReportCard {
  readonly file: string;
  readonly layout: string;
  /** Contracts in the file, taken or not. */
  readonly offered: number;
  readonly rows: number;
  readonly rejected: number;
  readonly rejectedByRule: Readonly<Partial<Record<RowRule, number>>>;
  readonly expirations: number;
  /** First and last session. */
  readonly from: string;
  readonly to: string;
  readonly flags: ChainFlags;
  readonly staleSessions: number;
  readonly refusedSessions: number;
  /** Share of rows with the source's own volatility. */
  readonly sourceVolShare: number;
  /** Share of rows with bid and ask. */
  readonly quotedShare: number;
  /** Where the underlying price came from. */
  readonly spotSource: 'file' | 'none' | 'some sessions';
  readonly sessions: readonly SessionCard[];
}

/** The report card of a file, against the SPX ranges of the days where they are known. */
export function reportCard(source: ChainFile, bands: DayBands = NO_BANDS): ReportCard {
  const sessions = sessionCards(source, bands);
  const counts = [...source.rejections.counts].sort((a, b) => b[1] - a[1]);
  const total = { rows: 0, vols: 0, quoted: 0 };
  const expirations = new Set<number>();
  for (const chain of source.chains) {
    total.rows += chain.rows;
    for (let row = 0; row < chain.rows; row += 1) {
      if ((chain.sourceVol[row] ?? 0) > 0) total.vols += 1;
      if ((chain.bid[row] ?? Number.NaN) >= 0 && (chain.ask[row] ?? Number.NaN) > 0) {
        total.quoted += 1;
      }
      expirations.add(chain.expiry[row] ?? 0);
    }
  }
  const spots = sessions.filter(({ spot }) => spot !== null).length;
  return {
    file: source.file,
    layout: source.layout,
    offered: source.offered,
    rows: total.rows,
    rejected: counts.reduce((sum, [, count]) => sum + count, 0),
    rejectedByRule: Object.fromEntries(counts),
    expirations: expirations.size,
    from: sessions[0]?.day ?? '',
    to: sessions.at(-1)?.day ?? '',
    flags: sumFlags(sessions),
    staleSessions: sessions.filter((session) => session.isStale).length,
    refusedSessions: sessions.filter((session) => !session.isTaken).length,
    sourceVolShare: total.vols / total.rows,
    quotedShare: total.quoted / total.rows,
    spotSource: spots === sessions.length ? 'file' : spots === 0 ? 'none' : 'some sessions',
    sessions,
  };
}

function sessionCards(source: ChainFile, bands: DayBands): readonly SessionCard[] {
  return source.chains.map((chain, place): SessionCard => {
    const before = source.chains[place - 1];
    const rejected = source.rejectedOfChain[place] ?? 0;
    return {
      underlying: chain.underlying,
      day: formatIsoDate(chain.quoteDay),
      minute: chain.quoteMinute ?? null,
      rows: chain.rows,
      rejected,
      expirations: new Set(chain.expiry).size,
      spot: chain.spot > 0 ? chain.spot : null,
      otherSpots: source.otherSpots[place] ?? 0,
      spotBand: bandOf(chain, bands),
      flags: checkChain(chain),
      isStale:
        before !== undefined &&
        before.underlying === chain.underlying &&
        before.quoteDay < chain.quoteDay &&
        isStale(before, chain),
      isTaken: rejected <= MOST_REJECTED * (chain.rows + rejected),
    };
  });
}

/** Where the underlying of a chain lies; a hundredth of a percent is rounding. */
function bandOf(chain: OptionChain, bands: DayBands): SessionCard['spotBand'] {
  const band = chain.underlying === 'SPX' ? bands.get(chain.quoteDay) : undefined;
  if (band === undefined || !(chain.spot > 0)) return 'unknown';
  return chain.spot >= band.low * 0.9999 && chain.spot <= band.high * 1.0001 ? 'inside' : 'outside';
}

function sumFlags(sessions: readonly SessionCard[]): ChainFlags {
  const sum = (flag: keyof ChainFlags): number =>
    sessions.reduce((total, session) => total + session.flags[flag], 0);
  return {
    crossed: sum('crossed'),
    noAsk: sum('noAsk'),
    notMonotone: sum('notMonotone'),
    notConvex: sum('notConvex'),
    offParity: sum('offParity'),
    farForwards: sum('farForwards'),
  };
}

/**
 * Whether a check found anything a person should look at: rejected, crossed or repeated quotes, a
 * wrong underlying, or prices out of order in more than one row of two hundred (a few are the
 * ordinary lag between far strikes).
 */
export function hasFindings(card: ReportCard): boolean {
  const { crossed, notMonotone, notConvex, offParity, farForwards } = card.flags;
  const outOfOrder = notMonotone + notConvex + offParity;
  const wrongSpots = card.sessions.some(
    ({ otherSpots, spotBand }) => otherSpots > 0 || spotBand === 'outside',
  );
  const plain = card.rejected + crossed + farForwards + card.staleSessions;
  return plain > 0 || wrongSpots || outOfOrder > MOST_OUT_OF_ORDER * card.rows;
}

/** The rejected rows as CSV: line, rule, what it demands, record as it stood. */
export function rejectedRowsCsv({ rejections }: ChainFile): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rejections.rows.map(({ line, rule, record }) =>
    [line, rule, quoted(ROW_RULES[rule]), quoted(record)].join(','),
  );
  return `line,rule,demand,record\n${lines.join('\n')}\n`;
}
