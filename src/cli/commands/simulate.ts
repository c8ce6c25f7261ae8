import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareHtml } from '../../report/compare-html.ts';
import { compareJson } from '../../report/compare-json.ts';
import { compareTable } from '../../report/compare-table.ts';
import { openCheckpoint } from '../../run/checkpoint.ts';
import { simulationReport } from '../../run/compare-report.ts';
import { EXACT_PATHS, Interrupted, tallyFutures } from '../../run/simulate.ts';
import type { FuturesRequest, TallyRun } from '../../run/simulate.ts';
import { configHash as hashOf } from '../../run/code-version.ts';
import type { ReportManifest } from '../../report/compare-view.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { askedPolicies, HISTORY_OPTIONS, POLICY_OPTIONS, runOptions } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { keepFinished, prepareRuns, RUNS_OPTION } from '../kept-run.ts';
import type { FinishedRun } from '../kept-run.ts';
import { interruptCode } from '../interruption.ts';
import { manifestOf } from '../manifest.ts';
import { optionalInteger } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { PARQUET_OPTION, prepareParquet } from '../parquet-option.ts';
import { createProgress } from '../progress.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import {
  futuresConfig,
  futuresSource,
  MODEL_DETAILS,
  MODEL_OPTION,
  modelledFutures,
} from '../path-model-options.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

/** Exact quantiles keep about a kilobyte a future and policy. */
const EXACT_BOUNDS = { min: 0, max: 1_000_000, otherwise: EXACT_PATHS } as const;

const WORKER = new URL('../../run/block-worker.js', import.meta.url);

/** `alvh simulate`: many futures of the simulated market under the same random numbers. */
export const SIMULATE: Command = {
  name: 'simulate',
  summary: 'many futures: how often an account is called, liquidated or ruined, with intervals',
  operands: [],
  options: [
    ...FUTURES_OPTIONS,
    MODEL_OPTION,
    ...HISTORY_OPTIONS,
    ...POLICY_OPTIONS,
    {
      name: 'out',
      kind: 'value',
      valueName: 'FILE',
      summary: 'HTML report; reports/simulate.html',
    },
    {
      name: 'checkpoint',
      kind: 'value',
      valueName: 'FILE',
      summary: 'how far the run has come; under reports/ and removed at the end, unless named',
    },
    {
      name: 'exact-paths',
      kind: 'value',
      valueName: 'N',
      summary: `futures up to which quantiles are exact; ${EXACT_PATHS}`,
    },
    PARQUET_OPTION,
    RUNS_OPTION,
  ],
  details: [
    'Runs exactly the policies that are named, on common random numbers. The same paths, years and ' +
      'seed give the same bytes for any number of workers, interrupted or not.',
    MODEL_DETAILS,
    'Frequencies carry 95 % Wilson intervals; after no event the upper end is 3 / N.',
    'An interrupted run (Ctrl-C) goes on when the same command is given again. Beyond --exact-paths ' +
      'no future is kept and memory does not grow: counts and means stay exact, quantiles come from ' +
      'bins, each order statistic within 0.01 % of itself. The report says which.',
  ],
  examples: [
    'alvh simulate --paths 500 --years 2 --seed 7 --policies alvh-45,martingale-strangle',
    'alvh simulate --paths 100000 --policies alvh-45 --checkpoint run.checkpoint --json',
    'alvh simulate --model bootstrap --data DIR --from 2004-03-26 --to 2024-06-28',
  ],
  run: runSimulate,
};

async function runSimulate(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const out = args.values.get('out') ?? join('reports', 'simulate.html');
  prepareFile('out', out);
  prepareParquet(args);
  prepareRuns(args);
  const signal = context.holdInterrupt?.();
  const asked = askedFutures(context);
  const checkpoint = prepareCheckpoint(args, asked.manifest);
  let run: FinishedRun;
  try {
    const rows = args.values.get('parquet');
    run = await finished(context, asked, {
      checkpoint: openCheckpoint(checkpoint.file, checkpoint.key),
      ...(rows === undefined ? {} : { rows: { file: rows, key: checkpoint.key } }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (!(error instanceof Interrupted) || signal === undefined) throw error;
    await stderr.write(
      `${error.message}: no result; the same command goes on from ${checkpoint.file}\n`,
    );
    return interruptCode(signal);
  }
  writeWhole(out, compareHtml(run.report));
  if (args.flags.has('json')) await writeJson(stdout, compareJson(run.report, run.schema));
  else await stdout.write(compareTable(run.report));
  await stderr.write(`report: ${out}\n`);
  await keepFinished(context, 'simulate', run);
  if (!checkpoint.isNamed) rmSync(checkpoint.file, { force: true });
  return OK;
}

/** The futures that a command line asks for. */
export async function simulation(context: CommandContext): Promise<FinishedRun> {
  return finished(context, askedFutures(context), {});
}

interface AskedFutures {
  readonly request: FuturesRequest;
  readonly config: unknown;
  readonly manifest: ReportManifest;
}

function askedFutures({ args }: CommandContext): AskedFutures {
  const options = runOptions(args);
  const request = {
    policies: askedPolicies(args, ['unhedged', 'martingale', 'martingale-strangle', 'alvh-45']),
    options,
    ...modelledFutures(args, futuresOptions(args), options),
    ...(args.values.has('exact-paths') && {
      exactPaths: optionalInteger(args, 'exact-paths', EXACT_BOUNDS),
    }),
  };
  const config = futuresConfig(request);
  return { request, config, manifest: manifestOf(config, futuresSource(request)) };
}

/** Where the run is kept: a place of its own unless one is named. */
function prepareCheckpoint(
  args: ParsedArguments,
  { codeVersion, configHash, node }: ReportManifest,
): { readonly file: string; readonly key: string; readonly isNamed: boolean } {
  const key = hashOf([codeVersion, node, configHash]);
  const named = args.values.get('checkpoint');
  const file = named ?? join('reports', `simulate-${key.slice(0, 12)}.checkpoint`);
  prepareFile('checkpoint', file);
  return { file, key, isNamed: named !== undefined };
}

async function finished(
  { stderr }: CommandContext,
  { request, config, manifest }: AskedFutures,
  run: Omit<TallyRun, 'progress'>,
): Promise<FinishedRun> {
  const progress = createProgress(stderr, 'futures');
  const tallies = await tallyFutures(request, WORKER, {
    ...run,
    progress: (done, total) => progress.show(done, total, 'simulating'),
  }).finally(() => progress.end());
  const report = simulationReport({ tallies, smaller: undefined }, request, manifest);
  return { config, report, schema: 'alvh/simulate/1' };
}
