import { z } from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import type {
  MarginPosition,
  MarginPositionKind,
  MarginRequest,
} from '../margin/margin-position.ts';
import { underlyingOf } from '../margin/margin-position.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import { isSession, previousSession } from '../time/cboe-calendar.ts';
import { epochDay, formatIsoDate, parseIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** What is wrong with a margin request, where, and what to do about it. */
export interface MarginFault {
  readonly path: readonly (string | number)[];
  readonly rule: string;
  readonly remedy: string;
}

/** A margin request with the cash that an order may use. */
export interface MarginFile {
  readonly request: MarginRequest;
  /** Dollars; undefined when not given. */
  readonly cash: number | undefined;
  /** Cash of the futures segment, and the value of options on futures in it; dollars. */
  readonly futuresCash: number;
  readonly futuresOptionValue: number;
}

const KINDS: readonly [MarginPositionKind, ...MarginPositionKind[]] = [
  'spx-option',
  'xsp-option',
  'vix-option',
  'equity-option',
  'vx-future',
  'vxm-future',
  'etp',
  'equity',
];
const BROKERS = ['exchange', 'ibkr', 'tastytrade', 'traditional'] as const;

/** Most contracts or shares of one position; sums over a book stay within 32-bit columns. */
export const MOST_CONTRACTS: number = 1_000_000;

const level = z.number().positive();
const positionSchema = z.strictObject({
  kind: z.enum(KINDS),
  right: z.enum(['call', 'put']).exactOptional(),
  strike: level.exactOptional(),
  expiry: z.strictObject({ date: z.string(), settlement: z.enum(['AM', 'PM']) }).exactOptional(),
  quantity: z.number().int().min(-MOST_CONTRACTS).max(MOST_CONTRACTS),
  price: z.number().min(0),
  impliedVol: level.exactOptional(),
  forward: level.exactOptional(),
  underlying: z.string().min(1).exactOptional(),
  leverage: z.number().positive().max(5).exactOptional(),
  broadIndex: z.boolean().exactOptional(),
});
const requestSchema = z.strictObject({
  regime: z.enum(['reg-t', 'portfolio']),
  broker: z.enum(BROKERS),
  date: z.string(),
  spot: z.record(z.string(), level),
  positions: z.array(positionSchema),
  vixCloses: z.array(level).exactOptional(),
  cash: z.number().exactOptional(),
  futuresCash: z.number().exactOptional(),
  futuresOptionValue: z.number().exactOptional(),
});

type RawPosition = z.infer<typeof positionSchema>;

/** First day on which the universal spread rule holds: condors before it have no such rule. */
const RULES_FROM = MARGIN_PROFILES.exchange.options.spx.effective;

/** A year after the day on which the levels were last compared with their pages. */
const RULES_TO = epochDay(2027, 11, 22);

/** Until then monthly options expired on the Saturday after their last session. */
const SESSIONS_ONLY_FROM = epochDay(2015, 2, 1);

/** A margin request from a parsed JSON document, or its first fault. */
export function parseMarginFile(document: unknown): MarginFile | MarginFault {
  const parsed = requestSchema.safeParse(document);
  if (!parsed.success) return schemaFault(parsed.error, document);
  const {
    date,
    spot,
    positions,
    cash,
    futuresCash = 0,
    futuresOptionValue = 0,
    ...rules
  } = parsed.data;
  const day = parseIsoDate(date);
  if (!day.ok) return fault(['date'], 'must be a date that exists', 'write it as YYYY-MM-DD');
  if (day.value < RULES_FROM) {
    return fault(
      ['date'],
      'rule tables begin on 2012-10-26 (universal spread rule)',
      'choose that day or a later one',
    );
  }
  if (day.value > RULES_TO) {
    return fault(
      ['date'],
      'rule tables are of 2026-11-22 and taken for a year',
      `choose ${formatIsoDate(RULES_TO)} or an earlier day`,
    );
  }
  const read = readPositions(positions, day.value, ['positions']);
  if (!Array.isArray(read)) return read as MarginFault;
  const legs = read as readonly MarginPosition[];
  const request: MarginRequest = {
    ...rules,
    day: day.value,
    spot: new Map(Object.entries(spot)),
    positions: legs,
  };
  return missingSpot(request) ?? { request, cash, futuresCash, futuresOptionValue };
}

/** Positions of an order, a JSON array, as of a day; or their first fault. */
export function parseMarginOrder(
  document: unknown,
  day: EpochDay,
): readonly MarginPosition[] | MarginFault {
  const parsed = z.array(positionSchema).safeParse(document);
  return parsed.success ? readPositions(parsed.data, day, []) : schemaFault(parsed.error, document);
}

/** True for a fault. */
export function isMarginFault(value: unknown): value is MarginFault {
  return typeof value === 'object' && value !== null && 'remedy' in value;
}

function readPositions(
  raw: readonly RawPosition[],
  day: EpochDay,
  at: readonly string[],
): readonly MarginPosition[] | MarginFault {
  const positions: MarginPosition[] = [];
  for (const [index, item] of raw.entries()) {
    const position = readPosition(item, day);
    if (isMarginFault(position)) return { ...position, path: [...at, index, ...position.path] };
    positions.push(position);
  }
  return positions;
}

function readPosition(raw: RawPosition, day: EpochDay): MarginPosition | MarginFault {
  const { expiry, ...rest } = raw;
  const { kind, quantity } = raw;
  if (quantity === 0) return fault(['quantity'], 'must not be 0', 'leave the position out');
  const isOption = kind.endsWith('-option');
  for (const key of ['right', 'strike'] as const) {
    if ((raw[key] !== undefined) === isOption) continue;
    return isOption
      ? fault([key], `a ${kind} needs ${key}`, `add ${key}`)
      : fault([key], `a ${kind} has no ${key}`, `remove ${key}`);
  }
  const isShare = kind === 'etp' || kind === 'equity';
  if ((kind === 'equity-option' || isShare) && raw.underlying === undefined) {
    return fault(['underlying'], `a ${kind} needs the name of its underlying`, 'add underlying');
  }
  if (isShare) return rest;
  if (expiry === undefined) return fault(['expiry'], `a ${kind} needs expiry`, 'add expiry');
  const date = parseIsoDate(expiry.date);
  if (!date.ok) {
    return fault(['expiry', 'date'], 'must be a date that exists', 'write it as YYYY-MM-DD');
  }
  if (date.value < day) {
    return fault(
      ['expiry', 'date'],
      'the contract has expired',
      'take it out, or date the request earlier',
    );
  }
  if (date.value >= SESSIONS_ONLY_FROM && !isSession(date.value)) {
    return fault(
      ['expiry', 'date'],
      'must be a session of the exchange',
      `the one before is ${formatIsoDate(previousSession(date.value))}`,
    );
  }
  return { ...rest, expiry: { day: date.value, settlement: expiry.settlement } };
}

/** The spot that a requirement cannot do without and is not given: of shorts, or of any option that is revalued. */
export function missingSpot(request: MarginRequest): MarginFault | undefined {
  for (const position of request.positions) {
    const { kind, quantity, forward } = position;
    const isOption = kind.endsWith('-option');
    const needless = request.regime === 'reg-t' ? quantity > 0 : forward !== undefined;
    if (!isOption || needless) continue;
    const name = kind === 'xsp-option' ? 'SPX' : underlyingOf(position);
    if (request.spot.has(name)) continue;
    const near = nearestName(name, [...request.spot.keys()]);
    const remedy = near === undefined ? `add spot.${name}` : `rename spot.${near} to ${name}`;
    return fault(['spot'], `the level of ${name} must be given for ${kind}`, remedy);
  }
  return undefined;
}

function schemaFault(error: z.ZodError, document: unknown): MarginFault {
  // A mistyped key shows twice, as unknown and as missing: the unknown one names the place.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = Object.keys(path.length === 0 ? requestSchema.shape : positionSchema.shape);
    const near = nearestName(key, known);
    return fault(
      [...path, key],
      `unknown key ${key}`,
      near === undefined ? 'remove it' : `did you mean ${near}?`,
    );
  }
  const remedy = remedyOf(issue, path, document) ?? 'see `alvh margin --help`';
  return fault(path, issue?.message ?? 'is no margin request', remedy);
}

