import { AM } from '../contracts/contract-kind.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { epochDay, weekday } from '../time/epoch-day.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';
import { chainExpiries } from './chain-expiries.ts';
import type { ChainExpiry } from './chain-expiries.ts';
import type { IndexTerm } from './vix-index.ts';

/** From this day on VIX is read from Friday expiries more than 23 and at most 37 days out. */
const WEEKLY_TERMS = epochDay(2014, 10, 6);
/** Before it: monthlies, rolled when the first has this many days left, or fewer. */
const ROLL_DAYS = 7;
const NEAREST = 23;
const FARTHEST = 37;
const TARGET_DAYS = 30;
const FRIDAY = 5;
const SATURDAY = 6;
const DAY_MINUTES = 1440;
const AM_MINUTE = 570;
const PM_MINUTE = 960;
/** Minute of the close at which the published index is fixed: 16:15 New York. */
const INDEX_CLOSE = 975;

/** The two terms of a chain, or why there are not two. */
export type IndexTerms =
  | { readonly kind: 'terms'; readonly near: IndexTerm; readonly next: IndexTerm }
  | { readonly kind: 'none'; readonly reason: string };

/** An expiry of a chain that the index may use. */
interface TermExpiry extends ChainExpiry {
  readonly minutes: number;
}

/**
 * The near and next term of SPX on a chain's day by the rule of that day, with their quotes.
 *
 * `rate` gives the continuous rate to an expiry (EpochDay), per year. A chain without a time counts
 * as the close, 16:15.
 *
 * Source: Cboe, VIX white papers of 2009 (monthlies, roll at 8 days) and 2019 (weeklies from
 * 2014-10-06).
 */
export function indexTerms(chain: OptionChain, rate: (expiry: number) => number): IndexTerms {
  const usable = expiriesOf(chain);
  const pair =
    chain.quoteDay >= WEEKLY_TERMS ? weeklyPair(usable, chain) : monthlyPair(usable, chain);
  if (pair === undefined) {
    return { kind: 'none', reason: 'no two expiries that the rule of this day asks for' };
  }
  const [near, next] = pair.map((term): IndexTerm => ({
    minutes: term.minutes,
    rate: rate(term.expiry),
    quotes: term.quotes,
  }));
  if (near === undefined || next === undefined) return { kind: 'none', reason: 'no pair' };
  return { kind: 'terms', near, next };
}

function expiriesOf(chain: OptionChain): readonly TermExpiry[] {
  const now = chain.quoteMinute ?? INDEX_CLOSE;
  return chainExpiries(chain)
    .map((term): TermExpiry => {
      const at = term.settlement === AM ? AM_MINUTE : PM_MINUTE;
      return { ...term, minutes: (term.expiry - chain.quoteDay) * DAY_MINUTES + at - now };
    })
    .filter(({ minutes }) => minutes > 0)
    .toSorted((a, b) => a.minutes - b.minutes);
}

/** AM-settled monthlies: the first with more than a week left, and the one after it. */
function monthlyPair(
  terms: readonly TermExpiry[],
  chain: OptionChain,
): readonly [TermExpiry, TermExpiry] | undefined {
  const monthlies = terms.filter(
    ({ expiry, settlement }) =>
      settlement === AM && isThirdFriday(expiry) && expiry - chain.quoteDay > ROLL_DAYS,
  );
  const [near, next] = monthlies;
  return near === undefined || next === undefined ? undefined : [near, next];
}

/** Fridays 24 to 37 days out: AM on third Fridays, PM on others; around 30 days where possible. */
function weeklyPair(
  terms: readonly TermExpiry[],
  chain: OptionChain,
): readonly [TermExpiry, TermExpiry] | undefined {
  const fridays = terms.filter(({ expiry, settlement }) => {
    const days = expiry - chain.quoteDay;
    const isFriday = weekday(asEpochDay(expiry)) === FRIDAY || isThirdFriday(expiry);
    const isIts = (settlement === AM) === isThirdFriday(expiry);
    return isFriday && isIts && days > NEAREST && days <= FARTHEST;
  });
  const [first, second] = fridays;
  if (first === undefined || second === undefined) return undefined;
  const beyond = fridays.findIndex(({ minutes }) => minutes > TARGET_DAYS * DAY_MINUTES);
  const next = beyond > 0 ? fridays[beyond] : second;
  const near = beyond > 0 ? fridays[beyond - 1] : first;
  return near === undefined || next === undefined ? undefined : [near, next];
}

/** True on third Fridays, on the Thursday before a holiday one, and on old Saturday expiries. */
function isThirdFriday(expiry: number): boolean {
  const day = asEpochDay(expiry);
  const { day: ofMonth } = civilDate(day);
  const dayOfWeek = weekday(day);
  if (dayOfWeek === FRIDAY) return ofMonth >= 15 && ofMonth <= 21;
  if (dayOfWeek === SATURDAY) return ofMonth >= 16 && ofMonth <= 22;
  return dayOfWeek === FRIDAY - 1 && ofMonth >= 14 && ofMonth <= 20;
}
