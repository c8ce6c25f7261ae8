import { VX_NODES, PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { ssviPhi, ssviVarianceSwap } from '../kernels/ssvi.ts';
import { moments } from '../math/moments.ts';
import { quantile } from '../math/quantile.ts';
import { etaAtTenor, SSVI_RHO } from '../volatility/ssvi-surface.ts';

/** One statistic of a market and its value; NaN where the market has no data for it. */
export interface MomentValue {
  readonly name: string;
  readonly value: number;
}

const SESSIONS_PER_YEAR = 252;
/** Sessions of a 45-day holding period. */
const HOLDING = 31;
const ACF_LAGS: readonly number[] = [5, 21, 63, 126, 252];
const VIX_QUANTILES: readonly (readonly [string, number])[] = [
  ['q5', 0.05],
  ['q25', 0.25],
  ['q50', 0.5],
  ['q75', 0.75],
  ['q95', 0.95],
  ['q99', 0.99],
  ['q99.9', 0.999],
];
/** Month slots with statistics: M1 is the next contract to settle. */
const SLOTS = 8;
const SLOTS_WITH_VOL = 6;

/** Daily series of a market. Shape: row i is the change into session start + 1 + i. */
interface DailySeries {
  readonly spxReturn: Float64Array;
  /** Return over the standard deviation VIX foretold at the close before. */
  readonly standardReturn: Float64Array;
  readonly vixChange: Float64Array;
  readonly priorVix: Float64Array;
}

/**
 * Statistics of SPX, VIX and the VX curve over the traded sessions of one long market, simulated
 * or historical: the same definitions on both sides of a comparison.
 *
 * Units: returns and changes are daily logs; vols and carries per year; z is the return over
 * VIX / 100 / sqrt 252 of the close before; excess kurtosis is 0 for a normal.
 * Domain: decades, for the tails and the long autocorrelations to mean anything.
 */
export function marketMoments(path: MarketPath): readonly MomentValue[] {
  const daily = dailySeries(path);
  return [
    ...returnMoments(daily),
    ...vixMoments(path, daily),
    ...regimeMoments(daily),
    ...holdingMoments(path),
    ...curveMoments(path),
    ...slotMoments(path),
  ];
}

/** Means of each statistic over several markets; names and order of the first. */
export function meanMoments(markets: readonly (readonly MomentValue[])[]): readonly MomentValue[] {
  const [first = []] = markets;
  return first.map(({ name }, row) => ({
    name,
    value: average(markets.map((market) => market[row]?.value ?? Number.NaN)),
  }));
}

function dailySeries(path: MarketPath): DailySeries {
  const count = path.length - path.start - 1;
  const series = {
    spxReturn: new Float64Array(count),
    standardReturn: new Float64Array(count),
    vixChange: new Float64Array(count),
    priorVix: new Float64Array(count),
  };
  for (let i = 0; i < count; i += 1) {
    const row = path.start + 1 + i;
    const prior = path.vixClose[row - 1] ?? Number.NaN;
    const change = logRatio(path.spxClose[row], path.spxClose[row - 1]);
    series.spxReturn[i] = change;
    series.standardReturn[i] = change / ((prior / 100) * Math.sqrt(1 / SESSIONS_PER_YEAR));
    series.vixChange[i] = logRatio(path.vixClose[row], prior);
    series.priorVix[i] = prior;
  }
  return series;
}

function returnMoments(daily: DailySeries): readonly MomentValue[] {
  const z = moments(daily.standardReturn);
  const r = moments(daily.spxReturn);
  const v = moments(daily.vixChange);
  const { correlation, slope } = regression(daily.spxReturn, daily.vixChange);
  return [
    { name: 'z sd', value: z.standardDeviation },
    { name: 'z skewness', value: z.skewness },
    { name: 'z excess kurtosis', value: z.kurtosis - 3 },
    { name: 'SPX volatility', value: r.standardDeviation * Math.sqrt(SESSIONS_PER_YEAR) },
    { name: 'SPX excess kurtosis', value: r.kurtosis - 3 },
    { name: 'dlnVIX sd', value: v.standardDeviation },
    { name: 'dlnVIX skewness', value: v.skewness },
    { name: 'dlnVIX excess kurtosis', value: v.kurtosis - 3 },
    { name: 'corr(r, dlnVIX)', value: correlation },
    { name: 'dlnVIX per r', value: slope },
  ];
}

function vixMoments(path: MarketPath, daily: DailySeries): readonly MomentValue[] {
  const vix = path.vixClose.slice(path.start, path.length);
  const log = vix.map(Math.log);
  const ascending = Float64Array.from(vix).sort();
  const above = vix.reduce((count, level) => count + (level > 40 ? 1 : 0), 0);
  return [
    ...ACF_LAGS.map((lag) => ({ name: `acf lnVIX ${lag}`, value: autocorrelation(log, lag) })),
    ...VIX_QUANTILES.map(([label, p]) => ({ name: `VIX ${label}`, value: quantile(ascending, p) })),
    { name: 'P(VIX > 40)', value: above / vix.length },
    { name: 'acf dlnVIX 1', value: autocorrelation(daily.vixChange, 1) },
  ];
}

function regimeMoments(daily: DailySeries): readonly MomentValue[] {
  const out: MomentValue[] = [];
  for (const [label, low, high] of [
    ['VIX <= 13', 0, 13],
    ['VIX >= 35', 35, Number.POSITIVE_INFINITY],
  ] as const) {
    const inRegime = (_: number, i: number): boolean => {
      const prior = daily.priorVix[i] ?? Number.NaN;
      return prior >= low && prior <= high;
    };
    const z = daily.standardReturn.filter(inRegime);
    const change = daily.vixChange.filter(inRegime);
    out.push({ name: `z sd, ${label}`, value: moments(z).standardDeviation });
    out.push({ name: `corr(z, dlnVIX), ${label}`, value: regression(z, change).correlation });
  }
  return out;
}

/** Moves over 31 sessions in units of what VIX foretold at their start. */
function holdingMoments(path: MarketPath): readonly MomentValue[] {
  const counts = [0, 0, 0, 0];
  const bounds = [-2, -1, 1, 2];
  let windows = 0;
  let ratio = 0;
  for (let i = path.start; i + HOLDING < path.length; i += 1) {
    const daily = (path.vixClose[i] ?? Number.NaN) / 100 / Math.sqrt(SESSIONS_PER_YEAR);
    const move = logRatio(path.spxClose[i + HOLDING], path.spxClose[i]);
    const moved = move / (daily * Math.sqrt(HOLDING));
    bounds.forEach((bound, k) => {
      const beyond = bound < 0 ? moved < bound : moved > bound;
      if (beyond) counts[k] = (counts[k] ?? 0) + 1;
    });
    let squares = 0;
    for (let j = i + 1; j <= i + HOLDING; j += 1) {
      squares += logRatio(path.spxClose[j], path.spxClose[j - 1]) ** 2;
    }
    ratio += Math.sqrt(squares / HOLDING) / daily;
    windows += 1;
  }
  return [
    { name: '31-session realised / VIX', value: ratio / windows },
    ...bounds.map((bound, k) => ({
      name: `P(31-session move ${bound < 0 ? '<' : '>'} ${bound} VIX sd)`,
      value: (counts[k] ?? Number.NaN) / windows,
    })),
  ];
}

/** Shape of the VIX term structure and of the VX curve at the closes. */
function curveMoments(path: MarketPath): readonly MomentValue[] {
  const term: number[] = [];
  const second: number[] = [];
  const front: number[] = [];
  const back: number[] = [];
  // The variance swap is an integral: every fifth session is enough for its mean.
  for (let i = path.start; i < path.length; i += 1) {
    const m1 = vx(path, i, 0);
    second.push(vx(path, i, 1) / m1 - 1);
    front.push(m1 / (path.vixClose[i] ?? Number.NaN) - 1);
    back.push(vx(path, i, 6) / vx(path, i, 3) - 1);
    if ((i - path.start) % 5 === 0)
      term.push(impliedVix3m(path, i) / (path.vixClose[i] ?? Number.NaN));
  }
  const known = second.filter(Number.isFinite);
  return [
    { name: 'VIX3M / VIX', value: average(term.filter(Number.isFinite)) },
    { name: 'M2 / M1 - 1', value: average(known) },
    { name: 'P(M2 > M1)', value: known.filter((slope) => slope > 0).length / known.length },
    { name: 'M1 / VIX - 1', value: average(front.filter(Number.isFinite)) },
    { name: 'M7 / M4 - 1', value: average(back.filter(Number.isFinite)) },
  ];
}

/** The 93-day index the surface is pinned to, VIX points. */
function impliedVix3m(path: MarketPath, i: number): number {
  const years = 93 / 365;
  const theta = path.theta[i * PILLARS + 2] ?? Number.NaN;
  const phi = ssviPhi(theta, etaAtTenor(years, path.eta[i] ?? Number.NaN));
  return 100 * Math.sqrt(ssviVarianceSwap(theta, SSVI_RHO, phi) / years);
}

/** Beta on VIX, volatility and carry of the contract in each month slot. */
function slotMoments(path: MarketPath): readonly MomentValue[] {
  const betas: MomentValue[] = [];
  const vols: MomentValue[] = [];
  const carries: MomentValue[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const own: number[] = [];
    const spot: number[] = [];
    for (let i = path.start + 1; i < path.length; i += 1) {
      const change = contractChange(path, i, slot);
      if (!Number.isFinite(change)) continue;
      own.push(change);
      spot.push(logRatio(path.vixClose[i], path.vixClose[i - 1]));
    }
    const { mean, standardDeviation } = moments(own);
    const label = `M${slot + 1}`;
    betas.push({ name: `VX beta ${label}`, value: regression(spot, own).slope });
    carries.push({ name: `VX carry ${label}`, value: mean * SESSIONS_PER_YEAR });
    if (slot >= SLOTS_WITH_VOL) continue;
    const value = standardDeviation * Math.sqrt(SESSIONS_PER_YEAR);
    vols.push({ name: `VX volatility ${label}`, value });
  }
  return [...betas, ...vols, ...carries];
}

/** Log change into session i of the contract in a slot at the close before, to its settlement. */
function contractChange(path: MarketPath, i: number, slot: number): number {
  if (slot >= (path.vxCount[i - 1] ?? 0)) return Number.NaN;
  const expiry = path.vxExpiry[(i - 1) * VX_NODES + slot] ?? Number.NaN;
  const before = vx(path, i - 1, slot);
  if (expiry === path.day[i]) return logRatio(path.vixSettlement[i], before);
  for (let node = 0; node < (path.vxCount[i] ?? 0); node += 1) {
    if (path.vxExpiry[i * VX_NODES + node] === expiry) return logRatio(vx(path, i, node), before);
  }
  return Number.NaN;
}

function vx(path: MarketPath, i: number, node: number): number {
  if (node >= (path.vxCount[i] ?? 0)) return Number.NaN;
  return path.vxSettle[i * VX_NODES + node] ?? Number.NaN;
}

function logRatio(to: number | undefined, from: number | undefined): number {
  return Math.log((to ?? Number.NaN) / (from ?? Number.NaN));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Regression {
  readonly slope: number;
  readonly correlation: number;
}

function regression(x: ArrayLike<number>, y: ArrayLike<number>): Regression {
  const meanX = moments(x).mean;
  const meanY = moments(y).mean;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i += 1) {
    const dx = (x[i] ?? Number.NaN) - meanX;
    const dy = (y[i] ?? Number.NaN) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return { slope: xy / xx, correlation: xy / Math.sqrt(xx * yy) };
}

function autocorrelation(values: Float64Array, lag: number): number {
  return regression(values.subarray(0, values.length - lag), values.subarray(lag)).correlation;
}
