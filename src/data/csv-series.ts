import papaparse from 'papaparse';
import { invariant } from '../core/invariant.ts';
import { parseIsoDate } from '../time/epoch-day.ts';
import { nearestName } from '../core/nearest-name.ts';
import { locateField } from './csv-position.ts';
import { DataError } from './data-error.ts';

/** Which values a column may hold. `date` columns are ISO dates and become EpochDay numbers. */
export type ColumnRule = 'positive' | 'non-negative' | 'percent' | 'finite' | 'date';

/** One column a reader needs. */
export interface ColumnSchema {
  readonly name: string;
  readonly rule: ColumnRule;
  readonly unit: string;
  /** Whether a blank cell means "missing" (NaN) or is an error. */
  readonly blank: 'missing' | 'refused';
}

/** The part of a file's layout that a reader needs; columns it does not name are ignored. */
export interface CsvSchema {
  readonly file: string;
  /** Column of ISO dates that ascend strictly. */
  readonly key: string;
  /** Several rows may share a date, which then only must not descend. */
  readonly repeats?: true;
  readonly columns: readonly ColumnSchema[];
  /** Columns nobody uses whose cells must be valid all the same, in files that have them. */
  readonly checked?: readonly ColumnSchema[];
  /** Pairs [upper, lower] of columns: upper >= lower wherever both have a value. */
  readonly ordered?: readonly (readonly [string, string])[];
}

/** A dated table: one row per key, ascending; NaN = blank. */
export interface CsvSeries {
  readonly file: string;
  /** EpochDay of each row. */
  readonly day: Int32Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** A column of a series; the schema it was read with has it. */
export function seriesColumn(series: CsvSeries, name: string): Float64Array {
  const column = series.columns.get(name);
  invariant(column !== undefined, `${series.file} was read with a schema that has ${name}`);
  return column;
}

/** Text of a CSV file and the name its errors carry. */
export interface CsvSource {
  readonly file: string;
  readonly text: string;
}

/**
 * The dated table in a CSV text. The first row names the columns.
 *
 * Errors: DataError `no-data` without rows; `bad-data` with the exact place for a missing column,
 * a row of the wrong length, text or a forbidden value in a number, a bad, repeated or
 * out-of-order date, and a broken quote.
 */
export function parseCsvSeries(source: CsvSource, schema: CsvSchema): CsvSeries {
  const text = source.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const table: Table = { file: source.file, text, records: splitRecords(source.file, text) };
  const header = table.records[0] ?? [];
  const rows = table.records.length - 1;
  if (rows < 1) throw noRows(source.file);
  const keyPlace = placeOf(table, header, schema.key);
  const columns = new Map<string, Float64Array>();
  const readers = schema.columns.map((column) => {
    const values = new Float64Array(rows);
    columns.set(column.name, values);
    return { column, values, place: placeOf(table, header, column.name) };
  });
  const checked = (schema.checked ?? [])
    .map((column) => ({ column, place: header.indexOf(column.name) }))
    .filter(({ place }) => place >= 0);
  const day = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const fields = table.records[row + 1] ?? [];
    if (fields.length !== header.length) throw wrongLength(table, row + 1, header.length);
    const least = row === 0 ? undefined : (day[row - 1] ?? 0) + (schema.repeats ? 0 : 1);
    day[row] = readKey(table, row + 1, keyPlace, least);
    for (const reader of readers) {
      reader.values[row] = readCell(table, row + 1, reader.place, reader.column);
    }
    for (const { column, place } of checked) readCell(table, row + 1, place, column);
  }
  for (const [upper, lower] of schema.ordered ?? []) {
    checkOrdered(table, { header, columns, upper, lower });
  }
  return { file: source.file, day, columns };
}

interface Table {
  readonly file: string;
  readonly text: string;
  readonly records: readonly (readonly string[])[];
}

function splitRecords(file: string, text: string): readonly (readonly string[])[] {
  // papaparse: RFC 4180 quoting; without a quote in the text it takes its fast path.
  const parsed = papaparse.parse<string[]>(text, { delimiter: ',', newline: '\n' });
  const broken = parsed.errors[0];
  if (broken !== undefined) {
    const before = text.slice(0, broken.index ?? 0);
    throw new DataError({
      code: 'bad-data',
      file,
      line: before.split('\n').length,
      column: before.length - before.lastIndexOf('\n'),
      rule: 'a quoted field must end with a quote',
      value: broken.message.toLowerCase(),
      remedy: 'close the quote or double it inside the field',
    });
  }
  const last = parsed.data.at(-1);
  return last !== undefined && last.length === 1 && last[0] === ''
    ? parsed.data.slice(0, -1)
    : parsed.data;
}

