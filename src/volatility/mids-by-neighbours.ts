import type { ModelMids } from '../market/quote-source.ts';
import { black76 } from '../kernels/black76.ts';
import { sviOfSsvi, sviTotalVariance } from '../kernels/svi.ts';
import { parityForward } from './parity-forward.ts';
import type { ParityTerms } from './parity-forward.ts';
import { slicePoints } from './slice-points.ts';
import { SSVI_RHO } from './ssvi-surface.ts';
import { fitSvi } from './svi-fit.ts';
import type { StrikeQuote } from './vix-index.ts';
import { volPoints } from './vol-points.ts';
import type { VolPoint } from './vol-points.ts';

/** Points without which five parameters of raw SVI have none to spare. */
const LEAST_POINTS = 7;
/** Curvature of the smile that a fit falls back to; near those of listed chains. */
const REFUGE_ETA = 1.2;

/**
 * Mids of a strike by the other quotes of its expiry, points, its own quotes left out: raw SVI
 * through them at the forward of put-call parity; and that moved by what the two nearest quotes leave
 * over in volatility, linear in log-moneyness between them (that of the last one beyond).
 *
 * Units: `right` as in contract-kind, `strike` in index points, `terms` years and continuous rate.
 * Errors: NaN where the other quotes give no forward or fewer than seven volatilities.
 */
export function midsByNeighbours(
  quotes: readonly StrikeQuote[],
  series: { readonly right: number; readonly strike: number },
  terms: ParityTerms,
): ModelMids {
  const { right, strike } = series;
  const { years } = terms;
  const others = quotes.filter((quote) => quote.strike !== strike);
  const parity = parityForward(others, terms);
  if (parity === undefined) return UNKNOWN;
  const { forward, discount } = parity;
  const { points } = volPoints(others, { forward, discount, years });
  const slice = points.length < LEAST_POINTS ? undefined : slicePoints(points, years);
  if (slice === undefined) return UNKNOWN;
  const psi = REFUGE_ETA * Math.sqrt(slice.atmVariance);
  const refuge = sviOfSsvi(slice.atmVariance, SSVI_RHO, psi);
  const { svi } = fitSvi(slice, { earlier: undefined, later: undefined, refuge });
  const volAt = (k: number): number => Math.sqrt(sviTotalVariance(svi, k) / years);
  const k = Math.log(strike / forward);
  const priceOf = (vol: number): number =>
    discount * black76(right, forward, strike, vol * Math.sqrt(years));
  return {
    mid: priceOf(volAt(k) + leftOver(points, k, volAt)),
    smileMid: priceOf(volAt(k)),
  };
}

const UNKNOWN: ModelMids = { mid: Number.NaN, smileMid: Number.NaN };

/** What the nearest points on either side leave over a smile at a log-moneyness, in volatility. */
function leftOver(points: readonly VolPoint[], k: number, volAt: (k: number) => number): number {
  const over = (point: VolPoint): number => point.vol - volAt(point.logMoneyness);
  const next = points.findIndex(({ logMoneyness }) => logMoneyness > k);
  const above = points[next];
  const below = next < 0 ? points.at(-1) : points[next - 1];
  if (above === undefined) return below === undefined ? Number.NaN : over(below);
  if (below === undefined) return over(above);
  const weight = (k - below.logMoneyness) / (above.logMoneyness - below.logMoneyness);
  return over(below) + weight * (over(above) - over(below));
}
