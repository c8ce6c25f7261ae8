import { axisLabels, parseSweepGrid, sweepCells } from '../../data/sweep-grid.ts';
import type { SweepGrid } from '../../data/sweep-grid.ts';
import { loadPolicy } from '../../data/policy-file.ts';
import { evidenceJson, evidenceText } from '../../report/evidence-view.ts';
import { measureEvidence } from '../../run/measure-evidence.ts';
import { HEDGED, UNHEDGED } from '../../run/smaller-policies.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  askedPolicies,
  HISTORY_OPTIONS,
  historySpan,
  POLICY_FOLDER,
  POLICY_OPTIONS,
  runOptions,
} from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { manifestOf } from '../manifest.ts';
import { optionalInteger, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { readInput } from '../read-input.ts';
import { UsageError } from '../usage-error.ts';

const SEED = { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 1 } as const;
const PLACEBOS = { min: 1, max: 999, otherwise: 19 } as const;

/** Neighbours of the method in the settings that matter most to a condor. */
const GRID: SweepGrid = {
  policy: HEDGED,
  axes: [
    { key: 'shortStrikes.multiple', values: [0.8, 1, 1.2] },
    { key: 'wings.width', values: [0.01, 0.02, 0.04] },
    { key: 'exits.profitTarget', values: [0.25, 0.5, 0.75] },
  ],
};

/** `alvh evidence`: what of a history's result is more than luck. */
export const EVIDENCE: Command = {
  name: 'evidence',
  summary: 'what of a result is more than luck: intervals, overfitting, walk-forward, placebos',
  operands: [],
  options: [
    ...HISTORY_OPTIONS,
    ...POLICY_OPTIONS,
    { name: 'reference', kind: 'value', valueName: 'NAME', summary: 'to beat; unhedged' },
    {
      name: 'grid',
      kind: 'value',
      valueName: 'FILE',
      summary: 'settings to try, as for sweep; 27 neighbours of alvh-45',
    },
    { name: 'placebos', kind: 'value', valueName: 'N', summary: 'moved signals to try; 19' },
    { name: 'seed', kind: 'value', valueName: 'S', summary: 'of resamples and placebos; 1' },
  ],
  details: [
    'Four questions on one history: is each return real (Sharpe ratio with its error, probabilistic ' +
      'Sharpe ratio, record needed); does each policy beat the reference (paired bootstrap, Holm, ' +
      'reality check of White and Hansen, probability of overfitting); would other settings have been ' +
      'better (a grid, walk-forward with purging, deflated Sharpe ratio); do the signals know anything ' +
      '(the same signals moved to other days).',
    'Every policy and every setting of the grid counts as a configuration tried.',
  ],
  examples: [
    'alvh evidence --data DIR --from 2004-03-26 --to 2024-06-28',
    'alvh evidence --data DIR --policies alvh-45,alvh-45-hold --grid grid.yaml --json',
  ],
  run: runEvidence,
};

async function runEvidence(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const dir = requiredText(args, 'data');
  const { from, to } = historySpan(args, dir);
  const { file, grid } = await gridOf(context);
  const base = loadPolicy(grid.policy, POLICY_FOLDER);
  const cells = sweepCells(file, grid, base);
  const reference = loadPolicy(args.values.get('reference') ?? UNHEDGED, POLICY_FOLDER);
  const policies = askedPolicies(args, [HEDGED, 'alvh-45-hold', 'static-vix-calls', 'spx-puts']);
  if (policies.some(({ name }) => name === reference.name)) {
    throw new UsageError(`--policies must not name the reference, ${reference.name}.`);
  }
  const request = {
    dir,
    from,
    to,
    seed: optionalInteger(args, 'seed', SEED),
    placebos: optionalInteger(args, 'placebos', PLACEBOS),
    reference,
    policies,
    hedged: base,
    grid: cells.map(({ policy }) => policy),
    shipped: shippedCell(cells, base),
    options: runOptions(args),
  };
  const progress = createProgress(stderr, 'runs');
  const evidence = measureEvidence(request, (done, total) => progress.show(done, total, 'history'));
  progress.end();
  const report = {
    from: formatIsoDate(from),
    to: formatIsoDate(to),
    axes: axisLabels(grid),
    evidence,
  };
  if (args.flags.has('json')) {
    const { dir: _, ...config } = request;
    const manifest = manifestOf(config, { dataHash: evidence.dataHash });
    await writeJson(stdout, {
      schema: 'alvh/evidence/1',
      ...evidenceJson(report),
      manifest: { ...manifest, seed: request.seed, seedReason: undefined },
    });
  } else await stdout.write(evidenceText(report));
  return OK;
}

async function gridOf(
  context: CommandContext,
): Promise<{ readonly file: string; readonly grid: SweepGrid }> {
  const file = context.args.values.get('grid');
  if (file === undefined) return { file: 'the grid', grid: GRID };
  const { name, text } = await readInput(file, context);
  return { file: name, grid: parseSweepGrid(name, text) };
}

/** Place of the setting that is the policy as it is; the first where the grid does not hold it. */
function shippedCell(
  cells: readonly { readonly policy: { readonly name: string } }[],
  base: { readonly name: string },
): number {
  const rules = (policy: { readonly name: string }): string =>
    JSON.stringify({ ...policy, name: base.name });
  return Math.max(
    0,
    cells.findIndex(({ policy }) => rules(policy) === JSON.stringify(base)),
  );
}
