import { existsSync, readFileSync } from 'node:fs';
import papaparse from 'papaparse';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';
import type { VintageRule } from './release-rules.ts';

/** One observation of one vintage of a series that is revised. */
export interface VintageRow {
  /** Day from which the vintage may be used, EpochDay. */
  readonly usableFrom: EpochDay;
  /** Months since year 0 of the period observed; quarters count by their last month. */
  readonly period: number;
  readonly value: number;
}

/** Layout of a vintage file. */
export interface VintageSchema {
  readonly file: string;
  /** Column of the period observed: YYYY-MM or YYYYQn. */
  readonly period: string;
  readonly value: string;
  readonly rule: VintageRule;
}

/**
 * Rows of a vintage file in file order; empty when the file is not there.
 *
 * Vintages are named by quarter (`1994Q3`) and usable by the schema's rule.
 *
 * Errors: DataError `bad-data` with line and column.
 */
export function readVintages(path: string, schema: VintageSchema): readonly VintageRow[] {
  return existsSync(path) ? parseVintages(path, readFileSync(path, 'utf8'), schema) : [];
}

/** As `readVintages`, of a text that is read already; `path` is named in errors only. */
export function parseVintages(
  path: string,
  text: string,
  schema: VintageSchema,
): readonly VintageRow[] {
  const { data } = papaparse.parse<string[]>(text.trimEnd(), { delimiter: ',' });
  const [header = [], ...rows] = data;
  const at = (name: string): number => {
    const place = header.indexOf(name);
    if (place >= 0) return place;
    throw fault(path, 0, 0, `the header must have a column ${name}`, header.join(','));
  };
  const [vintage, period, value] = [at('vintage'), at(schema.period), at(schema.value)];
  return rows.map((row, index) => {
    const quarter = /^(\d{4})Q([1-4])$/.exec(row[vintage] ?? '');
    if (quarter === null)
      throw fault(path, index + 1, vintage, 'a vintage must be YYYYQn', row[vintage]);
    const observed = periodOf(row[period] ?? '');
    if (observed === undefined) {
      throw fault(path, index + 1, period, 'a period must be YYYY-MM or YYYYQn', row[period]);
    }
    const number = Number(row[value]);
    if (!(number > 0)) throw fault(path, index + 1, value, 'a value must be > 0', row[value]);
    const month = 3 * (Number(quarter[2]) - 1) + 2;
    return {
      usableFrom: epochDay(Number(quarter[1]), month, schema.rule.day),
      period: observed,
      value: number,
    };
  });
}

function periodOf(text: string): number | undefined {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null) return 12 * Number(month[1]) + Number(month[2]);
  const quarter = /^(\d{4})Q([1-4])$/.exec(text);
  return quarter === null ? undefined : 12 * Number(quarter[1]) + 3 * Number(quarter[2]);
}

function fault(file: string, row: number, column: number, rule: string, value = ''): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    line: row + 1,
    column: column + 1,
    rule,
    value: value === '' ? 'blank' : value,
    remedy: 'correct the cell',
  });
}
