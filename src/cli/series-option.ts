import { readUserSeries } from '../data/user-series-files.ts';
import { SERIES_FREQUENCIES } from '../data/series-frequency.ts';
import type { SeriesFrequency } from '../data/series-frequency.ts';
import type { UserSeries } from '../data/user-series.ts';
import { alignedTable } from '../report/text-table.ts';
import type { UserSeriesState } from '../run/user-series-state.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { optionalChoice, optionalInteger } from './option-value.ts';
import { UsageError } from './usage-error.ts';

/** Options of a command that shows series of the user's own. */
export const SERIES_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'series',
    kind: 'value',
    valueName: 'LIST',
    summary: 'your own series: FILE.yaml, FILE.csv or NAME=FILE.csv, by commas; weight 0',
  },
  {
    name: 'series-frequency',
    kind: 'value',
    valueName: 'F',
    summary: 'of the CSV files: daily, weekly, monthly or quarterly; found out unless told',
  },
  {
    name: 'series-lag',
    kind: 'value',
    valueName: 'DAYS',
    summary: 'of the CSV files without a column available: days from date to release',
  },
];

/** What the options of a user's series need to be read by. */
export const SERIES_DETAILS: string =
  'A series of your own is a CSV file with the columns date (reference date), value, and ' +
  'available (first day at whose close it may be used) or a stated lag. It is shown with its ' +
  'z-score and age and never traded. Repeated dates, gaps, another frequency than stated, values ' +
  'released before their date or after the data are refused with their line.';

const LAG = { min: 0, max: 3660, otherwise: -1 } as const;

/** The series that --series names, none without it; `lastDay` is the last day of the data. */
export function seriesOf(args: ParsedArguments, lastDay: EpochDay): readonly UserSeries[] {
  const list = args.values.get('series');
  const rest = ['series-frequency', 'series-lag'].find((name) => args.values.has(name));
  if (list === undefined) {
    if (rest !== undefined) throw new UsageError(`--${rest} needs --series.`);
    return [];
  }
  const choice = optionalChoice(args, 'series-frequency', SERIES_FREQUENCIES, '');
  const frequency = SERIES_FREQUENCIES.find((each): each is SeriesFrequency => each === choice);
  const lag = optionalInteger(args, 'series-lag', LAG);
  const terms = { frequency, lagDays: lag < 0 ? undefined : lag };
  return readUserSeries(list.split(','), terms, lastDay);
}

/** A user's series as a JSON value. */
export function seriesJson(state: UserSeriesState): object {
  const { series, value, zScore, referenceDate, availableSince } = state;
  const known = (name: string, number: number, reason: string): object =>
    Number.isFinite(number) ? { [name]: number } : { [name]: null, [`${name}Reason`]: reason };
  const date = (day: EpochDay | undefined): string | null =>
    day === undefined ? null : formatIsoDate(day);
  return {
    name: series.name,
    unit: series.unit,
    source: series.source,
    file: series.series.file,
    frequency: series.frequency,
    release: releaseText(series),
    maxAgeDays: series.series.maxAge,
    ...known('value', value, state.reason),
    ...known('zScore', zScore, state.zScoreReason),
    referenceDate: date(referenceDate),
    availableSince: date(availableSince),
    ...known('ageDays', state.age, 'nothing released yet'),
    visibleRows: state.visible,
    rows: series.series.day.length,
    weight: 0,
  };
}

/** The table of a user's series for people; empty without any. */
export function seriesText(states: readonly UserSeriesState[]): string {
  if (states.length === 0) return '';
  const number = (value: number): string =>
    Number.isNaN(value) ? 'NO DATA' : String(Number(value.toPrecision(6)));
  const date = (day: EpochDay | undefined): string =>
    day === undefined ? 'none yet' : formatIsoDate(day);
  const rows = states.map((state) => [
    state.series.name,
    number(state.value),
    state.series.unit,
    number(state.zScore),
    date(state.referenceDate),
    date(state.availableSince),
    Number.isNaN(state.age) ? '' : String(state.age),
    `${state.series.frequency}, ${releaseText(state.series)}`,
    Number.isNaN(state.value) ? state.reason : 'shown, weight 0',
  ]);
  const head = ['series', 'value', 'unit', 'z', 'of', 'available since', 'age', 'release', 'use'];
  return `\nSeries of your own: shown, never traded\n\n${alignedTable([head, ...rows], [2, 7, 8])}`;
}

function releaseText({ lagDays }: UserSeries): string {
  return lagDays === undefined ? 'column available' : `${lagDays} days after date`;
}
