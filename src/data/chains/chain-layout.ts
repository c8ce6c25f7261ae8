import { basename, dirname } from 'node:path';
import { err, ok } from '../../core/result.ts';
import type { Result } from '../../core/result.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { DataError } from '../data-error.ts';
import { ABSENT, SHARED_ROLES, SIDE_ROLES } from './chain-plan.ts';
import type {
  ChainLayoutName,
  ChainPlan,
  ChainReadOptions,
  ColumnMapping,
  FixedValues,
  SharedColumns,
  SideColumns,
} from './chain-plan.ts';
import { createFieldSpans, fieldText, scanRecord } from './csv-bytes.ts';
import { textDay } from './date-text.ts';
import { NAMED_LAYOUTS } from './header-names.ts';
import { parseQuoteMoment } from './quote-moment.ts';

/** Lines within which the header must stand. */
const MOST_PREAMBLE = 40;
const DELIMITERS = [44, 59, 9] as const;
const SEMICOLON = 59;
const NO_FIXED: FixedValues = {
  underlying: undefined,
  day: undefined,
  minute: undefined,
  spot: Number.NaN,
  root: undefined,
};

/** A line that may be the header, and what stood above it. */
interface Header {
  readonly names: readonly string[];
  readonly preamble: readonly string[];
  readonly line: number;
  readonly dataAt: number;
  readonly delimiter: number;
}

/**
 * How to read a file that begins with these bytes: its layout is known by the header, wherever that
 * stands in the first 40 lines, never by the file's name. The name serves only for a date or an
 * underlying that the content does not have (LEAN universes).
 *
 * Errors: DataError `bad-data` when no line is a header of a known layout or of the mapping.
 */
export function detectLayout(
  head: Uint8Array,
  file: string,
  options: ChainReadOptions = {},
): Result<ChainPlan, DataError> {
  const seen: string[] = [];
  for (const header of headerCandidates(head)) {
    const plan =
      options.mapping === undefined
        ? (cboePlan(header) ?? namedPlan(header))
        : mappedPlan(header, options.mapping);
    if (plan !== undefined) return ok(withFileName(plan, file, options));
    if (header.names.length > 3) seen.push(...header.names.slice(0, 40));
  }
  return err(unknownLayout(file, seen, options.mapping));
}

function* headerCandidates(head: Uint8Array): Generator<Header> {
  const spans = createFieldSpans();
  const preamble: string[] = [];
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for (let line = 1; line <= MOST_PREAMBLE && at < head.length; line += 1) {
    let next = at;
    for (const delimiter of DELIMITERS) {
      next = scanRecord(head, at, head.length, delimiter, spans);
      if (spans.count < 4) continue;
      const names = Array.from({ length: spans.count }, (_, field) =>
        headerName(fieldText(head, spans.starts[field] ?? 0, spans.ends[field] ?? 0)),
      );
      yield { names, preamble, line, dataAt: next, delimiter };
    }
    const text = Buffer.from(head.buffer, head.byteOffset + at, Math.min(next - at, 1000));
    preamble.push(text.toString('utf8').trim());
    at = next;
  }
}

function headerName(text: string): string {
  return text.toLowerCase().replace(/[[\]]/g, '').trim();
}

/** Call and put side by side around the strike, read by place because names repeat. */
function cboePlan(header: Header): ChainPlan | undefined {
  const { names } = header;
  const calls = names.indexOf('calls');
  const puts = names.indexOf('puts');
  if (calls < 0 || puts < calls) return undefined;
  const strike = names.indexOf('strike');
  const expiry = names.findIndex((name) => name === 'expiration date' || name === 'expiration');
  const isOld = strike < 0;
  const callEnd = isOld ? puts : Math.max(strike, calls);
  const sides = [cboeSide(names.slice(calls, callEnd), calls), cboeSide(names.slice(puts), puts)];
  if (sides.some((side) => side.bid < 0 || side.ask < 0)) return undefined;
  const plan = basicPlan(header, isOld ? 'cboe-quotedata-2011' : 'cboe-quotedata', {
    ...columnsOf(SHARED_ROLES, () => ABSENT),
    strike: isOld ? ABSENT : strike,
    expiry: isOld ? ABSENT : expiry,
  });
  return { ...plan, sides, fixed: preambleValues(header.preamble) };
}

function cboeSide(names: readonly string[], offset: number): SideColumns {
  const place = (...wanted: readonly string[]): number => {
    const at = names.findIndex((name) => wanted.includes(name.replace(/[._]\d+$/, '')));
    return at < 0 ? ABSENT : offset + at;
  };
  return {
    contract: offset,
    bid: place('bid'),
    ask: place('ask'),
    last: place('last sale', 'last'),
    volume: place('volume', 'vol'),
    openInterest: place('open interest', 'open int'),
    vol: place('iv'),
    delta: place('delta'),
  };
}

