import { assertNever } from '../core/assert-never.ts';
import { isSession, nextSession, previousSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay, weekday } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { Expiry, Settlement } from './contract-kind.ts';

/** When a cycle of SPX series expires, before a holiday moves the day. */
export type ListingCycle =
  | 'third-friday'
  | 'quarter-third-friday'
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'month-end';

/** A cycle of series that was listed, since when, how far ahead. */
export interface ListingRule {
  readonly root: 'SPX' | 'SPXW';
  readonly cycle: ListingCycle;
  readonly settlement: Settlement;
  /** First quote day on which this horizon is known to hold. */
  readonly from: EpochDay;
  /** Calendar days ahead within which every expiry of the cycle was listed. */
  readonly horizon: number;
  readonly source: string;
}

const ALWAYS = epochDay(1983, 7, 1);
/** Before this day only AM series are used. */
const PM_FROM = epochDay(2014, 1, 1);
/** First full chains at hand that show longer horizons; the day of change lies before. */
const CHAINS_2019 = epochDay(2019, 4, 25);

type Row = readonly [ListingCycle, Settlement, EpochDay, number, string];

/**
 * Horizons are whole weeks, 7 days for each consecutive expiration that was kept listed, and never
 * longer than the notices and the chains of 2011, 2019 and 2022 to 2024 bear out. Newest first.
 */
const ROWS: readonly Row[] = [
  ['third-friday', 'AM', epochDay(2022, 3, 23), 336, 'Cboe chains 2022-2024: twelve months'],
  ['third-friday', 'AM', CHAINS_2019, 168, 'Cboe chains 2019: six months and more'],
  ['third-friday', 'AM', ALWAYS, 84, 'assumed three months, of four in the chains of 2011'],
  [
    'quarter-third-friday',
    'AM',
    ALWAYS,
    365,
    'March cycle, in the chains of 2011-2024; assumed before',
  ],
  ['friday', 'PM', CHAINS_2019, 49, 'Cboe chains: nine weeks in 2019, seven in 2022-2024'],
  ['friday', 'PM', epochDay(2016, 2, 23), 42, 'Cboe SPX Weeklys page 2016: six weeks'],
  ['friday', 'PM', PM_FROM, 35, 'Cboe Options Hub 2012-11-09: five weeks since May 2012'],
  ['wednesday', 'PM', epochDay(2016, 5, 24), 28, 'Cboe RG16-102: at least four weeks'],
  ['wednesday', 'PM', epochDay(2016, 2, 23), 14, 'Cboe RG16-024: two at the launch'],
  ['monday', 'PM', CHAINS_2019, 28, 'Cboe chains 2019-2024: four weeks'],
  ['monday', 'PM', epochDay(2016, 8, 15), 14, 'Cboe notice 2016-07-12: at least two'],
  ['tuesday', 'PM', epochDay(2022, 4, 18), 28, 'Cboe launch; chains 2023-2024: four weeks'],
  ['thursday', 'PM', epochDay(2022, 5, 11), 28, 'Cboe launch; chains 2023-2024: four weeks'],
  ['month-end', 'PM', epochDay(2014, 7, 7), 70, 'Cboe notice 2014-05-29; chains 2019-2024'],
];

/** Third-Friday series that settle on the close: SPXPM, since 2017-05-01 under SPXW. */
const PM_MONTHLY: ListingRule = {
  root: 'SPXW',
  cycle: 'third-friday',
  settlement: 'PM',
  from: PM_FROM,
  horizon: 70,
  source: 'SEC 78 FR 10668, 2013-02-14 (SPXPM); chains 2019-2024: 130 days and more',
};

/** Listing rules of SPX and SPXW; within a cycle and settlement the newest in force applies. */
export const SPX_LISTINGS: readonly ListingRule[] = [
  ...ROWS.map(([cycle, settlement, from, horizon, source]): ListingRule => ({
    root: settlement === 'AM' ? 'SPX' : 'SPXW',
    cycle,
    settlement,
    from,
    horizon,
    source,
  })),
  PM_MONTHLY,
];

