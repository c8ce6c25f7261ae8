import {
  jumpWingsOfSvi,
  ssviLikeJumpWings,
  sviButterfly,
  sviOfJumpWings,
  sviTotalVariance,
} from '../kernels/svi.ts';
import type { RawSvi, SviJumpWings } from '../kernels/svi.ts';
import { levenbergMarquardt } from '../math/levenberg-marquardt.ts';
import { sharedGrid, sliceGrid } from './slice-points.ts';
import type { SlicePoints } from './slice-points.ts';
import { calendarGap, leastButterfly } from './surface-arbitrage.ts';
import type { SmileShape } from './surface-arbitrage.ts';

/** What had to be done to a fitted slice to free it of arbitrage. */
export type SviRepair = 'none' | 'butterfly' | 'calendar' | 'both';

/** A raw SVI slice fitted to points. */
export interface SviFit {
  readonly svi: RawSvi;
  /** What was done to the best fit afterwards. */
  readonly repair: SviRepair;
  /** Least g over the slice's grid. */
  readonly leastButterfly: number;
  /** Greatest relative fall of total variance from the slice before; -Infinity for the first. */
  readonly calendarGap: number;
}

const FIT_GRID = 33;
const CHECK_GRID = 241;
/** g that the fit aims to keep, so that a finer grid finds none below 0. */
const MARGIN = 0.01;
/** Share by which the fit aims to stay above the slice before, for the same reason. */
const HEADROOM = 2e-4;
/** Factors on both penalties, tried in turn. */
const SEVERITIES: readonly number[] = [1, 3, 10, 30];
/** Weights of the two penalties against data residuals in half-spreads. */
const BUTTERFLY_WEIGHT = 20;
const CALENDAR_WEIGHT = 20;
/** Weight on a wing above the next expiry's quotes, against that of those quotes in their own fit. */
const CEILING_WEIGHT = 3;
/** Lee (2004): the wings of total variance are no steeper than 2. */
const STEEPEST = 2;

/** Starts in units of the at-the-money deviation: [rho, eta] of an SSVI slice. */
const STARTS: readonly (readonly [number, number])[] = [
  [-0.65, 1.2],
  [-0.3, 0.8],
  [-0.8, 1.5],
];

/** The smile of a raw slice. */
export function smileOfSvi(svi: RawSvi): SmileShape {
  return {
    totalVariance: (k) => sviTotalVariance(svi, k),
    butterfly: (k) => sviButterfly(svi, k),
  };
}

/** The expiry before, whose smile is a floor. */
export interface EarlierSlice {
  readonly svi: RawSvi;
  readonly points: SlicePoints;
}

/** What stands beside a slice that is fitted. */
export interface SliceNeighbours {
  readonly earlier: EarlierSlice | undefined;
  /** The next expiry: its quotes are a ceiling, so that no wing is drawn above them. */
  readonly later: SlicePoints | undefined;
  /** A slice free of butterflies, to fall back to. */
  readonly refuge: RawSvi;
}

/**
 * Raw SVI fitted to one expiry's points, without butterflies on them and a deviation beyond, and
 * nowhere below the expiry before on the points of both: penalised in the fit, checked on a finer
 * grid, fitted again with heavier penalties, and repaired where that does not suffice.
 *
 * Repairs: a butterfly is removed by the least move of the SVI-JW wings towards the SSVI slice of
 * the same variance, skew and put wing, or by `refuge`; a calendar gap by lifting the slice.
 * Source: Gatheral and Jacquier (2014), sections 5.1 and 5.2; Zeliade (2009) for the coordinates.
 */
export function fitSvi(slice: SlicePoints, neighbours: SliceNeighbours): SviFit {
  const { earlier, refuge } = neighbours;
  const fits: SviFit[] = [];
  let starts = STARTS.map(([rho, eta]) => startOf(rho, eta));
  starts.push(parametersOf(refuge, slice.atmVariance));
  // The earlier slice is itself nowhere below the earlier slice.
  if (earlier !== undefined) starts.push(parametersOf(earlier.svi, slice.atmVariance));
  for (const severity of SEVERITIES) {
    const parameters = bestFit(slice, neighbours, severity, starts);
    const fit = repaired(slice, earlier, rawOf(parameters, slice.atmVariance), refuge);
    if (fit.repair === 'none') return fit;
    fits.push(fit);
    starts = [parameters];
  }
  fits.push(repaired(slice, earlier, refuge, refuge));
  return fits.reduce((best, fit) =>
    weightedError(slice, fit.svi) < weightedError(slice, best.svi) ? fit : best,
  );
}

/** A slice freed of what arbitrage it has. */
function repaired(
  slice: SlicePoints,
  earlier: EarlierSlice | undefined,
  fitted: RawSvi,
  refuge: RawSvi,
): SviFit {
  const grid = sliceGrid(slice, CHECK_GRID);
  const shared = earlier === undefined ? [] : sharedGrid(grid, earlier.points);
  const free = withoutButterflies(fitted, slice.years, grid, refuge);
  const lifted = earlier === undefined ? free : lift(free, earlier.svi, shared);
  const smile = smileOfSvi(lifted);
  return {
    svi: lifted,
    repair: repairOf(free !== fitted, lifted !== free),
    leastButterfly: leastButterfly(smile, grid),
    calendarGap:
      earlier === undefined
        ? Number.NEGATIVE_INFINITY
        : calendarGap(smileOfSvi(earlier.svi), smile, shared),
  };
}

