import type { ChainDraft } from './chain-draft.ts';
import type { ChainPlan } from './chain-plan.ts';
import { createContractParts } from './contract-symbol.ts';
import type { ContractParts } from './contract-symbol.ts';
import { createFieldSpans, numberField } from './csv-bytes.ts';
import type { FieldSpans } from './csv-bytes.ts';
import { createDateMemo } from './date-text.ts';
import type { DateMemo } from './date-text.ts';
import type { RejectedRow, RowRule } from './row-rules.ts';

/** Code of what is not there. */
export const NONE = -1;

/** Everything that reading one file gathers. */
export interface ChainReading {
  readonly plan: ChainPlan;
  readonly drafts: Map<string, ChainDraft>;
  readonly roots: string[];
  readonly counts: Map<RowRule, number>;
  readonly rejected: RejectedRow[];
  /** Contracts seen, taken or not. */
  offered: number;
  /** Line of the next record, from 1. */
  line: number;
}

/** What a record says of every contract in it, while it is read. */
export interface RecordState {
  readonly spans: FieldSpans;
  readonly dayMemo: DateMemo;
  readonly expiryMemo: DateMemo;
  /** yyyymmdd of the last contract code and its day. */
  symbolDate: number;
  symbolDay: number;
  readonly parts: ContractParts;
  readonly rootCodes: Map<string, number>;
  /** Settled day of the last expiry. */
  lastExpiry: number;
  lastSettled: number;
  /** Root of the last contract code and its code. */
  lastRoot: string;
  lastRootCode: number;
  /** AM or PM of the last root. */
  lastRootAt: number;
  /** Underlying of the last root. */
  lastRootOf: string;
  draft: ChainDraft | undefined;
  draftDay: number;
  draftMinute: number;
  draftUnderlying: string;
  /** Field text of the last underlying. */
  underlying: string;
  /** What a contract's row is made of. */
  root: number;
  expiry: number;
  right: number;
  strike: number;
}

/** A state that has seen no record. */
export function createRecordState(): RecordState {
  return {
    spans: createFieldSpans(),
    dayMemo: createDateMemo(),
    expiryMemo: createDateMemo(),
    symbolDate: NONE,
    symbolDay: NONE,
    parts: createContractParts(),
    rootCodes: new Map(),
    lastExpiry: NONE,
    lastSettled: NONE,
    lastRoot: '',
    lastRootCode: NONE,
    lastRootAt: 0,
    lastRootOf: '',
    draft: undefined,
    draftDay: NONE,
    draftMinute: NONE,
    draftUnderlying: '',
    underlying: '',
    root: NONE,
    expiry: NONE,
    right: NONE,
    strike: Number.NaN,
  };
}

/** A number of a record; NaN when blank, Infinity when none, NaN when there is no such column. */
export function fieldNumber(
  bytes: Uint8Array,
  spans: FieldSpans,
  column: number,
  point: number,
): number {
  if (column < 0 || column >= spans.count) return Number.NaN;
  return numberField(bytes, spans.starts[column] ?? 0, spans.ends[column] ?? 0, point);
}

/** Byte at which a field starts; 0 for a field that the record does not have. */
export function fieldStart(spans: FieldSpans, column: number): number {
  return column >= 0 && column < spans.count ? (spans.starts[column] ?? 0) : 0;
}

/** Byte after a field; 0 for a field that the record does not have. */
export function fieldEnd(spans: FieldSpans, column: number): number {
  return column >= 0 && column < spans.count ? (spans.ends[column] ?? 0) : 0;
}

/** Bytes of a field; 0 for a field that the record does not have. */
export function fieldLength(spans: FieldSpans, column: number): number {
  return fieldEnd(spans, column) - fieldStart(spans, column);
}
