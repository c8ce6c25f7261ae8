import { describe, expect, it } from 'vitest';
import { essviTotalVariance } from '../kernels/essvi.ts';
import {
  jumpWingsOfSvi,
  ssviLikeJumpWings,
  sviOfJumpWings,
  sviTotalVariance,
} from '../kernels/svi.ts';
import type { RawSvi } from '../kernels/svi.ts';
import { fitSurface, rejectedCount } from './fitted-surface.ts';
import type { FittedSurface } from './fitted-surface.ts';
import {
  MADE_EXPIRIES,
  madeChain,
  madeExpiry,
  madeYears,
  settledAtOpen,
} from './made-chain.fixture.ts';
import type { MadeExpiry } from './made-chain.fixture.ts';
import { fitSvi, smileOfSvi } from './svi-fit.ts';
import { leastButterfly } from './surface-arbitrage.ts';
import { slicePoints } from './slice-points.ts';
import type { VolPoint } from './vol-points.ts';

const RATE = { rate: (): number => 0.02 };

function worstVolError({ slices }: FittedSurface): number {
  return Math.max(
    ...slices.flatMap(({ svi, years, points }, i) => {
      const truth = MADE_EXPIRIES[i]?.svi ?? svi;
      return points.points.map(({ logMoneyness: k }) =>
        Math.abs(
          Math.sqrt(sviTotalVariance(svi, k) / years) -
            Math.sqrt(sviTotalVariance(truth, k) / years),
        ),
      );
    }),
  );
}

describe('fitSurface', () => {
  const surface = fitSurface(madeChain(MADE_EXPIRIES, 0.05), RATE);

  it('gives back forward and discount factor of each expiry from parity', () => {
    expect(surface.slices).toHaveLength(2);
    surface.slices.forEach(({ parity }, i) => {
      const { forward, rate, days } = madeExpiry(i);
      expect(parity.discountSource).toBe('parity');
      expect(parity.forward).toBeCloseTo(forward, 6);
      expect(parity.discount).toBeCloseTo(Math.exp(-rate * madeYears(days)), 8);
    });
  });

  it('gives back the SVI smiles the quotes were made from, within 0.02 volatility points', () => {
    expect(worstVolError(surface)).toBeLessThan(2e-4);
    for (const { sviQuality, sviRepair } of surface.slices) {
      expect(sviQuality.coreRmse).toBeLessThan(0.01);
      expect(sviRepair).toBe('none');
    }
  });

  it('has no arbitrage: g >= 0 and no fall of total variance, in any form', () => {
    for (const { sviQuality, essviQuality, ssviQuality } of surface.slices) {
      for (const quality of [sviQuality, essviQuality, ssviQuality]) {
        const { leastButterfly: least, calendarGap } = quality;
        expect(least).toBeGreaterThanOrEqual(0);
        expect(calendarGap).toBeLessThanOrEqual(0);
      }
    }
  });

  it('keeps eSSVI calendars at every strike, also far beyond the quotes', () => {
    const [first, second] = surface.slices.map(({ essvi }) => essvi);
    if (first === undefined || second === undefined) throw new Error('two slices');
    for (let k = -3; k <= 3; k += 0.05) {
      const gain = essviTotalVariance(second, k) - essviTotalVariance(first, k);
      expect(gain).toBeGreaterThanOrEqual(-1e-12);
    }
  });

  it('counts what it leaves out, by reason, and uses the rest', () => {
    const [first] = surface.slices;
    const outside = 81;
    expect(first?.rejected['no-bid']).toBeGreaterThan(0);
    expect(first?.rejected['past-no-bids']).toBeGreaterThan(0);
    expect((first?.points.points.length ?? 0) + rejectedCount(first?.rejected ?? none())).toBe(
      outside,
    );
  });

  it('lists an expired and a thin expiry with the reason', () => {
    const chain = madeChain([expiredToday(), ...MADE_EXPIRIES], 0.05);
    const thin = {
      ...chain,
      bid: chain.bid.map((bid, row) => (chain.expiry[row] === chain.quoteDay + 30 ? 0 : bid)),
    };
    const { slices, skipped } = fitSurface(thin, RATE);
    expect(slices).toHaveLength(1);
    expect(skipped.map(({ reason }) => reason)).toEqual(['expired', 'no-forward']);
  });

  it('counts time to 9:30 for AM settlement', () => {
    const [am] = fitSurface(settledAtOpen(madeChain(MADE_EXPIRIES, 0.05)), RATE).slices;
    expect(am?.years).toBeCloseTo((30 - 6.5 / 24) / 365, 12);
  });

  it('takes the given rate where the pairs are too few to tell the discount factor', () => {
    const chain = madeChain(MADE_EXPIRIES.slice(0, 1), 0.05);
    const few = {
      ...chain,
      bid: chain.bid.map((bid, row) =>
        chain.right[row] === 0 && Math.abs((chain.strike[row] ?? 0) - 2750) > 60 ? 0 : bid,
      ),
    };
    const [slice] = fitSurface(few, RATE).slices;
    // Calls near the money alone enclose it; the puts below carry the smile.
    expect(slice?.parity.discountSource).toBe('rate');
    expect(slice?.parity.forward).toBeCloseTo(2754, 1);
  });
});

