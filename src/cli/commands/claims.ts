import { CLAIM_POLICIES } from '../../evaluation/claims.ts';
import { claimsJson, claimsText } from '../../report/claims-view.ts';
import { formatCount } from '../../report/format-number.ts';
import { modelText, reportModel } from '../../run/model-lines.ts';
import { measureClaims } from '../../run/measure-claims.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  HISTORY_OPTIONS,
  RUN_OPTIONS,
  loadPolicies,
  runOptions,
  historySpan,
} from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);

/** `alvh claims`: what was published about the method, against what is measured. */
export const CLAIMS_LEDGER: Command = {
  name: 'claims',
  summary: 'published claims about the method, each measured: verdict, interval, window',
  operands: [],
  options: [...HISTORY_OPTIONS, ...FUTURES_OPTIONS, ...RUN_OPTIONS],
  details: [
    'Borne out: the estimate lies in the published range. Contradicted: neither estimate nor ' +
      'interval does. Undecided: only the interval reaches it.',
    'Claims on the account are measured on history or on simulated futures, as each says.',
  ],
  examples: ['alvh claims --data DIR --from 1990-01-02 --to 2024-06-28'],
  run: runClaims,
};

async function runClaims(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const dir = requiredText(args, 'data');
  const { from, to } = historySpan(args, dir);
  const futures = futuresOptions(args);
  const request = {
    dir,
    from,
    to,
    options: runOptions(args),
    historyPolicies: loadPolicies(CLAIM_POLICIES.history),
    futuresPolicies: loadPolicies(CLAIM_POLICIES.futures),
    futures,
  };
  const progress = createProgress(stderr, 'futures');
  const { measured, dataHash } = await measureClaims(request, WORKER, (done, total) =>
    progress.show(done, total, 'simulating'),
  );
  progress.end();
  const span = `--from ${formatIsoDate(from)} --to ${formatIsoDate(to)}`;
  const { paths, years, seed } = futures;
  const basis = {
    history: `${formatIsoDate(from)} to ${formatIsoDate(to)}`,
    futures:
      `${formatCount(paths, 'simulated future')} (${modelText(reportModel())}) of ` +
      formatCount(years, 'year'),
    command:
      `alvh claims --data DIR ${span} --paths ${String(paths)} --years ${String(years)} ` +
      `--seed ${String(seed)}`,
  };
  if (args.flags.has('json')) {
    const { dir: _dir, futures: _futures, ...config } = request;
    const manifest = manifestOf({ ...config, paths, years }, { seed });
    await writeJson(stdout, {
      schema: 'alvh/claims/1',
      ...claimsJson(measured, basis),
      manifest: { ...manifest, dataHash, dataHashReason: undefined },
    });
  } else await stdout.write(claimsText(measured, basis));
  return OK;
}
