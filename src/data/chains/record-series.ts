import { CALL, PUT } from '../../contracts/contract-kind.ts';
import { asEpochDay } from '../../time/epoch-day.ts';
import type { ChainPlan } from './chain-plan.ts';
import {
  parseOldContract,
  readOccSymbol,
  rootOfUnderlying,
  settledDay,
  settlementOfRoot,
  underlyingOfRoot,
} from './contract-symbol.ts';
import { fieldText } from './csv-bytes.ts';
import { dateField, NO_DATE, validDay } from './date-text.ts';
import { fieldEnd, fieldNumber, fieldStart, NONE } from './record-state.ts';
import type { ChainReading, RecordState } from './record-state.ts';
import type { RowRule } from './row-rules.ts';

const MOST_ROOTS = 255;
const MOST_STRIKE = 1e7;

/** Root, expiry, right and strike of one side go to `state`; the rule they break, or undefined. */
export function readSeries(
  reading: ChainReading,
  state: RecordState,
  bytes: Uint8Array,
  side: number,
): RowRule | undefined {
  const { plan } = reading;
  const { shared } = plan;
  const { spans, parts } = state;
  const contract = plan.sides[side]?.contract ?? NONE;
  if (plan.layout === 'cboe-quotedata-2011') return readOldSeries(reading, state, bytes, contract);
  const hasCode =
    contract >= 0 &&
    contract < spans.count &&
    readOccSymbol(bytes, fieldStart(spans, contract), fieldEnd(spans, contract), parts);
  const written = fieldNumber(bytes, spans, shared.strike, plan.point);
  const strike = shared.strike < 0 && hasCode ? parts.strike : written;
  if (!isStrike(strike)) return 'strike';
  const right = rightOf(plan, state, bytes, side);
  state.strike = strike;
  if (!hasCode) {
    const expiry = writtenExpiry(plan, state, bytes);
    if (expiry < 0) return 'expiry';
    if (right === NONE) return 'right';
    state.right = right;
    const root = rootText(reading, state, bytes, expiry);
    if (root === '') return 'underlying';
    return setSeries(reading, state, root, expiry);
  }
  const byCode = parts.isPut ? PUT : CALL;
  if (right !== NONE && right !== byCode) return 'agreement';
  if (Math.abs(parts.strike - strike) > 0.0051) return 'agreement';
  const expiry = symbolDay(state, parts.date);
  if (expiry < 0) return 'expiry';
  if (shared.expiry >= 0) {
    const column = writtenExpiry(plan, state, bytes);
    if (column < 0) return 'expiry';
    if (Math.abs(column - expiry) > 1) return 'agreement';
  }
  state.right = byCode;
  return setSeries(reading, state, symbolRoot(state, bytes), expiry);
}

/** Above zero, and below what no index has reached. */
function isStrike(strike: number): boolean {
  return strike > 0 && strike < MOST_STRIKE;
}

function readOldSeries(
  reading: ChainReading,
  state: RecordState,
  bytes: Uint8Array,
  contract: number,
): RowRule | undefined {
  const { spans } = state;
  const from = fieldStart(spans, contract);
  const to = Math.min(fieldEnd(spans, contract), from + 80);
  const old = parseOldContract(fieldText(bytes, from, to));
  if (old === undefined) return 'contract';
  if (!isStrike(old.strike)) return 'strike';
  state.strike = old.strike;
  state.right = old.isPut ? PUT : CALL;
  return setSeries(reading, state, old.root, old.expiry);
}

function writtenExpiry(plan: ChainPlan, state: RecordState, bytes: Uint8Array): number {
  const { expiry } = plan.shared;
  if (expiry < 0) return NO_DATE;
  return dateField(
    bytes,
    fieldStart(state.spans, expiry),
    fieldEnd(state.spans, expiry),
    state.expiryMemo,
  );
}

