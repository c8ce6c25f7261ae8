import { array, assert, nat, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochDay } from '../../time/epoch-day.ts';
import { DataError } from '../data-error.ts';
import { buildCboeIndex, parseCboeIndex } from './cboe-index.ts';
import { buildFomc, parseFomcPage } from './fomc-calendar.ts';
import { buildJoined, parseFredSeries, parseNyFedRates } from './json-rates.ts';
import {
  FOMC_CALENDAR,
  FOMC_YEAR,
  FRED_OBSERVATIONS,
  SOFR_RATES,
  SPX_HISTORY,
  treasuryFeed,
  VIX_HISTORY,
  VX_FINALS,
  VX_NEW,
  VX_OLD,
} from './publisher-samples.fixture.ts';
import type { PulledRow, RawPart } from './pull-source.ts';
import { PULL_SOURCES } from './pull-sources.ts';
import { isoOf } from './pulled-rows.ts';
import { BILL_RATES, buildSeries, PAR_YIELDS, treasuryParser } from './treasury-rates.ts';
import {
  FINAL_ARCHIVE,
  monthlyParts,
  parseVxContract,
  vxPoints,
  weeklyParts,
} from './vx-contract.ts';
import { buildVxMonthly, buildVxWeekly } from './vx-files.ts';

const PART: RawPart = { key: 'a.csv', url: 'u', optional: false, mayBeEmpty: false };
const pulled = (text: string): { file: string; text: string } => ({ file: 'source', text });
const APRIL: RawPart = { ...PART, key: 'CFE_J07_VX.csv', expiry: epochDay(2007, 4, 18) };
const JANUARY: RawPart = { ...PART, key: 'VX_2024-01-17.csv', expiry: epochDay(2024, 1, 17) };

describe('Cboe index histories', () => {
  it('become bars on sessions, with dates of ISO 8601', () => {
    const rows = parseCboeIndex(pulled(VIX_HISTORY));
    const [built] = buildCboeIndex('vix_daily.csv', ['open', 'high', 'low', 'close'])([
      { part: PART, rows },
    ]);
    expect(built?.text).toBe(
      'date,open,high,low,close\n2024-01-02,13.21,14.23,13.1,13.2\n2024-01-03,13.38,14.22,13.33,14.04\n' +
        '2024-01-04,,14.2,13.64,14.13\n2024-01-05,14.24,14.58,13.29,13.35\n2024-01-16,,14.66,13.64,13.84\n',
    );
    expect(built?.notes).toEqual([
      '1 row on days without a session left out',
      '1 row with an open, high or low outside the bar blanked there',
    ]);
  });

  it('with one value have a close alone', () => {
    const rows = parseCboeIndex(pulled(SPX_HISTORY.replaceAll('\n', '\r\n')));
    const [built] = buildCboeIndex('spx_daily.csv', ['open', 'high', 'low', 'close'])([
      { part: PART, rows },
    ]);
    expect(built?.text).toContain('\n2024-01-02,,,,4742.83\n');
  });

  it.each([
    ['<!DOCTYPE html><title>Blocked</title>', /source:1:1: the answer must be CSV, was <!DOCTYPE/],
    ['', /the answer must be CSV, was empty/],
    ['a,b\n1,2\n', /the first column must be date, was a,b/],
    [`${VIX_HISTORY}01/17/2024,13.9,15.`, /source:8:1: the file must end with a whole row/],
    [VIX_HISTORY.replace('14.13', 'n/a'), /source:4:1: close must be a number, was n\/a/],
    [VIX_HISTORY.replace('01/04', '02/30'), /source:4:1: a row must begin with a date that exists/],
    [`${VIX_HISTORY}01/05/2024,1,1,1,1\n`, /a date must occur once, was 2024-01-05/],
    ['DATE,A,B\n01/02/2024,1,2\n', /the header must have CLOSE or one value/],
    ['DATE,CLOSE,OPEN\n01/02/2024,1,2\n', /the header must have a column high/],
  ])('refuse %j', (text, message) => {
    expect(() => parseCboeIndex(pulled(text))).toThrow(message);
  });

  it('take a row that is there twice once', () => {
    const twice = `${VIX_HISTORY}01/05/2024,14.24,14.58,13.29,13.35\n`;
    expect(parseCboeIndex(pulled(twice))).toHaveLength(6);
  });
});

