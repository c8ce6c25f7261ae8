import { levelStatistics, replicateCndr } from '../../backtest/replicate-cndr.ts';
import { shortTermTotalReturn } from '../../backtest/replicate-spvxsp.ts';
import { replicateVxth } from '../../backtest/replicate-vxth.ts';
import { loadHistoricalMarket } from '../../data/historical-market.ts';
import type { MarketPath } from '../../market/market-path.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { requiredDate, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { textTable } from '../text-table.ts';
import { UsageError } from '../usage-error.ts';

/** `alvh replicate`: a known index rebuilt from our marks, the earliest proof that they are true. */
export const REPLICATE: Command = {
  name: 'replicate',
  summary: 'rebuild a known index (cndr, vxth, spvxsp) from the model marks',
  operands: [{ name: 'index', summary: 'the index: cndr, vxth or spvxsp' }],
  options: [
    { name: 'data', kind: 'value', valueName: 'DIR', summary: 'folder of market data files' },
    { name: 'from', kind: 'value', valueName: 'DATE', summary: 'first day' },
    { name: 'to', kind: 'value', valueName: 'DATE', summary: 'last day' },
  ],
  details: [
    'cndr: the Cboe S&P 500 Iron Condor Index: 20-delta shorts, 5-delta wings, one month, AM ' +
      'settlement, bills of ten times the largest loss, no costs. Total return including bills.',
    'vxth: the Cboe VIX Tail Hedge Index: S&P 500 total return with one-month 30-delta VIX calls, 0, ' +
      '1, 0.5 or 0 % of the index by the one-month VIX forward (15, 30, 50).',
    'spvxsp: the short-term VX index that VXX and VIXY follow, with bills on the collateral.',
  ],
  examples: ['alvh replicate cndr --data DIR --from 2010-01-15 --to 2019-01-18'],
  run: runReplicate,
};

async function runReplicate({ args, stdout }: CommandContext): Promise<ExitCode> {
  const index = requiredIndex(args.operands[0]);
  const dir = requiredText(args, 'data');
  const from = requiredDate(args, 'from');
  const to = requiredDate(args, 'to');
  if (!(from < to)) throw new UsageError('--from must be before --to');
  const market = loadHistoricalMarket({ dir, from, to, counterfactual: false });
  const replica = REPLICAS[index](market.path);
  const { annualReturn, annualStdev, years } = levelStatistics(replica.day, replica.level);
  if (args.flags.has('json')) {
    const level = Array.from(replica.day, (day, i) => [
      formatIsoDate(asEpochDay(day)),
      replica.level[i] ?? Number.NaN,
    ]);
    await writeJson(stdout, {
      schema: 'alvh/replicate/1',
      name: index,
      annualReturn,
      annualStdev,
      years,
      months: replica.months,
      level,
    });
    return OK;
  }
  await stdout.write(
    `${textTable([
      ['year', 'return'],
      ...years.map((row) => [String(row.year), percent(row.return)]),
    ])}\nannual return ${percent(annualReturn)}, standard deviation ${percent(annualStdev)}\n`,
  );
  return OK;
}

/** A replica's level by session, and its months where it has any. */
interface Replica {
  readonly day: Int32Array;
  readonly level: Float64Array;
  readonly months: readonly object[];
}

type IndexName = 'cndr' | 'vxth' | 'spvxsp';

const REPLICAS: Readonly<Record<IndexName, (path: MarketPath) => Replica>> = {
  cndr: (path) => {
    const replica = replicateCndr(path);
    const months = replica.months.map((month) => ({
      ...month,
      sold: isoDay(month.sold),
      settled: isoDay(month.settled),
    }));
    return { ...replica, months };
  },
  vxth: (path) => {
    const replica = replicateVxth(path);
    const months = replica.months.map((month) => ({
      ...month,
      bought: isoDay(month.bought),
      settled: isoDay(month.settled),
    }));
    return { ...replica, months };
  },
  spvxsp: (path) => ({ ...shortTermTotalReturn(path), months: [] }),
};

function requiredIndex(name: string | undefined): IndexName {
  if (name === 'cndr' || name === 'vxth' || name === 'spvxsp') return name;
  throw new UsageError(`index must be cndr, vxth or spvxsp, was '${name ?? ''}'`);
}

function isoDay(day: number): string {
  return formatIsoDate(asEpochDay(day));
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
