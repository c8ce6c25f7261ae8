import { rollingExtreme } from './rolling-extreme.ts';

/** How near to its extreme SPX stands, and over which sessions both are looked at. */
export interface DivergenceRule {
  /** Share of the extreme within which SPX must close (0.01 = 1 %). */
  readonly within: number;
  /** Sessions of the extreme. */
  readonly extremeSessions: number;
  /** Sessions back to which the line is compared. */
  readonly lineSessions: number;
  /** Sessions in a row on which it must hold. */
  readonly persistence: number;
}

/** The published reading: 1 % of the 60-session extreme, the line 20 sessions back, three in a row. */
export const DIVERGENCE_RULE: DivergenceRule = {
  within: 0.01,
  extremeSessions: 60,
  lineSessions: 20,
  persistence: 3,
};

/**
 * Divergence of SPX and the advance-decline line in each row: 1 bearish (SPX near its high, the line
 * below its earlier level), -1 bullish (SPX near its low, the line above), 0 neither; NaN = NO DATA.
 *
 * Units: index points and issues. The line is a level without a zero: only its changes count.
 * NaN until every window is complete and wherever one holds a NaN. Source: R-15.
 */
export function breadthDivergence(
  spx: Float64Array,
  line: Float64Array,
  rule: DivergenceRule = DIVERGENCE_RULE,
): Float64Array {
  const high = rollingExtreme(spx, rule.extremeSessions, 'high');
  const low = rollingExtreme(spx, rule.extremeSessions, 'low');
  const today = spx.map((close, row) => {
    const change = (line[row] ?? Number.NaN) - (line[row - rule.lineSessions] ?? Number.NaN);
    const top = high[row] ?? Number.NaN;
    const bottom = low[row] ?? Number.NaN;
    if (Number.isNaN(change + top + bottom)) return Number.NaN;
    if (close >= top * (1 - rule.within) && change < 0) return 1;
    return close <= bottom * (1 + rule.within) && change > 0 ? -1 : 0;
  });
  return today.map((sign, row) => {
    if (row + 1 < rule.persistence) return Number.NaN;
    const run = today.subarray(row + 1 - rule.persistence, row + 1);
    if (run.some(Number.isNaN)) return Number.NaN;
    return run.every((each) => each === sign) ? sign : 0;
  });
}

/** One row of `breadthDivergence`, without the columns: what an account asks at one close. */
export function breadthDivergenceAt(
  spx: Float64Array,
  line: Float64Array,
  row: number,
  rule: DivergenceRule = DIVERGENCE_RULE,
): number {
  const sign = signAt(spx, line, row, rule);
  let holds = true;
  for (let back = 1; back < rule.persistence; back += 1) {
    const before = signAt(spx, line, row - back, rule);
    if (Number.isNaN(before)) return Number.NaN;
    if (before !== sign) holds = false;
  }
  return holds || Number.isNaN(sign) ? sign : 0;
}

/** Divergence of one session, however long it has held; NaN where a window is not complete. */
function signAt(spx: Float64Array, line: Float64Array, row: number, rule: DivergenceRule): number {
  const first = row + 1 - rule.extremeSessions;
  const change = (line[row] ?? Number.NaN) - (line[row - rule.lineSessions] ?? Number.NaN);
  if (first < 0 || Number.isNaN(change)) return Number.NaN;
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  // Math.max and Math.min keep a NaN of the window.
  for (let i = first; i <= row; i += 1) {
    const close = spx[i] ?? Number.NaN;
    top = Math.max(top, close);
    bottom = Math.min(bottom, close);
  }
  if (Number.isNaN(top)) return Number.NaN;
  const close = spx[row] ?? Number.NaN;
  if (close >= top * (1 - rule.within) && change < 0) return 1;
  return close <= bottom * (1 + rule.within) && change > 0 ? -1 : 0;
}
