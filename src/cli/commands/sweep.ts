import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '../../data/policy-file.ts';
import { axisLabels, parseSweepGrid, sweepCells } from '../../data/sweep-grid.ts';
import type { PathTally } from '../../evaluation/path-tally.ts';
import { sweepOutcome, tallyPath } from '../../evaluation/sweep-outcome.ts';
import type { ReportManifest } from '../../report/compare-view.ts';
import { sweepHtml } from '../../report/sweep-html.ts';
import { sweepJson, sweepText } from '../../report/sweep-view.ts';
import { openChunkCache } from '../../run/chunk-cache.ts';
import { modelText, reportModel } from '../../run/model-lines.ts';
import { createTallies } from '../../run/simulate.ts';
import type { FuturesRequest } from '../../run/simulate.ts';
import { openPathRows } from '../../run/path-rows.ts';
import { runSweep } from '../../run/sweep.ts';
import { createBlockPool } from '../../run/worker-pool.ts';
import type { BlockPool } from '../../run/worker-pool.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { HISTORY_OPTIONS, POLICY_FOLDER, RUN_OPTIONS, runOptions } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { writeJson } from '../output.ts';
import type { TextSink } from '../output.ts';
import { PARQUET_OPTION, prepareParquet } from '../parquet-option.ts';
import { createProgress } from '../progress.ts';
import {
  futuresConfig,
  futuresSource,
  MODEL_DETAILS,
  MODEL_OPTION,
  modelledFutures,
} from '../path-model-options.ts';
import { QUEUE_OPTION, queueUrl } from '../queue-option.ts';
import { readInput } from '../read-input.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);

/** `alvh sweep`: a grid of configurations of one policy over the same futures. */
export const SWEEP: Command = {
  name: 'sweep',
  summary: 'a grid of settings of one policy over the same futures: heat tables, fronts',
  operands: [{ name: 'GRID', summary: 'YAML or JSON file, or - for standard input' }],
  options: [
    ...FUTURES_OPTIONS,
    MODEL_OPTION,
    ...HISTORY_OPTIONS,
    ...RUN_OPTIONS,
    { name: 'cache', kind: 'value', valueName: 'DIR', summary: 'finished chunks; reports/chunks' },
    QUEUE_OPTION,
    PARQUET_OPTION,
    { name: 'out', kind: 'value', valueName: 'FILE', summary: 'HTML report; reports/sweep.html' },
  ],
  details: [
    'A grid names a policy and the keys of it that change: `policy: alvh-45`, `axes: { ' +
      'sizing.riskPerTrade: [0.01, 0.02], budgets.yearly: [0, 0.02] }`. Every combination is run, at ' +
      'most 1000.',
    'Each configuration over each block of futures is a chunk, kept under a hash of program, ' +
      'configuration, seed and paths. An interrupted sweep goes on where it stopped, and a wider grid ' +
      'or more paths run only what is new. Results do not depend on workers or cache.',
    'With --queue the chunks are run by `alvh worker` processes on any machines that reach the server; ' +
      'the results are those of this machine alone, byte for byte.',
    MODEL_DETAILS,
    'Intervals hold for all configurations at once: the more are tried, the wider they are.',
  ],
  examples: [
    'alvh sweep docs/trade-off.yaml --paths 2000',
    "echo '{policy: unhedged, axes: {wings.width: [0.01, 0.02, 0.04]}}' | alvh sweep - --json",
  ],
  run: runSweepCommand,
};

async function runSweepCommand(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const out = args.values.get('out') ?? join('reports', 'sweep.html');
  prepareFile('out', out);
  prepareParquet(args);
  const input = await readInput(args.operands[0] ?? '-', context);
  const grid = parseSweepGrid(input.name, input.text);
  const cells = sweepCells(input.name, grid, loadPolicy(grid.policy, POLICY_FOLDER));
  const options = runOptions(args);
  const futures = modelledFutures(args, futuresOptions(args), options);
  const request = { ...futures, policies: cells.map(({ policy }) => policy), options };
  const manifest = manifestOf(futuresConfig(request), futuresSource(futures));
  const tallies = await simulateCells(context, request, manifest);
  const { paths, years, seed } = futures;
  const model = reportModel(futures.model);
  const report = {
    policy: grid.policy,
    paths,
    years,
    seed,
    model,
    market: `simulated (${modelText(model)})`,
    axes: axisLabels(grid),
    outcomes: tallies.map((tally) => sweepOutcome(tally, cells.length)),
    manifest,
  };
  writeWhole(out, sweepHtml(report));
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/sweep/1', ...sweepJson(report) });
  } else await stdout.write(sweepText(report));
  await stderr.write(`report: ${out}\n`);
  return OK;
}

/** Runs the configurations, here or over the queue, and tells what the cache had of them. */
async function simulateCells(
  { args, stderr }: CommandContext,
  request: FuturesRequest,
  { codeVersion, configHash, node }: ReportManifest,
): Promise<readonly PathTally[]> {
  const { policies, paths } = request;
  const dir = args.values.get('cache') ?? join('reports', 'chunks');
  prepareFile('cache', join(dir, 'chunk'));
  const cache = openChunkCache(dir, codeVersion, node);
  const tallies = createTallies(policies, paths);
  const file = args.values.get('parquet');
  const names = policies.map(({ name }) => name);
  const rows =
    file === undefined
      ? undefined
      : openPathRows({ file, key: configHash, policies: names, paths });
  const progress = createProgress(stderr, 'futures');
  const run = await runSweep(request, cache, {
    openPool: (blocks) => openPool(args, stderr, { blocks, codeVersion }),
    onChunk: (cell, firstPath, summaries) => {
      const tally = tallies[cell];
      for (const [place, summary] of summaries.entries()) {
        if (tally !== undefined) tallyPath(tally, firstPath + place, summary);
      }
      rows?.enter(cell, firstPath, summaries);
    },
    progress: (done, total) => progress.show(done, total, 'simulating'),
  });
  progress.end();
  await stderr.write(`chunks: ${run.chunksRun} run, ${run.chunksFound} found in ${dir}\n`);
  await rows?.finish();
  return tallies;
}

/** Threads of this machine, or the workers that listen to a queue. */
async function openPool(
  args: ParsedArguments,
  stderr: TextSink,
  { blocks, codeVersion }: { readonly blocks: number; readonly codeVersion: string },
): Promise<BlockPool> {
  const url = queueUrl(args);
  if (url !== undefined && blocks > 0) {
    const { openQueuePool } = await import('../../run/chunk-queue.ts');
    return openQueuePool({ url, codeVersion }, (text) => void stderr.write(`${text}\n`));
  }
  const { workers } = futuresOptions(args);
  const threads = workers === 0 ? availableParallelism() : workers;
  return createBlockPool(Math.min(threads, blocks), WORKER);
}
