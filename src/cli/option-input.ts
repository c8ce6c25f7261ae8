import { nearestName } from '../core/nearest-name.ts';
import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import type { OptionInput } from '../pricing/price-option.ts';
import type { JsonPath } from './json-position.ts';

/** A rule that an item breaks, and where in the item. */
export interface InputFault {
  readonly path: JsonPath;
  readonly rule: string;
  readonly value: unknown;
  readonly unit?: string;
  readonly remedy: string;
}

/** Numeric fields of each pricing model with their units. */
const FIELDS: Readonly<Record<OptionInput['model'], Readonly<Record<string, string>>>> = {
  bsm: {
    spot: 'index points',
    strike: 'index points',
    rate: 'per year, continuous',
    dividendYield: 'per year, continuous',
    vol: 'per year, 0.20 = 20 %',
    yearFraction: 'years',
  },
  black76: {
    forward: 'index points',
    strike: 'index points',
    discountFactor: 'dimensionless',
    vol: 'per year, 0.20 = 20 %',
    yearFraction: 'years',
  },
};

/** An option to price from one item of a JSON array, or the first rule it breaks. */
export function parseOptionInput(item: unknown): Result<OptionInput, InputFault> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return fault([], 'must be an object', item, 'give an object with model, right and numbers');
  }
  const entries = new Map<string, unknown>(Object.entries(item));
  const model = entries.get('model');
  if (model !== 'bsm' && model !== 'black76') {
    return fault(['model'], 'must be "bsm" or "black76"', model, 'name one of the two models');
  }
  const right = entries.get('right');
  if (right !== 'call' && right !== 'put') {
    return fault(['right'], 'must be "call" or "put"', right, 'name one of the two rights');
  }
  const fields = Object.entries(FIELDS[model]);
  for (const [field, unit] of fields) {
    const value = entries.get(field);
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return fault([field], 'must be a finite number', value, 'give a JSON number', unit);
    }
  }
  const names = ['model', 'right', ...fields.map(([field]) => field)];
  for (const [name, value] of entries) {
    if (names.includes(name)) continue;
    const meant = nearestName(name, names);
    const remedy = meant === undefined ? 'remove it' : `remove it, or write ${meant}`;
    return fault([name], `must not be given with model ${model}`, value, remedy);
  }
  return ok(item as OptionInput);
}

function fault(
  path: JsonPath,
  rule: string,
  value: unknown,
  remedy: string,
  unit?: string,
): Result<never, InputFault> {
  return err({ path, rule, value, remedy, ...(unit === undefined ? {} : { unit }) });
}
