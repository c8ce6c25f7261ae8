import type { LegDay } from '../engine/leg-days.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { halfSpreadsOff } from '../evaluation/mark-errors.ts';
import { formatIsoDate } from '../time/epoch-day.ts';

const HEADER =
  'policy,date,trade,leg,quantity,source,absence,bid,ask,mark,chain_model,chain_smile,index_model,' +
  'chain_half_spreads,index_half_spreads,deviations';

/**
 * Every index option held at every close of runs with quotes as CSV (RFC 4180): what marked it, its
 * quote, both models (points) and how far they lie from the mid, in half-spreads. Unknown is empty.
 */
export function legDaysCsv(records: readonly RunRecord[]): string {
  const rows = records.flatMap((record) =>
    (record.legDays ?? []).map((legDay) => row(record.policy, legDay)),
  );
  return `${[HEADER, ...rows].join('\r\n')}\r\n`;
}

function row(policy: string, legDay: LegDay): string {
  const { bid, ask, mark, chainModel, chainSmile, indexModel, deviations } = legDay;
  return [
    /[",\r\n]/.test(policy) ? `"${policy.replaceAll('"', '""')}"` : policy,
    formatIsoDate(legDay.day),
    String(legDay.trade),
    legDay.series,
    String(legDay.quantity),
    legDay.source,
    legDay.absence ?? '',
    points(bid, 2),
    points(ask, 2),
    points(mark, 4),
    points(chainModel, 4),
    points(chainSmile, 4),
    points(indexModel, 4),
    points(halfSpreadsOff(legDay, chainModel), 2),
    points(halfSpreadsOff(legDay, indexModel), 2),
    points(deviations, 3),
  ].join(',');
}

function points(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : '';
}
