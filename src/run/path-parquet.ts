import { renameSync, rmSync } from 'node:fs';
import { writeParquet } from '../data/duckdb-session.ts';
import type { ParquetColumn } from '../data/duckdb-session.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';

/** Numbers of a path by the name of their column; dollars and fractions, 1 or 0 for what happened. */
const FIGURES: Readonly<Record<string, (path: PathSummary) => number | null>> = {
  start_equity: (path) => path.startEquity,
  final_equity: (path) => path.finalEquity,
  years: (path) => path.years,
  max_drawdown_close: (path) => path.maxDrawdownClose,
  max_drawdown_worst_mark: (path) => path.maxDrawdownWorstMark,
  conditional_drawdown_95: (path) => path.conditionalDrawdown95,
  annual_volatility: (path) => path.annualVolatility,
  margin_calls: (path) => path.marginCalls,
  forced_liquidations: (path) => path.forcedLiquidations,
  doubling_refused: (path) => path.doublingRefused,
  ruined: (path) => (path.ruined ? 1 : 0),
  hedge_cost: (path) => path.hedgeCost,
  hedge_payoff: (path) => path.hedgePayoff,
  condors_closed: (path) => path.condors.trades,
  condors_won: (path) => path.condors.wins,
  longest_losing_run: (path) => path.longestLosingRun,
  peak_margin_use: (path) => path.peakMarginUse,
};

/**
 * Writes every path of every policy as a row of a Parquet file (zstd), whole or not at all: policy,
 * path (from 0), how it ended, and its figures; NULL where a figure is not known.
 */
export async function writePathParquet(
  summaries: readonly (readonly PathSummary[])[],
  file: string,
): Promise<void> {
  const rows = summaries.flat();
  const numbers = (of: (path: PathSummary) => number | null): readonly (number | null)[] =>
    rows.map((path) => {
      const value = of(path);
      return value !== null && Number.isFinite(value) ? value : null;
    });
  const columns: readonly ParquetColumn[] = [
    { name: 'policy', type: 'VARCHAR', values: rows.map(({ policy }) => policy) },
    { name: 'path', type: 'DOUBLE', values: summaries.flatMap((paths) => paths.map((_, i) => i)) },
    { name: 'ended_by', type: 'VARCHAR', values: rows.map(({ endedBy }) => endedBy) },
    ...Object.entries(FIGURES).map(([name, of]): ParquetColumn => ({
      name,
      type: 'DOUBLE',
      values: numbers(of),
    })),
  ];
  const part = `${file}.part`;
  try {
    await writeParquet(columns, part, { path: 'CAST(path AS INTEGER)' });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
