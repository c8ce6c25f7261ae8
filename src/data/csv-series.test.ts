import { describe, expect, it } from 'vitest';
import { parseCsvSeries, seriesColumn } from './csv-series.ts';
import type { CsvSchema } from './csv-series.ts';
import { DataError } from './data-error.ts';

const SCHEMA: CsvSchema = {
  file: 'prices.csv',
  key: 'date',
  columns: [
    { name: 'high', rule: 'positive', unit: 'index points', blank: 'missing' },
    { name: 'low', rule: 'positive', unit: 'index points', blank: 'missing' },
    { name: 'close', rule: 'positive', unit: 'index points', blank: 'refused' },
  ],
  checked: [{ name: 'interest', rule: 'non-negative', unit: 'contracts', blank: 'missing' }],
  ordered: [['high', 'low']],
};
const HEADER = 'date,high,low,close,volume';

function read(...lines: readonly string[]): ReturnType<typeof parseCsvSeries> {
  return parseCsvSeries({ file: 'prices.csv', text: `${lines.join('\n')}\n` }, SCHEMA);
}

function errorOf(...lines: readonly string[]): DataError {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

describe('parseCsvSeries', () => {
  it('reads dates and numbers; a blank is NaN', () => {
    const series = read(HEADER, '1970-01-02,3,2,2.5,', '1970-01-05,,,1e1,7');
    expect([...series.day]).toEqual([1, 4]);
    expect([...seriesColumn(series, 'close')]).toEqual([2.5, 10]);
    expect([...seriesColumn(series, 'high')]).toEqual([3, Number.NaN]);
  });

  it('reads a byte-order mark, Windows line ends, quotes and a missing last newline', () => {
    const text = `\uFEFF${HEADER}\r\n1970-01-02,3,2,2.5,"a, ""b"""`;
    expect([...parseCsvSeries({ file: 'x', text }, SCHEMA).day]).toEqual([1]);
  });

  const good = '2020-01-02,3,2,2.5,1';
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      'a truncated row',
      [HEADER, good, '2020-01-03,3,2'],
      'prices.csv:3:15: a row must have 5 fields, was 3 (fields). Remedy: complete the row or remove it.',
    ],
    [
      'a row with too many fields',
      [HEADER, '2020-01-03,3,2,2,1,9', good],
      'prices.csv:2:20: a row must have 5 fields, was 6 (fields). Remedy: remove the extra fields.',
    ],
    [
      'an empty line',
      [HEADER, good, '', '2020-01-03,3,2,2,1'],
      'prices.csv:3:1: a row must have 5 fields, was 1 (fields). Remedy: complete the row or remove it.',
    ],
    [
      'text in a number',
      [HEADER, good, '2020-01-03,3,2,n/a,1'],
      'prices.csv:3:16: close must be a number, was n/a (index points). Remedy: correct the cell.',
    ],
    [
      'a hexadecimal number',
      [HEADER, good, '2020-01-03,0x10,2,2,1'],
      'prices.csv:3:12: high must be a number, was 0x10 (index points). Remedy: correct the cell or leave it blank.',
    ],
    [
      'a blank where a value is needed',
      [HEADER, '2020-01-03,3,2,,1'],
      'prices.csv:2:16: close must be a number, was blank (index points). Remedy: correct the cell.',
    ],
    [
      'a negative price',
      [HEADER, good, '2020-01-03,3,-2,2,1'],
      'prices.csv:3:14: low must be > 0, was -2 (index points). Remedy: correct the cell or leave it blank.',
    ],
    [
      'text in a column that is only checked',
      ['date,high,low,close,interest', good, '2020-01-03,3,2,2,many'],
      'prices.csv:3:18: interest must be a number, was many (contracts). Remedy: correct the cell or leave it blank.',
    ],
    [
      'a high below the low',
      [HEADER, good, '2020-01-03,1,2,2,1'],
      'prices.csv:3:12: high must be >= low 2, was 1. Remedy: correct the row.',
    ],
    [
      'a date that does not exist',
      [HEADER, '2020-02-30,3,2,2,1'],
      'prices.csv:2:1: date must be a date that exists, was 2020-02-30 (YYYY-MM-DD). Remedy: write the date as YYYY-MM-DD.',
    ],
    [
      'a date out of order',
      [HEADER, good, '2020-01-01,3,2,2,1'],
      'prices.csv:3:1: dates must ascend, was 2020-01-01 (after 2020-01-02). Remedy: sort the rows by date.',
    ],
    [
      'a repeated date',
      [HEADER, good, good],
      'prices.csv:3:1: a date must occur once, was 2020-01-02 (after 2020-01-02). Remedy: remove one of the two rows.',
    ],
    [
      'a misspelt column',
      ['date,high,low,clsoe,volume', good],
      'prices.csv:1:15: the header must have a column close, was date,high,low,clsoe,volume. Remedy: rename clsoe to close.',
    ],
    [
      'a missing column',
      ['date,high,low', '2020-01-02,3,2'],
      'prices.csv:1:14: the header must have a column close, was date,high,low. Remedy: add the column close.',
    ],
    [
      'no rows',
      [HEADER],
      'prices.csv:1:1: the file must have a header and at least one row, was empty. Remedy: put the file back.',
    ],
  ];
  for (const [name, lines, message] of cases) {
    it(`places ${name}`, () => {
      const error = errorOf(...lines);
      expect(error.message).toBe(message);
      expect(error.code).toBe(name === 'no rows' ? 'no-data' : 'bad-data');
    });
  }

  it('counts lines, not records, after a quoted line break', () => {
    const error = errorOf(HEADER, '2020-01-02,3,2,2,"two\nlines"', '2020-01-03,3,2,x,1');
    expect([error.line, error.column]).toEqual([4, 16]);
  });

  it('places a quote that never ends', () => {
    const error = errorOf(HEADER, '2020-01-02,3,2,2,"open');
    expect([error.code, error.line]).toEqual(['bad-data', 2]);
  });
});
