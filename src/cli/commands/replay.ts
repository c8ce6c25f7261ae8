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
import type { RunOptions } from '../../engine/context.ts';
import { NOT_FOUND, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { optionalInteger } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { futuresSource, MODEL_OPTION, modelledFutures } from '../path-model-options.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

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
    MODEL_OPTION,
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
  const policy = onePolicy(args);
  const options = runOptions(args);
  const market = marketOf(args, options);
  const trade = args.values.has('trade')
    ? optionalInteger(args, 'trade', { min: 1, max: 10_000_000, otherwise: 1 })
    : undefined;
  const found = replay({ market, policy, options, trade });
  const config = { market: settingsOf(market), policy, options, trade };
  const report: ReplayReport = {
    ...found,
    policy: policy.name,
    manifest: manifestOf(
      config,
      market.kind === 'history' ? { dataHash: found.dataHash ?? '' } : futuresSource(market),
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

/** What identifies a market in a configuration: not where its files lie. */
function settingsOf(market: ReplayedMarket): object {
  if (market.kind === 'history') return { from: market.from, to: market.to };
  const { data: _, ...settings } = market;
  return settings;
}

function marketOf(args: ParsedArguments, options: RunOptions): ReplayedMarket {
  const dir = args.values.get('data');
  if (args.values.has('future')) return futureOf(args, options);
  if (dir === undefined) {
    throw new UsageError('name a market: --data DIR for history, or --future N');
  }
  for (const name of ['years', 'seed', 'model']) {
    if (args.values.has(name)) throw new UsageError(`--${name} needs --future N.`);
  }
  return { kind: 'history', dir, ...historySpan(args, dir) };
}

function futureOf(args: ParsedArguments, options: RunOptions): ReplayedMarket {
  const future = optionalInteger(args, 'future', { min: 0, max: 9_999_999, otherwise: 0 });
  if (!args.values.has('data')) {
    for (const name of ['from', 'to']) {
      if (args.values.has(name)) throw new UsageError(`--${name} needs --data DIR.`);
    }
  }
  const asked = futuresOptions(args, { otherwise: future + 1 });
  const { paths, seed, years, model, data } = modelledFutures(args, asked, options);
  if (future >= paths) {
    throw new UsageError(
      `--future must be below ${paths}, the start dates there are, was ${future}.`,
    );
  }
  return { kind: 'future', future, seed, years, ...(model && { model }), ...(data && { data }) };
}
