import { DataError } from '../../data/data-error.ts';
import { priceOption } from '../../pricing/price-option.ts';
import type { OptionPrice, PricingError } from '../../pricing/price-option.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { locateJson } from '../json-position.ts';
import type { JsonPath } from '../json-position.ts';
import { parseOptionInput } from '../option-input.ts';
import type { InputFault } from '../option-input.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import type { InputText } from '../read-input.ts';
import { textTable } from '../../report/text-table.ts';

/** `alvh price`: prices and greeks of European options from a JSON array. */
export const PRICE: Command = {
  name: 'price',
  summary: 'prices and greeks of European options',
  operands: [{ name: 'FILE', summary: 'a JSON array of options, or - for standard input' }],
  options: [],
  details: [
    'Each item is {"model": "bsm", "right": "call"|"put", "spot", "strike", "rate", ' +
      '"dividendYield", "vol", "yearFraction"} or {"model": "black76", "right", "forward", ' +
      '"strike", "discountFactor", "vol", "yearFraction"}. vol is per year (0.20 = 20 %), rates ' +
      'are continuous per year.',
    'Results come in the order of the items. vega is per 1.00 of vol, theta per year.',
    'An item that breaks a rule ends the command with code 8 and the place of the item; no result ' +
      'is printed then.',
  ],
  examples: ['alvh price options.json', 'alvh price - --json < options.json'],
  run: runPrice,
};

async function runPrice(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const input = await readInput(args.operands[0] ?? '-', context);
  const results = parseItems(input).map((item, index) => priceItem(input, item, index));
  if (args.flags.has('json')) await writeJson(stdout, { schema: 'alvh/price/1', results });
  else await stdout.write(priceTable(results));
  return OK;
}

function parseItems(input: InputText): readonly unknown[] {
  const value = parseJsonInput(input);
  if (Array.isArray(value)) return value;
  throw faultAt(input, [], {
    path: [],
    rule: 'must be an array',
    value,
    remedy: 'put the options between [ and ]',
  });
}

function priceItem(input: InputText, item: unknown, index: number): OptionPrice {
  const parsed = parseOptionInput(item);
  if (!parsed.ok) throw faultAt(input, [index], parsed.error);
  const priced = priceOption(parsed.value);
  if (priced.ok) return priced.value;
  throw faultAt(input, [index], pricingFault(priced.error));
}

/** A parameter out of its domain has a place of its own; a result has only its item's. */
function pricingFault({ kind, parameter, ...rest }: PricingError): InputFault {
  if (kind === 'invalid-parameter') return { ...rest, path: [parameter] };
  return { ...rest, path: [], rule: `${parameter} ${rest.rule}` };
}

/** A data error with the place of the item or field in the text. */
function faultAt(input: InputText, above: JsonPath, fault: InputFault): DataError {
  const path = [...above, ...fault.path];
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, path),
    rule: `${name === '' ? 'input' : name} ${fault.rule}`,
    value: shownValue(fault.value),
    ...(fault.unit === undefined ? {} : { unit: fault.unit }),
    remedy: fault.remedy,
  });
}

function shownValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function priceTable(results: readonly OptionPrice[]): string {
  return textTable([
    ['#', 'price', 'delta', 'gamma', 'vega', 'theta', 'rho'],
    ...results.map((each, index) => [
      String(index),
      each.price.toFixed(4),
      each.delta.toFixed(6),
      each.gamma.toExponential(4),
      each.vega.toFixed(4),
      each.theta.toFixed(4),
      each.rho.toFixed(4),
    ]),
  ]);
}
