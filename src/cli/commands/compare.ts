import { join } from 'node:path';
import { compareHtml } from '../../report/compare-html.ts';
import { compareJson } from '../../report/compare-json.ts';
import { compareTable } from '../../report/compare-table.ts';
import { recordsOf } from '../../report/compare-view.ts';
import { compareHistory } from '../../run/compare-history.ts';
import { historyReport, simulationReport } from '../../run/compare-report.ts';
import { compareSimulation } from '../../run/compare-simulation.ts';
import { legDaysCsv } from '../../run/leg-days-csv.ts';
import { tradesCsv } from '../../run/trades-csv.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { CHAIN_OPTIONS, chainRequest, chainSpan, prepareLegDays } from '../chain-options.ts';
import { compareOptions, POLICY_OPTIONS, historySpan } from '../compare-options.ts';
import type { CompareOptions } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalChoice, requiredText } from '../option-value.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { keepFinished, prepareRuns, RUNS_OPTION } from '../kept-run.ts';
import type { FinishedRun } from '../kept-run.ts';
import { manifestOf } from '../manifest.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import {
  futuresConfig,
  futuresSource,
  MODEL_DETAILS,
  MODEL_OPTION,
  modelledFutures,
} from '../path-model-options.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);

/** `alvh compare`: the same account under several policies, on history or simulated futures. */
export const COMPARE: Command = {
  name: 'compare',
  summary: 'what happens to an account: unhedged, doubling after losses, or hedged in layers',
  operands: [],
  options: [
    { name: 'data', kind: 'value', valueName: 'DIR', summary: 'history: folder of market files' },
    { name: 'from', kind: 'value', valueName: 'DATE', summary: 'history or window: first day' },
    { name: 'to', kind: 'value', valueName: 'DATE', summary: 'history or window: last day' },
    { name: 'market', kind: 'value', valueName: 'KIND', summary: 'simulated or history' },
    ...FUTURES_OPTIONS,
    MODEL_OPTION,
    ...POLICY_OPTIONS,
    { name: 'out', kind: 'value', valueName: 'FILE', summary: 'HTML report; reports/…' },
    { name: 'trades', kind: 'value', valueName: 'FILE', summary: 'history: blotter as CSV' },
    RUNS_OPTION,
    ...CHAIN_OPTIONS,
  ],
  details: [
    'With --data the policies run over recorded history; without it over futures of the built-in ' +
      'simulated market, with the same random numbers for every policy. The table goes to standard ' +
      'output and a self-contained HTML report to --out.',
    MODEL_DETAILS,
    'Whenever alvh-45 is compared, smaller-unhedged joins: unhedged condors scaled down until ' +
      'being smaller costs what the hedge costs.',
    'With --chains, SPX and XSP options are marked at the mids of recorded quotes, sold at the bid ' +
      'and bought at the ask. The sessions are the days with a chain, at its underlying and time. ' +
      'A leg without a quote is not opened, and ends the run when it is held, unless its model mark ' +
      'is allowed. The report says for every leg-day what marked it.',
  ],
  examples: [
    'alvh compare --market simulated --paths 2000 --years 1 --seed 1',
    'alvh compare --model bootstrap --data DIR --paths 500',
    'alvh compare --data DIR --from 2007-01-03 --to 2024-06-28 --policies unhedged,alvh-45 --json',
  ],
  run: runCompare,
};

async function runCompare(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const out = args.values.get('out') ?? defaultReport(onRecordedHistory(args));
  const trades = args.values.get('trades');
  if (trades !== undefined && !onRecordedHistory(args)) {
    throw new UsageError('--trades needs --data DIR and no --model (one history)');
  }
  prepareFile('out', out);
  if (trades !== undefined) prepareFile('trades', trades);
  const legDays = prepareLegDays(args);
  prepareRuns(args);
  const run = await comparison(context);
  const { report } = run;
  writeWhole(out, compareHtml(report));
  if (trades !== undefined) writeWhole(trades, tradesCsv(recordsOf(report)));
  if (legDays !== undefined) writeWhole(legDays, legDaysCsv(recordsOf(report)));
  if (args.flags.has('json')) await writeJson(stdout, compareJson(report));
  else await stdout.write(compareTable(report));
  await stderr.write(`report: ${out}\n`);
  await keepFinished(context, 'compare', run);
  return OK;
}

/** The comparison that a command line asks for. */
export async function comparison(context: CommandContext): Promise<FinishedRun> {
  const { args } = context;
  const history = onRecordedHistory(args);
  const asked = compareOptions(args);
  return history ? onHistory(context, asked) : onFutures(context, asked);
}

/** Whether the policies run over recorded history itself; a --model means simulated futures. */
function onRecordedHistory(args: ParsedArguments): boolean {
  const data = args.values.has('data');
  const modelled = args.values.has('model');
  const otherwise = data && !modelled ? 'history' : 'simulated';
  const market = optionalChoice(args, 'market', ['simulated', 'history'], otherwise);
  if (market === 'history' && modelled) {
    throw new UsageError('--market history takes no --model; leave one of them out');
  }
  if (market === 'history' && !data) throw new UsageError('--market history needs --data DIR');
  if (market === 'simulated' && data && !modelled) {
    throw new UsageError(
      '--market simulated reads no --data without a --model of history; leave it out or name one',
    );
  }
  return market === 'history';
}

async function onHistory(context: CommandContext, asked: CompareOptions): Promise<FinishedRun> {
  const { args, stderr } = context;
  const dir = requiredText(args, 'data');
  const chains = await chainRequest(args);
  const { from, to } = chains === undefined ? historySpan(args, dir) : chainSpan(args, chains);
  const progress = createProgress(stderr, 'policies');
  const request = { dir, from, to, ...asked, ...(chains === undefined ? {} : { chains }) };
  const found = await compareHistory(request, (done, total, name) =>
    progress.show(done, total, name),
  );
  progress.end();
  const modelMarks = chains === undefined ? {} : { modelMarks: chains.modelMarks };
  const config = { ...asked, from, to, ...modelMarks };
  const manifest = manifestOf(config, { dataHash: found.market.dataHash });
  const report = historyReport(found, asked.policies, asked.options, manifest);
  return { config, report, schema: 'alvh/compare/1' };
}

async function onFutures(context: CommandContext, asked: CompareOptions): Promise<FinishedRun> {
  const { args, stderr } = context;
  if (args.values.has('chains')) {
    throw new UsageError('--chains needs --data DIR and no --model (one history)');
  }
  if (!args.values.has('data')) {
    for (const name of ['from', 'to']) {
      if (args.values.has(name)) throw new UsageError(`--${name} needs --data DIR`);
    }
  }
  const request = {
    ...asked,
    ...modelledFutures(args, futuresOptions(args), asked.options),
  };
  const progress = createProgress(stderr, 'futures');
  const found = await compareSimulation(request, WORKER, (done, total, phase) =>
    progress.show(done, total, phase === 'sizing' ? 'sizing smaller-unhedged' : 'simulating'),
  );
  progress.end();
  const config = futuresConfig(request);
  const manifest = manifestOf(config, futuresSource(request));
  const report = simulationReport(found, request, manifest);
  return { config, report, schema: 'alvh/compare/1' };
}

function defaultReport(history: boolean): string {
  return join('reports', history ? 'compare-history.html' : 'compare-simulated.html');
}
