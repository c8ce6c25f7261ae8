import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { UnseenSettlement } from '../market/market-path.ts';
import type { HistoricalColumns, SeriesColumns } from './historical-columns.ts';

/** Typed arrays that the columns are made of. */
type Column = Float64Array | Int32Array | Uint8Array;

/** The columns without the sessions from `start` on whose day is not among those to trade. */
export function keepSessions(
  columns: HistoricalColumns,
  start: number,
  traded: ReadonlySet<number>,
): HistoricalColumns {
  const isKept = (row: number): boolean => row < start || traded.has(columns.day[row] ?? 0);
  const rows = <T extends Column>(column: T, width = 1): T =>
    column.filter((_value: number, i: number) => isKept(Math.floor(i / width))) as T;
  const series = Object.fromEntries(
    Object.entries(columns.series).map(([name, { values, source }]) => [
      name,
      { values: rows(values), source: rows(source) },
    ]),
  ) as SeriesColumns;
  const { surface, vx } = columns;
  return {
    ...columns,
    day: rows(columns.day),
    nextCpiRelease: rows(columns.nextCpiRelease),
    series,
    surface: { theta: rows(surface.theta, PILLARS), source: rows(surface.source) },
    vx: {
      count: rows(vx.count),
      expiry: rows(vx.expiry, VX_NODES),
      settle: rows(vx.settle, VX_NODES),
      source: rows(vx.source, VX_NODES),
    },
  };
}

/** Final values of the sessions that `keepSessions` leaves out, by day. */
export function unseenSettlements(
  { day, series }: HistoricalColumns,
  start: number,
  traded: ReadonlySet<number>,
): ReadonlyMap<number, UnseenSettlement> {
  const unseen = new Map<number, UnseenSettlement>();
  for (let row = start; row < day.length; row += 1) {
    const at = day[row] ?? 0;
    if (traded.has(at)) continue;
    const soq = series.vixSettlement.values[row] ?? Number.NaN;
    unseen.set(at, {
      spxOpening: series.spxSettlement.values[row] ?? Number.NaN,
      spxClose: series.spxClose.values[row] ?? Number.NaN,
      vix: Number.isNaN(soq) ? (series.vixClose.values[row] ?? Number.NaN) : soq,
    });
  }
  return unseen;
}
