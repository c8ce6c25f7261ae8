import { nearestName } from '../../core/nearest-name.ts';
import { DataError } from '../../data/data-error.ts';
import { impliedVol } from '../../pricing/implied-vol.ts';
import type { ImpliedVol } from '../../pricing/implied-vol.ts';
import { quoteImpliedVol } from '../../pricing/quote-implied-vol.ts';
import type { QuoteVol } from '../../pricing/quote-implied-vol.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { locateJson } from '../json-position.ts';
import type { JsonPath } from '../json-position.ts';
import { optionalInteger } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import type { InputText } from '../read-input.ts';
import { textTable } from '../../report/text-table.ts';

/** `alvh implied-vol`: Black-76 volatilities of prices from a JSON array. */
export const IMPLIED_VOL: Command = {
  name: 'implied-vol',
  summary: 'Black-76 implied volatilities of option prices',
  operands: [{ name: 'FILE', summary: 'a JSON array of quotes, or - for standard input' }],
  options: [
    {
      name: 'max-age',
      kind: 'value',
      valueName: 'SECONDS',
      summary: 'quotes older than this are stale; each then needs ageSeconds',
    },
  ],
  details: [
    'Each item is {"right": "call"|"put", "forward", "strike", "discountFactor", "yearFraction", ' +
      '"price"}, the price discounted; or with "bid", "ask" and, if known, "ageSeconds" in place ' +
      'of "price".',
    'Results come in the order of the items: {"vol"} per year (0.20 = 20 %), or {"vol": null, ' +
      '"volReason"} where the price has none: below-intrinsic, at-intrinsic, above-maximum, ' +
      'no-time, not-positive-input. A quote is inverted at its middle, with "bidVol" and "askVol" ' +
      'beside; reasons of its own are no-quote, crossed, no-bid and stale.',
    'An item that breaks a rule ends the command with code 8 and the place of the item; no result ' +
      'is printed then.',
  ],
  examples: [
    'alvh implied-vol quotes.json',
    'alvh implied-vol - --json < quotes.json',
    'alvh implied-vol quotes.json --max-age 900',
  ],
  run: runImpliedVol,
};

/** Numeric fields of every item with their units. */
const OPTION_FIELDS: Readonly<Record<string, string>> = {
  forward: 'index points',
  strike: 'index points',
  discountFactor: 'dimensionless',
  yearFraction: 'years',
};
const PRICE_FIELDS: Readonly<Record<string, string>> = { price: 'index points' };
const QUOTE_FIELDS: Readonly<Record<string, string>> = { bid: 'index points', ask: 'index points' };
const AGE_FIELDS: Readonly<Record<string, string>> = { ageSeconds: 'seconds' };
const MOST_SECONDS = 1e9;

async function runImpliedVol(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const mostAge = args.values.has('max-age')
    ? optionalInteger(args, 'max-age', { min: 0, max: MOST_SECONDS, otherwise: MOST_SECONDS })
    : undefined;
  const input = await readInput(args.operands[0] ?? '-', context);
  const document = parseJsonInput(input);
  if (!Array.isArray(document)) {
    throw fault(input, [], {
      rule: 'must be an array',
      value: document,
      remedy: 'put the quotes between [ and ]',
    });
  }
  const results = document.map((item: unknown, index) => solve(input, item, index, mostAge));
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/implied-vol/1', results: results.map(resultJson) });
  } else {
    await stdout.write(resultTable(results));
  }
  return OK;
}

function solve(
  input: InputText,
  item: unknown,
  index: number,
  mostAge: number | undefined,
): ImpliedVol | QuoteVol {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw fault(input, [index], {
      rule: 'must be an object',
      value: item,
      remedy: 'give an object with right and numbers',
    });
  }
  const entries = new Map<string, unknown>(Object.entries(item));
  const isQuote = !entries.has('price') && (entries.has('bid') || entries.has('ask'));
  const isAged = isQuote && (entries.has('ageSeconds') || mostAge !== undefined);
  const fields = {
    ...OPTION_FIELDS,
    ...(isQuote ? QUOTE_FIELDS : PRICE_FIELDS),
    ...(isAged ? AGE_FIELDS : {}),
  };
  const right = entries.get('right');
  if (right !== 'call' && right !== 'put') {
    throw fault(input, [index, 'right'], {
      rule: 'must be "call" or "put"',
      value: right,
      remedy: 'name one of the two rights',
    });
  }
  const allowed = ['right', ...Object.keys({ ...fields, ...(isQuote ? AGE_FIELDS : {}) })];
  refuseOthers(input, index, entries, allowed);
  const number = (field: string, unit: string): number => {
    const value = entries.get(field);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw fault(input, [index, field], {
      rule: 'must be a finite number',
      value,
      unit,
      remedy: 'give a JSON number',
    });
  };
  const numbers = Object.fromEntries(
    Object.entries(fields).map(([field, unit]) => [field, number(field, unit)]),
  );
  const value = (field: string): number => numbers[field] ?? Number.NaN;
  const option = {
    right,
    forward: value('forward'),
    strike: value('strike'),
    discountFactor: value('discountFactor'),
    yearFraction: value('yearFraction'),
  } as const;
  if (!isQuote) return impliedVol({ ...option, price: value('price') });
  return quoteImpliedVol(
    { ...option, bid: value('bid'), ask: value('ask'), ageSeconds: value('ageSeconds') },
    mostAge,
  );
}

function refuseOthers(
  input: InputText,
  index: number,
  entries: ReadonlyMap<string, unknown>,
  names: readonly string[],
): void {
  for (const [name, value] of entries) {
    if (names.includes(name)) continue;
    const meant = nearestName(name, names);
    const beside = names.includes('bid') ? 'bid and ask' : 'price';
    throw fault(input, [index, name], {
      rule: `must not be given with ${beside}`,
      value,
      remedy: meant === undefined ? 'remove it' : `remove it, or write ${meant}`,
    });
  }
}

function resultJson(result: ImpliedVol | QuoteVol): object {
  const fields = volJson('vol', result);
  return 'bid' in result
    ? { ...fields, ...volJson('bidVol', result.bid), ...volJson('askVol', result.ask) }
    : fields;
}

function volJson(name: string, result: ImpliedVol | QuoteVol): object {
  return result.kind === 'vol'
    ? { [name]: result.vol }
    : { [name]: null, [`${name}Reason`]: result.reason };
}

function resultTable(results: readonly (ImpliedVol | QuoteVol)[]): string {
  return textTable([
    ['#', 'vol', 'bid', 'ask', 'reason'],
    ...results.map((each, index) => [
      String(index),
      volText(each),
      'bid' in each ? volText(each.bid) : '',
      'bid' in each ? volText(each.ask) : '',
      each.kind === 'vol' ? '' : each.reason,
    ]),
  ]);
}

function volText(result: ImpliedVol | QuoteVol): string {
  return result.kind === 'vol' ? result.vol.toFixed(6) : 'none';
}

/** A data error with the place of the item or field in the text. */
function fault(
  input: InputText,
  path: JsonPath,
  broken: {
    readonly rule: string;
    readonly value: unknown;
    readonly unit?: string;
    readonly remedy: string;
  },
): DataError {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const { rule, value, ...rest } = broken;
  return new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, path),
    rule: `${name === '' ? 'input' : name} ${rule}`,
    value: shownValue(value),
    ...rest,
  });
}

function shownValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
