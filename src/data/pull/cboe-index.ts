import { isSession } from '../../time/cboe-calendar.ts';
import { asEpochDay, epochDay } from '../../time/epoch-day.ts';
import type { BuiltFile, ParsedPart, PulledRow, PulledText } from './pull-source.ts';
import { ascending, countNote, csvOf, pulledTable, refusal, tableRows } from './pulled-rows.ts';

const BARS = ['open', 'high', 'low', 'close'] as const;
/** The calendar is exact from here on; older rows are taken as they are. */
const CALENDAR_FROM = epochDay(1990, 1, 1);

/**
 * Rows of a Cboe index history: `DATE,OPEN,HIGH,LOW,CLOSE`, or `DATE,{SYMBOL}` with one value, which
 * is the close. Index points or VIX points.
 *
 * Source: Cboe, daily prices of indices (CSV, dates month first).
 */
export function parseCboeIndex(pulled: PulledText): readonly PulledRow[] {
  const table = pulledTable(pulled, 'date');
  if (table.header.includes('close')) return ascending(tableRows(table, BARS), pulled.file);
  const value = table.header.at(-1) ?? '';
  if (table.header.length !== 2) {
    throw refusal(pulled.file, {
      line: 1,
      rule: 'the header must have CLOSE or one value',
      value: table.header.join(','),
    });
  }
  const rows = tableRows(table, [value]).map(({ day, cells }) => ({
    day,
    cells: { close: cells[value] ?? Number.NaN },
  }));
  return ascending(rows, pulled.file);
}

/**
 * An index history in the layout of the market folder. Rows dated on days without a session go
 * (the calendar is exact from 1990), and so do rows without a close; a bar whose high is below its
 * low loses both, an open outside the bar is blanked.
 */
export function buildCboeIndex(
  file: string,
  columns: readonly string[],
): (parts: readonly ParsedPart[]) => readonly BuiltFile[] {
  return (parts) => {
    const all = parts.flatMap(({ rows }) => rows);
    const closed = all.filter(({ cells }) => (cells['close'] ?? 0) > 0);
    const kept = closed.filter(({ day }) => day < CALENDAR_FROM || isSession(asEpochDay(day)));
    const rows = kept.map(soundBar);
    const blanked = rows.filter((row, i) =>
      BARS.some((name) => (kept[i]?.cells[name] ?? 0) > 0 && Number.isNaN(row.cells[name])),
    ).length;
    const notes = [
      countNote(all.length - closed.length, 'without a close left out'),
      countNote(closed.length - kept.length, 'on days without a session left out'),
      countNote(blanked, 'with an open, high or low outside the bar blanked there'),
    ].filter((note) => note !== '');
    return [{ file, text: csvOf(columns, rows), notes }];
  };
}

function soundBar(row: PulledRow): PulledRow {
  const { open, high, low, close } = row.cells;
  const cells: Record<string, number> = { ...row.cells };
  const price = (value: number | undefined): number =>
    value !== undefined && value > 0 ? value : Number.NaN;
  const [top, bottom] = [price(high), price(low)];
  const inverted = top < bottom || top < price(close) || bottom > price(close);
  cells['high'] = inverted ? Number.NaN : top;
  cells['low'] = inverted ? Number.NaN : bottom;
  const first = price(open);
  const outside = first > (cells['high'] ?? Number.NaN) || first < (cells['low'] ?? Number.NaN);
  cells['open'] = outside ? Number.NaN : first;
  return { day: row.day, cells };
}
