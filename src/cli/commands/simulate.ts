import { join } from 'node:path';
import { compareHtml } from '../../report/compare-html.ts';
import { compareJson } from '../../report/compare-json.ts';
import { compareTable } from '../../report/compare-table.ts';
import type { PathSummary } from '../../evaluation/path-summary.ts';
import { openBlockStore } from '../../run/block-store.ts';
import { simulationReport } from '../../run/compare-report.ts';
import { simulateFutures } from '../../run/simulate.ts';
import type { Command, CommandContext } from '../command.ts';
import { askedPolicies, HISTORY_OPTIONS, POLICY_OPTIONS, runOptions } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { keepFinished, prepareRuns, RUNS_OPTION } from '../kept-run.ts';
import type { FinishedRun } from '../kept-run.ts';
import { manifestOf } from '../manifest.ts';
import { writeJson } from '../output.ts';
import { PARQUET_OPTION, prepareParquet, writePaths } from '../parquet-option.ts';
import { createProgress } from '../progress.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import {
  futuresConfig,
  futuresSource,
  MODEL_DETAILS,
  MODEL_OPTION,
  modelledFutures,
} from '../path-model-options.ts';
import { prepareFile, writeWhole } from '../write-whole.ts';

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
      summary: 'keep finished blocks there; the same command goes on after an interruption',
    },
    PARQUET_OPTION,
    RUNS_OPTION,
  ],
  details: [
    'Runs exactly the policies that are named, on common random numbers. The same paths, years and ' +
      'seed give the same bytes for any number of workers, interrupted or not.',
    MODEL_DETAILS,
    'Frequencies carry 95 % Wilson intervals; after no event the upper end is 3 / N.',
  ],
  examples: [
    'alvh simulate --paths 500 --years 2 --seed 7 --policies alvh-45,martingale-strangle',
    'alvh simulate --paths 10000 --policies alvh-45 --checkpoint run.blocks --json',
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
  const run = await simulation(context);
  writeWhole(out, compareHtml(run.report));
  await writePaths(args, run.summaries);
  if (args.flags.has('json')) await writeJson(stdout, compareJson(run.report, run.schema));
  else await stdout.write(compareTable(run.report));
  await stderr.write(`report: ${out}\n`);
  await keepFinished(context, 'simulate', run);
  return OK;
}

/** The futures that a command line asks for. */
export async function simulation(
  context: CommandContext,
): Promise<FinishedRun & { readonly summaries: readonly (readonly PathSummary[])[] }> {
  const { args, stderr } = context;
  const options = runOptions(args);
  const request = {
    policies: askedPolicies(args, ['unhedged', 'martingale', 'martingale-strangle', 'alvh-45']),
    options,
    ...modelledFutures(args, futuresOptions(args), options),
  };
  const config = futuresConfig(request);
  const manifest = manifestOf(config, futuresSource(request));
  const checkpoint = args.values.get('checkpoint');
  const store =
    checkpoint === undefined
      ? undefined
      : openBlockStore(checkpoint, `${manifest.codeVersion} ${manifest.configHash}`);
  const progress = createProgress(stderr, 'futures');
  const summaries = await simulateFutures(
    request,
    WORKER,
    (done, total) => progress.show(done, total, 'simulating'),
    store,
  );
  progress.end();
  const report = simulationReport({ summaries, smaller: undefined }, request, manifest);
  return { config, report, schema: 'alvh/simulate/1', summaries };
}
