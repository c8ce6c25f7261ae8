import { array, assert, integer, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';
import { parseUserSeries } from './user-series.ts';
import type { UserSeriesTerms } from './user-series.ts';

const LAST = epochDay(2004, 12, 31);
const TERMS: UserSeriesTerms = {
  name: 'mine',
  unit: 'percent',
  source: 'own count',
  frequency: undefined,
  lagDays: undefined,
  maxAgeDays: undefined,
};
const MONTHS = ['2004-01-31,5,2004-02-10', '2004-02-29,6,2004-03-12', '2004-03-31,4,2004-04-09'];

function parse(
  rows: readonly string[],
  terms: Partial<UserSeriesTerms> = {},
  header = 'date,value,available',
): ReturnType<typeof parseUserSeries> {
  const text = `${[header, ...rows].join('\n')}\n`;
  return parseUserSeries({ file: 'mine.csv', text }, { ...TERMS, ...terms }, LAST);
}

function refusal(...args: Parameters<typeof parse>): DataError {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof DataError) return error;
  }
  throw new Error('was not refused');
}

describe('parseUserSeries', () => {
  it('reads releases from the column and finds the frequency out', () => {
    const { series, frequency } = parse(MONTHS);
    expect(frequency).toBe('monthly');
    expect([...series.release]).toEqual([
      epochDay(2004, 2, 10),
      epochDay(2004, 3, 12),
      epochDay(2004, 4, 9),
    ]);
    expect(series.maxAge).toBe(45);
  });

  it('or takes a stated lag, frequency and age', () => {
    const rows = ['2004-01-05,1', '2004-01-12,2', '2004-01-20,3'];
    const terms = { lagDays: 3, frequency: 'weekly', maxAgeDays: 30 } as const;
    const { series } = parse(rows, terms, 'date,value');
    expect([...series.release]).toEqual([8, 15, 23].map((day) => epochDay(2004, 1, day)));
    expect(series.maxAge).toBe(30);
  });

  it('accepts daily sessions over holidays and quarters of any day', () => {
    const daily = ['2004-07-01,1', '2004-07-02,1', '2004-07-06,1', '2004-07-07,1'];
    expect(parse(daily, { lagDays: 1 }, 'date,value').frequency).toBe('daily');
    const quarters = ['2003-12-31,1', '2004-03-31,1', '2004-06-30,1'];
    expect(parse(quarters, { lagDays: 30 }, 'date,value').frequency).toBe('quarterly');
    const single = { lagDays: 30, frequency: 'quarterly' } as const;
    expect(parse(['2004-06-30,1'], single, 'date,value').series.day.length).toBe(1);
  });

  it.each([
    ['a gap', [...MONTHS, '2004-05-31,3,2004-06-10'], 5, 1, /months in a row, was 2004-05-31/],
    ['a repeated date', [...MONTHS, '2004-03-31,3,2004-06-10'], 5, 1, /a date must occur once/],
    [
      'a row too many',
      [...MONTHS, '2004-04-15,3,2004-05-10', '2004-04-30,3,2004-05-11'],
      6,
      1,
      /months in a row/,
    ],
    [
      'a value released before its date',
      ['2004-01-31,5,2004-01-30', ...MONTHS.slice(1)],
      2,
      14,
      /must not be available before its reference date 2004-01-31/,
    ],
    [
      'a release after the data',
      [...MONTHS, '2004-04-30,5,2005-01-03'],
      5,
      14,
      /must not lie after the last day of the market data, 2004-12-31/,
    ],
    [
      'not a number',
      ['2004-01-31,NaN,2004-02-10', ...MONTHS.slice(1)],
      2,
      12,
      /value must be a number/,
    ],
    [
      'an infinite value',
      ['2004-01-31,Infinity,2004-02-10', ...MONTHS.slice(1)],
      2,
      12,
      /value must be a number/,
    ],
    [
      '1e999, which is not finite',
      ['2004-01-31,1e999,2004-02-10', ...MONTHS.slice(1)],
      2,
      12,
      /value must be a number/,
    ],
    ['a blank value', ['2004-01-31,,2004-02-10', ...MONTHS.slice(1)], 2, 12, /was blank/],
    ['dates out of order', [MONTHS[1] ?? '', MONTHS[0] ?? ''], 3, 1, /dates must ascend/],
    [
      'a date that does not exist',
      ['2004-02-30,1,2004-03-05', ...MONTHS],
      2,
      1,
      /a date that exists/,
    ],
  ])('refuses %s with its line', (_what, rows, line, column, message) => {
    const error = refusal(rows, { frequency: 'monthly' });
    expect(error.message).toMatch(message);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.message).toMatch(/Remedy: .{10}/);
  });

  it('refuses a future date of a series with a lag at the date', () => {
    const rows = ['2004-11-30,1', '2004-12-31,2'];
    const error = refusal(rows, { lagDays: 15, frequency: 'monthly' }, 'date,value');
    expect(error.message).toMatch(/^mine.csv:3:1: a release must not lie after .* was 2005-01-15/);
  });

  it('refuses another frequency than stated, and names the one that fits', () => {
    const error = refusal(MONTHS, { frequency: 'weekly' });
    expect(error.message).toMatch(/weekly series must stand 4 to 10 days apart, was monthly/);
    expect(error.remedy).toContain('frequency: monthly');
    expect(error.line).toBe(3);
    const odd = ['2004-01-01,1,2004-01-02', '2004-02-10,1,2004-02-11', '2004-03-21,1,2004-03-22'];
    expect(refusal(odd).message).toMatch(/must be daily, weekly, monthly or quarterly/);
    expect(refusal(['2004-01-31,1,2004-02-01']).message).toMatch(/a single row/);
  });

  it('refuses to guess when a value was known, or to be told twice', () => {
    expect(refusal(['2004-01-31,5'], {}, 'date,value').message).toMatch(/was neither/);
    expect(refusal(MONTHS, { lagDays: 3 }).message).toMatch(/was both/);
  });

  it('reads files with Windows line ends and a byte order mark', () => {
    const text = `\uFEFF${['date,value,available', ...MONTHS].join('\r\n')}\r\n`;
    const { series } = parseUserSeries({ file: 'mine.csv', text }, TERMS, LAST);
    expect(series.day.length).toBe(3);
  });

  it('answers whatever is written over a good file with values in step or one refusal', () => {
    const good = `date,value,available\n${MONTHS.join('\n')}\n`;
    const edits = array(tuple(integer({ min: 0, max: good.length }), string({ maxLength: 4 })), {
      maxLength: 3,
    });
    assert(
      property(edits, (changes) => {
        let text = good;
        for (const [at, put] of changes) text = text.slice(0, at) + put + text.slice(at + 1);
        try {
          const { series } = parseUserSeries({ file: 'mine.csv', text }, TERMS, LAST);
          series.day.forEach((day, row) => {
            expect(series.release[row]).toBeGreaterThanOrEqual(day);
            expect(series.release[row]).toBeLessThanOrEqual(LAST);
          });
          for (const value of series.columns.get('value') ?? []) {
            expect(Number.isFinite(value)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
