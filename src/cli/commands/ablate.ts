import { ablationJson, ablationText } from '../../report/ablation-view.ts';
import { formatCount } from '../../report/format-number.ts';
import { modelText, reportModel } from '../../run/model-lines.ts';
import type { AblationResult } from '../../report/ablation-view.ts';
import { ablateFutures, ablateHistory } from '../../run/ablate.ts';
import { ablationsOf } from '../../strategy/ablations.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  POLICY_OPTION,
  RUN_OPTIONS,
  onePolicy,
  runOptions,
  historySpan,
} from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);

/** Fewer futures than a comparison draws: there is one more policy for each part. */
const PATHS = { min: 2, otherwise: 400 };

/** `alvh ablate`: what each part of a policy is worth. */
export const ABLATE: Command = {
  name: 'ablate',
  summary: 'what each layer, guard, signal and exit of a policy is worth, with intervals',
  operands: [],
  options: [
    POLICY_OPTION,
    { name: 'data', kind: 'value', valueName: 'DIR', summary: 'also on history: market files' },
    { name: 'from', kind: 'value', valueName: 'DATE', summary: 'history: first day' },
    { name: 'to', kind: 'value', valueName: 'DATE', summary: 'history: last day' },
    ...FUTURES_OPTIONS.map((option) =>
      option.name === 'paths' ? { ...option, summary: 'simulated: futures; 400' } : option,
    ),
    ...RUN_OPTIONS,
  ],
  details: [
    'Each part is switched off, and each layer also on alone, on the same simulated futures and, ' +
      'with --data, the same history: growth, drawdown, liquidations and hedge carry with the part ' +
      'less those without it.',
    'Intervals are paired; verdicts are corrected for having tried every part.',
  ],
  examples: [
    'alvh ablate --paths 200',
    'alvh ablate --data DIR --from 2004-03-26 --to 2024-06-28 --json',
  ],
  run: runAblate,
};

async function runAblate(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const policy = onePolicy(args);
  const ablations = ablationsOf(policy);
  const options = runOptions(args);
  const request = {
    options,
    ...futuresOptions(args, PATHS),
  };
  const dir = args.values.get('data');
  const span = dir === undefined ? noSpan(context) : historySpan(args, dir);
  const progress = createProgress(stderr, 'runs');
  const results: AblationResult[] = [];
  let dataHash: string | undefined;
  if (dir !== undefined && span !== undefined) {
    const { seed } = request;
    const history = ablateHistory(ablations, { dir, ...span, seed, options }, (done, total) =>
      progress.show(done, total, 'history'),
    );
    dataHash = history.dataHash;
    results.push({
      market: `S&P 500 and VIX history, ${formatIsoDate(span.from)} to ${formatIsoDate(span.to)}`,
      worth: history.worth,
    });
  }
  const futures = await ablateFutures(ablations, request, WORKER, (done, total) =>
    progress.show(done, total, 'futures'),
  );
  progress.end();
  results.push({
    market:
      `${formatCount(request.paths, 'simulated future')} (${modelText(reportModel())}) of ` +
      formatCount(request.years, 'year'),
    worth: futures,
  });
  if (args.flags.has('json')) {
    const { workers: _, ...config } = request;
    const manifest = manifestOf({ ...config, policy, span }, { seed: request.seed });
    const hash = dataHash === undefined ? {} : { dataHash, dataHashReason: undefined };
    await writeJson(stdout, {
      schema: 'alvh/ablate/1',
      policy: policy.name,
      ...ablationJson(ablations, results),
      manifest: { ...manifest, ...hash },
    });
  } else await stdout.write(ablationText(policy.name, ablations, results));
  return OK;
}

function noSpan({ args }: CommandContext): undefined {
  for (const name of ['from', 'to']) {
    if (args.values.has(name)) throw new UsageError(`--${name} needs --data DIR`);
  }
}
