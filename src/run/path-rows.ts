import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { concatParquet, writeParquet } from '../data/duckdb-session.ts';
import type { ParquetColumn } from '../data/duckdb-session.ts';
import { makeFolder, makeWhole } from '../data/write-whole.ts';
import type { EndReason } from '../engine/run-record.ts';
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
const NAMES: readonly string[] = Object.keys(FIGURES);

/** Paths of a part, of every policy. */
const PART_PATHS = 10_000;

/** Rows of one policy over the paths of a part. */
interface PolicyRows {
  readonly endedBy: (EndReason | undefined)[];
  /** By column; NaN where a figure is not known. */
  readonly figures: readonly Float64Array[];
}

/** Rows of a part that has not been written. */
interface Part {
  /** Paths of policies that are still to come. */
  missing: number;
  readonly policies: readonly PolicyRows[];
}

/** Parts that have not been written, by their place, and the file they are for: plain data. */
export interface PendingRows {
  readonly file: string;
  readonly parts: ReadonlyMap<number, Part>;
}

/** A Parquet file in the making: rows come in any order, and leave memory part by part. */
export interface PathRows {
  /** Enters paths of a policy (by its place), each path once. Throws what a write before threw. */
  readonly enter: (policy: number, firstPath: number, summaries: readonly PathSummary[]) => void;
  readonly pending: () => PendingRows;
  /** Ends the file, once every path was entered: there as a whole, its parts gone. */
  readonly finish: () => Promise<void>;
}

/** Which rows, and where they go. */
export interface RowsPlan {
  readonly file: string;
  /** Names the run, so that parts of another are not taken for its own. */
  readonly key: string;
  readonly policies: readonly string[];
  readonly paths: number;
}

/**
 * Begins a Parquet file (zstd) with a row for every path of every policy, in this order: policy, path
 * (from 0), how it ended, and its figures; NULL where a figure is not known. The bytes do not depend on
 * the order in which paths are entered.
 *
 * @param pending What an interrupted run had in memory; its parts lie beside the file.
 */
export function openPathRows(plan: RowsPlan, pending?: PendingRows): PathRows {
  const folder = `${plan.file}.${plan.key.slice(0, 16)}.parts`;
  const parts = new Map<number, Part>(pending?.parts);
  let failure: Error | undefined;
  let written: Promise<void> = Promise.resolve();
  if (pending === undefined) rmSync(folder, { recursive: true, force: true });
  const write = (place: number, part: Part): void => {
    written = written
      .then(() => writePart(plan, folder, place, part))
      .then(() => void parts.delete(place))
      .catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
      });
  };
  for (const [place, part] of parts) if (part.missing === 0) write(place, part);
  return {
    enter: (policy, firstPath, summaries) => {
      if (failure !== undefined) throw failure;
      for (const [i, summary] of summaries.entries()) {
        const place = Math.floor((firstPath + i) / PART_PATHS);
        const part = parts.get(place) ?? emptyPart(plan, place);
        parts.set(place, part);
        enterRow(part.policies[policy], firstPath + i - place * PART_PATHS, summary);
        part.missing -= 1;
        if (part.missing === 0) write(place, part);
      }
    },
    pending: () => ({ file: plan.file, parts }),
    finish: async () => {
      await written;
      if (failure !== undefined) throw failure;
      // The run was over before, and its file is there.
      if (pending !== undefined && !existsSync(folder) && existsSync(plan.file)) return;
      const files = plan.policies.flatMap((_, policy) =>
        Array.from({ length: Math.ceil(plan.paths / PART_PATHS) }, (__, place) =>
          partFile(folder, place, policy),
        ),
      );
      await makeWhole(plan.file, (whole) => concatParquet(files, whole));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function emptyPart({ policies, paths }: RowsPlan, place: number): Part {
  const rows = Math.min(PART_PATHS, paths - place * PART_PATHS);
  return {
    missing: rows * policies.length,
    policies: policies.map(() => ({
      endedBy: Array.from({ length: rows }, () => undefined),
      figures: NAMES.map(() => new Float64Array(rows).fill(Number.NaN)),
    })),
  };
}

function enterRow(rows: PolicyRows | undefined, row: number, summary: PathSummary): void {
  if (rows === undefined) return;
  rows.endedBy[row] = summary.endedBy;
  for (const [place, of] of Object.values(FIGURES).entries()) {
    const column = rows.figures[place];
    if (column !== undefined) column[row] = of(summary) ?? Number.NaN;
  }
}

async function writePart(plan: RowsPlan, folder: string, place: number, part: Part): Promise<void> {
  makeFolder(folder);
  for (const [policy, { endedBy, figures }] of part.policies.entries()) {
    const file = partFile(folder, place, policy);
    // A part that an interrupted run wrote has these very rows.
    if (existsSync(file)) continue;
    const name = plan.policies[policy] ?? '';
    const columns: readonly ParquetColumn[] = [
      { name: 'policy', type: 'VARCHAR', values: endedBy.map(() => name) },
      { name: 'path', type: 'DOUBLE', values: endedBy.map((_, row) => place * PART_PATHS + row) },
      { name: 'ended_by', type: 'VARCHAR', values: endedBy.map((reason) => reason ?? null) },
      ...figures.map((column, figure): ParquetColumn => ({
        name: NAMES[figure] ?? '',
        type: 'DOUBLE',
        values: Array.from(column, (value) => (Number.isFinite(value) ? value : null)),
      })),
    ];
    await makeWhole(file, (whole) =>
      writeParquet(columns, whole, { path: 'CAST(path AS INTEGER)' }),
    );
  }
}

function partFile(folder: string, place: number, policy: number): string {
  return join(folder, `${String(place).padStart(6, '0')}-${policy}.parquet`);
}
