import { readSessionChains } from '../data/chains/session-chains.ts';
import type { ChainRequest } from '../run/chain-request.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { optionalDate } from './option-value.ts';
import { UsageError } from './usage-error.ts';
import { prepareFile } from './prepare-file.ts';

/** Options of a comparison that is marked and filled at recorded quotes. */
export const CHAIN_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'chains',
    kind: 'value',
    valueName: 'DIR',
    summary: 'history: chain files, or a store of them, to mark and fill index options at',
  },
  {
    name: 'allow-model-marks',
    kind: 'flag',
    summary: 'chains: mark any leg without a quote by model',
  },
  {
    name: 'model-contracts',
    kind: 'value',
    valueName: 'A,B',
    summary: "chains: only these, such as xsp-option or 'SPX 2019-06-21 PM 2800P'",
  },
  {
    name: 'leg-days',
    kind: 'value',
    valueName: 'FILE',
    summary: 'chains: what marked every leg at every close, as CSV',
  },
];

/** A contract that chains quote, or a series of one as the blotter writes it. */
const CONTRACT = /^(spx-option|xsp-option|(SPX|XSP) \d{4}-\d\d-\d\d (AM|PM) \d+(\.\d+)?[CP])$/;

/** The chains that --chains names, read within --from and --to; undefined without it. */
export async function chainRequest(args: ParsedArguments): Promise<ChainRequest | undefined> {
  const dir = args.values.get('chains');
  if (dir === undefined) return undefined;
  const span = { from: optionalDate(args, 'from'), to: optionalDate(args, 'to') };
  const modelMarks = { all: args.flags.has('allow-model-marks'), contracts: contracts(args) };
  return { chains: await readSessionChains(dir, span), modelMarks };
}

/** The span that --from and --to name; where they name none, the first and last day with a chain. */
export function chainSpan(
  args: ParsedArguments,
  { chains }: ChainRequest,
): { readonly from: EpochDay; readonly to: EpochDay } {
  const days = [...chains.spx.keys()];
  const from = optionalDate(args, 'from') ?? asEpochDay(days[0] ?? 0);
  const to = optionalDate(args, 'to') ?? asEpochDay(days.at(-1) ?? 0);
  if (from < to) return { from, to };
  throw new UsageError('--from must be before --to, and --chains must have two sessions at least');
}

/** Where --leg-days goes, made sure of; refuses the options that need --chains without it. */
export function prepareLegDays(args: ParsedArguments): string | undefined {
  for (const name of ['allow-model-marks', 'model-contracts', 'leg-days']) {
    const isGiven = args.values.has(name) || args.flags.has(name);
    if (isGiven && !args.values.has('chains')) throw new UsageError(`--${name} needs --chains DIR`);
  }
  const file = args.values.get('leg-days');
  if (file !== undefined) prepareFile('leg-days', file);
  return file;
}

function contracts(args: ParsedArguments): readonly string[] {
  const names = (args.values.get('model-contracts') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (CONTRACT.test(name)) continue;
    throw new UsageError(
      '--model-contracts must be spx-option, xsp-option or series such as ' +
        `'SPX 2019-06-21 PM 2800P', was '${name}'.`,
    );
  }
  return names.toSorted();
}