function placeOf(table: Table, header: readonly string[], name: string): number {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  const near = nearestName(name, header);
  const at = near === undefined ? header.length : header.indexOf(near);
  throw new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, 0, at),
    rule: `the header must have a column ${name}`,
    value: header.join(','),
    remedy: near === undefined ? `add the column ${name}` : `rename ${near.trim()} to ${name}`,
  });
}

function readKey(table: Table, record: number, place: number, least: number | undefined): number {
  const text = table.records[record]?.[place] ?? '';
  const day = readDate(table, record, place);
  if (least === undefined || day >= least) return day;
  const repeated = day === least - 1;
  throw new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, record, place),
    rule: repeated ? 'a date must occur once' : 'dates must ascend',
    value: text,
    unit: `after ${table.records[record - 1]?.[place] ?? ''}`,
    remedy: repeated ? 'remove one of the two rows' : 'sort the rows by date',
  });
}

function readDate(table: Table, record: number, place: number): number {
  const text = table.records[record]?.[place] ?? '';
  const parsed = parseIsoDate(text);
  if (parsed.ok) return parsed.value;
  throw new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, record, place),
    rule: `${table.records[0]?.[place] ?? 'date'} must be a date that exists`,
    value: text === '' ? 'blank' : text,
    unit: 'YYYY-MM-DD',
    remedy: 'write the date as YYYY-MM-DD',
  });
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readCell(table: Table, record: number, place: number, schema: ColumnSchema): number {
  const text = table.records[record]?.[place] ?? '';
  if (text === '' && schema.blank === 'missing') return Number.NaN;
  if (schema.rule === 'date') return readDate(table, record, place);
  const value = csvNumber(text);
  const rule = brokenRule(value, schema.rule);
  if (rule === undefined) return value;
  throw new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, record, place),
    rule: `${schema.name} must be ${rule}`,
    value: text === '' ? 'blank' : text,
    unit: schema.unit,
    remedy: schema.blank === 'missing' ? 'correct the cell or leave it blank' : 'correct the cell',
  });
}

/** Number in a cell; NaN for blank and for text. */
export function csvNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** The rule that a value breaks, in words (`> 0`); undefined when it keeps it. */
export function brokenRule(value: number, rule: ColumnRule): string | undefined {
  if (!Number.isFinite(value)) return 'a number';
  if (rule === 'positive' && !(value > 0)) return '> 0';
  if (rule === 'non-negative' && !(value >= 0)) return '>= 0';
  if (rule === 'percent' && !(value >= 0 && value <= 100)) return 'between 0 and 100';
  return undefined;
}

function wrongLength(table: Table, record: number, wanted: number): DataError {
  const fields = table.records[record]?.length ?? 0;
  return new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, record, Math.min(fields, wanted)),
    rule: `a row must have ${wanted} fields`,
    value: String(fields),
    unit: 'fields',
    remedy: fields < wanted ? 'complete the row or remove it' : 'remove the extra fields',
  });
}

interface OrderedPair {
  readonly header: readonly string[];
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly upper: string;
  readonly lower: string;
}

function checkOrdered(table: Table, pair: OrderedPair): void {
  const upper = pair.columns.get(pair.upper) ?? new Float64Array(0);
  const lower = pair.columns.get(pair.lower) ?? new Float64Array(0);
  const row = upper.findIndex((value, i) => value < (lower[i] ?? Number.NaN));
  if (row < 0) return;
  throw new DataError({
    code: 'bad-data',
    file: table.file,
    ...locateField(table.text, row + 1, pair.header.indexOf(pair.upper)),
    rule: `${pair.upper} must be >= ${pair.lower} ${lower[row]}`,
    value: String(upper[row]),
    remedy: 'correct the row',
  });
}

function noRows(file: string): DataError {
  return new DataError({
    code: 'no-data',
    file,
    line: 1,
    column: 1,
    rule: 'the file must have a header and at least one row',
    value: 'empty',
    remedy: 'put the file back',
  });
}
