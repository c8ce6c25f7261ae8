import { DataError } from '../../data/data-error.ts';
import { volatilityIndices } from '../../volatility/vix-index.ts';
import type { IndexTerm, TermVariance, VolatilityIndices } from '../../volatility/vix-index.ts';
import { indexTerms } from '../../volatility/vix-terms.ts';
import { chainOfFile, rateOption } from '../chain-input.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { locateJson } from '../json-position.ts';
import type { JsonPath } from '../json-position.ts';
import { optionalDate } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import type { InputText } from '../read-input.ts';
import { textTable } from '../../report/text-table.ts';
import { UsageError } from '../usage-error.ts';

/** `alvh vix-index`: VIX, SKEW and the implied forwards of a chain. */
export const VIX_INDEX: Command = {
  name: 'vix-index',
  summary: 'VIX, SKEW and implied forwards from option quotes',
  operands: [
    { name: 'FILE', summary: 'two terms as JSON, a chain file of any known layout, or -' },
  ],
  options: [
    {
      name: 'date',
      kind: 'value',
      valueName: 'DATE',
      summary: 'session of a chain file with several',
    },
    {
      name: 'rate',
      kind: 'value',
      valueName: 'R',
      summary: 'chain file: continuous rate a year; 0',
    },
  ],
  details: [
    'JSON: {"near": {"minutes", "rate", "quotes": [[strike, callBid, callAsk, putBid, putAsk], …]}, ' +
      '"next": {…}}. The terms of a chain file are chosen by the rule of its day: before 2014-10-06 ' +
      'SPX monthlies rolled at a week, after it Fridays 24 to 37 days out.',
    'A chain without a time counts as 16:15 New York.',
  ],
  examples: ['alvh vix-index terms.json --json', 'alvh vix-index quotedata.csv --rate 0.053'],
  run: runVixIndex,
};

async function runVixIndex(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const operand = args.operands[0] ?? '-';
  const terms = await termsOf(context, operand);
  const indices = volatilityIndices(terms.near, terms.next);
  if (!Number.isFinite(indices.vix)) {
    throw new DataError({
      code: 'no-data',
      file: operand,
      rule: 'each term needs three strikes with bids around a forward',
      value: `${indices.near.options.length} and ${indices.next.options.length}`,
      remedy: 'give quotes on both sides of the money',
    });
  }
  if (args.flags.has('json')) await writeJson(stdout, indexJson(indices));
  else await stdout.write(indexText(indices));
  return OK;
}

interface Terms {
  readonly near: IndexTerm;
  readonly next: IndexTerm;
}

async function termsOf(context: CommandContext, operand: string): Promise<Terms> {
  const { args } = context;
  if (operand === '-' || operand.endsWith('.json')) {
    for (const name of ['date', 'rate']) {
      if (args.values.has(name)) throw new UsageError(`--${name} is for chain files`);
    }
    return jsonTerms(await readInput(operand, context));
  }
  const rate = rateOption(args);
  const chain = await chainOfFile(operand, optionalDate(args, 'date'));
  const found = indexTerms(chain, () => rate);
  if (found.kind === 'terms') return found;
  throw new DataError({
    code: 'no-data',
    file: operand,
    rule: 'a chain must list the two expiries that VIX is read from on its day',
    value: found.reason,
    remedy: 'give a full SPX chain',
  });
}

function jsonTerms(input: InputText): Terms {
  const document = parseJsonInput(input);
  return { near: jsonTerm(input, document, 'near'), next: jsonTerm(input, document, 'next') };
}

function jsonTerm(input: InputText, document: unknown, name: string): IndexTerm {
  const term = field(document, name);
  const minutes = numberAt(input, term, [name, 'minutes']);
  const rate = numberAt(input, term, [name, 'rate']);
  const rows = field(term, 'quotes');
  if (!Array.isArray(rows)) throw fault(input, [name, 'quotes'], 'must be an array of rows', rows);
  const quotes = rows.map((row: unknown, index) => {
    if (!Array.isArray(row) || row.length !== 5 || !row.every((cell) => typeof cell === 'number')) {
      throw fault(
        input,
        [name, 'quotes', index],
        'must be five numbers: strike, call bid and ask, put bid and ask',
        row,
      );
    }
    const [strike, callBid, callAsk, putBid, putAsk] = row as readonly number[];
    return {
      strike: strike ?? Number.NaN,
      callBid: callBid ?? Number.NaN,
      callAsk: callAsk ?? Number.NaN,
      putBid: putBid ?? Number.NaN,
      putAsk: putAsk ?? Number.NaN,
    };
  });
  return { minutes, rate, quotes };
}

function numberAt(input: InputText, term: unknown, path: readonly [string, string]): number {
  const value = field(term, path[1]);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw fault(input, path, 'must be a finite number', value);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function fault(input: InputText, path: JsonPath, rule: string, value: unknown): DataError {
  return new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, path),
    rule: `${path.join('.')} ${rule}`,
    value: value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80),
    remedy: 'see `alvh vix-index --help` for the format',
  });
}

function indexJson({ near, next, vix, skew }: VolatilityIndices): {
  readonly schema: string;
  readonly [field: string]: unknown;
} {
  const term = ({ forward, k0, variance, options, years }: TermVariance): object => ({
    forward,
    k0,
    variance,
    options: options.length,
    years,
    lowestStrike: options[0]?.strike ?? null,
    highestStrike: options.at(-1)?.strike ?? null,
  });
  return { schema: 'alvh/vix-index/1', near: term(near), next: term(next), vix, skew };
}

function indexText({ near, next, vix, skew }: VolatilityIndices): string {
  const row = (name: string, term: TermVariance): readonly string[] => [
    name,
    (365 * term.years).toFixed(2),
    term.forward.toFixed(2),
    String(term.k0),
    String(term.options.length),
    (100 * Math.sqrt(term.variance)).toFixed(3),
  ];
  return (
    `VIX ${vix.toFixed(2)}  SKEW ${skew.toFixed(2)}\n\n` +
    textTable([
      ['term', 'days', 'forward', 'K0', 'options', 'vol %'],
      row('near', near),
      row('next', next),
    ])
  );
}