/** The nearest of the names that are allowed, or what the number must be; if either is known. */
function remedyOf(
  issue: z.core.$ZodIssue | undefined,
  path: MarginFault['path'],
  document: unknown,
): string | undefined {
  if (issue?.code === 'invalid_value') {
    const value = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      document,
    );
    const near =
      typeof value === 'string' ? nearestName(value, issue.values.map(String)) : undefined;
    return near === undefined ? `choose of ${issue.values.join(', ')}` : `did you mean ${near}?`;
  }
  const own = REMEDIES[String(path.at(-1))];
  // Levels and closes are named by what holds them.
  return own ?? REMEDIES[String(path.at(-2) ?? '')];
}

const REMEDIES: Readonly<Record<string, string>> = {
  quantity: `give a whole number of contracts, at most ${MOST_CONTRACTS}, short below 0`,
  price: 'give the price in points, 0 or more',
  strike: 'give the strike in points, above 0',
  impliedVol: 'give the volatility as a fraction: 0.2 = 20 %',
  forward: 'give the forward in points, above 0',
  leverage: 'give the leverage of the fund, above 0 and at most 5',
  date: 'write it as YYYY-MM-DD',
  spot: 'give levels in points, above 0: {"SPX": 5000, "VIX": 15}',
  vixCloses: 'give closes of the VIX in points, oldest first: [14.2, 15.1]',
  positions: 'give a list of positions: [{"kind": "spx-option", ...}]',
  cash: 'give dollars as a number, a debit below 0',
  futuresCash: 'give dollars as a number, a debit below 0',
  futuresOptionValue: 'give dollars as a number',
};

function fault(path: MarginFault['path'], rule: string, remedy: string): MarginFault {
  return { path, rule, remedy };
}
