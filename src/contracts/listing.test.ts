import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSession, nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay, epochDay, formatIsoDate, parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { LISTED_SINCE, SPX_LISTINGS, isListed, listedSpxExpiries } from './listing.ts';

function day(text: string): EpochDay {
  const parsed = parseIsoDate(text);
  if (!parsed.ok) throw new Error(`a date in the test is impossible: ${text}`);
  return parsed.value;
}

function listed(quote: EpochDay): readonly string[] {
  return listedSpxExpiries(quote).map(
    (expiry) => `${formatIsoDate(expiry.day)} ${expiry.settlement}`,
  );
}

describe('listedSpxExpiries', () => {
  it('before 2014 are AM monthlies and quarter months only', () => {
    expect(listed(day('2006-01-03'))).toEqual([
      '2006-01-20 AM',
      '2006-02-17 AM',
      '2006-03-17 AM',
      '2006-06-16 AM',
      '2006-09-15 AM',
      '2006-12-15 AM',
    ]);
  });

  it('move a Good Friday to Thursday', () => {
    expect(listed(day('2022-03-23'))).toContain('2022-04-14 AM');
    expect(listed(day('2022-03-23'))).toContain('2022-04-14 PM');
    expect(listed(day('2008-03-03'))).toContain('2008-03-20 AM');
  });

  it('hold five Fridays in 2014, six in 2016, seven since 2019', () => {
    for (const [quote, last, next] of [
      ['2014-02-03', '2014-03-07', '2014-03-14'],
      ['2016-08-22', '2016-09-23', '2016-10-07'],
      ['2023-08-18', '2023-10-06', '2023-10-13'],
    ] as const) {
      expect(listed(day(quote))).toContain(`${last} PM`);
      expect(listed(day(quote))).not.toContain(`${next} PM`);
    }
  });

  it('move a Monday on a holiday to Tuesday, another day to the session before', () => {
    // 2019-05-27 Memorial Day, 2023-07-04, 2024-06-19.
    expect(listed(day('2019-05-02'))).toContain('2019-05-28 PM');
    expect(listed(day('2019-05-02'))).not.toContain('2019-05-27 PM');
    expect(listed(day('2023-06-09'))).toContain('2023-07-03 PM');
    expect(listed(day('2024-05-28'))).toContain('2024-06-18 PM');
  });

  it('do not hold a weekday before its first listing', () => {
    expect(listed(day('2016-02-22'))).not.toContain('2016-03-02 PM');
    expect(listed(day('2016-02-23'))).toContain('2016-03-02 PM');
    expect(listed(day('2016-08-12'))).not.toContain('2016-08-22 PM');
    expect(listed(day('2016-08-15'))).toContain('2016-08-22 PM');
    expect(listed(day('2022-04-14'))).not.toContain('2022-04-19 PM');
    expect(listed(day('2022-04-18'))).toContain('2022-04-19 PM');
    expect(listed(day('2022-05-10'))).not.toContain('2022-05-12 PM');
    expect(listed(day('2022-05-11'))).toContain('2022-05-12 PM');
    expect(listed(day('2014-07-03'))).not.toContain('2014-07-31 PM');
    expect(listed(day('2014-07-07'))).toContain('2014-07-31 PM');
  });

  // Cboe Options Hub, 2016-08-17: expirations through the end of September.
  it('are expirations that Cboe tabulated on 2016-08-17', () => {
    const tabulated = `2016-08-19 2016-08-22 2016-08-24 2016-08-26 2016-08-29 2016-08-31
      2016-09-02 2016-09-07 2016-09-09 2016-09-14 2016-09-16 2016-09-23 2016-09-30`.split(/\s+/);
    const ours = listed(day('2016-08-17')).map((expiry) => expiry.slice(0, 10));
    const untilSeptember = [...new Set(ours)].filter((date) => date <= '2016-09-30');
    expect(untilSeptember).toEqual(tabulated);
  });

  it('are sessions after the day, ascending, AM before PM, each once', () => {
    for (let quote = day('1990-01-02'); quote < day('2026-01-01'); quote = nextDays(quote, 9)) {
      const expiries = listedSpxExpiries(quote);
      expect(expiries.every((expiry) => expiry.day > quote && isSession(expiry.day))).toBe(true);
      const keys = expiries.map((each) => 2 * each.day + (each.settlement === 'AM' ? 0 : 1));
      expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
    }
  });

  it('hold an expiry between 25 and 60 days ahead on every session since 1990', () => {
    for (let quote = day('1990-01-02'); quote < day('2026-01-01'); quote = nextSession(quote)) {
      const ahead = listedSpxExpiries(quote).map((expiry) => expiry.day - quote);
      expect(ahead.some((days) => days >= 25 && days <= 60)).toBe(true);
    }
  });
});

function nextDays(from: EpochDay, count: number): EpochDay {
  return asEpochDay(from + count);
}

