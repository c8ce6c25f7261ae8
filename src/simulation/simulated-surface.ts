import { lv2jLogMean, lv2jLogSquare } from '../kernels/lv2j.ts';
import { AM } from '../contracts/contract-kind.ts';
import { PILLAR_DAYS, PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { closeFraction } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { etaFromSkew, pillarTheta } from '../volatility/ssvi-surface.ts';
import { removeCalendarArbitrage } from '../volatility/surface-pillars.ts';
import type { Lv2jhParameters } from './lv2jh-parameters.ts';
import { SESSION_YEARS } from './lv2jh-state.ts';
import type { Lv2jhState } from './lv2jh-state.ts';
import { SIMULATED_NODES } from './simulated-calendar.ts';
import type { SimulatedCalendar } from './simulated-calendar.ts';

/** 30-day blocks of forward variance behind VIX6M; the first two of them make VIX3M. */
const BLOCKS = 5;
const BLOCK_DAYS = 30;
const TERMS = 8;
/** Root of total variance at which the pillar polynomials end: VIX 150 over half a year is 1.06. */
const ROOT_MAX = 1.1;

/**
 * ln VIX9D on 1, ln VIX, ln VIX3M.
 *
 * Source: least squares on Cboe closes 2011-01 … 2024-06, log rmse 0.073.
 */
const VIX9D_WEIGHTS: readonly [number, number, number] = [0.1012, 1.8851, -0.9031];

/** What the surface and the VX curve of any path of a model share. */
export interface CurveTables {
  /** Per node: mean log price, and what is left of x, y, u. Shape: [session][SIMULATED_NODES]. */
  readonly node: LogLinear;
  /** Per 30-day block from 30 days on: the same for the expected square of VIX. */
  readonly block: LogLinear;
  /** Chebyshev coefficients of theta / rootVariance^2. Shape: [PILLARS][TERMS]. */
  readonly pillar: Float64Array;
  /** The four pillars of one session; a reused block. */
  readonly theta: Float64Array;
}

/** Logs that are linear in the state. */
interface LogLinear {
  readonly mean: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
}

/** Tables of a parameter set over a calendar. */
export function createCurveTables(calendar: SimulatedCalendar, p: Lv2jhParameters): CurveTables {
  return {
    node: nodeTable(calendar, p),
    block: blockTable(p),
    pillar: pillarTable(etaFromSkew(p.skewIndex)),
    theta: new Float64Array(PILLARS),
  };
}

/**
 * Writes the SPX surface of session i: VIX, closed-form VIX3M and VIX6M (VIX^2 of today for the
 * first 30 days, expected squares after), VIX9D by its regression, calendar arbitrage removed.
 */
export function writeSurface(
  path: MarketPath,
  i: number,
  state: Lv2jhState,
  tables: CurveTables,
): void {
  const { theta, block, pillar } = tables;
  const { vix } = state;
  const front = BLOCK_DAYS * vix * vix;
  let sum = front;
  let last = 0;
  let vix3m = Number.NaN;
  for (let k = 0; k < BLOCKS; k += 1) {
    last = Math.exp(logOf(block, k, state));
    // VIX3M spans 93 days, VIX6M 184: their last blocks are 33 and 34 days wide.
    if (k === 1) vix3m = Math.sqrt((sum + 33 * last) / 93);
    sum += (k === BLOCKS - 1 ? 34 : BLOCK_DAYS) * last;
  }
  const vix6m = Math.sqrt(sum / 184);
  const vix9d = Math.exp(
    VIX9D_WEIGHTS[0] + VIX9D_WEIGHTS[1] * Math.log(vix) + VIX9D_WEIGHTS[2] * Math.log(vix3m),
  );
  theta[0] = thetaOf(pillar, 0, vix9d);
  theta[1] = thetaOf(pillar, 1, vix);
  theta[2] = thetaOf(pillar, 2, vix3m);
  theta[3] = thetaOf(pillar, 3, vix6m);
  removeCalendarArbitrage(theta);
  for (let pillarIndex = 0; pillarIndex < PILLARS; pillarIndex += 1) {
    path.theta[i * PILLARS + pillarIndex] = theta[pillarIndex] ?? Number.NaN;
  }
}

/** Writes the VX nodes of session i; u decays as it does under the physical measure. */
export function writeCurve(
  path: MarketPath,
  i: number,
  state: Lv2jhState,
  tables: CurveTables,
): void {
  for (let node = 0; node < SIMULATED_NODES; node += 1) {
    const at = i * SIMULATED_NODES + node;
    path.vxSettle[i * VX_NODES + node] = Math.exp(logOf(tables.node, at, state));
  }
}

function logOf(table: LogLinear, at: number, state: Lv2jhState): number {
  return (
    (table.mean[at] ?? Number.NaN) +
    (table.x[at] ?? Number.NaN) * state.x +
    (table.y[at] ?? Number.NaN) * state.y +
    (table.u[at] ?? Number.NaN) * state.u
  );
}

function nodeTable(calendar: SimulatedCalendar, p: Lv2jhParameters): LogLinear {
  const table = emptyLogLinear(calendar.expiry.length);
  for (let node = 0; node < calendar.expiry.length; node += 1) {
    const day = calendar.day[Math.floor(node / SIMULATED_NODES)] ?? Number.NaN;
    const expiry = calendar.expiry[node] ?? Number.NaN;
    const years = yearsToExpiry(day, closeFraction(asEpochDay(day)), expiry, AM);
    table.mean[node] = lv2jLogMean(p.pricing, years);
    table.x[node] = Math.exp(-p.pricing.kappa1 * years);
    table.y[node] = Math.exp(-p.pricing.kappa2 * years);
    table.u[node] = p.u.persistence ** (years / SESSION_YEARS);
  }
  return table;
}

function blockTable(p: Lv2jhParameters): LogLinear {
  const table = emptyLogLinear(BLOCKS);
  for (let block = 0; block < BLOCKS; block += 1) {
    const years = (BLOCK_DAYS * (block + 1)) / 365;
    table.mean[block] = lv2jLogSquare(p.pricing, years);
    table.x[block] = 2 * Math.exp(-p.pricing.kappa1 * years);
    table.y[block] = 2 * Math.exp(-p.pricing.kappa2 * years);
    table.u[block] = 2 * p.u.persistence ** (years / SESSION_YEARS);
  }
  return table;
}

function emptyLogLinear(count: number): LogLinear {
  const column = (): Float64Array => new Float64Array(count);
  return { mean: column(), x: column(), y: column(), u: column() };
}

/** theta / rootVariance^2 as a polynomial of rootVariance, at the fixed eta of the simulation. */
function pillarTable(eta: number): Float64Array {
  const out = new Float64Array(PILLARS * TERMS);
  for (let pillar = 0; pillar < PILLARS; pillar += 1) {
    const days = PILLAR_DAYS[pillar] ?? Number.NaN;
    for (let j = 0; j < TERMS; j += 1) {
      const angle = (Math.PI * (j + 0.5)) / TERMS;
      const root = 0.5 * ROOT_MAX * (1 + Math.cos(angle));
      const vol = (100 * root) / Math.sqrt(days / 365);
      const scale = Math.sqrt(pillarTheta(vol, days, eta)) / root;
      for (let k = 0; k < TERMS; k += 1) {
        const at = pillar * TERMS + k;
        out[at] = (out[at] ?? 0) + ((k === 0 ? 1 : 2) / TERMS) * scale * Math.cos(k * angle);
      }
    }
  }
  return out;
}

function thetaOf(coefficients: Float64Array, pillar: number, vol: number): number {
  const root = (vol / 100) * (ROOT_YEARS[pillar] ?? Number.NaN);
  const place = Math.min(1, (2 * root) / ROOT_MAX - 1);
  let one = 0;
  let two = 0;
  for (let k = TERMS - 1; k > 0; k -= 1) {
    const next = 2 * place * one - two + (coefficients[pillar * TERMS + k] ?? Number.NaN);
    two = one;
    one = next;
  }
  const scaled = (place * one - two + (coefficients[pillar * TERMS] ?? Number.NaN)) * root;
  return scaled * scaled;
}

const ROOT_YEARS: Float64Array = Float64Array.from(PILLAR_DAYS, (days) => Math.sqrt(days / 365));
