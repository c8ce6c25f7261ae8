import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import type { MarginRules } from '../margin/house-rule.ts';
import type {
  FuturesMarginLevel,
  FuturesMarginRule,
  OptionMarginRule,
} from '../margin/margin-profile.ts';
import type { PortfolioMarginRule, ShockRange } from '../margin/portfolio-rule.ts';
import { asEpochDay, parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';

/** A level that a user set in the place of the built-in one. */
export interface SuppliedLevel {
  /** Keys of the rules file down to the level, joined by dots. */
  readonly path: string;
  readonly value: number | string;
  /** Since when it holds and who says so, where the file tells; YYYY-MM-DD. */
  readonly effective?: string;
  readonly source?: string;
  /** False where it holds from a later day only: the built-in level stays. */
  readonly inForce?: false;
}

/** Rules with a user's levels in them. */
export interface SuppliedRules {
  readonly rules: MarginRules;
  readonly levels: readonly SuppliedLevel[];
}

const share = z.number().min(0).max(5);
const dollars = z.number().min(0);
const factor = z.number().positive().max(10);
const sessions = z.number().int().min(0).max(250);
const points = z.number().positive();
const isoDate = z.string().refine((text) => parseIsoDate(text).ok, 'must be a date, YYYY-MM-DD');
/** Since when an entry holds, and who says so. */
const DATED = { effective: isoDate, source: z.string().min(1) };

const optionRule = z
  .strictObject({
    nakedShare: share,
    minimumShare: share,
    nakedMinimum: dollars,
    spreadMinimum: dollars,
    cover: z.enum(['on-or-after', 'same-expiry']),
    ...DATED,
  })
  .partial();
const range = z
  .strictObject({ down: z.number().min(-1).max(0), up: z.number().min(0).max(10), ...DATED })
  .partial()
  .required({ down: true, up: true });
const minimumEquity = z
  .strictObject({ open: dollars, maintain: dollars, callSessions: sessions, ...DATED })
  .partial();
const futuresLevel = z
  .strictObject({ effective: isoDate, until: isoDate, maintenance: dollars, source: z.string() })
  .partial({ until: true, source: true });

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
    shortBoxFactor: factor,
    shares: z
      .strictObject({ initial: share, longMaintenance: share, shortMaintenance: share, ...DATED })
      .partial(),
    longOption: z
      .strictObject({
        loanShare: z.number().min(0).max(1),
        months: z.number().int().min(0),
        ...DATED,
      })
      .partial(),
    minimumEquity,
    futures: z
      .strictObject({
        initialRatio: factor,
        maintenance: dollars,
        levels: z.array(futuresLevel),
        calmShare: share,
        stressedShare: share,
        stressRise: share,
        stressSessions: sessions,
        sensitivity: factor,
        calendarShare: share,
        ...DATED,
      })
      .partial(),
    account: z
      .strictObject({
        lifecycle: z.enum(['auto', 'call']),
        callSessions: z
          .strictObject({ house: sessions, portfolio: sessions, futures: sessions })
          .exactPartial(),
        restrictedDays: sessions,
        warningCushion: share,
        ...DATED,
      })
      .partial(),
    portfolio: z
      .strictObject({
        broadIndex: range,
        wideRange: range,
        volatility: range,
        equity: range,
        regime: z
          .strictObject({ above: points, below: points, sustained: points, sessions, ...DATED })
          .partial(),
        minimumPerPoint: dollars,
        initialRatio: factor,
        volatilityScan: z
          .strictObject({ broadIndex: share, volatility: share, equity: share, ...DATED })
          .partial(),
        volatilityCrash: z.strictObject({ move: factor, share, ...DATED }).partial(),
        concentration: z
          .strictObject({ riskiest: sessions, wideMove: share, narrowMove: share, ...DATED })
          .partial(),
        minimumEquity,
        ...DATED,
      })
      .partial(),
    ...DATED,
  })
  .partial();

type RawRules = z.infer<typeof schema>;

/**
 * A broker's rules with the levels of a YAML or JSON text in their place; `name` is the file's. An
 * entry whose `effective` day is after `day` is listed and not taken.
 *
 * Errors: DataError `bad-data` with line and column, and the nearest key to one that is unknown.
 */
