import { PILLARS } from '../market/market-path.ts';
import { CALIBRATED, REGRESSED } from '../market/provenance.ts';
import { ewma, spanWeight } from '../signals/ewma.ts';
import { etaFromSkew } from '../volatility/ssvi-surface.ts';
import { fillPillars } from '../volatility/surface-pillars.ts';
import type { VixAverages } from './vix-averages.ts';
import type { SourcedColumn } from './sourced-column.ts';
import { emptyColumn, NO_DATA } from './sourced-column.ts';

/** Sessions of the average of SKEW behind eta; single prints are noisy. */
const SKEW_SPAN = 5;
/** SKEW before its first print: its average 1990-2010. Source: Cboe (2011), SKEW white paper. */
const SKEW_PRIOR = 115;

/**
 * SSVI eta at 30 days in each session, from the 5-session average of SKEW as known (lagged).
 *
 * CALIBRATED where SKEW has data; REGRESSED where it has none, from the mean of all SKEW known up
 * to then.
 */
export function etaColumn(skew: SourcedColumn): SourcedColumn {
  const out = emptyColumn(skew.values.length);
  const smooth = ewma(skew.values, spanWeight(SKEW_SPAN));
  let count = 0;
  let mean = SKEW_PRIOR;
  for (let i = 0; i < skew.values.length; i += 1) {
    const value = skew.values[i] ?? Number.NaN;
    const known = !Number.isNaN(value);
    if (known) {
      count += 1;
      mean = count === 1 ? value : mean + (value - mean) / count;
    }
    out.values[i] = etaFromSkew(known ? (smooth[i] ?? Number.NaN) : mean);
    out.source[i] = known ? CALIBRATED : REGRESSED;
  }
  return out;
}

/** Volatility indices as known at each close, VIX points. */
export interface VolatilityIndices {
  readonly vix9d: Float64Array;
  readonly vix: Float64Array;
  readonly vix3m: Float64Array;
  readonly vix6m: Float64Array;
}

/** At-the-money total variance at the pillars, [session][PILLARS], and its source per session. */
export interface SurfaceColumns {
  readonly theta: Float64Array;
  readonly source: Uint8Array;
}

/** The SPX surface pillars of sessions `from` and later; NaN where VIX has no data. */
export function surfaceColumns(
  indices: VolatilityIndices,
  averages: VixAverages,
  eta: Float64Array,
  from: number,
): SurfaceColumns {
  const length = eta.length;
  const theta = new Float64Array(length * PILLARS).fill(Number.NaN);
  const source = new Uint8Array(length).fill(NO_DATA);
  for (let i = from; i < length; i += 1) {
    const vix = indices.vix[i] ?? Number.NaN;
    if (Number.isNaN(vix)) continue;
    source[i] = fillPillars(
      {
        vix9d: indices.vix9d[i] ?? Number.NaN,
        vix,
        vix3m: indices.vix3m[i] ?? Number.NaN,
        vix6m: indices.vix6m[i] ?? Number.NaN,
        ewma21: averages.ewma21[i] ?? Number.NaN,
        ewma126: averages.ewma126[i] ?? Number.NaN,
      },
      eta[i] ?? Number.NaN,
      theta.subarray(i * PILLARS, (i + 1) * PILLARS),
    );
  }
  return { theta, source };
}
