import { DataError } from '../../data/data-error.ts';
import { impliedVol } from '../../pricing/implied-vol.ts';
import type { ImpliedVol, QuotedOption } from '../../pricing/implied-vol.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { locateJson } from '../json-position.ts';
import type { JsonPath } from '../json-position.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import type { InputText } from '../read-input.ts';
import { textTable } from '../text-table.ts';

/** `alvh implied-vol`: Black-76 volatilities of prices from a JSON array. */
export const IMPLIED_VOL: Command = {
  name: 'implied-vol',
  summary: 'Black-76 implied volatilities of option prices',
  operands: [{ name: 'FILE', summary: 'a JSON array of quotes, or - for standard input' }],
  options: [],
  details: [
    'Each item is {"right": "call"|"put", "forward", "strike", "discountFactor", "yearFraction", ' +
      '"price"}, the price discounted. Results come in the order of the items: {"vol"} per year, or ' +
      '{"vol": null, "volReason"} where the price has none: below-intrinsic, at-intrinsic, ' +
      'above-maximum, no-time, not-positive-input.',
    'A field that is missing or no number ends the command with code 8 and its place.',
  ],
  examples: ['alvh implied-vol quotes.json', 'alvh implied-vol - --json < quotes.json'],
  run: runImpliedVol,
};

const FIELDS = ['forward', 'strike', 'discountFactor', 'yearFraction', 'price'] as const;

async function runImpliedVol(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const input = await readInput(args.operands[0] ?? '-', context);
  const document = parseJsonInput(input);
  if (!Array.isArray(document)) {
    throw fault(input, [], 'must be an array', document, 'put the quotes between [ and ]');
  }
  const results = document.map((item: unknown, index) => impliedVol(quoteOf(input, item, index)));
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/implied-vol/1', results: results.map(resultJson) });
  } else {
    await stdout.write(
      textTable([
        ['#', 'vol', 'reason'],
        ...results.map((each, index) => [
          String(index),
          each.kind === 'vol' ? each.vol.toFixed(6) : 'none',
          each.kind === 'vol' ? '' : each.reason,
        ]),
      ]),
    );
  }
  return OK;
}

function quoteOf(input: InputText, item: unknown, index: number): QuotedOption {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw fault(
      input,
      [index],
      'must be an object',
      item,
      'give right, forward, strike and the rest',
    );
  }
  const fields = new Map<string, unknown>(Object.entries(item));
  const right = fields.get('right');
  if (right !== 'call' && right !== 'put') {
    throw fault(
      input,
      [index, 'right'],
      'must be "call" or "put"',
      right,
      'name one of the two rights',
    );
  }
  const numbers = FIELDS.map((name) => {
    const value = fields.get(name);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw fault(input, [index, name], 'must be a finite number', value, 'give a JSON number');
  });
  const [forward, strike, discountFactor, yearFraction, price] = numbers;
  return {
    right,
    forward: forward ?? Number.NaN,
    strike: strike ?? Number.NaN,
    discountFactor: discountFactor ?? Number.NaN,
    yearFraction: yearFraction ?? Number.NaN,
    price: price ?? Number.NaN,
  };
}

function resultJson(result: ImpliedVol): object {
  return result.kind === 'vol' ? { vol: result.vol } : { vol: null, volReason: result.reason };
}

function fault(
  input: InputText,
  path: JsonPath,
  rule: string,
  value: unknown,
  remedy: string,
): DataError {
  return new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, path),
    rule: [...path.map(String), rule].join(' '),
    value: value === undefined ? 'missing' : JSON.stringify(value),
    remedy,
  });
}