/** A product other than an SPX series whose first listing day matters. */
export type ListedProduct =
  | 'spx-option'
  | 'vx-future'
  | 'vxm-future'
  | 'vix-option'
  | 'vix-weekly'
  | 'xsp-option'
  | 'etp';

/**
 * First listing day of products. Source: Cboe and CFE product launches; XSP with PM settlement;
 * VIX weekly options (weekly futures since 2015-07-23); the fund VIXY.
 */
export const LISTED_SINCE: Readonly<Record<ListedProduct, EpochDay>> = {
  'spx-option': epochDay(1983, 7, 1),
  'vx-future': epochDay(2004, 3, 26),
  'vxm-future': epochDay(2020, 8, 10),
  'vix-option': epochDay(2006, 2, 24),
  'vix-weekly': epochDay(2015, 10, 8),
  'xsp-option': epochDay(2013, 11, 5),
  etp: epochDay(2011, 1, 4),
};

/** True once a product was listed. */
export function isListed(product: ListedProduct, day: EpochDay): boolean {
  return day >= LISTED_SINCE[product];
}

/**
 * SPX and SPXW expiries listed on a day, strictly after it, ascending by date, AM before PM on one
 * date. Not every listed expiry: those that the table vouches for.
 */
export function listedSpxExpiries(day: EpochDay): readonly Expiry[] {
  const expiries = new Map<number, Expiry>();
  for (const rule of rulesInForce(day)) {
    for (let ahead = 1; ahead <= rule.horizon; ahead += 1) {
      const nominal = asEpochDay(day + ahead);
      if (!isOfCycle(nominal, rule.cycle)) continue;
      const expiry = movedForHoliday(nominal, rule.cycle);
      const { settlement } = rule;
      if (expiry > day) expiries.set(2 * expiry + rank(settlement), { day: expiry, settlement });
    }
  }
  return [...expiries.values()].sort(
    (a, b) => a.day - b.day || rank(a.settlement) - rank(b.settlement),
  );
}

function rank(settlement: Settlement): number {
  return settlement === 'AM' ? 0 : 1;
}

/** The newest rule in force of each cycle and settlement. */
function rulesInForce(day: EpochDay): readonly ListingRule[] {
  const newest = new Map<string, ListingRule>();
  for (const rule of SPX_LISTINGS) {
    const key = `${rule.cycle} ${rule.settlement}`;
    if (day >= rule.from && rule.from >= (newest.get(key)?.from ?? rule.from)) {
      newest.set(key, rule);
    }
  }
  return [...newest.values()];
}

const WEEKDAYS: Readonly<
  Record<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday', number>
> = { monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5 };

function isOfCycle(day: EpochDay, cycle: ListingCycle): boolean {
  switch (cycle) {
    case 'third-friday':
      return isThirdFriday(day);
    case 'quarter-third-friday':
      return isThirdFriday(day) && civilDate(day).month % 3 === 0;
    case 'month-end':
      return civilDate(asEpochDay(day + 1)).day === 1;
    case 'monday':
    case 'tuesday':
    case 'wednesday':
    case 'thursday':
    case 'friday':
      return weekday(day) === WEEKDAYS[cycle];
    default:
      return assertNever(cycle);
  }
}

function isThirdFriday(day: EpochDay): boolean {
  if (weekday(day) !== WEEKDAYS.friday) return false;
  const { day: dayOfMonth } = civilDate(day);
  return dayOfMonth >= 15 && dayOfMonth <= 21;
}

/**
 * The session on which a series expires: a Monday series moves past a holiday, every other before
 * it. Source: Cboe Rule 4.13(e) (formerly 24.9(e)).
 */
function movedForHoliday(day: EpochDay, cycle: ListingCycle): EpochDay {
  if (isSession(day)) return day;
  return cycle === 'monday' ? nextSession(day) : previousSession(day);
}
