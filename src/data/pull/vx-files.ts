import { VX_CURVE_MONTHS } from '../market-files.ts';
import type { BuiltFile, ParsedPart, PulledRow } from './pull-source.ts';
import { csvCell, isoOf } from './pulled-rows.ts';
import { FINAL_ARCHIVE } from './vx-contract.ts';

/** Files that monthly VX contracts become. */
export const VX_MONTHLY_FILES: readonly string[] = [
  'vix_futures_curve.csv',
  'vix_futures_final_settlements.csv',
];
/** File that weekly VX contracts become. */
export const VX_WEEKLY_FILE = 'vix_futures_weekly_contracts.csv';

interface Settled {
  readonly expiry: number;
  readonly settle: number;
}

/**
 * The curve by day (nearest nine settlements of contracts that expire strictly later, VIX points),
 * and the final settlements by expiry: the row dated on the expiry, else the exchange's archive.
 */
export function buildVxMonthly(parts: readonly ParsedPart[]): readonly BuiltFile[] {
  const byDay = new Map<number, Settled[]>();
  const finals = new Map<number, readonly [number, string]>();
  for (const { part, rows } of parts) {
    if (part.key !== FINAL_ARCHIVE) continue;
    for (const { day, cells } of rows) {
      finals.set(day, [cells['final'] ?? Number.NaN, 'CFE final settlement archive']);
    }
  }
  for (const { expiry, row } of contractRows(parts)) {
    const settle = row.cells['settle'] ?? Number.NaN;
    if (Number.isNaN(settle)) continue;
    if (row.day === expiry) finals.set(expiry, [settle, 'contract file, row dated on the expiry']);
    if (row.day >= expiry) continue;
    const day = byDay.get(row.day) ?? [];
    day.push({ expiry, settle });
    byDay.set(row.day, day);
  }
  return [
    { file: VX_MONTHLY_FILES[0] ?? '', text: curveText(byDay), notes: [] },
    { file: VX_MONTHLY_FILES[1] ?? '', text: finalText(finals), notes: [] },
  ];
}

function curveText(byDay: ReadonlyMap<number, readonly Settled[]>): string {
  const months = Array.from({ length: VX_CURVE_MONTHS }, (_unused, k) => k);
  const header = [
    'date',
    ...months.map((k) => `vx${k + 1}`),
    ...months.map((k) => `exp${k + 1}`),
  ].join(',');
  const lines = [...byDay]
    .toSorted(([a], [b]) => a - b)
    .map(([day, settled]) => {
      const nearest = settled.toSorted((a, b) => a.expiry - b.expiry);
      const prices = months.map((k) => csvCell(nearest[k]?.settle));
      const expiries = months.map((k) => {
        const expiry = nearest[k]?.expiry;
        return expiry === undefined ? '' : isoOf(expiry);
      });
      return [isoOf(day), ...prices, ...expiries].join(',');
    });
  return `${[header, ...lines].join('\n')}\n`;
}

function finalText(finals: ReadonlyMap<number, readonly [number, string]>): string {
  const lines = [...finals]
    .toSorted(([a], [b]) => a - b)
    .map(([expiry, [settle, source]]) => `${isoOf(expiry)},${csvCell(settle)},"${source}"`);
  return `${['expiry,final_settle,source', ...lines].join('\n')}\n`;
}

/** Weekly contracts: one row per day and expiry, prices in VIX points, volume in contracts. */
export function buildVxWeekly(parts: readonly ParsedPart[]): readonly BuiltFile[] {
  const columns = ['open', 'high', 'low', 'close', 'settle', 'volume', 'oi'];
  const rows = contractRows(parts).filter(({ expiry, row }) => row.day < expiry);
  const lines = rows
    .toSorted((a, b) => a.row.day - b.row.day || a.expiry - b.expiry)
    .map(({ expiry, row }) =>
      [isoOf(row.day), isoOf(expiry), ...columns.map((name) => csvCell(row.cells[name]))].join(','),
    );
  const text = `${[`date,expiry,${columns.join(',')}`, ...lines].join('\n')}\n`;
  return [{ file: VX_WEEKLY_FILE, text, notes: [] }];
}

function contractRows(
  parts: readonly ParsedPart[],
): readonly { readonly expiry: number; readonly row: PulledRow }[] {
  return parts.flatMap(({ part, rows }) =>
    part.expiry === undefined ? [] : rows.map((row) => ({ expiry: part.expiry ?? 0, row })),
  );
}
