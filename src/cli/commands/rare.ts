import { checkWeights, rareEvent } from '../../evaluation/rare-events.ts';
import type { PathSummary } from '../../evaluation/path-summary.ts';
import { rareJson, rareText } from '../../report/rare-view.ts';
import type { RareReport } from '../../report/rare-view.ts';
import { simulateFutures } from '../../run/simulate.ts';
import type { Command, CommandContext } from '../command.ts';
import { askedPolicies, POLICY_OPTIONS, runOptions } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { optionalNumber } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);
const TILT = { min: 1.1, max: 20, otherwise: 3 } as const;
const LEAN = { min: 0.05, max: 5, otherwise: 0.7 } as const;

/** What is looked for on each path. */
const EVENTS: readonly (readonly [name: string, happened: (path: PathSummary) => boolean])[] = [
  ['margin call', ({ marginCall }) => marginCall],
  ['forced liquidation', ({ forcedLiquidation }) => forcedLiquidation],
  ['ruin', ({ ruined }) => ruined],
  ['drawdown of 20 %', ({ maxDrawdownWorstMark }) => maxDrawdownWorstMark >= 0.2],
  ['drawdown of 50 %', ({ maxDrawdownWorstMark }) => maxDrawdownWorstMark >= 0.5],
];

/** `alvh rare`: probabilities too small to count. */
export const RARE: Command = {
  name: 'rare',
  summary: 'probabilities too small to count: calls, ruin, deep falls by importance sampling',
  operands: [],
  options: [
    ...FUTURES_OPTIONS,
    ...POLICY_OPTIONS,
    { name: 'tilt', kind: 'value', valueName: 'X', summary: 'times as many joint jumps; 3' },
    { name: 'lean', kind: 'value', valueName: 'X', summary: 'pull of returns to one side; 0.7' },
  ],
  details: [
    'Half of the futures are those of simulate. The other half is drawn in turn by laws under which ' +
      'joint jumps of SPX and VIX come more often, or returns lean down, or up, for one quarter or all along. Each ' +
      'future counts by its probability under the plain law over that under the mixture of all, at most ' +
      '2, so every estimate is unbiased. The plain half is counted beside it: the two must agree.',
    'What is seen on one future in thirty is not rare: there the gain is below 1, and simulate does better.',
  ],
  examples: ['alvh rare --paths 20000 --policies martingale-strangle,alvh-45'],
  run: runRare,
};

async function runRare(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const tilt = optionalNumber(args, 'tilt', TILT);
  const lean = optionalNumber(args, 'lean', LEAN);
  const futures = futuresOptions(args, { min: 4 });
  const policies = askedPolicies(args, ['unhedged', 'martingale-strangle', 'alvh-45']);
  const request = {
    ...futures,
    policies,
    options: runOptions(args),
    model: { kind: 'lv2jh', tilt: { jumps: tilt, lean } } as const,
  };
  const progress = createProgress(stderr, 'futures');
  const found = await simulateFutures(request, WORKER, (done, total) =>
    progress.show(done, total, 'simulating'),
  );
  progress.end();
  const { workers: _, ...config } = request;
  const { paths, years, seed } = futures;
  const report: RareReport = {
    paths,
    years,
    seed,
    tilt,
    lean,
    weights: checkWeights(found[0] ?? []),
    policies: policies.map(({ name }, place) => ({
      policy: name,
      events: EVENTS.map(([event, happened]) => ({
        event,
        found: rareEvent(found[place] ?? [], happened),
      })),
    })),
  };
  if (args.flags.has('json')) {
    const manifest = manifestOf(config, { seed });
    await writeJson(stdout, { schema: 'alvh/rare/1', ...rareJson(report), manifest });
  } else await stdout.write(rareText(report));
  return OK;
}
