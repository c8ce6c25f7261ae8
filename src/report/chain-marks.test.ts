import { describe, expect, it } from 'vitest';
import type { LegDay } from '../engine/leg-days.ts';
import { epochDay } from '../time/epoch-day.ts';
import { chainMarksJson, chainMarksSection, chainMarksText, plumbingLabel } from './chain-marks.ts';
import type { ChainMarks, ChainMarksOfPolicy } from './chain-marks.ts';
import { compareHtml } from './compare-html.ts';
import { inventedReport } from './compare-report.fixture.ts';
import { verdictOf } from './section-summary.ts';

const ROW: LegDay = {
  day: epochDay(2019, 5, 1),
  trade: 1,
  sleeve: 0,
  series: 'SPX 2019-06-21 PM 2800P',
  quantity: -1,
  source: 'index-model',
  absence: 'crossed',
  bid: NaN,
  ask: NaN,
  mark: 10.5,
  chainModel: NaN,
  chainSmile: NaN,
  indexModel: 10.5,
  deviations: 1,
};

function policy(name: string, entries: number): ChainMarksOfPolicy {
  const unknown = { value: null, reason: 'no quoted leg-day in this band' } as const;
  return {
    policy: name,
    entries,
    closed: 0,
    legDays: 1,
    quoted: 0,
    modelled: 1,
    otherLegDays: 0,
    errors: [
      {
        band: 'core',
        legDays: 2,
        chainModel: { value: 0.25 },
        chainSmile: { value: 1.5 },
        indexModel: unknown,
      },
    ],
    rows: [ROW],
  };
}

function marks(...entries: readonly number[]): ChainMarks {
  return {
    sessions: 56,
    leftOut: [{ what: 'SPX 2019-05-27', reason: 'no session of the exchange' }],
    fallback: 'Without a quote: nothing.',
    policies: entries.map((count, i) => policy(`policy-${i}`, count)),
  };
}

const report = { ...inventedReport(60), chainMarks: marks(8) };

describe('the label of a sample on quotes', () => {
  it.each([
    [[8], 'plumbing: 8 entries, no inference'],
    [[8, 8, 0], 'plumbing: 8 entries, no inference'],
    [[12, 4], 'plumbing: 4–12 entries, no inference'],
    [[1], 'plumbing: 1 entry, no inference'],
    [[0], 'plumbing: 0 entries, no inference'],
  ])('counts the entries of %j', (entries, label) => {
    expect(plumbingLabel(marks(...entries))).toBe(label);
  });

  it('stands where the verdict would', () => {
    const { headline, sentences } = verdictOf(report);
    expect(headline).toBe('plumbing: 8 entries, no inference');
    expect(sentences.map(({ topic }) => topic)).toEqual(['missing']);
    expect(compareHtml(report)).toContain('<h1>plumbing: 8 entries, no inference</h1>');
  });
});

describe('the marks of a report on quotes', () => {
  it('are a table in text and on the page, with what was left out', () => {
    expect(chainMarksText(report)).toMatch(/policy-0 +core +2 +0\.25 +1\.50 +n\/a/);
    expect(chainMarksText(report)).toContain('left out: SPX 2019-05-27, no session');
    const page = chainMarksSection(report).text;
    for (const text of ['0.25', '1.50', 'n/a', 'SPX 2019-05-27']) expect(page).toContain(text);
    expect(compareHtml(report)).toContain('<a href="#marks">Marks</a>');
  });

  it('give every unknown of a row its reason', () => {
    const [found] = (chainMarksJson(report) as { readonly policies: readonly unknown[] }).policies;
    expect(found).toMatchObject({
      errors: [{ band: 'core', chainModel: 0.25, indexModel: null }],
      rows: [
        {
          date: '2019-05-01',
          leg: 'SPX 2019-06-21 PM 2800P',
          source: 'index-model',
          bid: null,
          bidReason: 'not quoted: crossed',
          chainHalfSpreads: null,
          chainHalfSpreadsReason: 'not quoted: crossed',
        },
      ],
    });
  });

  it('are absent from a report without quotes', () => {
    const plain = inventedReport(60);
    expect(chainMarksText(plain)).toBe('');
    expect(chainMarksJson(plain)).toBeUndefined();
    expect(chainMarksSection(plain).text).toBe('');
  });
});
