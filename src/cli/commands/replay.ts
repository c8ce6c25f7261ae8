import { replayHtml } from '../../report/replay-html.ts';
import { replayJson, replayText } from '../../report/replay-view.ts';
import type { ReplayReport } from '../../report/replay-view.ts';
import { replay } from '../../run/replay.ts';
import type { ReplayedMarket } from '../../run/replay.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  HISTORY_OPTIONS,
  historySpan,
  onePolicy,
  POLICY_OPTION,
  RUN_OPTIONS,
  runOptions,
} from '../compare-options.ts';
import { NOT_FOUND, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { manifestOf } from '../manifest.ts';
import { optionalInteger } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile, writeWhole } from '../write-whole.ts';

/** `alvh replay`: one account, or one trade of it, day by day. */
export const REPLAY_COMMAND: Command = {
  name: 'replay',
  summary: 'one account or one of its trades day by day: legs, marks, what each rule saw',
  operands: [],
  options: [
    ...HISTORY_OPTIONS,
    { name: 'future', kind: 'value', valueName: 'N', summary: 'a simulated future, from 0' },
    { name: 'years', kind: 'value', valueName: 'Y', summary: 'years of the future; 1' },
    { name: 'seed', kind: 'value', valueName: 'S', summary: 'seed of the futures; 1' },
    { name: 'trade', kind: 'value', valueName: 'ID', summary: 'number in the blotter' },
    POLICY_OPTION,
    { name: 'html', kind: 'value', valueName: 'FILE', summary: 'also write a page' },
    ...RUN_OPTIONS,
  ],
  details: [
    'With --data the policy runs over recorded history, with --future over the same simulated market ' +
      'that compare and simulate number so: the numbers are theirs to the byte. The table has the days ' +
      'on which something happened, --json every day.',
    'With --trade each day of the trade: legs and marks, profit and loss now and at other levels of ' +
      'SPX, at unchanged volatility, with volatility moving along, and at expiry; what each exit rule ' +
      'and each rule of a new entry saw; layers and events.',
  ],
  examples: [
    'alvh replay --future 17 --policy martingale-strangle',
    'alvh replay --data DIR --from 2020-01-02 --to 2020-06-30 --trade 3 --html trade.html',
  ],
  run: runReplay,
};

async function runReplay(context: CommandContext): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const page = args.values.get('html');
  if (page !== undefined) prepareFile('html', page);
  const market = marketOf(args);
  const policy = onePolicy(args);
  const options = runOptions(args);
  const trade = args.values.has('trade')
    ? optionalInteger(args, 'trade', { min: 1, max: 10_000_000, otherwise: 1 })
    : undefined;
  const found = replay({ market, policy, options, trade });
  const config = {
    market: market.kind === 'history' ? spanOf(market) : market,
    policy,
    options,
    trade,
  };
  const report: ReplayReport = {
    ...found,
    policy: policy.name,
    manifest: manifestOf(
      config,
      market.kind === 'history' ? { dataHash: found.dataHash ?? '' } : { seed: market.seed },
    ),
  };
  if (page !== undefined) {
    writeWhole(page, replayHtml(report));
    await stderr.write(`report: ${page}\n`);
  }
  if (args.flags.has('json')) await writeJson(stdout, replayJson(report));
  else await stdout.write(replayText(report));
  return found.trade?.days.length === 0 ? NOT_FOUND : OK;
}

function spanOf({ from, to }: { readonly from: number; readonly to: number }): object {
  return { from, to };
}

function marketOf(args: ParsedArguments): ReplayedMarket {
  const dir = args.values.get('data');
  const simulated = args.values.has('future');
  if ((dir === undefined) === !simulated) {
    throw new UsageError('name one market: --data DIR for history, or --future N');
  }
  if (dir !== undefined) {
    for (const name of ['years', 'seed']) {
      if (args.values.has(name)) throw new UsageError(`--${name} is for --future, not for --data.`);
    }
    return { kind: 'history', dir, ...historySpan(args, dir) };
  }
  for (const name of ['from', 'to']) {
    if (args.values.has(name)) throw new UsageError(`--${name} is for --data, not for --future.`);
  }
  return {
    kind: 'future',
    future: optionalInteger(args, 'future', { min: 0, max: 9_999_999, otherwise: 0 }),
    years: optionalInteger(args, 'years', { min: 1, max: 100, otherwise: 1 }),
    seed: optionalInteger(args, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 1 }),
  };
}
