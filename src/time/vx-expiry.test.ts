import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSession } from './cboe-calendar.ts';
import { asEpochDay, epochDay, formatIsoDate, weekday } from './epoch-day.ts';
import {
  thirdFriday,
  vixWeeklyExpiriesAfter,
  vxExpiriesAfter,
  vxFinalSettlement,
} from './vx-expiry.ts';

// Cboe and CFE expiration calendars; 2027 is the rule's projection.
const FINAL_SETTLEMENTS = `
2018 01-17 02-14 03-21 04-18 05-16 06-20 07-18 08-22 09-19 10-17 11-21 12-19
2019 01-16 02-13 03-19 04-17 05-22 06-19 07-17 08-21 09-18 10-16 11-20 12-18
2020 01-22 02-19 03-18 04-15 05-20 06-17 07-22 08-19 09-16 10-21 11-18 12-16
2021 01-20 02-17 03-17 04-21 05-19 06-16 07-21 08-18 09-15 10-20 11-17 12-22
2022 01-19 02-16 03-15 04-20 05-18 06-15 07-20 08-17 09-21 10-19 11-16 12-21
2023 01-18 02-15 03-22 04-19 05-17 06-21 07-19 08-16 09-20 10-18 11-15 12-20
2024 01-17 02-14 03-20 04-17 05-22 06-18 07-17 08-21 09-18 10-16 11-20 12-18
2025 01-22 02-19 03-18 04-16 05-21 06-18 07-16 08-20 09-17 10-22 11-19 12-17
2026 01-21 02-18 03-18 04-15 05-19 06-17 07-22 08-19 09-16 10-21 11-18 12-16
2027 01-20 02-17 03-17 04-21 05-18 06-16 07-21 08-18 09-15 10-20 11-17 12-22`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [year, ...dates] = line.split(' ');
    return dates.map((date) => `${year}-${date}`);
  });

describe('vxFinalSettlement', () => {
  it('is the published day of all 120 months 2018 to 2027', () => {
    const computed = FINAL_SETTLEMENTS.map((date) =>
      formatIsoDate(vxFinalSettlement(Number(date.slice(0, 4)), Number(date.slice(5, 7)))),
    );
    expect(computed).toHaveLength(120);
    expect(computed).toEqual(FINAL_SETTLEMENTS);
  });

  it('falls on a Wednesday session, else on the Tuesday before', () => {
    for (let year = 2004; year <= 2035; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const day = vxFinalSettlement(year, month);
        expect(isSession(day)).toBe(true);
        expect([2, 3]).toContain(weekday(day));
      }
    }
  });

  it('is a Tuesday in 2014-03 already', () => {
    expect(formatIsoDate(vxFinalSettlement(2014, 3))).toBe('2014-03-18');
  });
});

describe('thirdFriday', () => {
  it('is a calendar day, holiday or not', () => {
    expect(formatIsoDate(thirdFriday(2019, 6))).toBe('2019-06-21');
    expect(formatIsoDate(thirdFriday(2022, 4))).toBe('2022-04-15');
  });
});

describe('vxExpiriesAfter', () => {
  it('starts strictly after the day and runs month by month', () => {
    expect(vxExpiriesAfter(epochDay(2019, 12, 18), 3).map(formatIsoDate)).toEqual([
      '2020-01-22',
      '2020-02-19',
      '2020-03-18',
    ]);
    expect(vxExpiriesAfter(epochDay(2019, 12, 17), 1).map(formatIsoDate)).toEqual(['2019-12-18']);
    expect(vxExpiriesAfter(epochDay(2019, 12, 17), 0)).toEqual([]);
  });
});

describe('vixWeeklyExpiriesAfter', () => {
  it('holds every Wednesday, and the monthly day of its week', () => {
    expect(vixWeeklyExpiriesAfter(epochDay(2024, 6, 5), 4).map(formatIsoDate)).toEqual([
      '2024-06-12',
      '2024-06-18',
      '2024-06-26',
      '2024-07-03',
    ]);
  });

  it('does not return a Tuesday expiry on the Tuesday itself or after', () => {
    expect(vixWeeklyExpiriesAfter(epochDay(2024, 6, 18), 1).map(formatIsoDate)).toEqual([
      '2024-06-26',
    ]);
  });

  it('contains the monthly expiries', () => {
    const start = epochDay(2016, 1, 1);
    const weekly = new Set(vixWeeklyExpiriesAfter(start, 53 * 10));
    expect(vxExpiriesAfter(start, 110).filter((day) => !weekly.has(day))).toEqual([]);
  });
});

/** A file in a data folder that lies beside the checkout, where there is one. */
function besideCheckout(path: string): string | undefined {
  return readdirSync('..')
    .map((folder) => `../${folder}/${path}`)
    .find((candidate) => existsSync(candidate));
}

function column(file: string, index: number): readonly string[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[index] ?? '');
}

describe('downloaded CFE files', () => {
  it('settle monthly contracts on the day of the rule, but for two of 2004', (context) => {
    const file = besideCheckout('data/market/vix_futures_final_settlements.csv');
    if (file === undefined) {
      context.skip('no data/market/vix_futures_final_settlements.csv beside the checkout');
      return;
    }
    const settled = column(file, 0);
    const other = settled.filter(
      (date) =>
        formatIsoDate(vxFinalSettlement(Number(date.slice(0, 4)), Number(date.slice(5, 7)))) !==
        date,
    );
    expect(settled.length).toBeGreaterThan(200);
    expect(other).toEqual(['2004-07-14', '2004-10-13']);
  });

  it('settle weekly contracts on weekly days of the rule', (context) => {
    const file = besideCheckout('data/market/vix_futures_weekly_contracts.csv');
    if (file === undefined) {
      context.skip('no data/market/vix_futures_weekly_contracts.csv beside the checkout');
      return;
    }
    const rule = new Set(
      vixWeeklyExpiriesAfter(asEpochDay(epochDay(2015, 7, 1)), 53 * 12).map(formatIsoDate),
    );
    const settled = new Set(column(file, 1));
    expect(settled.size).toBeGreaterThan(100);
    expect([...settled].filter((date) => !rule.has(date))).toEqual([]);
  });
});
