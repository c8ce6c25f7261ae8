import type { OptionChain } from '../../market/option-chain.ts';
import { mergeOrder } from './merge-order.ts';
import type { EpochDay } from '../../time/epoch-day.ts';

const FIRST_CAPACITY = 64;
/** Above twice the highest strike in thousandths. */
const STRIKE_ROOM = 2 ** 35;

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

/** The columns of a draft: those of the chain it becomes, and the line of the file. */
export interface DraftColumns extends Pick<
  OptionChain,
  | 'root'
  | 'expiry'
  | 'settlement'
  | 'right'
  | 'strike'
  | 'bid'
  | 'ask'
  | 'last'
  | 'volume'
  | 'openInterest'
  | 'sourceVol'
  | 'sourceDelta'
> {
  readonly line: Uint32Array;
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
  draft.columns = allocate(draft.columns.strike.length * 4, draft.columns);
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
  const { order, kept, duplicateLines } = orderedRows(draft, allRoots);
  const roots: string[] = [];
  const rootCode = new Map<number, number>();
  const root = pick(columns.root, order, new Uint8Array(kept));
  for (let row = 0; row < root.length; row += 1) {
    const code = root[row] ?? 0;
    let known = rootCode.get(code);
    if (known === undefined) {
      known = roots.length;
      rootCode.set(code, known);
      roots.push(allRoots[code] ?? '');
    }
    root[row] = known;
  }
  const floats = (column: Float64Array): Float64Array =>
    pick(column, order, new Float64Array(kept));
  const chain: OptionChain = {
    underlying: draft.underlying,
    quoteDay: draft.day,
    quoteMinute: draft.minute,
    spot: draft.spot,
    rows: kept,
    root,
    roots,
    expiry: pick(columns.expiry, order, new Int32Array(kept)),
    settlement: pick(columns.settlement, order, new Uint8Array(kept)),
    right: pick(columns.right, order, new Uint8Array(kept)),
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

/** Values of the ordered rows, in `out`. */
function pick<Column extends Float64Array | Int32Array | Uint8Array>(
  column: Column,
  order: Uint32Array | undefined,
  out: Column,
): Column {
  if (order === undefined) {
    out.set(column.subarray(0, out.length));
    return out;
  }
  for (let row = 0; row < out.length; row += 1) out[row] = column[order[row] ?? 0] ?? Number.NaN;
  return out;
}

/** The rows to keep in their order: the first `kept` of `order`, or as they came. */
interface RowOrder {
  readonly order: Uint32Array | undefined;
  readonly kept: number;
  readonly duplicateLines: readonly number[];
}

function orderedRows(draft: ChainDraft, roots: readonly string[]): RowOrder {
  const { root, line } = draft.columns;
  const keys = seriesKeys(draft);
  if (isStrictlyAscending(keys)) return { order: undefined, kept: keys.length, duplicateLines: [] };
  const order = mergeOrder(keys);
  const duplicateLines: number[] = [];
  let kept = 0;
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    const key = keys[order[from] ?? 0];
    while (to < order.length && keys[order[to] ?? 0] === key) to += 1;
    if (to === from + 1) {
      order[kept] = order[from] ?? 0;
      kept += 1;
      from = to;
      continue;
    }
    // Two roots can list one expiry, right and strike (SPX and SPXPM): by root, then by line.
    const group = [...order.subarray(from, to)];
    group.sort((a, b) => compareRoots(root[a], root[b], roots) || a - b);
    for (const [place, row] of group.entries()) {
      const before = group[place - 1];
      if (before !== undefined && root[before] === root[row]) duplicateLines.push(line[row] ?? 0);
      else {
        order[kept] = row;
        kept += 1;
      }
    }
    from = to;
  }
  return { order, kept, duplicateLines };
}

function isStrictlyAscending(keys: Float64Array): boolean {
  for (let row = 1; row < keys.length; row += 1) {
    if (!((keys[row] ?? 0) > (keys[row - 1] ?? 0))) return false;
  }
  return true;
}

/** One number per row that orders by expiry, settlement, strike and right; exact below 2 ** 53. */
function seriesKeys({ columns, rows }: ChainDraft): Float64Array {
  const { expiry, settlement, strike, right } = columns;
  const first = expiry[0] ?? 0;
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const series = ((expiry[row] ?? 0) - first) * 2 + (settlement[row] ?? 0);
    const thousandths = Math.round((strike[row] ?? 0) * 1000);
    keys[row] = series * STRIKE_ROOM + thousandths * 2 + (right[row] ?? 0);
  }
  return keys;
}

function compareRoots(
  a: number | undefined,
  b: number | undefined,
  roots: readonly string[],
): number {
  if (a === b) return 0;
  return (roots[a ?? 0] ?? '') < (roots[b ?? 0] ?? '') ? -1 : 1;
}
