import { logForwardOverStrike } from '../kernels/black76.ts';
import { scenarioPrice } from '../kernels/scenario-price.ts';
import { rangeOf, shiftOf, shockPoints } from './portfolio-requirement.ts';
import type { PortfolioMarginRule, ProductGroup, ShockRange } from './portfolio-rule.ts';

/**
 * Options of one underlying as columns, one row a leg, to be scanned again and again: what an
 * account that is checked at every mark uses in place of the objects of `portfolioGroups`. Reused.
 */
export interface ScanColumns {
  count: number;
  /** CALL or PUT. */
  right: Uint8Array;
  strike: Float64Array;
  /** Forward now, the option's own points. */
  forward: Float64Array;
  /** Implied volatility times root of time. */
  totalVol: Float64Array;
  /** Contracts, signed, times dollars a point times the discount factor. */
  dollars: Float64Array;
  /** Contracts times dollars a point, >= 0. */
  size: Float64Array;
}

const FIRST_ROWS = 64;

/** Columns without a leg. */
export function createScanColumns(): ScanColumns {
  return emptyColumns(FIRST_ROWS);
}

function emptyColumns(rows: number): ScanColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return {
    count: 0,
    right: new Uint8Array(rows),
    strike: column(),
    forward: column(),
    totalVol: column(),
    dollars: column(),
    size: column(),
  };
}

/** A new row at the end, to be filled; columns grow as they must. */
export function addScanRow(columns: ScanColumns): number {
  const row = columns.count;
  if (row === columns.strike.length) grow(columns);
  columns.count = row + 1;
  return row;
}

function grow(columns: ScanColumns): void {
  const wider = emptyColumns(2 * columns.strike.length);
  wider.right.set(columns.right);
  wider.strike.set(columns.strike);
  wider.forward.set(columns.forward);
  wider.totalVol.set(columns.totalVol);
  wider.dollars.set(columns.dollars);
  wider.size.set(columns.size);
  Object.assign(columns, wider, { count: columns.count });
}

/** Factors on the forward at the points of a range, and their logarithms. */
interface Scenarios {
  readonly factors: Float64Array;
  readonly logs: Float64Array;
}

const scenariosByRange: WeakMap<ShockRange, Scenarios> = new WeakMap();

/** A pure function's results, remembered: a house has few ranges. */
function scenariosOf(range: ShockRange): Scenarios {
  const known = scenariosByRange.get(range);
  if (known !== undefined) return known;
  const factors = Float64Array.from(shockPoints(range), (shock) => 1 + shock);
  const scenarios = { factors, logs: factors.map((factor) => Math.log(factor)) };
  scenariosByRange.set(range, scenarios);
  return scenarios;
}

/** P&L at the points of one move of volatility; scratch of one scan at a time. */
const profits = new Float64Array(16);

/**
 * Requirement of one underlying's options, dollars: what `portfolioGroups` gives for them, to the
 * last bit, without allocating. Group is that of the underlying; concentration, which equities alone
 * have, is not in it.
 *
 * Errors: NaN in a row gives NaN.
 */
export function scannedRequirement(
  columns: ScanColumns,
  group: ProductGroup,
  rule: PortfolioMarginRule,
): number {
  const range = scenariosOf(rangeOf(group, rule));
  let requirement = Math.max(lossAt(columns, range, 1), minimumOf(columns, rule.minimumPerPoint));
  const move = rule.volatilityScan === undefined ? 0 : shiftOf(group, rule.volatilityScan);
  if (move > 0) {
    requirement = Math.max(requirement, lossAt(columns, range, 1 + move));
    requirement = Math.max(requirement, lossAt(columns, range, Math.max(0, 1 - move)));
  }
  const { volatilityCrash } = rule;
  if (volatilityCrash === undefined || group !== 'volatility') return requirement;
  const crash = crashScenario(volatilityCrash.move);
  return Math.max(requirement, volatilityCrash.share * lossAt(columns, crash, 1));
}

const oneShock: Scenarios = { factors: new Float64Array(1), logs: new Float64Array(1) };

function crashScenario(move: number): Scenarios {
  oneShock.factors[0] = 1 + move;
  oneShock.logs[0] = Math.log(1 + move);
  return oneShock;
}

/** Largest loss at the points with volatilities times a factor, >= 0. */
function lossAt(columns: ScanColumns, { factors, logs }: Scenarios, volFactor: number): number {
  const points = factors.length;
  profits.fill(0, 0, points);
  for (let row = 0; row < columns.count; row += 1) {
    const right = columns.right[row] ?? Number.NaN;
    const strike = columns.strike[row] ?? Number.NaN;
    const forward = columns.forward[row] ?? Number.NaN;
    const totalVol = columns.totalVol[row] ?? Number.NaN;
    const dollars = columns.dollars[row] ?? Number.NaN;
    const x = logForwardOverStrike(forward, strike);
    const now = scenarioPrice(right, forward, strike, totalVol, x);
    const scanned = totalVol * volFactor;
    for (let point = 0; point < points; point += 1) {
      const moved = forward * (factors[point] ?? Number.NaN);
      const then = scenarioPrice(right, moved, strike, scanned, x + (logs[point] ?? Number.NaN));
      profits[point] = (profits[point] ?? 0) + dollars * (then - now);
    }
  }
  let least = Number.POSITIVE_INFINITY;
  for (let point = 0; point < points; point += 1) {
    least = Math.min(least, profits[point] ?? Number.NaN);
  }
  return Math.max(0, -least);
}

function minimumOf({ count, size }: ScanColumns, perPoint: number): number {
  let minimum = 0;
  for (let row = 0; row < count; row += 1) minimum += (size[row] ?? Number.NaN) * perPoint;
  return minimum;
}
