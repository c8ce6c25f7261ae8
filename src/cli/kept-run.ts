import { join } from 'node:path';
import { compareHtml } from '../report/compare-html.ts';
import { compareJson } from '../report/compare-json.ts';
import { recordsOf, simulatedPaths } from '../report/compare-view.ts';
import type { CompareReport } from '../report/compare-view.ts';
import type { JsonValue } from '../report/json-value.ts';
import type { RunCommand, RunManifest } from '../run/run-store.ts';
import { tradesCsv } from '../run/trades-csv.ts';
import type { ParsedArguments } from './arguments.ts';
import { COMMON_OPTIONS } from './command.ts';
import type { CommandContext, OptionSpec } from './command.ts';
import { jsonText } from './output.ts';
import { prepareFile } from './prepare-file.ts';

/** The option of commands whose runs can be kept. */
export const RUNS_OPTION: OptionSpec = {
  name: 'runs',
  kind: 'value',
  valueName: 'DIR',
  summary: 'keep the run in this folder, for `alvh runs`',
};

/** A run that is over, with all that its results depend on. */
export interface FinishedRun {
  readonly config: unknown;
  readonly report: CompareReport;
  readonly schema: string;
}

/** Options that do not change the results: where they go, and who computes them. */
const ASIDE: readonly string[] = [
  'out',
  'trades',
  'parquet',
  'checkpoint',
  'workers',
  'runs',
  'leg-days',
];

/** Makes sure that the folder --runs names can be written. */
export function prepareRuns(args: ParsedArguments): void {
  const store = args.values.get('runs');
  if (store !== undefined) prepareFile('runs', join(store, 'manifest.json'));
}

/** Keeps the run when --runs names a folder. */
export async function keepFinished(
  { args, stderr }: CommandContext,
  name: string,
  run: FinishedRun,
): Promise<void> {
  const store = args.values.get('runs');
  if (store === undefined) return;
  // DuckDB is large, and mostly not needed.
  const { keepRun } = await import('../run/run-store.ts');
  const { runTables } = await import('../run/run-tables.ts');
  const id = await keepRun(store, manifestOfRun(commandOf(name, args), run), {
    texts: textsOf(run),
    tables: runTables(run.report),
  });
  await stderr.write(`run ${id} kept in ${store}\n`);
}

/** What a store knows of a run. */
export function manifestOfRun(command: RunCommand, { report, config }: FinishedRun): RunManifest {
  const { manifest, market, from, to, policies } = report;
  return {
    command,
    manifest,
    // Keys without a value go: they are no setting.
    config: JSON.parse(JSON.stringify(config)) as JsonValue,
    market,
    from,
    to,
    policies: policies.map(({ metrics }) => metrics.name),
  };
}

/** Texts of a run, by the name of their file: what the same command makes again byte by byte. */
export function textsOf({ report, schema }: FinishedRun): Readonly<Record<string, string>> {
  const texts = {
    'document.json': `${jsonText(compareJson(report, schema))}\n`,
    'report.html': compareHtml(report),
  };
  return simulatedPaths(report) === undefined
    ? { ...texts, 'trades.csv': tradesCsv(recordsOf(report)) }
    : texts;
}

function commandOf(name: string, args: ParsedArguments): RunCommand {
  return {
    name,
    values: Object.fromEntries([...args.values].filter(([key]) => !ASIDE.includes(key))),
    flags: [...args.flags].filter((flag) => !COMMON_OPTIONS.some(({ name: own }) => own === flag)),
  };
}