describe('VX contract files', () => {
  it('are divided by ten before 2007-03-26', () => {
    const rows = parseVxContract(pulled(VX_OLD), APRIL);
    expect(rows.map(({ day, cells }) => [isoOf(day), cells['settle']])).toEqual([
      ['2007-03-22', 13.36],
      ['2007-03-23', 13.330000000000002],
      ['2007-03-26', 13.38],
      ['2007-04-18', 12.03],
    ]);
    expect(rows[1]?.cells['open']).toBeNaN();
    expect(rows[0]?.cells).toMatchObject({ volume: 1039, oi: 10711 });
  });

  it('keep prices that are in VIX points already, and blank what VX never was', () => {
    expect(vxPoints(epochDay(2006, 5, 2), 13.3)).toBe(13.3);
    expect(vxPoints(epochDay(2008, 4, 21), 1)).toBeNaN();
    expect(vxPoints(epochDay(2020, 3, 16), 726.25)).toBeNaN();
  });

  it('may have a line before the header and ISO dates', () => {
    expect(parseVxContract(pulled(VX_NEW), JANUARY)).toHaveLength(3);
  });

  it('must be of the contract that was asked for', () => {
    expect(() => parseVxContract(pulled(VX_NEW), APRIL)).toThrow(
      /Futures must be the contract that expires on 2007-04-18, was F \(Jan 2024\)/,
    );
  });

  it('become curve and final settlements, the row of the expiry before the archive', () => {
    const archive = { ...PART, key: FINAL_ARCHIVE };
    const [curve, finals] = buildVxMonthly([
      { part: archive, rows: parseVxContract(pulled(VX_FINALS), archive) },
      { part: APRIL, rows: parseVxContract(pulled(VX_OLD), APRIL) },
    ]);
    expect(curve?.text.split('\n').slice(1, 4)).toEqual([
      '2007-03-22,13.36,,,,,,,,,2007-04-18,,,,,,,,',
      '2007-03-23,13.33,,,,,,,,,2007-04-18,,,,,,,,',
      '2007-03-26,13.38,,,,,,,,,2007-04-18,,,,,,,,',
    ]);
    expect(finals?.text).toBe(
      'expiry,final_settle,source\n2007-03-21,15.975,"CFE final settlement archive"\n' +
        '2007-04-18,12.03,"contract file, row dated on the expiry"\n',
    );
  });

  it('leave a final settlement out that the archive has twice, or not at all', () => {
    const archive = { ...PART, key: FINAL_ARCHIVE };
    const twice = `${VX_FINALS}VX,4,2007,Standard,,13.5,"Volatility, twice"\nVX,5,2007,Standard,,,\n`;
    const rows = parseVxContract(pulled(twice), archive);
    expect(rows.map(({ day }) => isoOf(day))).toEqual(['2007-03-21']);
  });

  it('become weekly rows before the expiry', () => {
    const rows = parseVxContract(pulled(VX_NEW), JANUARY);
    const [built] = buildVxWeekly([{ part: JANUARY, rows }]);
    expect(built?.text.split('\n')[1]).toBe(
      '2024-01-02,2024-01-17,14.2,14.7,14.1,14.3,14.35,1000,90000',
    );
    expect(built?.text.trimEnd().split('\n')).toHaveLength(3);
  });

  it('are named by month until 2012 and by day since, with nine months ahead', () => {
    const parts = monthlyParts(epochDay(2013, 2, 1));
    const keys = parts.map(({ key }) => key);
    expect(keys.slice(0, 3)).toEqual([FINAL_ARCHIVE, 'CFE_J04_VX.csv', 'CFE_K04_VX.csv']);
    expect(keys).toContain('CFE_Z12_VX.csv');
    expect(keys.at(-1)).toBe('VX_2013-10-16.csv');
    const weekly = weeklyParts(epochDay(2015, 9, 1)).map(({ key }) => key);
    expect(weekly.slice(0, 3)).toEqual([
      'VX_2015-08-05.csv',
      'VX_2015-08-12.csv',
      'VX_2015-08-26.csv',
    ]);
  });
});

