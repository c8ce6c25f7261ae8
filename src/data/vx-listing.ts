import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter } from '../time/vx-expiry.ts';

/** First trading day of VX futures. Source: Cboe Futures Exchange, 2004-03-26. */
export const VX_LISTED: EpochDay = epochDay(2004, 3, 26);

/** A monthly contract that settled on another day than today's rule gives. */
interface RuleException {
  readonly rule: EpochDay;
  readonly settled: EpochDay;
  readonly source: string;
}

const BEFORE_THIRD_FRIDAY = 'CFE contract files 2004: Wednesday before the third Friday';
const EXCEPTIONS: readonly RuleException[] = [
  { rule: epochDay(2004, 7, 21), settled: epochDay(2004, 7, 14), source: BEFORE_THIRD_FRIDAY },
  { rule: epochDay(2004, 10, 20), settled: epochDay(2004, 10, 13), source: BEFORE_THIRD_FRIDAY },
];

/** The next `count` final settlement days of monthly VX contracts strictly after a day, as listed. */
export function listedVxExpiries(day: number, count: number): readonly EpochDay[] {
  return vxExpiriesAfter(asEpochDay(day), count + 1)
    .map((expiry) => EXCEPTIONS.find((each) => each.rule === expiry)?.settled ?? expiry)
    .filter((expiry) => expiry > day)
    .slice(0, count);
}
