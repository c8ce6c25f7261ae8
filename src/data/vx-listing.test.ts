import { describe, expect, it } from 'vitest';
import { epochDay, formatIsoDate } from '../time/epoch-day.ts';
import { listedVxExpiries } from './vx-listing.ts';

const listed = (year: number, month: number, day: number, count: number): readonly string[] =>
  listedVxExpiries(epochDay(year, month, day), count).map(formatIsoDate);

describe('listedVxExpiries', () => {
  it('keeps the two early settlements of 2004', () => {
    expect(listed(2004, 6, 30, 4)).toEqual([
      '2004-07-14',
      '2004-08-18',
      '2004-09-15',
      '2004-10-13',
    ]);
    expect(listed(2004, 7, 14, 2)).toEqual(['2004-08-18', '2004-09-15']);
  });

  it('follows the rule elsewhere', () => {
    expect(listed(2024, 6, 28, 2)).toEqual(['2024-07-17', '2024-08-21']);
  });
});
