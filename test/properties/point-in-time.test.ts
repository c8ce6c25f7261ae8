import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { historicalMarket } from '../../src/data/historical-market.ts';
import type { HistoricalMarket } from '../../src/data/historical-market.ts';
import { MARKET_FILES } from '../../src/data/market-files.ts';
import type { MarketFile } from '../../src/data/market-files.ts';
import {
  FIRST,
  iso,
  LAST,
  sessionsBetween,
  writeMadeUpMarket,
} from '../../src/data/market-folder.fixture.ts';
import { readMarketFolder } from '../../src/data/market-folder.ts';
import type { MarketFolder } from '../../src/data/market-folder.ts';
import {
  ALWAYS_KNOWN,
  RELEASE_RULES,
  releasedBy,
  VINTAGE_RULES,
} from '../../src/data/release-rules.ts';
import type { ReleasedSeries, SlowFile, VintageFile } from '../../src/data/release-rules.ts';
import { parseUserSeries } from '../../src/data/user-series.ts';
import type { UserSeries } from '../../src/data/user-series.ts';
import type { VintageRow } from '../../src/data/vintages.ts';
import { readSlowStore, slowInputs } from '../../src/run/slow-inputs.ts';
import type { SlowStore } from '../../src/run/slow-inputs.ts';
import { userSeriesState } from '../../src/run/user-series-state.ts';
import { computeSignals } from '../../src/signals/signal-frame.ts';
import { isSession } from '../../src/time/cboe-calendar.ts';
import { asEpochDay, epochDay } from '../../src/time/epoch-day.ts';
import { writeOtherFiles } from './made-up-slow-files.ts';

/**
 * Every series the product reads is a reference date and a release. This walks all of them, by the
 * table of releases, so that a new file cannot be forgotten.
 */

const FROM = epochDay(2004, 4, 1);

/** Everything the product reads from a folder. */
interface Store {
  readonly folder: MarketFolder;
  readonly slow: SlowStore;
}