/** Sum of the squared weighted errors of a slice in volatility. */
function weightedError(slice: SlicePoints, svi: RawSvi): number {
  return slice.points.reduce((sum, { logMoneyness, vol }, i) => {
    const modelled = Math.sqrt(sviTotalVariance(svi, logMoneyness) / slice.years);
    return sum + ((modelled - vol) * (slice.weights[i] ?? Number.NaN)) ** 2;
  }, 0);
}

function repairOf(isButterfly: boolean, isCalendar: boolean): SviRepair {
  if (isButterfly) return isCalendar ? 'both' : 'butterfly';
  return isCalendar ? 'calendar' : 'none';
}

/** Coordinates of the search: least variance, b, rho, m, sigma in at-the-money deviations. */
const LOWER: readonly number[] = [1e-4, 1e-3, -0.999, -4, 0.005];
const UPPER: readonly number[] = [3, 8, 0.999, 4, 8];

function bestFit(
  slice: SlicePoints,
  { earlier, later }: SliceNeighbours,
  severity: number,
  starts: readonly Float64Array[],
): Float64Array {
  const { points, weights, years, atmVariance } = slice;
  const grid = sliceGrid(slice, FIT_GRID);
  const shared = new Set(earlier === undefined ? [] : sharedGrid(grid, earlier.points));
  const floor = grid.map((k) =>
    earlier !== undefined && shared.has(k) ? (1 + HEADROOM) * sviTotalVariance(earlier.svi, k) : 0,
  );
  const strength = severity * Math.sqrt(points.length);
  const evaluate = (parameters: Float64Array, out: Float64Array): void => {
    const svi = rawOf(parameters, atmVariance);
    points.forEach(({ logMoneyness, vol }, i) => {
      const modelled = Math.sqrt(sviTotalVariance(svi, logMoneyness) / years);
      out[i] = (modelled - vol) * (weights[i] ?? Number.NaN);
    });
    grid.forEach((k, i) => {
      const at = points.length + 2 * i;
      const below = ((floor[i] ?? 0) - sviTotalVariance(svi, k)) / atmVariance;
      out[at] = strength * BUTTERFLY_WEIGHT * Math.max(0, MARGIN - sviButterfly(svi, k));
      out[at + 1] = strength * CALENDAR_WEIGHT * Math.max(0, below);
    });
    const slope = svi.b * (1 + Math.abs(svi.rho));
    const tail = points.length + 2 * grid.length;
    out[tail] = strength * 100 * Math.max(0, slope - STEEPEST);
    later?.points.forEach(({ logMoneyness, vol }, i) => {
      const above = Math.sqrt(sviTotalVariance(svi, logMoneyness) / later.years) - vol;
      out[tail + 1 + i] = CEILING_WEIGHT * (later.weights[i] ?? Number.NaN) * Math.max(0, above);
    });
  };
  const residuals = points.length + 2 * grid.length + 1 + (later?.points.length ?? 0);
  let least = Number.POSITIVE_INFINITY;
  let best = startOf(-0.65, 1.2);
  for (const start of starts) {
    const found = levenbergMarquardt(
      { residuals, lower: LOWER, upper: UPPER, evaluate },
      start,
      250,
    );
    if (found.sumOfSquares < least) {
      least = found.sumOfSquares;
      best = found.parameters;
    }
  }
  return best;
}

function startOf(rho: number, eta: number): Float64Array {
  const spread = Math.sqrt(1 - rho * rho);
  return Float64Array.from([spread * spread, 0.5 * eta, rho, -rho / eta, spread / eta]);
}

function parametersOf({ a, b, rho, m, sigma }: RawSvi, variance: number): Float64Array {
  const deviation = Math.sqrt(variance);
  const least = a + b * sigma * Math.sqrt(1 - rho * rho);
  return Float64Array.from([
    least / variance,
    b / deviation,
    rho,
    m / deviation,
    sigma / deviation,
  ]);
}

function rawOf(parameters: Float64Array, variance: number): RawSvi {
  const [least = NaN, slope = NaN, rho = NaN, shift = NaN, width = NaN] = parameters;
  const deviation = Math.sqrt(variance);
  const b = slope * deviation;
  const sigma = width * deviation;
  return {
    a: least * variance - b * sigma * Math.sqrt(1 - rho * rho),
    b,
    rho,
    m: shift * deviation,
    sigma,
  };
}

/** The slice itself, or the nearest on its way to the butterfly-free one. */
function withoutButterflies(
  svi: RawSvi,
  years: number,
  grid: readonly number[],
  refuge: RawSvi,
): RawSvi {
  if (leastButterfly(smileOfSvi(svi), grid) >= 0) return svi;
  const from = jumpWingsOfSvi(svi, years);
  const to = ssviLikeJumpWings(from);
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const moved = sviOfJumpWings(between(from, to, tenth / 10), years);
    if (moved.sigma > 0 && leastButterfly(smileOfSvi(moved), grid) >= 0) return moved;
  }
  return refuge;
}

function between(from: SviJumpWings, to: SviJumpWings, share: number): SviJumpWings {
  return {
    ...from,
    c: from.c + share * (to.c - from.c),
    vTilde: from.vTilde + share * (to.vTilde - from.vTilde),
  };
}

/** Raises a slice until it is nowhere below the earlier one on the grid. */
function lift(svi: RawSvi, earlier: RawSvi, grid: readonly number[]): RawSvi {
  const gap = grid.reduce(
    (most, k) => Math.max(most, sviTotalVariance(earlier, k) - sviTotalVariance(svi, k)),
    0,
  );
  return gap > 0 ? { ...svi, a: svi.a + gap * (1 + 1e-9) } : svi;
}
