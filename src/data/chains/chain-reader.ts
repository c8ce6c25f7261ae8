import { asEpochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { createChainDraft, growDraft } from './chain-draft.ts';
import type { ChainDraft } from './chain-draft.ts';
import type { ChainPlan, SideColumns } from './chain-plan.ts';
import { underlyingOfRoot } from './contract-symbol.ts';
import { fieldText, scanRecord } from './csv-bytes.ts';
import type { FieldSpans } from './csv-bytes.ts';
import { dateField, NO_DATE } from './date-text.ts';
import { readSeries, underlyingField } from './record-series.ts';
import {
  createRecordState,
  fieldEnd,
  fieldLength,
  fieldNumber,
  fieldStart,
  NONE,
} from './record-state.ts';
import type { ChainReading, RecordState } from './record-state.ts';
import type { RowRule } from './row-rules.ts';

/** Rejected rows that are kept with their text; further ones are only counted. */
const MOST_KEPT = 10_000;
const MOST_SPAN = 300;
/** Sessions and moments in one file; more is no chain file, and would take all memory. */
const MOST_SESSIONS = 20_000;

/** Reads records piece by piece. */
export interface ChainReader {
  readonly reading: ChainReading;
  /** Takes the records in bytes[from, to), which end at a line end or the end of the file. */
  readonly read: (bytes: Uint8Array, from: number, to: number) => void;
}

/** A reader for the records below the header that `plan` was made from. */
export function createChainReader(plan: ChainPlan): ChainReader {
  const reading: ChainReading = {
    plan,
    drafts: new Map(),
    roots: [],
    counts: new Map(),
    rejected: [],
    offered: 0,
    line: plan.headerLine + 1,
  };
  const state = createRecordState();
  return {
    reading,
    read: (bytes, from, to) => {
      let at = from;
      while (at < to) {
        const next = scanRecord(bytes, at, to, plan.delimiter, state.spans);
        if (!isBlank(bytes, state.spans)) readRecord(reading, state, bytes, at);
        reading.line += 1;
        at = next;
      }
    },
  };
}

function isBlank(bytes: Uint8Array, { starts, ends, count }: FieldSpans): boolean {
  // Most records begin with a visible byte: one look is enough.
  const first = starts[0] ?? 0;
  if (count > 1 && (ends[0] ?? 0) > first && (bytes[first] ?? 0) > 32) return false;
  for (let field = 0; field < count; field += 1) {
    const end = ends[field] ?? 0;
    for (let at = starts[field] ?? 0; at < end; at += 1) {
      if ((bytes[at] ?? 32) > 32) return false;
    }
  }
  return true;
}

function readRecord(
  reading: ChainReading,
  state: RecordState,
  bytes: Uint8Array,
  at: number,
): void {
  const { plan } = reading;
  const { spans } = state;
  if (plan.layout === 'lean-universe' && fieldLength(spans, plan.shared.expiry) === 0) {
    takeLeanUnderlying(reading, state, bytes);
    return;
  }
  let side = 0;
  for (const columns of plan.sides) {
    // A wide record has one side where a contract was never listed.
    const isListed = columns.contract < 0 || fieldLength(spans, columns.contract) > 0;
    if (plan.sides.length === 1 || isListed) {
      reading.offered += 1;
      const rule = readContract(reading, state, bytes, side);
      if (rule !== undefined) reject(reading, state, rule, recordText(bytes, at));
    }
    side += 1;
  }
}

/** The row for the underlying itself, whose last price is the spot. */
function takeLeanUnderlying(reading: ChainReading, state: RecordState, bytes: Uint8Array): void {
  const { plan } = reading;
  const spot = fieldNumber(bytes, state.spans, plan.sides[0]?.last ?? NONE, plan.point);
  const { day, underlying } = plan.fixed;
  if (day === undefined || underlying === undefined) return;
  const draft = draftOf(reading, state, underlying, day, NONE);
  if (draft !== undefined && spot > 0 && spot < Number.POSITIVE_INFINITY) draft.spot = spot;
}

function reject(reading: ChainReading, state: RecordState, rule: RowRule, record: string): void {
  reading.counts.set(rule, (reading.counts.get(rule) ?? 0) + 1);
  if (state.draft !== undefined) state.draft.rejected += 1;
  if (reading.rejected.length >= MOST_KEPT) return;
  reading.rejected.push({ line: reading.line, rule, record });
}

function recordText(bytes: Uint8Array, at: number): string {
  let end = at;
  while (end < bytes.length && end < at + MOST_SPAN && bytes[end] !== 10) end += 1;
  return fieldText(bytes, at, end);
}

/** Adds the contract of one side as a row; the rule it breaks, or undefined. */
function readContract(
  reading: ChainReading,
  state: RecordState,
  bytes: Uint8Array,
  side: number,
): RowRule | undefined {
  const { plan } = reading;
  const { spans } = state;
  const { shared } = plan;
  const columns = plan.sides[side];
  if (columns === undefined) return 'fields';
  const day =
    shared.day < 0
      ? (plan.fixed.day ?? NO_DATE)
      : dateField(bytes, fieldStart(spans, shared.day), fieldEnd(spans, shared.day), state.dayMemo);
  if (day < 0) return 'day';
  const series = readSeries(reading, state, bytes, side);
  if (series !== undefined) return series;
  const underlying = underlyingOf(reading, state, bytes);
  if (underlying === '') return 'underlying';
  const draft = draftOf(reading, state, underlying, asEpochDay(day), minuteOf(plan, state, bytes));
  if (draft === undefined) return 'day';
  if (!(state.expiry >= day)) return 'expired';
  if (!takeSpot(draft, spotOf(plan, spans, bytes))) return 'spot';
  return addRow(reading, draft, state, columns, bytes);
}

function addRow(
  reading: ChainReading,
  draft: ChainDraft,
  state: RecordState,
  columns: SideColumns,
  bytes: Uint8Array,
): RowRule | undefined {
  const { point } = reading.plan;
  const { spans } = state;
  if (columns.bid >= spans.count || columns.ask >= spans.count) return 'fields';
  const bid = fieldNumber(bytes, spans, columns.bid, point);
  if (bid < 0 || bid === Number.POSITIVE_INFINITY) return 'bid';
  const ask = fieldNumber(bytes, spans, columns.ask, point);
  if (ask < 0 || ask === Number.POSITIVE_INFINITY) return 'ask';
  const last = fieldNumber(bytes, spans, columns.last, point);
  if (last < 0 || last === Number.POSITIVE_INFINITY) return 'last';
  const volume = fieldNumber(bytes, spans, columns.volume, point);
  const interest = fieldNumber(bytes, spans, columns.openInterest, point);
  if (volume < 0 || interest < 0 || volume + interest === Number.POSITIVE_INFINITY) return 'count';
  const vol = fieldNumber(bytes, spans, columns.vol, point);
  const delta = fieldNumber(bytes, spans, columns.delta, point);
  growDraft(draft);
  const row = draft.rows;
  const to = draft.columns;
  to.root[row] = state.root;
  to.expiry[row] = state.expiry;
  to.settlement[row] = state.lastRootAt;
  to.right[row] = state.right;
  to.line[row] = reading.line;
  to.strike[row] = state.strike;
  to.bid[row] = bid;
  // Nobody sells for nothing: a zero ask says that there is none. Under a bid it is a crossed quote,
  // which stays as it came, for the checks to see.
  to.ask[row] = ask > 0 || bid > 0 ? ask : Number.NaN;
  to.last[row] = last > 0 ? last : Number.NaN;
  to.volume[row] = volume;
  to.openInterest[row] = interest;
  // Sources write 0 and -1 where they could not solve for the volatility.
  const hasVol = vol > 0 && vol < 100;
  to.sourceVol[row] = hasVol ? vol : Number.NaN;
  to.sourceDelta[row] =
    delta >= -1.0001 && delta <= 1.0001 && (hasVol || delta !== 0) ? delta : Number.NaN;
  draft.rows = row + 1;
  return undefined;
}

function underlyingOf(reading: ChainReading, state: RecordState, bytes: Uint8Array): string {
  const { shared, fixed } = reading.plan;
  if (shared.underlying >= 0) return underlyingField(reading.plan, state, bytes);
  if (fixed.underlying !== undefined) return underlyingOfRoot(fixed.underlying);
  return state.lastRootOf;
}

function minuteOf(plan: ChainPlan, state: RecordState, bytes: Uint8Array): number {
  const { hours, minute } = plan.shared;
  const value =
    hours < 0
      ? fieldNumber(bytes, state.spans, minute, plan.point)
      : Math.round(60 * fieldNumber(bytes, state.spans, hours, plan.point));
  if (value >= 0 && value < 1440) return Math.round(value);
  return plan.fixed.minute ?? NONE;
}

function spotOf(plan: ChainPlan, spans: FieldSpans, bytes: Uint8Array): number {
  const { spot, spotBid, spotAsk } = plan.shared;
  const last = fieldNumber(bytes, spans, spot, plan.point);
  if (spot >= 0 && !(last === 0)) return last;
  const bid = fieldNumber(bytes, spans, spotBid, plan.point);
  const ask = fieldNumber(bytes, spans, spotAsk, plan.point);
  return bid > 0 && ask > 0 ? (bid + ask) / 2 : plan.fixed.spot;
}

/** Whether the underlying price of a row is possible; the first of a session is its spot. */
function takeSpot(draft: ChainDraft, spot: number): boolean {
  if (Number.isNaN(spot)) return true;
  if (!(spot > 0 && spot < Number.POSITIVE_INFINITY)) return false;
  if (Number.isNaN(draft.spot)) draft.spot = spot;
  else if (spot !== draft.spot) draft.otherSpots += 1;
  return true;
}

function draftOf(
  reading: ChainReading,
  state: RecordState,
  underlying: string,
  day: EpochDay,
  minute: number,
): ChainDraft | undefined {
  const { draft } = state;
  if (
    draft !== undefined &&
    day === state.draftDay &&
    minute === state.draftMinute &&
    underlying === state.draftUnderlying
  ) {
    return draft;
  }
  const key = `${underlying} ${day} ${minute}`;
  let found = reading.drafts.get(key);
  if (found === undefined) {
    if (reading.drafts.size >= MOST_SESSIONS) return undefined;
    found = createChainDraft(underlying, day, minute < 0 ? undefined : minute);
    reading.drafts.set(key, found);
  }
  state.draft = found;
  state.draftDay = day;
  state.draftMinute = minute;
  state.draftUnderlying = underlying;
  return found;
}
