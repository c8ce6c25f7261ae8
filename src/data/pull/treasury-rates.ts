import { civilDate, epochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import type { BuiltFile, ParsedPart, PulledRow, PulledText, RawPart } from './pull-source.ts';
import {
  ascending,
  cellNumber,
  countNote,
  csvOf,
  pulledDay,
  refusal,
  refuseOther,
} from './pulled-rows.ts';

/** Day of January from which a year that has ended is taken as final. */
const YEAR_IS_FINAL = 15;

/** One request for each year from the first one on. */
export function yearlyParts(
  first: number,
  today: EpochDay,
  part: (year: number) => { readonly key: string; readonly url: string },
): readonly RawPart[] {
  const last = civilDate(today).year;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_unused, i) => {
    const year = first + i;
    return {
      ...part(year),
      optional: false,
      // The first rows of a year come out after its first session.
      mayBeEmpty: year === last,
      finalOn: epochDay(year + 1, 1, YEAR_IS_FINAL),
      through: epochDay(year, 12, 31),
    };
  });
}

/** Fields of a Treasury feed: its date and, by column, its rates. */
export interface TreasuryFields {
  readonly date: string;
  readonly rates: Readonly<Record<string, string>>;
}

/** Par yields by constant maturity, percent per year. */
export const PAR_YIELDS: TreasuryFields = {
  date: 'NEW_DATE',
  rates: {
    dgs1mo: 'BC_1MONTH',
    dgs3mo: 'BC_3MONTH',
    dgs6mo: 'BC_6MONTH',
    dgs1: 'BC_1YEAR',
    dgs2: 'BC_2YEAR',
    dgs5: 'BC_5YEAR',
    dgs10: 'BC_10YEAR',
    dgs30: 'BC_30YEAR',
  },
};

/** Coupon-equivalent yields of bills, percent per year. */
export const BILL_RATES: TreasuryFields = {
  date: 'INDEX_DATE',
  rates: {
    wk4: 'ROUND_B1_YIELD_4WK_2',
    wk8: 'ROUND_B1_YIELD_8WK_2',
    wk13: 'ROUND_B1_YIELD_13WK_2',
    wk26: 'ROUND_B1_YIELD_26WK_2',
    wk52: 'ROUND_B1_YIELD_52WK_2',
  },
};

/**
 * Rows of a Treasury feed (Atom with `d:` properties), percent per year. An entry whose rates are
 * all blank is left out: 2010-10-11 is a display-only one.
 *
 * Errors: DataError `bad-data` for anything that is no such feed or has no end.
 */
export function treasuryParser(
  fields: TreasuryFields,
): (pulled: PulledText) => readonly PulledRow[] {
  return ({ file, text }) => {
    refuseOther({ file, text }, 'XML');
    if (!/<feed[\s>]/.test(text)) {
      throw refusal(file, { line: 1, rule: 'the XML must be a feed', value: text.slice(0, 60) });
    }
    if (!text.trimEnd().endsWith('</feed>')) {
      throw refusal(file, {
        line: text.split('\n').length,
        rule: 'the feed must end with </feed>',
        value: 'cut off',
      });
    }
    const rows = text
      .split(/<entry[\s>]/)
      .slice(1)
      .map((entry) => entryRow(entry, fields, file))
      .filter(({ cells }) => Object.values(cells).some((value) => !Number.isNaN(value)));
    return ascending(rows, file);
  };
}

function entryRow(entry: string, fields: TreasuryFields, file: string): PulledRow {
  const day = pulledDay(property(entry, fields.date) ?? '', file);
  const cells: Record<string, number> = {};
  for (const [column, name] of Object.entries(fields.rates)) {
    const text = property(entry, name) ?? '';
    const value = text === '' ? Number.NaN : cellNumber(text);
    if (text !== '' && Number.isNaN(value)) {
      throw refusal(file, { rule: `${name} must be a number (percent)`, value: text });
    }
    // The 30-year bond was not issued from 2002 to 2006; its zeros then are fillers.
    cells[column] = name === 'BC_30YEAR' && value === 0 ? Number.NaN : value;
  }
  return { day, cells };
}

/** Text of a property; undefined when it is null or not there. */
function property(entry: string, name: string): string | undefined {
  return new RegExp(`<d:${name}(?:\\s[^>]*)?>([^<]*)</d:${name}>`).exec(entry)?.[1]?.trim();
}

/** All parts of a dated series in one file, rows ascending. */
export function buildSeries(
  file: string,
  columns: readonly string[],
): (parts: readonly ParsedPart[]) => readonly BuiltFile[] {
  return (parts) => {
    const rows = ascending(
      parts.flatMap((part) => part.rows),
      file,
    );
    const kept = rows.filter(({ cells }) =>
      columns.some((name) => !Number.isNaN(cells[name] ?? Number.NaN)),
    );
    const notes = [countNote(rows.length - kept.length, 'without a value left out')];
    return [{ file, text: csvOf(columns, kept), notes: notes.filter((note) => note !== '') }];
  };
}
