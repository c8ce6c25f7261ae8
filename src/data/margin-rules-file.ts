import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import type { MarginRules } from '../margin/house-rule.ts';
import type { OptionMarginRule } from '../margin/margin-profile.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';

/** A level that a user set in the place of the built-in one. */
export interface SuppliedLevel {
  /** Keys of the rules file down to the level, joined by dots. */
  readonly path: string;
  readonly value: number | string;
}

/** Rules with a user's levels in them. */
export interface SuppliedRules {
  readonly rules: MarginRules;
  readonly levels: readonly SuppliedLevel[];
}

const share = z.number().min(0).max(5);
const dollars = z.number().min(0);
const factor = z.number().positive().max(10);
const optionRule = z
  .strictObject({
    nakedShare: share,
    minimumShare: share,
    nakedMinimum: dollars,
    spreadMinimum: dollars,
    cover: z.enum(['on-or-after', 'same-expiry']),
  })
  .partial();
const range = z.strictObject({ down: z.number().min(-1).max(0), up: z.number().min(0).max(10) });

const schema = z
  .strictObject({
    options: z
      .strictObject({
        spx: optionRule,
        xsp: optionRule,
        vix: optionRule,
        equity: optionRule,
        broadFund: optionRule,
        volatilityFund: optionRule,
      })
      .partial(),
    icRule: z.enum(['maxSide', 'equalWidthElseSum']),
    universalSpreadFactor: factor,
    shares: z
      .strictObject({ initial: share, longMaintenance: share, shortMaintenance: share })
      .partial(),
    longOption: z
      .strictObject({ loanShare: z.number().min(0).max(1), months: z.number().int().min(0) })
      .partial(),
    futures: z
      .strictObject({
        initialRatio: factor,
        maintenance: dollars,
        calmShare: share,
        sensitivity: factor,
        calendarShare: share,
      })
      .partial(),
    portfolio: z
      .strictObject({
        broadIndex: range,
        volatility: range,
        equity: range,
        minimumPerPoint: dollars,
        initialRatio: factor,
      })
      .partial(),
  })
  .partial();

type RawRules = z.infer<typeof schema>;

/**
 * A broker's rules with the levels of a YAML or JSON text in their place; `name` is the file's.
 *
 * Errors: DataError `bad-data` with line and column, and the nearest key to one that is unknown.
 */
export function applyMarginRules(text: string, name: string, base: MarginRules): SuppliedRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new DataError({
      code: 'bad-data',
      file: name,
      line,
      column: col,
      rule: 'rules must be YAML or JSON',
      value: broken.code,
      remedy: 'mend the syntax there',
    });
  }
  const data: unknown = document.toJS();
  const parsed = schema.safeParse(data);
  if (parsed.success) {
    return { rules: merged(base, parsed.data, name), levels: levelsOf(parsed.data, []) };
  }
  const { path, rule, remedy } = faultOf(parsed.error);
  const node: unknown = document.getIn(path, true);
  const keyAt = text.indexOf(String(path.at(-1) ?? ''));
  const at = lines.linePos(offsetOf(node) ?? Math.max(0, keyAt));
  throw new DataError({
    code: 'bad-data',
    file: name,
    line: at.line,
    column: at.col,
    rule: `${path.join('.') || 'rules'}: ${rule}`,
    value: JSON.stringify(document.getIn(path)) ?? 'missing',
    remedy,
  });
}

function offsetOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const { range: place } = node;
  const first: unknown = Array.isArray(place) ? place[0] : undefined;
  return typeof first === 'number' ? first : undefined;
}

function faultOf(error: z.ZodError): {
  readonly path: readonly (string | number)[];
  readonly rule: string;
  readonly remedy: string;
} {
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
  if (issue?.code !== 'unrecognized_keys') {
    return {
      path,
      rule: issue?.message ?? 'is no level',
      remedy: 'give a level in that range; shares are fractions: 0.15 = 15 %',
    };
  }
  const key = issue.keys[0] ?? '';
  const known = keysAt(path);
  const near = nearestName(key, known);
  return {
    path: [...path, key],
    rule: `unknown key ${key}`,
    remedy: near === undefined ? `choose of ${known.join(', ')}` : `did you mean ${near}?`,
  };
}

/** Keys that the schema knows below a path. */
function keysAt(path: readonly (string | number)[]): readonly string[] {
  let at: unknown = schema;
  for (const key of path) {
    at = inner(at);
    if (!(at instanceof z.ZodObject)) return [];
    at = Reflect.get(at.shape, key);
  }
  at = inner(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function inner(type: unknown): unknown {
  return type instanceof z.ZodOptional ? type.unwrap() : type;
}

function levelsOf(value: object, path: readonly string[]): readonly SuppliedLevel[] {
  return Object.entries(value).flatMap(([key, each]: readonly [string, unknown]) => {
    const at = [...path, key];
    if (typeof each === 'object' && each !== null) return levelsOf(each, at);
    return typeof each === 'number' || typeof each === 'string'
      ? [{ path: at.join('.'), value: each }]
      : [];
  });
}

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The base with what is given in its place; its source says so where anything is. */
function over<T extends { readonly source: string }>(
  base: T,
  given: Given<Omit<T, 'source'>> | undefined,
  name: string,
): T {
  const set = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  if (set.length === 0) return base;
  const keys = set.map(([key]) => key).join(', ');
  return {
    ...base,
    ...Object.fromEntries(set),
    source: `user-supplied in ${name}: ${keys}; otherwise ${base.source}`,
  };
}

function merged(base: MarginRules, given: RawRules, name: string): MarginRules {
  const { profile, house, portfolio } = base;
  const { options = {}, futures = {} } = given;
  const { maintenance, calendarShare, ...futuresLevels } = futures;
  const option = (rule: OptionMarginRule, key: keyof typeof options): OptionMarginRule =>
    over(rule, options[key], name);
  const levels =
    maintenance === undefined
      ? undefined
      : [
          {
            effective: profile.options.spx.effective,
            until: asEpochDay(Number.MAX_SAFE_INTEGER),
            maintenance,
            source: `user-supplied in ${name}`,
          },
        ];
  return {
    profile: {
      ...profile,
      icRule: given.icRule ?? profile.icRule,
      universalSpreadFactor: given.universalSpreadFactor ?? profile.universalSpreadFactor,
      options: {
        spx: option(profile.options.spx, 'spx'),
        xsp: option(profile.options.xsp, 'xsp'),
        vix: option(profile.options.vix, 'vix'),
      },
      futures: over(profile.futures, { ...futuresLevels, levels }, name),
    },
    house: {
      equity: option(house.equity, 'equity'),
      broadFund: option(house.broadFund, 'broadFund'),
      volatilityFund: option(house.volatilityFund, 'volatilityFund'),
      shares: over(house.shares, given.shares, name),
      longOption: over(house.longOption, given.longOption, name),
      calendarShare: calendarShare ?? house.calendarShare,
      calendarSource:
        calendarShare === undefined ? house.calendarSource : `user-supplied in ${name}`,
    },
    portfolio: portfolioOver(portfolio, given.portfolio, name),
  };
}

/** A range given for broad indices holds at every VIX. */
function portfolioOver(
  base: MarginRules['portfolio'],
  given: RawRules['portfolio'],
  name: string,
): MarginRules['portfolio'] {
  const rule = over(base, given, name);
  if (given?.broadIndex === undefined) return rule;
  const { wideRange: _, ...always } = rule;
  return always;
}
