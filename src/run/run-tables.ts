import type { ParquetColumn } from '../data/duckdb-session.ts';
import { SLEEVES } from '../engine/run-record.ts';
import type { RunColumns, RunRecord } from '../engine/run-record.ts';
import { METRIC_DEFINITIONS } from '../evaluation/metric-definitions.ts';
import { recordsOf } from '../report/compare-view.ts';
import type { ComparedPolicy, CompareReport } from '../report/compare-view.ts';
import { formatIsoDate, asEpochDay } from '../time/epoch-day.ts';

/** A table of a kept run: columns, and SQL expressions for those of another type. */
export interface RunTable {
  readonly name: string;
  readonly columns: readonly ParquetColumn[];
  readonly casts: Readonly<Record<string, string>>;
}

/** Figures of simulated futures that have no entry in the definitions under their own name. */
const FREQUENCIES = ['pMarginCall', 'pForcedLiquidation', 'pRuin', 'pDrawdown50Given5'] as const;

/**
 * Tables of a comparison. `figures`: policy, figure (its name in the definitions), value, NULL where
 * unknown. `days`: policy, day, and the daily columns of each recorded path, dollars; profit and
 * loss of each sleeve is cumulative. `trades`: the blotter.
 */
export function runTables(view: CompareReport): readonly RunTable[] {
  return [figuresTable(view), daysTable(recordsOf(view)), tradesTable(recordsOf(view))];
}

function figuresTable({ policies }: CompareReport): RunTable {
  const rows = policies.flatMap((policy) =>
    figuresOf(policy).map(([figure, value]) => ({ policy: policy.metrics.name, figure, value })),
  );
  return {
    name: 'figures',
    columns: [
      { name: 'policy', type: 'VARCHAR', values: rows.map(({ policy }) => policy) },
      { name: 'figure', type: 'VARCHAR', values: rows.map(({ figure }) => figure) },
      { name: 'value', type: 'DOUBLE', values: rows.map(({ value }) => value) },
    ],
    casts: {},
  };
}

function figuresOf({
  metrics,
  outcome,
}: ComparedPolicy): readonly (readonly [string, number | null])[] {
  const defined = METRIC_DEFINITIONS.flatMap(({ name }): (readonly [string, number | null])[] => {
    const value = valueAt(metrics, name);
    if (typeof value === 'boolean') return [[name, value ? 1 : 0]];
    return typeof value === 'number' || value === null ? [[name, value]] : [];
  });
  const counted = FREQUENCIES.map(
    (name) => [name, outcome === undefined ? null : outcome[name].estimate] as const,
  );
  const { trades, wins } = metrics.condors;
  return [
    ...defined,
    ['condors.trades', trades],
    ['condors.wins', wins],
    ...(outcome === undefined ? [] : counted),
  ];
}

/** The value at a dotted path, or undefined. */
function valueAt(object: object, path: string): unknown {
  let value: unknown = object;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

const DAILY: Readonly<Record<string, (columns: RunColumns) => Float64Array>> = {
  equity_close: (columns) => columns.equityClose,
  equity_worst: (columns) => columns.equityWorst,
  margin_used: (columns) => columns.marginUsed,
  excess_liquidity: (columns) => columns.excessLiquidity,
  delta: (columns) => columns.delta,
  gamma: (columns) => columns.gamma,
  vega: (columns) => columns.vega,
  theta: (columns) => columns.theta,
};

function daysTable(records: readonly RunRecord[]): RunTable {
  const numbers = (name: string, of: (columns: RunColumns) => Float64Array): ParquetColumn => ({
    name,
    type: 'DOUBLE',
    values: records.flatMap(({ columns }) => Array.from(of(columns), known)),
  });
  const sleeves = SLEEVES.map((sleeve, place) =>
    numbers(`pnl_${sleeve}`, ({ sleevePnl, day }) =>
      Float64Array.from(day, (_, row) => sleevePnl[row * SLEEVES.length + place] ?? Number.NaN),
    ),
  );
  return {
    name: 'days',
    columns: [
      {
        name: 'policy',
        type: 'VARCHAR',
        values: records.flatMap(({ policy, columns }) => Array.from(columns.day, () => policy)),
      },
      { name: 'day', type: 'VARCHAR', values: records.flatMap((record) => isoDays(record)) },
      ...Object.entries(DAILY).map(([name, of]) => numbers(name, of)),
      ...sleeves,
    ],
    casts: { day: 'CAST(day AS DATE)' },
  };
}

function isoDays({ columns }: RunRecord): readonly string[] {
  return Array.from(columns.day, (day) => formatIsoDate(asEpochDay(day)));
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function tradesTable(records: readonly RunRecord[]): RunTable {
  const rows = records.flatMap(({ policy, trades }) => trades.map((trade) => ({ policy, trade })));
  const texts = (name: string, of: (row: (typeof rows)[number]) => string): ParquetColumn => ({
    name,
    type: 'VARCHAR',
    values: rows.map(of),
  });
  const numbers = (
    name: string,
    of: (row: (typeof rows)[number]) => number | null,
  ): ParquetColumn => ({ name, type: 'DOUBLE', values: rows.map(of) });
  return {
    name: 'trades',
    columns: [
      texts('policy', ({ policy }) => policy),
      numbers('id', ({ trade }) => trade.id),
      texts('sleeve', ({ trade }) => trade.sleeve),
      texts('structure', ({ trade }) => trade.structure),
      texts('opened', ({ trade }) => formatIsoDate(trade.openedDay)),
      texts('closed', ({ trade }) => formatIsoDate(trade.closedDay)),
      numbers('quantity', ({ trade }) => trade.quantity),
      numbers('premium', ({ trade }) => trade.premium),
      numbers('fees', ({ trade }) => trade.fees),
      numbers('spread_cost', ({ trade }) => trade.spreadCost),
      numbers('max_loss', ({ trade }) => trade.maxLoss),
      numbers('pnl', ({ trade }) => trade.pnl),
      texts('open_reason', ({ trade }) => trade.openReason),
      texts('close_reason', ({ trade }) => trade.closeReason),
    ],
    casts: {
      id: 'CAST(id AS INTEGER)',
      opened: 'CAST(opened AS DATE)',
      closed: 'CAST(closed AS DATE)',
    },
  };
}