function madeUpStore(): Store {
  const dir = mkdtempSync(join(tmpdir(), 'alvh-point-in-time-'));
  try {
    writeMadeUpMarket(dir);
    writeOtherFiles(dir);
    return { folder: readMarketFolder(dir), slow: readSlowStore(dir) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const STORE = madeUpStore();
const SESSIONS = sessionsBetween(FIRST, LAST);

type Name = MarketFile | SlowFile | VintageFile;
const VINTAGES = Object.keys(VINTAGE_RULES) as readonly VintageFile[];
const NAMES: readonly Name[] = [...(Object.keys(RELEASE_RULES) as Name[]), ...VINTAGES];

const isMarketFile = (name: Name): name is MarketFile => name in MARKET_FILES;
const isVintage = (name: Name): name is VintageFile => VINTAGES.some((each) => each === name);

/** Vintages of consumer prices belong to the market, those of GDP are shown beside it. */
function vintagesOf(store: Store, name: VintageFile): readonly VintageRow[] {
  return name === 'cpi' ? store.folder.cpi : store.slow[name];
}

const isOfMarket = (name: Name): boolean => isMarketFile(name) || name === 'cpi';

/** Releases of a series, in file order. */
function releasesOf(store: Store, name: Name): readonly number[] {
  if (isVintage(name)) return vintagesOf(store, name).map(({ usableFrom }) => usableFrom);
  const series = isMarketFile(name) ? store.folder.series[name] : store.slow.series[name];
  return [...(series?.release ?? [])];
}

/** The store with another form of one series. */
function withSeries(
  store: Store,
  name: Name,
  of: {
    readonly series: (series: ReleasedSeries) => ReleasedSeries;
    readonly vintage: (row: VintageRow, index: number) => VintageRow;
  },
): Store {
  if (name === 'cpi') {
    return { ...store, folder: { ...store.folder, cpi: store.folder.cpi.map(of.vintage) } };
  }
  if (isVintage(name)) {
    return { ...store, slow: { ...store.slow, [name]: store.slow[name].map(of.vintage) } };
  }
  if (isMarketFile(name)) {
    const whole = store.folder.series[name];
    const series = { ...store.folder.series, [name]: whole && of.series(whole) };
    return { ...store, folder: { ...store.folder, series } };
  }
  const whole = store.slow.series[name];
  const series = { ...store.slow.series, [name]: whole && of.series(whole) };
  return { ...store, slow: { ...store.slow, series } };
}

/** The store with every number of the chosen rows of one series multiplied, row by row anew. */
function corrupted(store: Store, name: Name, isChosen: (row: number) => boolean): Store {
  const factor = (row: number): number => (isChosen(row) ? 1.1 + (row % 7) / 9 : 1);
  return withSeries(store, name, {
    series: (series) => ({
      ...series,
      columns: new Map(
        [...series.columns].map(([column, values]) => [
          column,
          values.map((value, row) => value * factor(row)),
        ]),
      ),
    }),
    vintage: (row, index) => ({ ...row, value: row.value * factor(index) }),
  });
}

/** The store with every release of one series moved by whole days. */
function shifted(store: Store, name: Name, days: number): Store {
  return withSeries(store, name, {
    series: (series) => ({ ...series, release: series.release.map((day) => day + days) }),
    vintage: (row) => ({ ...row, usableFrom: asEpochDay(row.usableFrom + days) }),
  });
}

function marketOf(store: Store, to = LAST): HistoricalMarket {
  return historicalMarket(store.folder, { from: FROM, to, counterfactual: true });
}

/** All that is known at the close of each session of a market, as text. */
function knownBySession({ path, indices }: HistoricalMarket): readonly string[] {
  const columns = [path, indices, computeSignals(path)].flatMap((each) =>
    Object.values(each as object).filter(
      (value): value is Float64Array =>
        ArrayBuffer.isView(value) && value !== (path.fomcDays as ArrayBufferView),
    ),
  );
  return Array.from(path.day, (_day, row) => {
    const cells = columns.flatMap((values) => {
      const width = values.length / path.length;
      return [...values.subarray(row * width, (row + 1) * width)];
    });
    return `${cells.join()} ${(path.liquidWeeklies?.get(row) ?? []).join()}`;
  });
}

/** What the slow concepts show at the close of a session, as text. */
function slowAt(store: Store, day: number): string {
  const { path } = marketOf(store, asEpochDay(day));
  return JSON.stringify([...slowInputs(store.slow, path)]);
}

const CLEAN = marketOf(STORE);
const CLEAN_KNOWN = knownBySession(CLEAN);

/** First session on which a market made of another store knows something else; undefined = none. */
function firstDifference(store: Store, clean: readonly string[] = CLEAN_KNOWN): number | undefined {
  const known = knownBySession(marketOf(store));
  const row = known.findIndex((text, i) => text !== clean[i]);
  return row < 0 ? undefined : CLEAN.path.day[row];
}

/** First of some sessions on which the slow concepts of two stores differ; undefined = none. */
function firstSlowDifference(
  one: Store,
  other: Store,
  days: readonly number[],
): number | undefined {
  return days.find((day) => slowAt(one, day) !== slowAt(other, day));
}

/** A row released on a session inside the traded span, and the next session. */
function rowReleasedOnSession(name: Name): {
  readonly row: number;
  readonly release: number;
  readonly next: number;
} {
  const releases = releasesOf(STORE, name);
  const isInside = (day: number): boolean =>
    day >= epochDay(2004, 5, 1) && day < epochDay(2005, 3, 1) && isSession(asEpochDay(day));
  // Before a weekend a day's delay makes two releases meet on Monday.
  const midWeek = releases.findLastIndex((day) => isInside(day) && isSession(asEpochDay(day + 1)));
  const row = midWeek < 0 ? releases.findLastIndex(isInside) : midWeek;
  const release = releases[row] ?? Number.NaN;
  return { row, release, next: SESSIONS.find((day) => day > release) ?? Number.NaN };
}

/** Series of which a value serves its own session only: a later release is too late for it. */
const OWN_SESSION_ONLY: readonly Name[] = ['vxCurve', 'vxFinalSettlement', 'vxWeekly', 'spy'];

/** Calendars are known ahead and VVIX counts from 2007 on: they have tests of their own. */
const WALKED = NAMES.filter((name) => !['fomc', 'cpiReleases', 'vvix'].includes(name));

describe('the point-in-time store', () => {
  it('has every series of the product, each released on or after its reference date', () => {
    expect(Object.keys(STORE.folder.series).toSorted()).toEqual(
      Object.keys(MARKET_FILES).toSorted(),
    );
    const slow = Object.keys(RELEASE_RULES).filter((name) => !(name in MARKET_FILES));
    expect(Object.keys(STORE.slow.series).toSorted()).toEqual(slow.toSorted());
    for (const series of Object.values({ ...STORE.folder.series, ...STORE.slow.series })) {
      const ahead = series.release.every((day) => day === ALWAYS_KNOWN);
      expect(ahead, series.file).toBe(series.file.endsWith('fomc_meetings.csv'));
      if (ahead || series.file.endsWith('cpi_release_dates.csv')) continue;
      expect(series.release.every((day, row) => day >= (series.day[row] ?? NaN))).toBe(true);
      expect(series.release.every((day, row) => day >= (series.release[row - 1] ?? day))).toBe(
        true,
      );
    }
    for (const name of VINTAGES) expect(vintagesOf(STORE, name).length).toBeGreaterThan(100);
  });

  const DAYS = [epochDay(2004, 6, 15), epochDay(2004, 9, 24), epochDay(2005, 2, 25)];

  it.each(WALKED)(
    '%s: whatever is released after a day changes nothing on or before it',
    (name) => {
      const releases = releasesOf(STORE, name);
      for (const day of DAYS) {
        const other = corrupted(STORE, name, (row) => (releases[row] ?? 0) > day);
        if (isOfMarket(name)) {
          const first = firstDifference(other);
          expect(first, `${name} after ${iso(day)}`).toBeGreaterThan(day);
        } else {
          expect(slowAt(other, day)).toBe(slowAt(STORE, day));
          // Quarterly series need a quarter until their next value is seen.
          const later = SESSIONS.filter((each) => each > day && each <= day + 125);
          const weekly = later.filter((_each, i) => i % 5 === 0);
          expect(firstSlowDifference(other, STORE, weekly), name).toBeGreaterThan(day);
        }
      }
    },
  );

  it.each(WALKED)(
    '%s: a value is seen from its release on, and a day later when that comes a day later',
    (name) => {
      const { row, release, next } = rowReleasedOnSession(name);
      expect(release, 'a row to look at').not.toBeNaN();
      // All rows of one vintage are released together.
      const isChosen = (at: number): boolean =>
        isVintage(name) ? releasesOf(STORE, name)[at] === release : at === row;
      const late = shifted(STORE, name, 1);
      const marked = corrupted(STORE, name, isChosen);
      const markedLate = shifted(marked, name, 1);
      if (isOfMarket(name)) {
        expect(firstDifference(marked)).toBe(release);
        const seen = firstDifference(markedLate, knownBySession(marketOf(late)));
        expect(seen).toBe(OWN_SESSION_ONLY.includes(name) ? undefined : next);
      } else {
        const days = SESSIONS.filter((day) => day >= release - 8 && day <= next + 3);
        expect(firstSlowDifference(marked, STORE, days)).toBe(release);
        expect(firstSlowDifference(markedLate, late, days)).toBe(next);
      }
    },
  );

  it('vvix: is seen from the session after its own on, from 2007 on', () => {
    // Eleven years later the weekdays are the same.
    const years = 4018;
    const { folder } = STORE;
    const sessions = (folder.series.spx?.day ?? new Int32Array()).map((day) => day + years);
    const moved = Object.entries(folder.series).map(([name, series]) => {
      const later = {
        ...series,
        day: series.day.map((day) => day + years),
        columns: new Map(
          [...series.columns].map(([column, values]) => [
            column,
            column.startsWith('exp') ? values.map((day) => day + years) : values,
          ]),
        ),
      };
      return [name, releasedBy(RELEASE_RULES[name as MarketFile], later, sessions)] as const;
    });
    const series = Object.fromEntries(moved) as MarketFolder['series'];
    const store: Store = { ...STORE, folder: { ...folder, series } };
    const vvixOf = (from: Store): Float64Array =>
      historicalMarket(from.folder, {
        from: asEpochDay(FROM + years),
        to: asEpochDay(LAST + years),
        counterfactual: false,
      }).path.vvix;
    const first = (a: Store, b: Store): number => {
      const [one, other] = [vvixOf(a), vvixOf(b)];
      const row = one.findIndex((value, i) => value !== other[i]);
      return sessions[sessions.length - one.length + row] ?? Number.NaN;
    };
    const row = 400;
    const marked = corrupted(store, 'vvix', (at) => at === row);
    expect(store.folder.series.vvix?.day[row]).toBe(sessions[row]);
    expect(first(marked, store)).toBe(sessions[row + 1]);
    const late = first(shifted(marked, 'vvix', 1), shifted(store, 'vvix', 1));
    expect(late).toBe(sessions[row + 2]);
    const garbage = corrupted(store, 'vvix', (at) => at >= row);
    expect(first(garbage, store)).toBe(sessions[row + 1]);
  });

  it('knows the calendar of meetings ahead, whatever else is known', () => {
    expect([...marketOf(STORE, asEpochDay(epochDay(2004, 6, 15))).path.fomcDays]).toEqual([
      ...CLEAN.path.fomcDays,
    ]);
    expect(Math.max(...CLEAN.path.fomcDays)).toBeGreaterThan(LAST);
  });
});

describe('a series of the user', () => {
  it.each(['column', 'lag'] as const)('released by %s is seen like every other', (by) => {
    const parsed = (isChosen: (release: number) => boolean, shift = 0): UserSeries => {
      const rows = SESSIONS.map((day, i) => {
        const release = day + 2 + shift;
        const value = 10 + Math.sin(i) + (isChosen(release) ? 90 + i : 0);
        return by === 'column' ? `${iso(day)},${value},${iso(release)}` : `${iso(day)},${value}`;
      });
      const header = by === 'column' ? 'date,value,available' : 'date,value';
      const terms = {
        name: 'own',
        unit: '',
        source: '',
        frequency: undefined,
        lagDays: by === 'column' ? undefined : 2 + shift,
        maxAgeDays: 9,
      };
      const text = `${header}\n${rows.join('\n')}\n`;
      return parseUserSeries({ file: 'own.csv', text }, terms, asEpochDay(LAST + 5));
    };
    const at = (series: UserSeries, day: number): string =>
      JSON.stringify({ ...userSeriesState(series, asEpochDay(day)), series: 0 });
    const day = epochDay(2004, 6, 15);
    const clean = parsed(() => false);
    const garbage = parsed((release) => release > day);
    const days = SESSIONS.filter((each) => each >= day - 40 && each <= day + 20);
    const changed = days.filter((each) => at(garbage, each) !== at(clean, each));
    expect(changed).toEqual(days.filter((each) => each > day));
    // Released on a Wednesday, seen that day; a day later, seen a day later.
    const release = epochDay(2004, 6, 16);
    const firstSeen = (shift: number): number | undefined => {
      const marked = parsed((each) => each === release + shift, shift);
      return days.find(
        (each) =>
          at(marked, each) !==
          at(
            parsed(() => false, shift),
            each,
          ),
      );
    };
    expect([firstSeen(0), firstSeen(1)]).toEqual([release, release + 1]);
  });
});

/** The path column in which the newest value of a series shows. */
const SHOWN: readonly (readonly [
  MarketFile,
  (
    | 'vvix'
    | 'advanceDeclineLine'
    | 'aboveFiftyDay'
    | 'reerChangeZ'
    | 'rateDifferentialZ'
    | 'vix9d'
    | 'vix3m'
  ),
])[] = [
  ['breadth', 'advanceDeclineLine'],
  ['aboveAverage', 'aboveFiftyDay'],
  ['vix9d', 'vix9d'],
  ['vix3m', 'vix3m'],
  ['reer', 'reerChangeZ'],
  ['shortRates', 'rateDifferentialZ'],
];

describe('the greatest age', () => {
  it.each(SHOWN)('of %s passes, then there is NO DATA', (name, column) => {
    const { row, release } = rowReleasedOnSession(name);
    const ended = withSeries(STORE, name, {
      series: (series) => ({
        ...series,
        day: series.day.subarray(0, row + 1),
        release: series.release.subarray(0, row + 1),
        columns: new Map(
          [...series.columns].map(([each, values]) => [each, values.subarray(0, row + 1)]),
        ),
      }),
      vintage: (each) => each,
    });
    const rule = RELEASE_RULES[name];
    const maxAge = 'maxAge' in rule ? rule.maxAge : Number.NaN;
    const { path, indices } = marketOf(ended);
    const values = { ...path, ...indices }[column];
    const at = path.day.indexOf(release);
    const age = (i: number): number =>
      rule.on === 'session' ? i - at : (path.day[i] ?? Number.NaN) - release;
    expect(at).toBeGreaterThan(0);
    for (let i = at; i < Math.min(path.length, at + 80); i += 1) {
      expect(Number.isNaN(values[i]), `${name} at age ${age(i)}`).toBe(age(i) > maxAge);
    }
  });

  it('of bill yields passes, then the folder is refused with the day', () => {
    const { row, release } = rowReleasedOnSession('treasury');
    const ended = withSeries(STORE, 'treasury', {
      series: (series) => ({
        ...series,
        day: series.day.subarray(0, row + 1),
        release: series.release.subarray(0, row + 1),
        columns: new Map(
          [...series.columns].map(([each, values]) => [each, values.subarray(0, row + 1)]),
        ),
      }),
      vintage: (each) => each,
    });
    const [, carried, refused] = SESSIONS.filter((day) => day >= release);
    expect(() => marketOf(ended, asEpochDay(carried ?? 0))).not.toThrow();
    expect(() => marketOf(ended, asEpochDay(refused ?? 0))).toThrow(
      `no data for ${iso(refused ?? 0)}`,
    );
  });

  it('is that of the specification', () => {
    const ages = Object.fromEntries(
      Object.entries(RELEASE_RULES).map(([name, rule]) => [
        name,
        'maxAge' in rule ? rule.maxAge : null,
      ]),
    );
    expect(ages).toMatchObject({ spx: 1, vix: 1, vix3m: 5, breadth: 3, aboveAverage: 3 });
    expect(ages).toMatchObject({
      reer: 75,
      shortRates: 75,
      priceToEarnings: 120,
      vvix: 1,
      skew: 1,
    });
  });
});
