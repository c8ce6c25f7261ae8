import type { OptionChain } from '../../market/option-chain.ts';
import type { EpochDay } from '../../time/epoch-day.ts';

const FIRST_CAPACITY = 512;

/** Rows of one underlying and session while a file is being read, in the order they come. */
export interface ChainDraft {
  readonly underlying: string;
  readonly day: EpochDay;
  readonly minute: number | undefined;
  spot: number;
  /** Rows whose source gave another underlying price than the first. */
  otherSpots: number;
  rows: number;
  /** Rows of this session that broke a rule. */
  rejected: number;
  columns: DraftColumns;
}

/** The columns of a draft; `line` is the line of the file. Values see OptionChain. */
export interface DraftColumns {
  readonly root: Uint8Array;
  readonly expiry: Int32Array;
  readonly settlement: Uint8Array;
  readonly right: Uint8Array;
  readonly line: Uint32Array;
  readonly strike: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  readonly sourceVol: Float64Array;
  readonly sourceDelta: Float64Array;
}

/** A draft without rows. */
export function createChainDraft(
  underlying: string,
  day: EpochDay,
  minute: number | undefined,
): ChainDraft {
  return {
    underlying,
    day,
    minute,
    spot: Number.NaN,
    otherSpots: 0,
    rows: 0,
    rejected: 0,
    columns: allocate(FIRST_CAPACITY, undefined),
  };
}

/** Makes room for one more row. */
export function growDraft(draft: ChainDraft): void {
  if (draft.rows < draft.columns.strike.length) return;
  draft.columns = allocate(draft.columns.strike.length * 2, draft.columns);
}

function allocate(capacity: number, from: DraftColumns | undefined): DraftColumns {
  const floats = (old: Float64Array | undefined): Float64Array => {
    const column = new Float64Array(capacity);
    if (old !== undefined) column.set(old);
    return column;
  };
  const codes = (old: Uint8Array | undefined): Uint8Array => {
    const column = new Uint8Array(capacity);
    if (old !== undefined) column.set(old);
    return column;
  };
  const expiry = new Int32Array(capacity);
  const line = new Uint32Array(capacity);
  if (from !== undefined) {
    expiry.set(from.expiry);
    line.set(from.line);
  }
  return {
    root: codes(from?.root),
    expiry,
    settlement: codes(from?.settlement),
    right: codes(from?.right),
    line,
    strike: floats(from?.strike),
    bid: floats(from?.bid),
    ask: floats(from?.ask),
    last: floats(from?.last),
    volume: floats(from?.volume),
    openInterest: floats(from?.openInterest),
    sourceVol: floats(from?.sourceVol),
    sourceDelta: floats(from?.sourceDelta),
  };
}

/** A chain, and the lines of rows left out because their series had come before. */
export interface FinishedDraft {
  readonly chain: OptionChain;
  readonly duplicateLines: readonly number[];
}

/** The chain of a draft: rows in order, each series once, the first of a file winning. */
export function finishDraft(draft: ChainDraft, allRoots: readonly string[]): FinishedDraft {
  const { columns } = draft;
  const { order, duplicateLines } = orderedRows(draft, allRoots);
  const roots: string[] = [];
  const rootCode = new Map<number, number>();
  const root = Uint8Array.from(order, (row) => {
    const code = columns.root[row] ?? 0;
    const known = rootCode.get(code);
    if (known !== undefined) return known;
    rootCode.set(code, roots.length);
    roots.push(allRoots[code] ?? '');
    return roots.length - 1;
  });
  const floats = (column: Float64Array): Float64Array => {
    const out = new Float64Array(order.length);
    for (let row = 0; row < order.length; row += 1) {
      out[row] = column[order[row] ?? 0] ?? Number.NaN;
    }
    return out;
  };
  const chain: OptionChain = {
    underlying: draft.underlying,
    quoteDay: draft.day,
    quoteMinute: draft.minute,
    spot: draft.spot,
    rows: order.length,
    root,
    roots,
    expiry: Int32Array.from(order, (row) => columns.expiry[row] ?? 0),
    settlement: Uint8Array.from(order, (row) => columns.settlement[row] ?? 0),
    right: Uint8Array.from(order, (row) => columns.right[row] ?? 0),
    strike: floats(columns.strike),
    bid: floats(columns.bid),
    ask: floats(columns.ask),
    last: floats(columns.last),
    volume: floats(columns.volume),
    openInterest: floats(columns.openInterest),
    sourceVol: floats(columns.sourceVol),
    sourceDelta: floats(columns.sourceDelta),
  };
  return { chain, duplicateLines };
}

function orderedRows(
  draft: ChainDraft,
  roots: readonly string[],
): { readonly order: Uint32Array; readonly duplicateLines: readonly number[] } {
  const { expiry, settlement, strike, right, root, line } = draft.columns;
  const key = new Float64Array(draft.rows);
  let isAscending = true;
  for (let row = 0; row < draft.rows; row += 1) {
    key[row] = (expiry[row] ?? 0) * 2 + (settlement[row] ?? 0);
    if (row === 0 || !isAscending) continue;
    const step = (key[row] ?? 0) - (key[row - 1] ?? 0);
    const strikes = (strike[row] ?? 0) - (strike[row - 1] ?? 0);
    isAscending =
      step > 0 ||
      (step === 0 && (strikes > 0 || (strikes === 0 && (right[row] ?? 0) > (right[row - 1] ?? 0))));
  }
  const all = Uint32Array.from({ length: draft.rows }, (_, row) => row);
  if (isAscending) return { order: all, duplicateLines: [] };
  const rank = Float64Array.from(rootRanks(roots));
  all.sort(
    (a, b) =>
      (key[a] ?? 0) - (key[b] ?? 0) ||
      (strike[a] ?? 0) - (strike[b] ?? 0) ||
      (right[a] ?? 0) - (right[b] ?? 0) ||
      (rank[root[a] ?? 0] ?? 0) - (rank[root[b] ?? 0] ?? 0) ||
      a - b,
  );
  const duplicateLines: number[] = [];
  const order = all.filter((row, place) => {
    const before = all[place - 1];
    const isTwin =
      before !== undefined &&
      key[row] === key[before] &&
      strike[row] === strike[before] &&
      right[row] === right[before] &&
      root[row] === root[before];
    if (isTwin) duplicateLines.push(line[row] ?? 0);
    return !isTwin;
  });
  return { order, duplicateLines };
}

/** Place of each root in alphabetical order. */
function rootRanks(roots: readonly string[]): readonly number[] {
  const sorted = [...roots].sort();
  return roots.map((root) => sorted.indexOf(root));
}