/** Session, minute and underlying price from the lines above a Cboe header. */
function preambleValues(lines: readonly string[]): FixedValues {
  const dated = lines.findLast((line) => parseQuoteMoment(line) !== undefined);
  const moment = dated === undefined ? undefined : parseQuoteMoment(dated);
  const text = lines.join('\n');
  const last = /Last:\s*"?(-?[\d,]*\.?\d+)/i.exec(text)?.[1];
  const old = /\),(-?\d+(?:\.\d+)?),[+-]/.exec(text)?.[1];
  const spot = Number((last ?? old ?? 'NaN').replaceAll(',', ''));
  return {
    ...NO_FIXED,
    day: moment?.day,
    minute: moment?.minute,
    spot: spot > 0 ? spot : Number.NaN,
  };
}

function namedPlan(header: Header): ChainPlan | undefined {
  const found = NAMED_LAYOUTS.find(({ marks }) =>
    marks.every((mark) => header.names.includes(mark)),
  );
  if (found === undefined) return undefined;
  const place = (role: string): number => {
    const name = (found.roles[role] ?? []).find((each) => header.names.includes(each));
    return name === undefined ? ABSENT : header.names.indexOf(name);
  };
  const plan = placedPlan(header, found.layout, place);
  return found.layout === 'pyql'
    ? { ...plan, fixed: { ...NO_FIXED, underlying: 'SPX', root: 'SPX' } }
    : plan;
}

function mappedPlan(header: Header, mapping: ColumnMapping): ChainPlan | undefined {
  const wanted = Object.entries(mapping.columns);
  if (!wanted.every(([, name]) => header.names.includes(headerName(name)))) return undefined;
  const plan = placedPlan(header, 'mapped', (role) => {
    const name = mapping.columns[role];
    return name === undefined ? ABSENT : header.names.indexOf(headerName(name));
  });
  const { underlying, root, decimal } = mapping;
  const point = decimal === undefined ? plan.point : decimal.charCodeAt(0);
  return { ...plan, point, fixed: { ...NO_FIXED, underlying, root } };
}

function placedPlan(
  header: Header,
  layout: ChainLayoutName,
  place: (role: string) => number,
): ChainPlan {
  const shared: SharedColumns = columnsOf(SHARED_ROLES, place);
  const side = (prefix: string): SideColumns =>
    columnsOf(SIDE_ROLES, (role) => place(`${prefix}${role}`));
  const isWide = place('call.bid') >= 0;
  return {
    ...basicPlan(header, layout, shared),
    sides: isWide ? [side('call.'), side('put.')] : [side('')],
  };
}

function basicPlan(header: Header, layout: ChainLayoutName, shared: SharedColumns): ChainPlan {
  return {
    layout,
    headerLine: header.line,
    dataAt: header.dataAt,
    delimiter: header.delimiter,
    point: header.delimiter === SEMICOLON ? 44 : 46,
    shared,
    sides: [],
    fixed: NO_FIXED,
  };
}

function columnsOf<Role extends string>(
  roles: readonly Role[],
  place: (role: Role) => number,
): Record<Role, number> {
  return Object.fromEntries(roles.map((role) => [role, place(role)])) as Record<Role, number>;
}

/** The plan with what only the caller or the file's name can say. */
function withFileName(plan: ChainPlan, file: string, options: ChainReadOptions): ChainPlan {
  const { fixed, shared } = plan;
  const named = /(?<!\d)(\d{4}-?\d{2}-?\d{2})(?!\d)/.exec(basename(file))?.[1];
  const compact = named?.replaceAll('-', '');
  const nameDay =
    compact === undefined
      ? undefined
      : textDay(`${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`);
  const day = options.day ?? fixed.day ?? (shared.day < 0 ? nameDay : undefined);
  const isNameless = shared.underlying < 0 && plan.sides.every((side) => side.contract < 0);
  const underlying =
    options.underlying ?? fixed.underlying ?? (isNameless ? nameUnderlying(file) : undefined);
  return { ...plan, fixed: { ...fixed, day, underlying: underlying?.toUpperCase() } };
}

/** `spx` of spx_20151222.csv, or the folder of 20151222.csv. */
function nameUnderlying(file: string): string | undefined {
  const name = /^([A-Za-z]{2,6})(?=[_.-])/.exec(basename(file))?.[1];
  return name ?? /^[A-Za-z]{2,6}$/.exec(basename(dirname(file)))?.[0];
}

function unknownLayout(
  file: string,
  seen: readonly string[],
  mapping: ColumnMapping | undefined,
): DataError {
  const wanted = mapping === undefined ? undefined : Object.values(mapping.columns);
  const missing = wanted?.find((name) => !seen.includes(headerName(name)));
  const near = missing === undefined ? undefined : nearestName(missing, seen);
  return new DataError({
    code: 'bad-data',
    file,
    rule:
      missing === undefined
        ? `a header of a known layout must stand in the first ${MOST_PREAMBLE} lines`
        : `a header with the mapped column '${missing}' must stand in the first ${MOST_PREAMBLE} lines`,
    value:
      seen.length === 0
        ? 'none'
        : `columns ${seen.slice(0, 8).join(', ').replace(/\s+/g, ' ').slice(0, 120)}`,
    remedy:
      near === undefined
        ? 'check that this is an option chain; for another layout give --mapping FILE'
        : `did you mean '${near}'`,
  });
}
