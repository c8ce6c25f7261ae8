import type { EssviSlice } from '../kernels/essvi.ts';
import { sviOfSsvi } from '../kernels/svi.ts';
import type { RawSvi } from '../kernels/svi.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { chainExpiries, yearsOfExpiry } from './chain-expiries.ts';
import type { ChainExpiry } from './chain-expiries.ts';
import { fitEssvi, smileOfEssvi } from './essvi-fit.ts';
import { parityForward } from './parity-forward.ts';
import type { ParityForward } from './parity-forward.ts';
import { coreRmse, sliceGrid, slicePoints } from './slice-points.ts';
import type { SlicePoints } from './slice-points.ts';
import { fitSsvi, smileOfSsvi } from './ssvi-fit.ts';
import type { SsviSurface } from './ssvi-fit.ts';
import { calendarGap, leastButterfly } from './surface-arbitrage.ts';
import type { SmileShape } from './surface-arbitrage.ts';
import { fitSvi, smileOfSvi } from './svi-fit.ts';
import type { SviRepair } from './svi-fit.ts';
import { POINT_REJECTIONS, volPoints } from './vol-points.ts';
import type { VolPoints } from './vol-points.ts';

/** How well a form fits an expiry, and whether it is free of arbitrage there. */
export interface SliceQuality {
  /** Volatility points over |k| within 1.5 at-the-money standard deviations. */
  readonly coreRmse: number;
  /** Least g over the points and a deviation beyond; a butterfly where < 0. */
  readonly leastButterfly: number;
  /** Greatest relative fall of total variance from the expiry before; a calendar where > 0. */
  readonly calendarGap: number;
}

/** One fitted expiry. */
export interface FittedSlice {
  readonly expiry: number;
  readonly settlement: number;
  readonly years: number;
  readonly parity: ParityForward;
  readonly svi: RawSvi;
  readonly sviRepair: SviRepair;
  readonly sviQuality: SliceQuality;
  readonly essvi: EssviSlice;
  readonly essviQuality: SliceQuality;
  readonly ssviQuality: SliceQuality;
  /** The quotes it is fitted to. */
  readonly points: SlicePoints;
  /** Out-of-the-money quotes left out, by reason. */
  readonly rejected: VolPoints['rejected'];
}

/** Why an expiry is not fitted. */
export type SkippedReason = 'expired' | 'no-forward' | 'too-few-points' | 'one-sided';

/** A surface fitted to a chain. */
export interface FittedSurface {
  /** Ascending by years. */
  readonly slices: readonly FittedSlice[];
  /** One rho and curvature for all of them; undefined without a slice. */
  readonly ssvi: SsviSurface | undefined;
  readonly skipped: readonly {
    readonly expiry: number;
    readonly settlement: number;
    readonly reason: SkippedReason;
    /** Strikes quoted there. */
    readonly strikes: number;
  }[];
}

/** What a fit may assume. */
export interface SurfaceFitOptions {
  /** Continuous rate per year to an expiry (EpochDay) where parity does not tell it. */
  readonly rate: (expiry: number) => number;
}

/** Five parameters of raw SVI and two points to spare. */
const LEAST_POINTS = 7;
const CHECK_GRID = 241;

interface Prepared extends ChainExpiry {
  readonly years: number;
  readonly parity: ParityForward;
  readonly slice: SlicePoints;
  readonly rejected: VolPoints['rejected'];
}

/**
 * A raw SVI smile per expiry, an eSSVI surface and a surface SSVI, fitted to the out-of-the-money
 * quotes of a chain at the forwards and discount factors of put-call parity.
 *
 * Expiries that cannot be fitted are listed with the reason; a chain without any gives no slices.
 */
export function fitSurface(chain: OptionChain, options: SurfaceFitOptions): FittedSurface {
  const prepared: Prepared[] = [];
  const skipped: FittedSurface['skipped'][number][] = [];
  for (const term of chainExpiries(chain)) {
    const found = prepare(term, chain, options);
    if (typeof found === 'string') {
      const { expiry, settlement, quotes } = term;
      skipped.push({ expiry, settlement, reason: found, strikes: quotes.length });
    } else prepared.push(found);
  }
  prepared.sort((a, b) => a.years - b.years);
  const points = prepared.map(({ slice }) => slice);
  if (points.length === 0) return { slices: [], ssvi: undefined, skipped };
  const essvi = fitEssvi(points);
  const ssvi = fitSsvi(points);
  const slices: FittedSlice[] = [];
  prepared.forEach((term, i) => {
    const surface = essvi[i];
    if (surface === undefined) return;
    const beside = { earlier: slices.at(-1), later: prepared[i + 1]?.slice };
    const global = {
      smile: smileOfSsvi(ssvi, i),
      earlier: i > 0 ? smileOfSsvi(ssvi, i - 1) : undefined,
    };
    slices.push({
      ...fittedSlice(term, surface, beside),
      ssviQuality: qualityOf(term.slice, global.smile, global.earlier),
    });
  });
  return { slices, ssvi, skipped };
}

/** How a smile that is fitted does on its expiry. */
function qualityOf(
  slice: SlicePoints,
  smile: SmileShape,
  earlier: SmileShape | undefined,
): SliceQuality {
  const grid = sliceGrid(slice, CHECK_GRID);
  return {
    coreRmse: coreRmse(slice, smile.totalVariance),
    leastButterfly: leastButterfly(smile, grid),
    calendarGap:
      earlier === undefined ? Number.NEGATIVE_INFINITY : calendarGap(earlier, smile, grid),
  };
}

function fittedSlice(
  { expiry, settlement, years, parity, slice, rejected }: Prepared,
  essvi: EssviSlice,
  {
    earlier,
    later,
  }: { readonly earlier: FittedSlice | undefined; readonly later: SlicePoints | undefined },
): Omit<FittedSlice, 'ssviQuality'> {
  const { theta, rho, psi } = essvi;
  const fit = fitSvi(slice, { earlier, later, refuge: sviOfSsvi(theta, rho, psi) });
  return {
    expiry,
    settlement,
    years,
    parity,
    svi: fit.svi,
    sviRepair: fit.repair,
    sviQuality: {
      coreRmse: coreRmse(slice, smileOfSvi(fit.svi).totalVariance),
      leastButterfly: fit.leastButterfly,
      calendarGap: fit.calendarGap,
    },
    essvi,
    essviQuality: qualityOf(
      slice,
      smileOfEssvi(essvi),
      earlier === undefined ? undefined : smileOfEssvi(earlier.essvi),
    ),
    points: slice,
    rejected,
  };
}

function prepare(
  term: ChainExpiry,
  chain: OptionChain,
  { rate }: SurfaceFitOptions,
): Prepared | SkippedReason {
  const years = yearsOfExpiry(chain, term.expiry, term.settlement);
  if (!(years > 0)) return 'expired';
  const parity = parityForward(term.quotes, { years, rate: rate(term.expiry) });
  if (parity === undefined) return 'no-forward';
  const { forward, discount } = parity;
  const { points, rejected } = volPoints(term.quotes, { forward, discount, years });
  if (points.length < LEAST_POINTS) return 'too-few-points';
  const slice = slicePoints(points, years);
  return slice === undefined ? 'one-sided' : { ...term, years, parity, slice, rejected };
}

/** Quotes left out of an expiry, all reasons together. */
export function rejectedCount(rejected: VolPoints['rejected']): number {
  return POINT_REJECTIONS.reduce((sum, reason) => sum + rejected[reason], 0);
}
