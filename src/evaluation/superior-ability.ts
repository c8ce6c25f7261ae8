import { autocovariances } from '../math/autocorrelation.ts';
import type { RandomStream } from '../math/philox.ts';
import { fillStationaryResample } from '../math/stationary-bootstrap.ts';
import { measured, unknown } from './measured.ts';
import type { Measured } from './measured.ts';

/** How a bootstrap is run; equal settings give equal results. */
export interface BootstrapSettings {
  /** Source of chance; replicate b reads path b. */
  readonly stream: RandomStream;
  /** Resamples; 2,000 or more for p-values that are published. */
  readonly replicates: number;
  /** Mean block, observations >= 1: no shorter than a trade lives. */
  readonly meanBlock: number;
}

/** p-values of "no alternative beats the benchmark". */
export interface SuperiorAbility {
  /** White's reality check: every alternative counts as if it were as good as the benchmark. */
  readonly realityCheck: Measured;
  /** Hansen's three: lower bound, consistent (the one to quote), upper bound. */
  readonly lower: Measured;
  readonly consistent: Measured;
  readonly upper: Measured;
}

/**
 * Tests whether the best of several alternatives beats a benchmark, after all of them were tried.
 *
 * @param advantage One series an alternative: its return minus the benchmark's, period by period,
 *   all of one length n.
 *
 * The reality check is not studentised: max √n d̄. Hansen's statistic is max(0, max √n d̄ / ω) with ω
 * from the stationary bootstrap's kernel; alternatives worse than −ω √(2 ln ln n / n) are
 * recentred so that poor ones do not hide good ones. An alternative equal to the benchmark throughout
 * never wins.
 * Source: White (2000); Hansen (2005); kernel of Politis, Romano (1994).
 */
export function superiorAbility(
  advantage: readonly Float64Array[],
  settings: BootstrapSettings,
): SuperiorAbility {
  const count = advantage[0]?.length ?? 0;
  const reason = refusal(advantage, settings, count);
  if (reason !== undefined) {
    const none = unknown(reason);
    return { realityCheck: none, lower: none, consistent: none, upper: none };
  }
  const rootCount = Math.sqrt(count);
  const means = advantage.map((series) => meanAt(series, undefined));
  const scales = advantage.map((series) => Math.sqrt(kernelVariance(series, settings.meanBlock)));
  const threshold = Math.sqrt(2 * Math.log(Math.log(count)));
  const centres = recentred(means, scales, threshold / rootCount);
  const observedRaw = Math.max(...means.map((mean) => rootCount * mean));
  const observed = best(means, scales, rootCount);
  const exceeded = { raw: 0, lower: 0, consistent: 0, upper: 0 };
  const places = new Int32Array(count);
  for (let replicate = 0; replicate < settings.replicates; replicate += 1) {
    fillStationaryResample(settings.stream, replicate, settings.meanBlock, places);
    const drawn = advantage.map((series) => meanAt(series, places));
    const raw = drawn.map((mean, k) => rootCount * (mean - (means[k] ?? Number.NaN)));
    if (Math.max(...raw) >= observedRaw) exceeded.raw += 1;
    const against = (centre: readonly number[]): boolean =>
      best(
        drawn.map((mean, k) => mean - (centre[k] ?? Number.NaN)),
        scales,
        rootCount,
      ) >= observed;
    if (against(centres.lower)) exceeded.lower += 1;
    if (against(centres.consistent)) exceeded.consistent += 1;
    if (against(centres.upper)) exceeded.upper += 1;
  }
  const share = (times: number): Measured => measured(times / settings.replicates, 'no replicate');
  return {
    realityCheck: share(exceeded.raw),
    lower: share(exceeded.lower),
    consistent: share(exceeded.consistent),
    upper: share(exceeded.upper),
  };
}

function refusal(
  advantage: readonly Float64Array[],
  settings: BootstrapSettings,
  count: number,
): string | undefined {
  if (advantage.length === 0) return 'no alternative';
  if (advantage.some((series) => series.length !== count)) return 'series differ in length';
  if (count < 16) return 'fewer than 16 periods';
  if (!(settings.meanBlock >= 1 && settings.meanBlock <= count)) {
    return `mean block must be 1 to ${count} periods, was ${settings.meanBlock}`;
  }
  if (!(settings.replicates >= 1)) return `replicates must be >= 1, was ${settings.replicates}`;
  if (advantage.some((series) => !series.every(Number.isFinite))) {
    return 'a return is not a finite number';
  }
  return undefined;
}

interface Centres {
  readonly lower: readonly number[];
  readonly consistent: readonly number[];
  readonly upper: readonly number[];
}

/** What each alternative is recentred by: Hansen (2005), section 3.2. */
function recentred(means: readonly number[], scales: readonly number[], share: number): Centres {
  return {
    lower: means.map((mean) => Math.max(0, mean)),
    consistent: means.map((mean, k) => (mean >= -(scales[k] ?? Number.NaN) * share ? mean : 0)),
    upper: means,
  };
}

function best(means: readonly number[], scales: readonly number[], rootCount: number): number {
  let largest = 0;
  means.forEach((mean, k) => {
    const scale = scales[k] ?? Number.NaN;
    if (scale > 0) largest = Math.max(largest, (rootCount * mean) / scale);
  });
  return largest;
}

function meanAt(series: Float64Array, places: Int32Array | undefined): number {
  let sum = 0;
  if (places === undefined) for (const value of series) sum += value;
  else for (const place of places) sum += series[place] ?? Number.NaN;
  return sum / series.length;
}

/** Variance of √n times the mean of a stationary-bootstrap resample, in closed form. */
function kernelVariance(series: Float64Array, meanBlock: number): number {
  const count = series.length;
  const stay = 1 - 1 / meanBlock;
  const reach = stay > 0 ? Math.min(count - 1, Math.ceil(-30 / Math.log(stay))) : 0;
  const covariances = autocovariances(series, reach);
  let variance = covariances[0] ?? Number.NaN;
  for (let lag = 1; lag <= reach; lag += 1) {
    const share = lag / count;
    const weight = (1 - share) * stay ** lag + share * stay ** (count - lag);
    variance += 2 * weight * (covariances[lag] ?? Number.NaN);
  }
  return Math.max(0, variance);
}