describe('fitSvi', () => {
  /** Points of a smile with butterflies (A. Vogt): Gatheral and Jacquier (2014), section 3.1. */
  const vogt: RawSvi = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };
  const points: readonly VolPoint[] = Array.from({ length: 61 }, (_, i) => {
    const logMoneyness = -1.5 + 0.05 * i;
    const vol = Math.sqrt(sviTotalVariance(vogt, logMoneyness));
    return { strike: 100 * Math.exp(logMoneyness), logMoneyness, vol, halfSpread: 0.002 };
  });
  const slice = slicePoints(points, 1);
  const refuge: RawSvi = { a: 0.01, b: 0.02, rho: 0, m: 0, sigma: 0.3 };

  it("frees Vogt's smile of butterflies, nearer to it than the closed-form repair", () => {
    if (slice === undefined) throw new Error('points enclose the money');
    const fit = fitSvi(slice, { earlier: undefined, later: undefined, refuge });
    const grid = points.map(({ logMoneyness }) => logMoneyness);
    expect(leastButterfly(smileOfSvi(vogt), grid)).toBeLessThan(-0.03);
    expect(leastButterfly(smileOfSvi(fit.svi), grid)).toBeGreaterThanOrEqual(0);
    const closed = sviOfJumpWings(ssviLikeJumpWings(jumpWingsOfSvi(vogt, 1)), 1);
    const distance = (svi: RawSvi): number =>
      Math.hypot(
        ...points.map(
          ({ logMoneyness, vol }) => Math.sqrt(sviTotalVariance(svi, logMoneyness)) - vol,
        ),
      );
    expect(distance(fit.svi)).toBeLessThan(0.3 * distance(closed));
  });

  it('lies nowhere below the expiry before, whatever its own quotes say', () => {
    if (slice === undefined) throw new Error('points enclose the money');
    const svi: RawSvi = { a: 0.012, b: 0.1, rho: 0.1, m: 0.1, sigma: 0.3 };
    const fit = fitSvi(slice, { earlier: { svi, points: slice }, later: undefined, refuge });
    for (const { logMoneyness: k } of points) {
      expect(sviTotalVariance(fit.svi, k) - sviTotalVariance(svi, k)).toBeGreaterThan(-1e-12);
    }
    expect(fit.calendarGap).toBeLessThanOrEqual(1e-9);
  });
});

function expiredToday(): MadeExpiry {
  return { ...madeExpiry(0), days: 0 };
}

function none(): FittedSurface['slices'][number]['rejected'] {
  return { 'no-quote': 0, crossed: 0, 'no-bid': 0, 'past-no-bids': 0, 'no-vol': 0 };
}