describe('Treasury feeds', () => {
  const feed = treasuryFeed('NEW_DATE', [
    ['2010-10-08', { BC_1MONTH: 0.13, BC_3MONTH: 0.12, BC_30YEAR: 3.75, BC_30YEARDISPLAY: 3.75 }],
    ['2010-10-11', { BC_1MONTH: null, BC_3MONTH: null, BC_30YEARDISPLAY: 0 }],
    ['2010-10-12', { BC_3MONTH: 0, BC_30YEAR: 0 }],
  ]);

  it('become yields; a zero bill is a rate, a zero bond is none', () => {
    const rows = treasuryParser(PAR_YIELDS)(pulled(feed));
    const [built] = buildSeries('t.csv', Object.keys(PAR_YIELDS.rates))([{ part: PART, rows }]);
    expect(built?.text).toBe(
      'date,dgs1mo,dgs3mo,dgs6mo,dgs1,dgs2,dgs5,dgs10,dgs30\n' +
        '2010-10-08,0.13,0.12,,,,,,3.75\n2010-10-12,,0,,,,,,\n',
    );
  });

  it('have bills in coupon-equivalent yields', () => {
    const bills = treasuryFeed('INDEX_DATE', [
      ['2024-01-02', { ROUND_B1_CLOSE_13WK_2: 5.2, ROUND_B1_YIELD_13WK_2: 5.36 }],
    ]);
    const [row] = treasuryParser(BILL_RATES)(pulled(bills));
    expect(row?.cells['wk13']).toBe(5.36);
  });

  it.each([
    [feed.slice(0, -12), /the feed must end with <\/feed>/],
    ['<html>Access Denied</html>', /the answer must be XML/],
    ['<error/>', /the XML must be a feed/],
    [feed.replace('>0.13<', '>x<'), /BC_1MONTH must be a number/],
    [feed.replace('2010-10-08T', 'Friday'), /a row must begin with a date/],
  ])('are refused when broken: %#', (text, message) => {
    expect(() => treasuryParser(PAR_YIELDS)(pulled(text))).toThrow(message);
  });
});

describe('rates in JSON', () => {
  it('are sorted by day', () => {
    const rows = parseNyFedRates(pulled(SOFR_RATES));
    expect(rows.map(({ day, cells }) => [isoOf(day), cells['value']])).toEqual([
      ['2024-01-02', 5.4],
      ['2024-01-03', 5.39],
    ]);
  });

  it('of FRED stand side by side, a dot is blank', () => {
    const one = parseFredSeries(pulled(FRED_OBSERVATIONS), { ...PART, column: 'us_3m' });
    const [built] = buildJoined('s.csv', ['us_3m', 'de_3m'])([{ part: PART, rows: one }]);
    expect(built?.text).toBe('date,us_3m,de_3m\n2023-11-01,108.11,\n2024-01-01,107.57,\n');
  });

  it.each([
    ['{"refRates":[{"effectiveDate":"2024-01-02","perc', /the answer must be whole JSON/],
    ['<html></html>', /the answer must be JSON/],
    ['{"error":"no"}', /the document must have refRates/],
  ])('are refused when broken: %s', (text, message) => {
    expect(() => parseNyFedRates(pulled(text))).toThrow(message);
  });
});

