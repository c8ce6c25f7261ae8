import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CFE_ONLY_DAYS,
  closeFraction,
  isEarlyClose,
  isHoliday,
  isSession,
  nextSession,
  nthWeekday,
  previousSession,
  sessionsBetween,
} from './cboe-calendar.ts';
import { asEpochDay, epochDay, formatIsoDate, parseIsoDate } from './epoch-day.ts';
import type { EpochDay } from './epoch-day.ts';

function day(text: string): EpochDay {
  const parsed = parseIsoDate(text);
  if (!parsed.ok) throw new Error(`a date in the test is impossible: ${text}`);
  return parsed.value;
}

function weekdaysClosed(year: number): readonly string[] {
  const closed: string[] = [];
  for (
    let each = epochDay(year, 1, 1);
    each < epochDay(year + 1, 1, 1);
    each = asEpochDay(each + 1)
  ) {
    if (isHoliday(each)) closed.push(formatIsoDate(each));
  }
  return closed.sort();
}

// NYSE holiday notices of these years.
describe('holidays of a year', () => {
  it.each([
    [1990, '01-01 02-19 04-13 05-28 07-04 09-03 11-22 12-25'],
    [1994, '02-21 04-01 04-27 05-30 07-04 09-05 11-24 12-26'],
    [1998, '01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25'],
    [2001, '01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 09-13 09-14 11-22 12-25'],
    [2004, '01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24'],
    [2007, '01-01 01-02 01-15 02-19 04-06 05-28 07-04 09-03 11-22 12-25'],
    [2011, '01-17 02-21 04-22 05-30 07-04 09-05 11-24 12-26'],
    [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25'],
    [2018, '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25'],
    [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24'],
    [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26'],
    [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25'],
    [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25'],
    [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24'],
  ])('%i', (year, dates) => {
    expect(weekdaysClosed(year)).toEqual(dates.split(' ').map((date) => `${year}-${date}`));
  });

  it('leave out the Friday before a New Year on Saturday', () => {
    expect(isSession(epochDay(1999, 12, 31))).toBe(true);
    expect(isSession(epochDay(2010, 12, 31))).toBe(true);
    expect(isSession(epochDay(2021, 12, 31))).toBe(true);
  });

  it('are no sessions though VX futures settled', () => {
    expect(CFE_ONLY_DAYS.filter(isSession)).toEqual([]);
  });
});

describe('sessions', () => {
  it('come strictly after and before a day', () => {
    expect(formatIsoDate(nextSession(day('2001-09-10')))).toBe('2001-09-17');
    expect(formatIsoDate(previousSession(day('2001-09-17')))).toBe('2001-09-10');
    expect(formatIsoDate(nextSession(day('2024-03-28')))).toBe('2024-04-01');
    expect(formatIsoDate(previousSession(day('2024-01-02')))).toBe('2023-12-29');
  });

  it('are counted without the first day and with the last', () => {
    expect(sessionsBetween(day('2024-03-28'), day('2024-04-01'))).toBe(1);
    expect(sessionsBetween(day('2024-01-05'), day('2024-01-05'))).toBe(0);
    expect(sessionsBetween(day('2023-12-31'), day('2024-12-31'))).toBe(252);
    expect(sessionsBetween(day('2022-12-31'), day('2023-12-31'))).toBe(250);
  });

  it('count the same in one step and in two', () => {
    const start = day('2011-12-30');
    for (let ahead = 1; ahead < 400; ahead += 7) {
      const middle = asEpochDay(start + ahead);
      const end = asEpochDay(start + 400);
      expect(sessionsBetween(start, middle) + sessionsBetween(middle, end)).toBe(
        sessionsBetween(start, end),
      );
    }
  });

  it('know the n-th weekday of a month', () => {
    expect(formatIsoDate(nthWeekday(2024, 11, 4, 4))).toBe('2024-11-28');
    expect(formatIsoDate(nthWeekday(2019, 3, 5, 1))).toBe('2019-03-01');
  });
});

// Cboe and NYSE trading hours notices 2017-2027; earlier years as in pandas_market_calendars.
const EARLY_CLOSES = `1992-11-27 1992-12-24 1993-11-26 1994-11-25 1995-07-03 1995-11-24 1996-07-05
1996-11-29 1996-12-24 1997-07-03 1997-11-28 1997-12-24 1997-12-26 2002-07-05 2002-11-29 2002-12-24
2003-07-03 2003-11-28 2003-12-24 2003-12-26 2013-07-03 2013-11-29 2013-12-24 2017-07-03 2017-11-24
2018-07-03 2018-11-23 2018-12-24 2019-07-03 2019-11-29 2019-12-24 2020-11-27 2020-12-24 2021-11-26
2022-11-25 2023-07-03 2023-11-24 2024-07-03 2024-11-29 2024-12-24 2025-07-03 2025-11-28 2025-12-24
2026-11-27 2026-12-24 2027-11-26`.split(/\s+/);

describe('early closes', () => {
  it('are those of the notices, and no other, in the years listed', () => {
    const years = new Set(EARLY_CLOSES.map((date) => date.slice(0, 4)));
    const found: string[] = [];
    for (
      let each = epochDay(1992, 1, 1);
      each < epochDay(2028, 1, 1);
      each = asEpochDay(each + 1)
    ) {
      const date = formatIsoDate(each);
      if (years.has(date.slice(0, 4)) && isEarlyClose(each)) found.push(date);
    }
    expect(found).toEqual(EARLY_CLOSES);
  });

  it('end at 13:00, until 1992 at 14:00; a full day ends at 16:00', () => {
    expect(closeFraction(day('2019-07-03'))).toBe(13 / 24);
    expect(closeFraction(day('1990-12-24'))).toBe(14 / 24);
    expect(closeFraction(day('2019-07-02'))).toBe(16 / 24);
    expect(closeFraction(day('2012-07-03'))).toBe(13 / 24);
    expect(closeFraction(day('1991-07-03'))).toBe(16 / 24);
  });
});

/** A file in a data folder that lies beside the checkout, where there is one. */
function besideCheckout(path: string): string | undefined {
  return readdirSync('..')
    .map((folder) => `../${folder}/${path}`)
    .find((candidate) => existsSync(candidate));
}

describe('a downloaded SPX history', () => {
  it('has a row on every session from 1990, and on no other day', (context) => {
    const file = besideCheckout('data/market/spx_daily.csv');
    if (file === undefined) {
      context.skip('no data/market/spx_daily.csv in a folder beside the checkout');
      return;
    }
    const dates = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.slice(0, 10))
      .filter((date) => date >= '1990' && date < '2025-12-31' && /^\d/.test(date));
    const rows = new Set(dates);
    const different: string[] = [];
    const last = day(dates.at(-1) ?? '');
    for (let each = epochDay(1990, 1, 1); each <= last; each = asEpochDay(each + 1)) {
      const date = formatIsoDate(each);
      if (isSession(each) !== rows.has(date)) different.push(date);
    }
    expect(dates.length).toBeGreaterThan(8000);
    expect(different).toEqual([]);
  });
});
