import type { Certificate, DeclaredSet } from '../../evaluation/certificate.ts';
import { certifyBook } from '../../evaluation/certify-book.ts';
import { certifyPolicy } from '../../evaluation/certify-policy.ts';
import { certificateText } from '../../report/certificate-text.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { readBook } from '../book-input.ts';
import type { Command, CommandContext } from '../command.ts';
import { POLICY_OPTION, onePolicy } from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalInteger, requiredDate } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

const EQUITY = { min: 1000, max: 1_000_000_000, otherwise: 1_000_000 } as const;
const WEEKS = { min: 1, max: 520, otherwise: 52 } as const;
const VIX_FLOOR = { min: 0, max: 100, otherwise: 8 } as const;
const VIX_CAP = { min: 10, max: 1000, otherwise: 150 } as const;

/** `alvh certify`: the largest possible loss, with every number to check it. */
export const CERTIFY: Command = {
  name: 'certify',
  summary: 'the largest possible loss of a book, or of a policy over weeks, with its proof',
  operands: [],
  options: [
    POLICY_OPTION,
    { name: 'equity', kind: 'value', valueName: 'USD', summary: 'deposit, or cash of a CSV book' },
    { name: 'weeks', kind: 'value', valueName: 'N', summary: 'policy: weeks ahead; 52' },
    { name: 'book', kind: 'value', valueName: 'FILE', summary: 'certify these positions instead' },
    { name: 'date', kind: 'value', valueName: 'DATE', summary: 'book: the day it is held' },
    { name: 'vix-floor', kind: 'value', valueName: 'V', summary: 'least VIX declared; 8' },
    { name: 'vix-cap', kind: 'value', valueName: 'V', summary: 'greatest VIX declared; 150' },
    {
      name: 'out',
      kind: 'value',
      valueName: 'FILE',
      summary: 'also write the certificate as JSON',
    },
  ],
  details: [
    'A book is certified to its last settlement: SPX may settle anywhere from 0 up at each expiry, ' +
      'VIX between the declared floor and cap. The bound is exact at expiry, and holds before it ' +
      'while interest rates are not negative.',
    'A policy is certified over weeks: open risk is filled and lost again and again, and every ' +
      'hedge budget is spent for nothing. Parts without a bound are named, and then there is none. ' +
      'For a Martingale the losing run that ends it is shown.',
    'A book has the format that `plan --book` reads.',
  ],
  examples: [
    'alvh certify --policy unhedged --equity 250000 --weeks 26',
    'alvh certify --book book.json --date 2024-06-25 --json',
  ],
  run: runCertify,
};

async function runCertify(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const out = args.values.get('out');
  if (out !== undefined) prepareFile('out', out);
  const vixFloor = optionalInteger(args, 'vix-floor', VIX_FLOOR);
  const vixCap = optionalInteger(args, 'vix-cap', VIX_CAP);
  if (!(vixFloor < vixCap)) throw new UsageError('--vix-floor must be below --vix-cap');
  const certificate = await certificateOf(context, {
    spx: 'any level from 0 up, independently at each expiry',
    vixFloor,
    vixCap,
    minimumRate: 0,
  });
  if (out !== undefined) writeWhole(out, `${JSON.stringify(certificate, undefined, 2)}\n`);
  if (args.flags.has('json')) await writeJson(stdout, { ...certificate });
  else await stdout.write(certificateText(certificate));
  return OK;
}

async function certificateOf(context: CommandContext, declared: DeclaredSet): Promise<Certificate> {
  const { args } = context;
  const file = args.values.get('book');
  if (file === undefined) {
    if (args.values.has('date')) throw new UsageError('--date needs --book');
    return certifyPolicy({
      policy: onePolicy(args),
      equity: optionalInteger(args, 'equity', EQUITY),
      weeks: optionalInteger(args, 'weeks', WEEKS),
      declared,
    });
  }
  for (const name of ['policy', 'weeks']) {
    if (args.values.has(name)) throw new UsageError(`--${name} is for policies, not for a --book`);
  }
  const book = await readBook(file, context);
  const date = requiredDate(args, 'date');
  return certifyBook({
    date: formatIsoDate(date),
    cash: book.cash ?? optionalInteger(args, 'equity', EQUITY),
    legs: book.legs.filter(({ expiry }) => expiry >= date),
    declared,
  });
}