describe('pages of the Federal Reserve', () => {
  it('give the last day of each meeting, without votes and cancelled ones', () => {
    const rows = parseFomcPage(pulled(FOMC_CALENDAR));
    expect(rows.map(({ day, cells }) => [isoOf(day), cells['scheduled']])).toEqual([
      ['2020-03-15', 0],
      ['2020-04-29', 1],
      ['2024-01-31', 1],
      ['2024-05-01', 1],
      ['2024-06-12', 1],
    ]);
  });

  it('of older years have headings', () => {
    const [built] = buildFomc([{ part: PART, rows: parseFomcPage(pulled(FOMC_YEAR)) }]);
    expect(built?.text).toBe(
      'date,scheduled,source\n2006-02-01,1,fed\n2006-03-28,1,fed\n2006-08-01,1,fed\n2006-08-16,0,fed\n',
    );
  });

  it('are refused when cut off or another page', () => {
    expect(() => parseFomcPage(pulled(FOMC_CALENDAR.slice(0, 300)))).toThrow(/end with <\/html>/);
    expect(() => parseFomcPage(pulled('<html>moved</html>'))).toThrow(/must list FOMC meetings/);
  });
});

/** A sample of each layout with what reads it. */
const LAYOUTS: readonly (readonly [string, string, (text: string) => readonly PulledRow[]])[] = [
  ['bars', VIX_HISTORY, (text) => parseCboeIndex(pulled(text))],
  ['values', SPX_HISTORY, (text) => parseCboeIndex(pulled(text))],
  ['old contract', VX_OLD, (text) => parseVxContract(pulled(text), APRIL)],
  ['new contract', VX_NEW, (text) => parseVxContract(pulled(text), JANUARY)],
  ['archive', VX_FINALS, (text) => parseVxContract(pulled(text), { ...PART, key: FINAL_ARCHIVE })],
  [
    'feed',
    treasuryFeed('NEW_DATE', [['2024-01-02', { BC_3MONTH: 5.4 }]]),
    (text) => treasuryParser(PAR_YIELDS)(pulled(text)),
  ],
  ['rates', SOFR_RATES, (text) => parseNyFedRates(pulled(text))],
  ['observations', FRED_OBSERVATIONS, (text) => parseFredSeries(pulled(text), PART)],
  ['calendar', FOMC_CALENDAR, (text) => parseFomcPage(pulled(text))],
  ['year page', FOMC_YEAR, (text) => parseFomcPage(pulled(text))],
];

describe('garbage', () => {
  /** Rows, or nothing when they are refused with a DataError; any other error is a fault. */
  const rowsOrRefusal = (
    parse: (text: string) => readonly PulledRow[],
    text: string,
  ): readonly PulledRow[] => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof DataError) return [];
      throw error;
    }
  };

  it.each(LAYOUTS)(
    '%s: cut anywhere, it gives no more rows and none elsewhere',
    (_name, sample, parse) => {
      const whole = new Set(parse(sample).map(({ day }) => day));
      for (let length = 0; length < sample.length; length += 1) {
        for (const { day } of rowsOrRefusal(parse, sample.slice(0, length))) {
          expect(whole.has(day)).toBe(true);
        }
      }
    },
  );

  it.each(LAYOUTS)('%s: with other characters it is refused or read', (_name, sample, parse) => {
    const change = record({
      at: nat({ max: sample.length - 1 }),
      drop: nat({ max: 20 }),
      text: string({ maxLength: 8, unit: 'binary' }),
    });
    assert(
      property(array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce(
          (all, { at, drop, text: put }) => all.slice(0, at) + put + all.slice(at + drop),
          sample,
        );
        const days = rowsOrRefusal(parse, text).map(({ day }) => day);
        expect(days.every((day, i) => i === 0 || day > (days[i - 1] ?? 0))).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('the table of sources', () => {
  it('has one source for each file and only addresses of its own hosts', () => {
    const files = PULL_SOURCES.flatMap((source) => source.files);
    expect(new Set(files).size).toBe(files.length);
    for (const source of PULL_SOURCES) {
      for (const part of source.parts(epochDay(2024, 6, 28))) {
        expect(source.hosts).toContain(new URL(part.url).host);
        expect(part.url).toMatch(/^https:/);
      }
    }
  });
});
