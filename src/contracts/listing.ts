import { isSession, previousSession } from '../time/cboe-calendar.ts';
import { asEpochDay, civilDate, epochDay, weekday } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { thirdFriday } from '../time/vx-expiry.ts';
import type { Expiry } from './contract-kind.ts';

/** One root's weekly series: which weekday expires, since when, how far out it is listed. */
export interface ListingRule {
  readonly root: 'SPXW';
  /** 1 = Monday … 5 = Friday. */
  readonly weekday: number;
  readonly from: EpochDay;
  /** Calendar days ahead that are used. */
  readonly horizon: number;
  readonly source: string;
}

/** First day on which PM weeklies are used for entries; before it only AM monthlies. */
export const WEEKLIES_FROM: EpochDay = epochDay(2014, 1, 1);

/** Calendar days ahead that AM monthlies are used. */
export const MONTHLY_HORIZON = 370;

/** Weekly SPXW series by weekday. */
export const WEEKLY_LISTINGS: readonly ListingRule[] = [
  {
    root: 'SPXW',
    weekday: 5,
    from: WEEKLIES_FROM,
    horizon: 70,
    source: 'Cboe: Friday weeklies PM since 2010-12; used once listed 30 days and more ahead',
  },
  {
    root: 'SPXW',
    weekday: 3,
    from: epochDay(2016, 2, 23),
    horizon: 35,
    source: 'Cboe: Wednesday weeklies since 2016-02-23',
  },
  {
    root: 'SPXW',
    weekday: 1,
    from: epochDay(2016, 8, 15),
    horizon: 35,
    source: 'Cboe: Monday weeklies since 2016-08-15',
  },
  {
    root: 'SPXW',
    weekday: 2,
    from: epochDay(2022, 4, 18),
    horizon: 35,
    source: 'Cboe: Tuesday weeklies since 2022-04-18',
  },
  {
    root: 'SPXW',
    weekday: 4,
    from: epochDay(2022, 5, 11),
    horizon: 35,
    source: 'Cboe: Thursday weeklies since 2022-05-11',
  },
];

/** A product other than an SPX series whose first listing day matters. */
export type ListedProduct = 'vx-future' | 'vxm-future' | 'vix-option' | 'vix-weekly' | 'xsp-option';

/** First listing day of products. Source: Cboe and CFE product launches. */
export const LISTED_SINCE: Readonly<Record<ListedProduct, EpochDay>> = {
  'vx-future': epochDay(2004, 3, 26),
  'vxm-future': epochDay(2020, 8, 10),
  'vix-option': epochDay(2006, 2, 24),
  'vix-weekly': epochDay(2015, 10, 8),
  'xsp-option': epochDay(2013, 11, 5),
};

/** True once a product was listed. */
export function isListed(product: ListedProduct, day: EpochDay): boolean {
  return day >= LISTED_SINCE[product];
}

/**
 * SPX and SPXW expiries listed on a day, ascending by date, AM before PM on one date. A holiday
 * expiry moves to the session before it.
 */
export function listedSpxExpiries(day: EpochDay): readonly Expiry[] {
  const expiries = new Map<string, Expiry>();
  const add = (expiry: Expiry): void => {
    expiries.set(`${expiry.day} ${expiry.settlement}`, expiry);
  };
  for (const monthly of monthlyExpiries(day)) add({ day: monthly, settlement: 'AM' });
  for (const rule of WEEKLY_LISTINGS) {
    if (day < rule.from) continue;
    for (let date = day + 1; date <= day + rule.horizon; date += 1) {
      if (weekday(asEpochDay(date)) !== rule.weekday) continue;
      const session = onOrBefore(asEpochDay(date));
      if (session > day) add({ day: session, settlement: 'PM' });
    }
  }
  return [...expiries.values()].sort(
    (a, b) => a.day - b.day || (a.settlement < b.settlement ? -1 : 1),
  );
}

function monthlyExpiries(day: EpochDay): readonly EpochDay[] {
  const expiries: EpochDay[] = [];
  let { year, month } = civilDate(day);
  for (;;) {
    const expiry = onOrBefore(thirdFriday(year, month));
    if (expiry > day + MONTHLY_HORIZON) return expiries;
    if (expiry > day) expiries.push(expiry);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

function onOrBefore(day: EpochDay): EpochDay {
  return isSession(day) ? day : previousSession(day);
}