/** EpochDay of the yyyymmdd in a contract code; neighbours mostly share it. */
function symbolDay(state: RecordState, date: number): number {
  if (state.symbolDate === date) return state.symbolDay;
  state.symbolDate = date;
  state.symbolDay =
    validDay(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100) ?? NO_DATE;
  return state.symbolDay;
}

/** Root in a contract code; text is made only when it is not the last one's. */
function symbolRoot(state: RecordState, bytes: Uint8Array): string {
  const { rootStart, rootEnd } = state.parts;
  const { lastRoot } = state;
  if (lastRoot.length === rootEnd - rootStart) {
    let at = rootStart;
    while (at < rootEnd && bytes[at] === lastRoot.charCodeAt(at - rootStart)) at += 1;
    if (at === rootEnd) return lastRoot;
  }
  return fieldText(bytes, rootStart, rootEnd).toUpperCase();
}

/** Root from a column, the plan, the caller or the underlying. */
function rootText(
  reading: ChainReading,
  state: RecordState,
  bytes: Uint8Array,
  expiry: number,
): string {
  const { shared, fixed } = reading.plan;
  if (fixed.root !== undefined) return fixed.root;
  if (shared.root >= 0) {
    const from = fieldStart(state.spans, shared.root);
    const text = fieldText(bytes, from, Math.min(fieldEnd(state.spans, shared.root), from + 12));
    if (text !== '') return text.replace(/^[\^$.]/, '').toUpperCase();
  }
  const underlying =
    shared.underlying < 0 ? (fixed.underlying ?? '') : underlyingField(reading.plan, state, bytes);
  if (underlying === '') return '';
  const known = underlyingOfRoot(underlying);
  return known === underlying
    ? rootOfUnderlying(underlying, settledDay(asEpochDay(expiry)))
    : underlying;
}

function setSeries(
  reading: ChainReading,
  state: RecordState,
  root: string,
  expiry: number,
): RowRule | undefined {
  if (root !== state.lastRoot || state.lastRootCode < 0) {
    let code = state.rootCodes.get(root);
    if (code === undefined) {
      if (reading.roots.length >= MOST_ROOTS || !/^[A-Z0-9]{1,8}$/.test(root)) return 'contract';
      code = reading.roots.length;
      reading.roots.push(root);
      state.rootCodes.set(root, code);
    }
    state.lastRoot = root;
    state.lastRootCode = code;
    state.lastRootAt = settlementOfRoot(root);
    state.lastRootOf = underlyingOfRoot(root);
  }
  state.root = state.lastRootCode;
  if (expiry !== state.lastExpiry) {
    state.lastExpiry = expiry;
    state.lastSettled = settledDay(asEpochDay(expiry));
  }
  state.expiry = state.lastSettled;
  return undefined;
}

function rightOf(plan: ChainPlan, state: RecordState, bytes: Uint8Array, side: number): number {
  if (plan.sides.length === 2) return side === 0 ? CALL : PUT;
  const { right } = plan.shared;
  if (right < 0) return NONE;
  // C, call, CALL, P, put, PUT: the first letter tells.
  const letter = (bytes[fieldStart(state.spans, right)] ?? 0) | 32;
  if (letter === 99) return CALL;
  return letter === 112 ? PUT : NONE;
}

/** Underlying that a record names; empty when its field holds none. */
export function underlyingField(plan: ChainPlan, state: RecordState, bytes: Uint8Array): string {
  const from = fieldStart(state.spans, plan.shared.underlying);
  const to = Math.min(fieldEnd(state.spans, plan.shared.underlying), from + 12);
  const { underlying } = state;
  if (underlying.length === to - from) {
    let at = from;
    while (at < to && bytes[at] === underlying.charCodeAt(at - from)) at += 1;
    if (at === to) return underlying;
  }
  const text = fieldText(bytes, from, to)
    .replace(/^[\^$.]/, '')
    .toUpperCase();
  if (!/^[A-Z][A-Z0-9.]{0,9}$/.test(text)) return '';
  state.underlying = underlyingOfRoot(text);
  return state.underlying;
}