describe('SPX_LISTINGS', () => {
  it('state a source and whole weeks ahead, the quarter cycle a year', () => {
    for (const rule of SPX_LISTINGS) {
      expect(rule.source).not.toBe('');
      expect(rule.cycle === 'quarter-third-friday' ? 0 : rule.horizon % 7).toBe(0);
    }
  });
});

describe('isListed', () => {
  it.each([
    ['vx-future', '2004-03-26'],
    ['vix-option', '2006-02-24'],
    ['vix-weekly', '2015-10-08'],
    ['vxm-future', '2020-08-10'],
    ['xsp-option', '2013-11-05'],
  ] as const)('%s since %s', (product, date) => {
    expect(formatIsoDate(LISTED_SINCE[product])).toBe(date);
    expect(isListed(product, day(date))).toBe(true);
    expect(isListed(product, asEpochDay(day(date) - 1))).toBe(false);
  });
});

/** Quote day and the expiries of a chain, each as `date AM` (root SPX) or `date PM`. */
interface Chain {
  readonly quote: EpochDay;
  readonly expiries: ReadonlySet<string>;
}

/** Chains in a data folder that lies beside the checkout, where there is one. */
function chains(): readonly Chain[] {
  const folder = readdirSync('..')
    .map((name) => `../${name}/data/chains`)
    .find((candidate) => existsSync(candidate));
  if (folder === undefined) return [];
  const files = (name: string): readonly string[] =>
    existsSync(`${folder}/${name}`)
      ? readdirSync(`${folder}/${name}`).map((file) => `${folder}/${name}/${file}`)
      : [];
  return [
    ...files('optionsbacktester-cboe-daily').flatMap(dailyChain),
    ...files('cboe-quotedata').flatMap(quotedataChain),
    ...files('ivolatility-rawiv').flatMap(ivolatilityChains),
  ];
}

function lines(file: string): readonly string[] {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
}

/** Expiries named by OCC codes such as SPXW190722C01800000. */
function expiriesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, root, yy, mm, dd] of text.matchAll(/\b(SPXW?) *(\d\d)(\d\d)(\d\d)C\d{8}/g)) {
    found.add(`20${yy}-${mm}-${dd} ${root === 'SPX' ? 'AM' : 'PM'}`);
  }
  return found;
}

function dailyChain(file: string): readonly Chain[] {
  const date = /SPX_(\d{4})(\d\d)(\d\d)\.csv\.gz$/.exec(file);
  if (date === null) return [];
  const quote = epochDay(Number(date[1]), Number(date[2]), Number(date[3]));
  return [{ quote, expiries: expiriesOf(lines(file).join('\n')) }];
}

function quotedataChain(file: string): readonly Chain[] {
  const date = /spx_(\d{4}-\d\d-\d\d)/.exec(file)?.[1];
  return date === undefined
    ? []
    : [{ quote: day(date), expiries: expiriesOf(lines(file).join('\n')) }];
}

/** By the expiration column: the codes of 2011 name the Saturday after the settlement. */
function ivolatilityChains(file: string): readonly Chain[] {
  const byDate = new Map<string, Set<string>>();
  for (const line of lines(file).slice(1)) {
    const [, , , quote = '', , code = '', expiration = ''] = line.split(',');
    if (quote === '') continue;
    const settlement = code.startsWith('SPX ') ? 'AM' : 'PM';
    const expiries = byDate.get(quote) ?? new Set();
    byDate.set(quote, expiries.add(`${isoOfUs(expiration)} ${settlement}`));
  }
  return [...byDate].map(([quote, expiries]) => ({ quote: day(isoOfUs(quote)), expiries }));
}

function isoOfUs(text: string): string {
  const [month, dayOfMonth, year] = text.split('/');
  return `${year}-${month}-${dayOfMonth}`;
}

describe('downloaded chains', () => {
  const known = chains();

  it('hold every expiry the table vouches for, up to a year ahead', (context) => {
    if (known.length === 0) context.skip('no data/chains in a folder beside the checkout');
    const missing = known.flatMap(({ quote, expiries }) =>
      listed(quote)
        .filter((expiry) => !expiries.has(expiry))
        .map((expiry) => `${formatIsoDate(quote)}: ${expiry}`),
    );
    expect(missing).toEqual([]);
  });

  it('are covered by the table: most expiries 20 to 49 days ahead are in it', (context) => {
    if (known.length === 0) context.skip('no data/chains in a folder beside the checkout');
    let all = 0;
    let covered = 0;
    for (const { quote, expiries } of known) {
      const ours = new Set(listed(quote));
      for (const expiry of expiries) {
        const ahead = day(expiry.slice(0, 10)) - quote;
        if (ahead < 20 || ahead > 49) continue;
        all += 1;
        if (ours.has(expiry)) covered += 1;
      }
    }
    expect(known.length).toBeGreaterThan(50);
    expect(covered / all).toBeGreaterThan(0.8);
  });
});
