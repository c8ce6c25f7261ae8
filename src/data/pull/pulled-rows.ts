import papaparse from 'papaparse';
import { asEpochDay, formatIsoDate, parseIsoDate } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import type { PulledRow, PulledText } from './pull-source.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Lines of prose that may stand before the header ("CFE data is compiled ..."). */
const MOST_PREAMBLE = 3;
const SHOWN = 60;

/** A CSV text as its publisher sends it: header in lower case, rows without trailing blanks. */
export interface PulledTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly records: readonly { readonly line: number; readonly fields: readonly string[] }[];
}

/**
 * The table in a publisher's CSV. Lines before the header, a byte order mark, CRLF and trailing
 * commas are put up with.
 *
 * @param key First column of the header, in lower case.
 *
 * Errors: DataError `no-data` when empty; `bad-data` when it is a web page, has no such header, or
 * ends in the middle of a row.
 */
export function pulledTable({ file, text }: PulledText, key: string): PulledTable {
  refuseOther({ file, text }, 'CSV');
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const cells = (line: string): readonly string[] => splitCells(line).map((cell) => cell.trim());
  const at = lines
    .slice(0, MOST_PREAMBLE + 1)
    .findIndex((line) => cells(line)[0]?.toLowerCase() === key);
  if (at < 0) {
    throw refusal(file, {
      line: 1,
      rule: `the first column must be ${key}`,
      value: shown(lines[0] ?? ''),
    });
  }
  const header = withoutTrailing(cells(lines[at] ?? '').map((cell) => cell.toLowerCase()));
  const records = lines
    .map((line, index) => ({ line: index + 1, fields: withoutTrailing(cells(line)) }))
    .slice(at + 1)
    .filter(({ fields }) => fields.length > 0);
  const last = records.at(-1);
  for (const record of records) {
    // A blank last column is no loss: only a row that is shorter than its commas tell is.
    const offered = cells(lines[record.line - 1] ?? '').length;
    if (record.fields.length <= header.length && offered >= header.length) continue;
    throw refusal(file, {
      line: record.line,
      rule: record === last ? 'the file must end with a whole row' : 'a row must fit the header',
      value: `${record.fields.length > header.length ? record.fields.length : offered} of ${header.length} fields`,
    });
  }
  return { file, header, records };
}

/**
 * Rows of a table: its first column is the date, `names` are the columns read as numbers.
 *
 * Errors: DataError `bad-data` for a column that is not there, a bad date, text in a number.
 */
export function tableRows(table: PulledTable, names: readonly string[]): readonly PulledRow[] {
  const places = names.map((name) => ({ name, place: columnPlace(table, name) }));
  return table.records.map(({ line, fields }) => {
    const cells: Record<string, number> = {};
    for (const { name, place } of places) {
      const text = fields[place] ?? '';
      const value = text === '' ? Number.NaN : cellNumber(text);
      if (text !== '' && Number.isNaN(value)) {
        throw refusal(table.file, { line, rule: `${name} must be a number`, value: shown(text) });
      }
      cells[name] = value;
    }
    return { day: pulledDay(fields[0] ?? '', table.file, line), cells };
  });
}

/** Place of a column in a table; DataError `bad-data` when it has none of that name. */
export function columnPlace({ file, header }: PulledTable, name: string): number {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  throw refusal(file, {
    line: 1,
    rule: `the header must have a column ${name}`,
    value: shown(header.join(',')),
  });
}

/** Number in a publisher's cell; NaN for anything else. */
export function cellNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** EpochDay of `YYYY-MM-DD`, with or without a time, or `M/D/YYYY`; DataError for anything else. */
export function pulledDay(text: string, file: string, line?: number): number {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  const iso =
    american === null
      ? text.trim().replace(/T[\d:.]+Z?$/, '')
      : `${american[3]}-${(american[1] ?? '').padStart(2, '0')}-${(american[2] ?? '').padStart(2, '0')}`;
  const parsed = parseIsoDate(iso);
  if (parsed.ok) return parsed.value;
  throw refusal(file, {
    ...(line === undefined ? {} : { line }),
    rule: 'a row must begin with a date that exists (YYYY-MM-DD or MM/DD/YYYY)',
    value: shown(text),
  });
}

/**
 * Rows by ascending day. A row that is there twice with the same cells counts once.
 *
 * Errors: DataError `bad-data` when two rows of a day differ.
 */
export function ascending(rows: readonly PulledRow[], file: string): readonly PulledRow[] {
  const sorted = rows.toSorted((a, b) => a.day - b.day);
  return sorted.filter((row, i) => {
    const before = sorted[i - 1];
    if (before === undefined || before.day !== row.day) return true;
    const same = Object.keys(row.cells).every((name) =>
      Object.is(row.cells[name], before.cells[name]),
    );
    if (same) return false;
    throw refusal(file, {
      rule: 'a date must occur once',
      value: `${isoOf(row.day)} with other values`,
    });
  });
}

/** Refuses an empty text, and a web page where data are expected. */
export function refuseOther({ file, text }: PulledText, kind: 'CSV' | 'JSON' | 'XML'): void {
  const start = text.trimStart();
  if (start === '') {
    throw new DataError({
      code: 'no-data',
      file,
      rule: `the answer must be ${kind}`,
      value: 'empty',
      remedy: AGAIN,
    });
  }
  const wrong =
    (kind === 'CSV' && start.startsWith('<')) ||
    (kind === 'JSON' && !/^[{[]/.test(start)) ||
    (kind === 'XML' && (!start.startsWith('<') || /^<!doctype html|^<html/i.test(start)));
  if (!wrong) return;
  throw refusal(file, { line: 1, rule: `the answer must be ${kind}`, value: shown(start) });
}

const AGAIN = 'pull again later; if it stays so, open the address in a browser';

/** A DataError `bad-data` about what a publisher sent; nothing of it has been stored. */
export function refusal(
  file: string,
  parts: { readonly line?: number; readonly rule: string; readonly value: string },
): DataError {
  return new DataError({
    code: 'bad-data',
    file,
    ...(parts.line === undefined ? {} : { line: parts.line, column: 1 }),
    rule: parts.rule,
    value: parts.value,
    remedy: `nothing was stored; ${AGAIN}`,
  });
}

/** CSV cell of a number: at most six decimals, blank for NaN. */
export function csvCell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(Number(value.toFixed(6)));
}

/** CSV text of rows with a date first. */
export function csvOf(
  columns: readonly string[],
  rows: readonly PulledRow[],
  key: string = 'date',
): string {
  const lines = rows.map((row) =>
    [isoOf(row.day), ...columns.map((name) => csvCell(row.cells[name]))].join(','),
  );
  return `${[[key, ...columns].join(','), ...lines].join('\n')}\n`;
}

/** `3 rows with ...`, or nothing for none. */
export function countNote(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? 'row' : 'rows'} ${what}`;
}

/** ISO text of a day number. */
export function isoOf(day: number): string {
  return formatIsoDate(asEpochDay(day));
}

/** Cells of a line; only one with quotes needs the slower reader. */
function splitCells(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  return papaparse.parse<readonly string[]>(line, { delimiter: ',' }).data[0] ?? [];
}

function withoutTrailing(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

function shown(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line;
}
