import { formatIsoDate, asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { locateField } from './csv-position.ts';
import { parseCsvSeries, seriesColumn } from './csv-series.ts';
import type { ColumnSchema, CsvSeries, CsvSource } from './csv-series.ts';
import { DataError } from './data-error.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { commonFrequency, FREQUENCY_RULES, isInStep } from './series-frequency.ts';
import type { SeriesFrequency } from './series-frequency.ts';

/** What is said of a user's series beside its file. */
export interface UserSeriesTerms {
  readonly name: string;
  readonly unit: string;
  readonly source: string;
  /** Undefined: the one that most rows keep. */
  readonly frequency: SeriesFrequency | undefined;
  /** Days from a reference date to its release; undefined: the file has a column `available`. */
  readonly lagDays: number | undefined;
  /** Days since its release at which a value is too old; undefined: by frequency. */
  readonly maxAgeDays: number | undefined;
}

/** A user's series with the release of every value. */
export interface UserSeries extends Omit<UserSeriesTerms, 'frequency' | 'maxAgeDays'> {
  readonly frequency: SeriesFrequency;
  /** One value a row, in column `value`. */
  readonly series: ReleasedSeries;
}

const VALUE: ColumnSchema = { name: 'value', rule: 'finite', unit: 'number', blank: 'refused' };
const AVAILABLE: ColumnSchema = {
  name: 'available',
  rule: 'date',
  unit: 'YYYY-MM-DD',
  blank: 'refused',
};

/**
 * A user's series from a CSV text with the columns `date` (reference date), `value` and, unless a
 * lag is stated, `available` (first day at whose close the value may be used).
 *
 * `lastDay` is the last day of the market data: what was released later cannot have been known.
 *
 * Errors: DataError with line and column for a value that is no finite number, a date that is
 * repeated, out of order, in another step than the frequency, released before it or after `lastDay`;
 * without line when neither column nor lag says when values were known.
 */
export function parseUserSeries(
  source: CsvSource,
  terms: UserSeriesTerms,
  lastDay: EpochDay,
): UserSeries {
  const hasColumn = headerOf(source.text).includes('available');
  checkRelease(source.file, terms, hasColumn);
  const columns = hasColumn ? [VALUE, AVAILABLE] : [VALUE];
  const read = parseCsvSeries(source, { file: source.file, key: 'date', columns });
  const frequency = frequencyOf(source, read, terms.frequency);
  const lag = terms.lagDays ?? 0;
  const release = hasColumn
    ? Int32Array.from(seriesColumn(read, 'available'))
    : read.day.map((day) => day + lag);
  checkRows(source, { read, release, frequency, lastDay, hasColumn });
  const maxAge = terms.maxAgeDays ?? FREQUENCY_RULES[frequency].maxAge;
  return { ...terms, frequency, series: { ...read, release, maxAge } };
}

function headerOf(text: string): readonly string[] {
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  return line.split(',').map((name) => name.replaceAll('"', ''));
}

function checkRelease(file: string, { lagDays }: UserSeriesTerms, hasColumn: boolean): void {
  if (hasColumn === (lagDays === undefined)) return;
  throw new DataError({
    code: 'bad-data',
    file,
    line: 1,
    column: 1,
    rule: 'a series must have either a column available or a stated lag in days',
    value: hasColumn ? 'both' : 'neither',
    remedy: hasColumn
      ? 'leave the lag out, or the column'
      : 'add the column available, state lagDays in a YAML file, or give --series-lag DAYS',
  });
}

function frequencyOf(
  { file, text }: CsvSource,
  { day }: CsvSeries,
  stated: SeriesFrequency | undefined,
): SeriesFrequency {
  const common = commonFrequency(day);
  // A single row keeps any frequency that is stated.
  const kept = day.length > 1 ? common : stated;
  if (kept !== undefined && (stated === undefined || stated === kept)) return kept;
  throw new DataError({
    code: 'bad-data',
    file,
    ...locateField(text, Math.min(2, day.length), 0),
    rule:
      stated === undefined
        ? 'dates must be daily, weekly, monthly or quarterly'
        : `dates of a ${stated} series must ${FREQUENCY_RULES[stated].spacing}`,
    value: common ?? (day.length > 1 ? 'none of these' : 'a single row'),
    remedy:
      common === undefined
        ? 'fill the series in, or state its frequency'
        : `state frequency: ${common}, or correct the dates`,
  });
}

interface CheckedRows {
  readonly read: CsvSeries;
  readonly release: Int32Array;
  readonly frequency: SeriesFrequency;
  readonly lastDay: EpochDay;
  readonly hasColumn: boolean;
}

function checkRows(source: CsvSource, rows: CheckedRows): void {
  const { read, release, frequency, lastDay, hasColumn } = rows;
  const names = headerOf(source.text);
  const refuse = (row: number, column: string, parts: RefusedParts): DataError =>
    new DataError({
      code: 'bad-data',
      file: source.file,
      ...locateField(source.text, row + 1, names.indexOf(column)),
      ...parts,
    });
  const releaseColumn = hasColumn ? 'available' : 'date';
  read.day.forEach((day, row) => {
    const before = read.day[row - 1];
    const known = release[row] ?? Number.NaN;
    if (before !== undefined && !isInStep(frequency, before, day)) {
      throw refuse(row, 'date', {
        rule: `dates of a ${frequency} series must ${FREQUENCY_RULES[frequency].spacing}`,
        value: isoOf(day),
        unit: `${day - before} days after ${isoOf(before)}`,
        remedy: 'fill the gap in, remove the row that is too many, or state another frequency',
      });
    }
    if (!(known >= day)) {
      throw refuse(row, 'available', {
        rule: `a value must not be available before its reference date ${isoOf(day)}`,
        value: isoOf(known),
        remedy: 'correct available: the first day at whose close the value may be used',
      });
    }
    if (!(known <= lastDay)) {
      throw refuse(row, releaseColumn, {
        rule: `a release must not lie after the last day of the market data, ${isoOf(lastDay)}`,
        value: isoOf(known),
        remedy: 'correct the date, cut the file there, or bring the market data up to date',
      });
    }
  });
}

type RefusedParts = Pick<
  ConstructorParameters<typeof DataError>[0],
  'rule' | 'value' | 'unit' | 'remedy'
>;

function isoOf(day: number): string {
  return formatIsoDate(asEpochDay(day));
}
