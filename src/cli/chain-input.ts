import { readChainFile } from '../data/chains/read-chain-file.ts';
import { DataError } from '../data/data-error.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { ParsedArguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/**
 * The one session of a chain file that is asked for.
 *
 * Errors: DataError when the file cannot be read or lacks the day, UsageError when it holds several
 * and none is named.
 */
export async function chainOfFile(file: string, date: EpochDay | undefined): Promise<OptionChain> {
  const read = await readChainFile(file);
  if (!read.ok) throw read.error;
  const chains = read.value.chains.filter(
    ({ quoteDay }) => date === undefined || quoteDay === date,
  );
  const [first] = chains;
  if (first === undefined) {
    throw new DataError({
      code: 'no-data',
      file,
      rule: 'the file must hold the session asked for',
      value: date === undefined ? 'no session' : 'not in the file',
      remedy: 'name a session of the file with --date',
    });
  }
  const days = [...new Set(chains.map(({ quoteDay }) => formatIsoDate(quoteDay)))];
  if (days.length > 1) {
    throw new UsageError(
      `the file holds several sessions, choose one with --date: ${days.join(', ')}`,
    );
  }
  return first;
}

/** The continuous rate a year of `--rate`; 0 when it is not given. */
export function rateOption(args: ParsedArguments): number {
  const text = args.values.get('rate');
  if (text === undefined) return 0;
  const rate = Number(text);
  if (text.trim() !== '' && Math.abs(rate) < 1) return rate;
  throw new UsageError(`--rate must be a rate a year such as 0.05, was ${text}`);
}
