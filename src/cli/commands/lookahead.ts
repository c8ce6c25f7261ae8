import { searchLookAhead } from '../../run/look-ahead.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  HISTORY_OPTIONS,
  POLICY_OPTION,
  RUN_OPTIONS,
  onePolicy,
  runOptions,
  historySpan,
} from '../compare-options.ts';
import { FINDINGS, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { manifestOf } from '../manifest.ts';
import { optionalInteger, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';

const EVERY = { min: 1, max: 10_000, otherwise: 63 } as const;
const SEED = { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 1 } as const;

/** `alvh lookahead`: whether a run knows the future. */
export const LOOKAHEAD: Command = {
  name: 'lookahead',
  summary: 'whether a run knows the future: data after each day cut off, then corrupted',
  operands: [],
  options: [
    ...HISTORY_OPTIONS,
    POLICY_OPTION,
    { name: 'every', kind: 'value', valueName: 'N', summary: 'sessions from cut to cut; 63' },
    { name: 'seed', kind: 'value', valueName: 'S', summary: 'of the corruption; 1' },
    ...RUN_OPTIONS,
  ],
  details: [
    'Equity, margin, greeks, trades and events up to each day must not change by a bit. Exit code 6 ' +
      'when any does. --every 1 tries every day, and takes two runs for each.',
  ],
  examples: ['alvh lookahead --data DIR --from 2018-01-02 --to 2020-12-31 --every 5'],
  run: runLookahead,
};

async function runLookahead(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const dir = requiredText(args, 'data');
  const { from, to } = historySpan(args, dir);
  const request = {
    dir,
    from,
    to,
    every: optionalInteger(args, 'every', EVERY),
    seed: optionalInteger(args, 'seed', SEED),
    policy: onePolicy(args),
    options: runOptions(args),
  };
  const progress = createProgress(stderr, 'days');
  const { cuts, findings, dataHash } = searchLookAhead(request, (done, total) =>
    progress.show(done, total, 'taking the future away'),
  );
  progress.end();
  const found = findings.map(({ attack, after, changed }) => ({
    attack,
    after: formatIsoDate(after),
    changed,
  }));
  if (args.flags.has('json')) {
    const { dir: _, ...config } = request;
    const manifest = manifestOf(config, { dataHash });
    await writeJson(stdout, {
      schema: 'alvh/lookahead/1',
      policy: request.policy.name,
      cuts,
      findings: found,
      manifest,
    });
  } else {
    const lines = found.map(
      ({ attack, after, changed }) => `${after}: ${changed} changed when later data were ${attack}`,
    );
    const days = `${String(cuts)} ${cuts === 1 ? 'day' : 'days'}`;
    const verdict =
      found.length === 0
        ? `CLEAN: nothing up to any of ${days} changed when later data were cut off or corrupted`
        : `FOUND: ${String(found.length)} changes over ${days}`;
    await stdout.write(`${request.policy.name}\n${[verdict, ...lines].join('\n')}\n`);
  }
  return found.length === 0 ? OK : FINDINGS;
}
