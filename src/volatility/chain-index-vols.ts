import { PILLAR_DAYS } from '../market/market-path.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { chainExpiries, yearsOfExpiry } from './chain-expiries.ts';
import { termVariance } from './vix-index.ts';

/** The VIX family at the moment of a chain, VIX points; NaN = its expiries do not enclose the tenor. */
export interface ChainIndexVols {
  readonly vix9d: number;
  readonly vix: number;
  readonly vix3m: number;
  readonly vix6m: number;
}

/** Days to expiry below which a term's variance is mostly the jump to its settlement. */
const LEAST_DAYS = 2;

interface Term {
  readonly days: number;
  /** Total variance to the expiry. */
  readonly total: number;
}

/**
 * The VIX family as the quotes of a chain give it: variance of every expiry by the index's own sum,
 * total variance linear between expiries.
 *
 * `rate` is continuous, per year. Accuracy: 0.1 points of the published VIX on closing quotes; the
 * index itself takes Friday expiries only.
 * Source: Cboe, VIX white paper (2019).
 */
export function chainIndexVols(chain: OptionChain, rate: number): ChainIndexVols {
  const terms = chainExpiries(chain)
    .map(({ expiry, settlement, quotes }): Term => {
      const years = yearsOfExpiry(chain, expiry, settlement);
      const minutes = years * 525_600;
      const { variance } = termVariance({ minutes, rate, quotes });
      return { days: 365 * years, total: variance * years };
    })
    .filter(({ days, total }) => days >= LEAST_DAYS && total > 0)
    .toSorted((a, b) => a.days - b.days);
  const [near = NaN, month = NaN, quarter = NaN, half = NaN] = PILLAR_DAYS;
  return {
    vix9d: volAt(terms, near),
    vix: volAt(terms, month),
    vix3m: volAt(terms, quarter),
    vix6m: volAt(terms, half),
  };
}

/** Volatility of a tenor; a tenor within a day of the first or last expiry takes that one's. */
function volAt(terms: readonly Term[], days: number): number {
  const next = terms.findIndex((term) => term.days >= days);
  const right = terms[next];
  const left = next < 0 ? terms.at(-1) : terms[next - 1];
  if (right !== undefined && left !== undefined) {
    const weight = (days - left.days) / (right.days - left.days);
    return volOf({ days, total: left.total + weight * (right.total - left.total) });
  }
  const only = left ?? right;
  return only !== undefined && Math.abs(only.days - days) <= 1 ? volOf(only) : Number.NaN;
}

function volOf({ days, total }: Term): number {
  return 100 * Math.sqrt((total * 365) / days);
}
