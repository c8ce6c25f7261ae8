import type { RunRecord } from '../engine/run-record.ts';
import { formatIsoDate, parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { drawdownsAtClose, drawdownsAtWorstMark, largestDrawdown } from './drawdown.ts';

/** A dated fall of the S&P 500. */
export interface CrisisWindow {
  readonly name: string;
  /** ISO date of the close from which the fall is measured. */
  readonly from: string;
  /** ISO date of the last close of the window. */
  readonly to: string;
  readonly source: string;
}

const PEAK_TO_TROUGH = 'S&P 500, closing peak to closing trough';

/** Falls that every report shows, oldest first. */
export const CRISIS_WINDOWS: readonly CrisisWindow[] = [
  { name: '1990 Kuwait', from: '1990-07-16', to: '1990-10-11', source: PEAK_TO_TROUGH },
  { name: '1997 Asia', from: '1997-10-07', to: '1997-10-27', source: PEAK_TO_TROUGH },
  {
    name: '1998 Russia, LTCM',
    from: '1998-07-17',
    to: '1998-10-08',
    source: 'S&P 500, closing peak to the second low in October',
  },
  { name: '2001 September', from: '2001-08-24', to: '2001-09-21', source: PEAK_TO_TROUGH },
  { name: '2002 bear market', from: '2002-03-19', to: '2002-10-09', source: PEAK_TO_TROUGH },
  { name: '2007–2009 whole', from: '2007-10-09', to: '2009-03-09', source: PEAK_TO_TROUGH },
  {
    name: '2008 autumn',
    from: '2008-08-28',
    to: '2008-11-20',
    source: 'S&P 500, last closing high before Lehman to closing trough of 2008',
  },
  { name: '2010 flash crash', from: '2010-04-23', to: '2010-07-02', source: PEAK_TO_TROUGH },
  {
    name: '2011 downgrade',
    from: '2011-07-22',
    to: '2011-10-03',
    source: 'S&P 500, last closing high before the downgrade to closing trough',
  },
  {
    name: '2015 August',
    from: '2015-08-17',
    to: '2015-08-25',
    source: 'S&P 500, last closing high before the fall to closing trough',
  },
  { name: '2015–16 winter', from: '2015-11-03', to: '2016-02-11', source: PEAK_TO_TROUGH },
  { name: '2018 February', from: '2018-01-26', to: '2018-02-08', source: PEAK_TO_TROUGH },
  { name: '2018 Q4', from: '2018-09-20', to: '2018-12-24', source: PEAK_TO_TROUGH },
  { name: '2020 March', from: '2020-02-19', to: '2020-03-23', source: PEAK_TO_TROUGH },
  { name: '2022 bear market', from: '2022-01-03', to: '2022-10-12', source: PEAK_TO_TROUGH },
  { name: '2024 August', from: '2024-07-16', to: '2024-08-05', source: PEAK_TO_TROUGH },
  { name: '2025 April', from: '2025-02-19', to: '2025-04-08', source: PEAK_TO_TROUGH },
];

/** What a policy did in a window; unknown figures are null for one common reason. */
export interface CrisisOutcome {
  readonly window: CrisisWindow;
  /** Equity at the window's last close over equity at its first close − 1. */
  readonly pnl: number | null;
  /** Largest drawdown inside the window, at closes; a fraction >= 0. */
  readonly drawdownClose: number | null;
  /** Largest drawdown inside the window, at the worst mark of each day. */
  readonly drawdownWorstMark: number | null;
  readonly pnlReason: string | undefined;
}

/** Outcome of a run in each window, in the order of the windows. */
export function crisisOutcomes(
  record: RunRecord,
  windows: readonly CrisisWindow[] = CRISIS_WINDOWS,
): readonly CrisisOutcome[] {
  return windows.map((window) => outcomeIn(record, window));
}

function outcomeIn(record: RunRecord, window: CrisisWindow): CrisisOutcome {
  const { day, equityClose, equityWorst } = record.columns;
  const from = dayOf(window.from);
  const to = dayOf(window.to);
  const { endedDay } = record;
  if (endedDay !== undefined && endedDay < from) {
    return notCovered(window, `ended on ${formatIsoDate(endedDay)}`);
  }
  const start = lastAtOrBefore(day, from);
  const end = lastAtOrBefore(day, to);
  const endsInside = endedDay !== undefined && endedDay <= to;
  if (start < 0 || !((day.at(-1) ?? Number.NaN) >= to || endsInside)) {
    return notCovered(window, 'not covered by the run');
  }
  const base = equityClose[start] ?? Number.NaN;
  if (!(base > 0)) return notCovered(window, 'equity was not above 0 at the start of the window');
  const close = equityClose.subarray(start + 1, end + 1);
  const worst = equityWorst.subarray(start + 1, end + 1);
  return {
    window,
    pnl: (close.at(-1) ?? base) / base - 1,
    drawdownClose: largestDrawdown(drawdownsAtClose(base, close)),
    drawdownWorstMark: largestDrawdown(drawdownsAtWorstMark(base, close, worst)),
    pnlReason: undefined,
  };
}

function notCovered(window: CrisisWindow, reason: string): CrisisOutcome {
  return { window, pnl: null, drawdownClose: null, drawdownWorstMark: null, pnlReason: reason };
}

function dayOf(text: string): EpochDay | number {
  const day = parseIsoDate(text);
  return day.ok ? day.value : Number.NaN;
}

/** Index of the last element <= value in an ascending column, −1 when there is none. */
function lastAtOrBefore(day: Int32Array, value: number): number {
  return day.findLastIndex((at) => at <= value);
}
