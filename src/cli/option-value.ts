import { nearestName } from '../core/nearest-name.ts';
import { parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { ParsedArguments } from './arguments.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** Text of an option that must be given. */
export function requiredText(args: ParsedArguments, name: string): string {
  const text = args.values.get(name);
  if (text === undefined) throw new UsageError(`--${name} is required.`);
  return text;
}

/** Civil date of an option that must be given, from YYYY-MM-DD. */
export function requiredDate(args: ParsedArguments, name: string): EpochDay {
  const text = requiredText(args, name);
  const parsed = parseIsoDate(text);
  if (!parsed.ok) throw new UsageError(`--${name} must be a date YYYY-MM-DD, was ${text}.`);
  return parsed.value;
}

/** Civil date of an option, or undefined when it is not given. */
export function optionalDate(args: ParsedArguments, name: string): EpochDay | undefined {
  return args.values.has(name) ? requiredDate(args, name) : undefined;
}

/** Whole number of an option that must be given, within inclusive bounds. */
export function requiredInteger(
  args: ParsedArguments,
  name: string,
  bounds: { readonly min: number; readonly max: number },
): number {
  return integer(name, requiredText(args, name), bounds);
}

/** Whole number of an option within inclusive bounds, or the value it has when not given. */
export function optionalInteger(
  args: ParsedArguments,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  const text = args.values.get(name);
  return text === undefined ? bounds.otherwise : integer(name, text, bounds);
}

/** One of the given names, of an option that must be given. */
export function requiredChoice(
  args: ParsedArguments,
  name: string,
  choices: readonly string[],
): string {
  return choice(name, requiredText(args, name), choices);
}

/**
 * A number between bounds, or the default where the option is absent; UsageError otherwise.
 */
export function optionalNumber(
  args: ParsedArguments,
  name: string,
  {
    min,
    max,
    otherwise,
  }: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  const text = args.values.get(name);
  if (text === undefined) return otherwise;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a number from ${min} to ${max}, was ${text}.`);
}

/** One of the given names, or the one it is when the option is not given. */
export function optionalChoice(
  args: ParsedArguments,
  name: string,
  choices: readonly string[],
  otherwise: string,
): string {
  const text = args.values.get(name);
  return text === undefined ? otherwise : choice(name, text, choices);
}

function integer(
  name: string,
  text: string,
  bounds: { readonly min: number; readonly max: number },
): number {
  const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.min && value <= bounds.max)) {
    throw new UsageError(
      `--${name} must be a whole number from ${bounds.min} to ${bounds.max}, was ${text}.`,
    );
  }
  return value;
}

function choice(name: string, text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  const meant = suggestion(nearestName(text, choices));
  throw new UsageError(`--${name} must be ${choices.join(' or ')}, was ${text}.${meant}`);
}
