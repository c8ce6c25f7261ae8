import { rebuild, REPLICA_NAMES } from '../../backtest/replica.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { DataError } from '../../data/data-error.ts';
import { fundPrices } from '../../data/fund-prices.ts';
import { loadHistoricalMarket } from '../../data/historical-market.ts';
import { replicaView } from '../../report/replica-view.ts';
import type { Command, CommandContext } from '../command.ts';
import { HISTORY_OPTIONS, historySpan } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { suggestion, UsageError } from '../usage-error.ts';

/** `alvh replicate`: a known index rebuilt from our marks, the earliest proof that they are true. */
export const REPLICATE: Command = {
  name: 'replicate',
  summary: `rebuild a known index (${REPLICA_NAMES.join(', ')}) from the model marks`,
  operands: [{ name: 'index', summary: `the index: ${REPLICA_NAMES.join(', ')}` }],
  options: [...HISTORY_OPTIONS],
  details: [
    'cndr: the Cboe S&P 500 Iron Condor Index: 20-delta shorts, 5-delta wings, one month, AM ' +
      'settlement, bills of ten times the largest loss, no costs. Total return including bills.',
    'vxth: the Cboe VIX Tail Hedge Index: S&P 500 total return with one-month 30-delta VIX calls, ' +
      '0, 1, 0.5 or 0 % of the index by the VIX forward (15, 30, 50), rolled at VIX settlement.',
    'spvxsp, spvxmp: the S&P 500 VIX Short-Term and Mid-Term Futures Indices, and funds on them ' +
      'against their real prices where the folder has them (vxx_daily.csv and so on).',
    'szado: the VX and VIX call overlays of Szado (2009), August to December 2008, on 60 % S&P 500 ' +
      'and 40 % bills.',
  ],
  examples: [
    'alvh replicate cndr --data DIR --from 2010-01-15 --to 2019-01-18',
    'alvh replicate vxth --data DIR --from 2006-03-31 --to 2024-06-28',
    'alvh replicate szado --data DIR --from 2008-07-31 --to 2008-12-31',
  ],
  run: runReplicate,
};

async function runReplicate({ args, stdout }: CommandContext): Promise<ExitCode> {
  const [index = ''] = args.operands;
  const name = REPLICA_NAMES.find((each) => each === index);
  if (name === undefined) {
    const meant = suggestion(nearestName(index, REPLICA_NAMES));
    throw new UsageError(`index must be ${REPLICA_NAMES.join(' or ')}, was '${index}'.${meant}`);
  }
  const dir = requiredText(args, 'data');
  const { from, to } = historySpan(args, dir);
  const { path } = loadHistoricalMarket({ dir, from, to, counterfactual: false });
  const rebuilt = rebuild(name, path, ({ file }) => fundPrices(dir, file));
  if (rebuilt === undefined) {
    throw new DataError({
      code: 'no-data',
      file: dir,
      rule: `${name} needs VX prices and, for calls, VVIX on every session`,
      value: 'a session without',
      remedy: 'choose dates from 2004-03-26 on for which the folder has VX futures',
    });
  }
  const { document, text } = replicaView(rebuilt);
  if (args.flags.has('json')) await writeJson(stdout, { schema: 'alvh/replicate/1', ...document });
  else await stdout.write(text);
  return OK;
}