export function applyMarginRules(
  { text, name }: { readonly text: string; readonly name: string },
  base: MarginRules,
  day: EpochDay,
): SuppliedRules {
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
    const inForce: RawRules = holdsOn(parsed.data, day) ? onlyInForce(parsed.data, day) : {};
    return {
      rules: merged(base, inForce, name),
      levels: levelsOf(parsed.data, { path: [], day, entry: {} }),
    };
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

/** The entries that hold on a day, at any depth. Levels of futures keep their own dates. */
function onlyInForce(value: object, day: EpochDay): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]: readonly [string, unknown]) => {
      if (typeof each !== 'object' || each === null || Array.isArray(each)) return [[key, each]];
      return holdsOn(each, day) ? [[key, onlyInForce(each, day)]] : [];
    }),
  );
}

function holdsOn(entry: object, day: EpochDay): boolean {
  const date = effectiveOf(entry);
  return date === undefined || date <= day;
}

function effectiveOf(entry: object): EpochDay | undefined {
  if (!('effective' in entry) || typeof entry.effective !== 'string') return undefined;
  const date = parseIsoDate(entry.effective);
  return date.ok ? date.value : undefined;
}

interface Place {
  readonly path: readonly string[];
  readonly day: EpochDay;
  /** What is told of the entry around a level. */
  readonly entry: Pick<SuppliedLevel, 'effective' | 'source' | 'inForce'>;
}

function levelsOf(value: object, { path, day, entry }: Place): readonly SuppliedLevel[] {
  const told = {
    ...entry,
    ...('effective' in value && { effective: String(value.effective) }),
    ...('source' in value && { source: String(value.source) }),
    ...(!holdsOn(value, day) && { inForce: false as const }),
  };
  return Object.entries(value).flatMap(([key, each]: readonly [string, unknown]) => {
    const at = [...path, key];
    if (key === 'effective' || key === 'source') return [];
    if (typeof each === 'object' && each !== null) {
      return levelsOf(each, { path: at, day, entry: told });
    }
    return typeof each === 'number' || typeof each === 'string'
      ? [{ path: at.join('.'), value: each, ...told }]
      : [];
  });
}

/** What an entry of the file may give of an entry of the table; dates are texts there. */
type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };
type RawEntry<T> = Given<Omit<T, 'source' | 'effective'>> & {
  readonly effective?: string | undefined;
  readonly source?: string | undefined;
};

/** The base with what is given in its place; its source says so where anything is. */
function over<T extends { readonly source: string }>(
  base: T,
  given: RawEntry<T> | undefined,
  name: string,
): T {
  const { effective, source, ...levels } = given ?? {};
  const set = Object.entries(levels).filter(([, value]) => value !== undefined);
  if (set.length === 0) return base;
  const keys = set.map(([key]) => key).join(', ');
  const since = effective === undefined ? undefined : parseIsoDate(effective);
  const by = source === undefined ? '' : ` (${source})`;
  return {
    ...base,
    ...Object.fromEntries(set),
    ...(since?.ok === true && { effective: since.value }),
    source: `user-supplied in ${name}${by}: ${keys}; otherwise ${base.source}`,
  };
}

function merged(base: MarginRules, given: RawRules, name: string): MarginRules {
  const { profile, house } = base;
  const { options = {}, futures = {}, account = {} } = given;
  const { calendarShare } = futures;
  const option = (rule: OptionMarginRule, key: keyof typeof options): OptionMarginRule =>
    over(rule, options[key], name);
  const { callSessions: _, ...accountLevels } = account;
  const shortBoxFactor = given.shortBoxFactor ?? profile.shortBoxFactor;
  return {
    profile: {
      ...over(profile, { ...accountLevels, callSessions: undefined }, name),
      callSessions: { ...profile.callSessions, ...given.account?.callSessions },
      icRule: given.icRule ?? profile.icRule,
      universalSpreadFactor: given.universalSpreadFactor ?? profile.universalSpreadFactor,
      ...(shortBoxFactor !== undefined && { shortBoxFactor }),
      ...spreadSourceOf(given, name),
      options: {
        spx: option(profile.options.spx, 'spx'),
        xsp: option(profile.options.xsp, 'xsp'),
        vix: option(profile.options.vix, 'vix'),
      },
      futures: futuresOver(profile.futures, futures, name),
    },
    house: {
      equity: option(house.equity, 'equity'),
      broadFund: option(house.broadFund, 'broadFund'),
      volatilityFund: option(house.volatilityFund, 'volatilityFund'),
      shares: over(house.shares, given.shares, name),
      longOption: over(house.longOption, given.longOption, name),
      minimumEquity: over(house.minimumEquity, given.minimumEquity, name),
      calendarShare: calendarShare ?? house.calendarShare,
      calendarSource:
        calendarShare === undefined ? house.calendarSource : `user-supplied in ${name}`,
    },
    portfolio: portfolioOver(base.portfolio, given.portfolio, name),
  };
}

