import papaparse from 'papaparse';
import { parseIsoDate } from '../../time/epoch-day.ts';
import { brokenRule, csvNumber } from '../csv-series.ts';
import type { ColumnSchema, CsvSchema } from '../csv-series.ts';

/** What a check can find in a file. */
export type FindingRule =
  | 'checksum'
  | 'missing'
  | 'unreadable'
  | 'date'
  | 'duplicate'
  | 'order'
  | 'value'
  | 'gap'
  | 'closed-day'
  | 'tenfold';

/** Rows that break one rule: how many, and the first of them. */
export interface FileFinding {
  readonly rule: FindingRule;
  readonly count: number;
  readonly example: string;
}

/** One sound row: line in the file, EpochDay, values by column (NaN = blank). */
export interface ScannedRow {
  readonly line: number;
  readonly day: number;
  readonly cells: Readonly<Record<string, number>>;
}

/** Every row of a file that can be read, and what is wrong with the others. */
export interface FileScan {
  readonly rows: readonly ScannedRow[];
  readonly findings: readonly FileFinding[];
}

/** Findings by rule, counted as they come up. */
export interface FindingTally {
  readonly add: (rule: FindingRule, example: string) => void;
  readonly list: () => readonly FileFinding[];
}

/** A tally without findings. */
export function createTally(): FindingTally {
  const found = new Map<FindingRule, FileFinding>();
  return {
    add: (rule, example) => {
      const old = found.get(rule);
      found.set(rule, { rule, count: (old?.count ?? 0) + 1, example: old?.example ?? example });
    },
    list: () => [...found.values()],
  };
}

/**
 * Reads a file to its end, where the backtest's reader stops at the first fault: bad dates,
 * repeated and descending dates, forbidden values, highs below lows.
 */
export function scanFile(text: string, schema: CsvSchema): FileScan {
  const tally = createTally();
  const { data } = papaparse.parse<readonly string[]>(text.replace(/^\uFEFF/, '').trimEnd(), {
    delimiter: ',',
  });
  const [header = [], ...records] = data;
  const columns = [...schema.columns, ...(schema.checked ?? [])]
    .map((column) => ({ column, place: header.indexOf(column.name) }))
    .filter(({ place }) => place >= 0);
  const key = header.indexOf(schema.key);
  const rows: ScannedRow[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [i, record] of records.entries()) {
    const line = i + 2;
    const date = record[key] ?? '';
    const parsed = parseIsoDate(date);
    if (!parsed.ok) {
      tally.add('date', `line ${line}: '${date}' is no date YYYY-MM-DD`);
      continue;
    }
    const day = parsed.value;
    if (day === before && schema.repeats !== true) {
      tally.add('duplicate', `line ${line}: ${date} again`);
      continue;
    }
    if (day < before) tally.add('order', `line ${line}: ${date} after a later date`);
    before = Math.max(day, before);
    const cells: Record<string, number> = {};
    for (const { column, place } of columns) {
      cells[column.name] = scanCell(record[place] ?? '', column, (problem) =>
        tally.add('value', `line ${line}: ${date} ${problem}`),
      );
    }
    for (const [upper, lower] of schema.ordered ?? []) {
      const [top, bottom] = [cells[upper] ?? Number.NaN, cells[lower] ?? Number.NaN];
      if (top < bottom) tally.add('value', `line ${line}: ${date} ${upper} ${top} < ${lower}`);
    }
    rows.push({ line, day, cells });
  }
  return { rows, findings: tally.list() };
}

function scanCell(
  text: string,
  { name, rule, blank, unit }: ColumnSchema,
  onProblem: (problem: string) => void,
): number {
  if (text === '') {
    if (blank === 'refused') onProblem(`${name} is blank`);
    return Number.NaN;
  }
  if (rule === 'date') {
    const parsed = parseIsoDate(text);
    if (parsed.ok) return parsed.value;
    onProblem(`${name} '${text}' is no date`);
    return Number.NaN;
  }
  const value = csvNumber(text);
  const broken = brokenRule(value, rule);
  if (broken === undefined) return value;
  onProblem(`${name} must be ${broken}, was ${text} (${unit})`);
  return Number.NaN;
}
