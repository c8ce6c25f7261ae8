import { levelStatistics, replicateCndr } from '../../backtest/replicate-cndr.ts';
import { loadHistoricalMarket } from '../../data/historical-market.ts';
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
  summary: 'rebuild a known index (cndr) from the model marks',
  operands: [{ name: 'index', summary: 'the index: cndr' }],
  options: [
    { name: 'data', kind: 'value', valueName: 'DIR', summary: 'folder of market data files' },
    { name: 'from', kind: 'value', valueName: 'DATE', summary: 'first day' },
    { name: 'to', kind: 'value', valueName: 'DATE', summary: 'last day' },
  ],
  details: [
    'cndr: the Cboe S&P 500 Iron Condor Index: 20-delta shorts, 5-delta wings, one month, AM ' +
      'settlement, bills of ten times the largest loss, no costs. Total return including bills.',
  ],
  examples: ['alvh replicate cndr --data DIR --from 2010-01-15 --to 2019-01-18'],
  run: runReplicate,
};

async function runReplicate({ args, stdout }: CommandContext): Promise<ExitCode> {
  const [index] = args.operands;
  if (index !== 'cndr') throw new UsageError(`index must be cndr, was '${index ?? ''}'`);
  const dir = requiredText(args, 'data');
  const from = requiredDate(args, 'from');
  const to = requiredDate(args, 'to');
  if (!(from < to)) throw new UsageError('--from must be before --to');
  const market = loadHistoricalMarket({ dir, from, to, counterfactual: false });
  const replica = replicateCndr(market.path);
  const { annualReturn, annualStdev, years } = levelStatistics(replica.day, replica.level);
  if (args.flags.has('json')) {
    const level = Array.from(replica.day, (day, i) => [
      formatIsoDate(asEpochDay(day)),
      replica.level[i] ?? Number.NaN,
    ]);
    const months = replica.months.map((month) => ({
      ...month,
      sold: formatIsoDate(asEpochDay(month.sold)),
      settled: formatIsoDate(asEpochDay(month.settled)),
    }));
    await writeJson(stdout, {
      schema: 'alvh/replicate/1',
      name: index,
      annualReturn,
      annualStdev,
      years,
      months,
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

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