/** Says so where the rules of spreads are the user's. */
function spreadSourceOf(
  given: RawRules,
  name: string,
): { readonly spreadSource: string } | undefined {
  const keys = (['icRule', 'universalSpreadFactor', 'shortBoxFactor'] as const).filter(
    (key) => given[key] !== undefined,
  );
  if (keys.length === 0) return undefined;
  const by = given.source === undefined ? '' : ` (${given.source})`;
  return { spreadSource: `user-supplied in ${name}${by}: ${keys.join(', ')}` };
}

/** `maintenance` is a level for every day; `levels` take the place of the published ones. */
function futuresOver(
  base: FuturesMarginRule,
  futures: NonNullable<RawRules['futures']>,
  name: string,
): FuturesMarginRule {
  const { maintenance, calendarShare: _, levels, ...given } = futures;
  const always = asEpochDay(Number.MAX_SAFE_INTEGER);
  const own = levels?.map((each): FuturesMarginLevel => ({
    effective: effectiveOf(each) ?? always,
    until: each.until === undefined ? always : (effectiveOf({ effective: each.until }) ?? always),
    maintenance: each.maintenance,
    source: `user-supplied in ${name}${each.source === undefined ? '' : ` (${each.source})`}`,
  }));
  const fixed: readonly FuturesMarginLevel[] | undefined =
    maintenance === undefined
      ? own
      : [
          {
            effective: asEpochDay(0),
            until: always,
            maintenance,
            source: `user-supplied in ${name}`,
          },
        ];
  return over(base, { ...given, levels: fixed }, name);
}

/** Entries that a house does not have begin with nothing. */
const NONE = { effective: asEpochDay(0), source: 'none' };
const NO_SCAN = { broadIndex: 0, volatility: 0, equity: 0, ...NONE };
const NO_CRASH = { move: 0, share: 0, ...NONE };
const NO_CONCENTRATION = { riskiest: 0, wideMove: 0, narrowMove: 0, ...NONE };

/** A range given for broad indices holds at every VIX, unless a wide one is given too. */
function portfolioOver(
  base: PortfolioMarginRule,
  given: NonNullable<RawRules['portfolio']> = {},
  name: string,
): PortfolioMarginRule {
  const { regime, volatilityScan, volatilityCrash, concentration, minimumEquity: least } = given;
  const { minimumPerPoint, initialRatio, effective, source } = given;
  const ranges = {
    broadIndex: bare(given.broadIndex),
    wideRange: bare(given.wideRange),
    volatility: bare(given.volatility),
    equity: bare(given.equity),
  };
  const levels = { ...ranges, minimumPerPoint, initialRatio, effective, source };
  const rule = over(base, levels, name);
  const overlays = {
    regime: over(base.regime, regime, name),
    minimumEquity: over(base.minimumEquity, least, name),
    ...(volatilityScan && {
      volatilityScan: over(base.volatilityScan ?? NO_SCAN, volatilityScan, name),
    }),
    ...(volatilityCrash && {
      volatilityCrash: over(base.volatilityCrash ?? NO_CRASH, volatilityCrash, name),
    }),
    ...(concentration && {
      concentration: over(base.concentration ?? NO_CONCENTRATION, concentration, name),
    }),
  };
  if (given.broadIndex === undefined || given.wideRange !== undefined) {
    return { ...rule, ...overlays };
  }
  const { wideRange: _, ...always } = rule;
  return { ...always, ...overlays };
}

/** A range without what is told about it. */
function bare(given: z.infer<typeof range> | undefined): ShockRange | undefined {
  return given === undefined ? undefined : { down: given.down, up: given.up };
}
