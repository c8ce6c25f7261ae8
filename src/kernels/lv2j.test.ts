import { describe, expect, it } from 'vitest';
import {
  lv2jCall,
  lv2jFuture,
  lv2jJumpCumulant,
  lv2jLogContractVol,
  lv2jSquare,
  lv2jTermIndex,
  lv2jVariance,
} from './lv2j.ts';
import type { Lv2jParameters } from './lv2j.ts';

const P: Lv2jParameters = {
  kappa1: 5,
  kappa2: 0.35,
  sigma1: 0.55,
  sigma2: 0.32,
  correlation: 0.3,
  jumpIntensity: 5,
  jumpMean: 0.25,
  logLevel: 3.251,
};

/** Independent evaluation of the characteristic function, checked against 10^7 simulated paths. */
const CALLS: readonly (readonly [number, number, readonly number[]])[] = [
  [
    7,
    0.03460079577767829,
    [0.050361981651187215, 0.014739984661004124, 0.008461069149467981, 0.0035694899163726257],
  ],
  [
    30,
    0.1225326657758287,
    [0.1032172382180272, 0.046927936056576414, 0.026444143638250872, 0.011123939712298525],
  ],
  [
    60,
    0.1971899324564611,
    [0.1303609789135287, 0.06654059977939253, 0.038194348432059155, 0.016067019316687414],
  ],
  [
    90,
    0.24469388517920274,
    [0.14317962171944387, 0.07623400588714069, 0.0443460028828504, 0.018710947199812145],
  ],
  [
    180,
    0.3117489637309197,
    [0.15977519977789345, 0.0893895514468197, 0.05319159430333542, 0.02268007449345333],
  ],
];
const MONEYNESS = [1, 1.25, 1.5, 2];

/** Independent evaluation of the closed forms: x, y, then V today, V3M, V6M and seven futures. */
const CURVES: readonly (readonly [number, number, number, number, number, readonly number[]])[] = [
  [
    0,
    0,
    25.816143156579674,
    27.98759771233093,
    29.308700770157706,
    [
      26.410362374033895, 27.117849884406386, 27.494613732404286, 27.72166620461881,
      27.87769741757683, 28.049902847479437, 28.143646303141832,
    ],
  ],
  [
    -0.1,
    -0.25,
    18.192328604914966,
    20.56693048151324,
    22.352728539055505,
    [
      19.027797148668085, 20.22185665010335, 21.021475105507005, 21.59427117942354,
      22.030950943306237, 22.536196019450628, 22.812010318356666,
    ],
  ],
  [
    -0.35,
    -0.45,
    11.599940862047841,
    14.440871131137351,
    16.959509212243507,
    [
      12.745685649298641, 14.588662196868045, 15.957656115742779, 16.98371753986245,
      17.76795863544826, 18.645263715315103, 19.09994138944014,
    ],
  ],
  [
    1.2,
    0.1,
    94.7270880552191,
    74.24257296214604,
    60.58553502855376,
    [
      77.43482206525944, 57.04300564505773, 46.36642971044185, 40.34296894560847, 36.7632440999851,
      33.78666283967811, 32.67682662355965,
    ],
  ],
];
const TENORS = [15, 45, 75, 105, 135, 180, 210];

describe('lv2j closed forms', () => {
  it.each(CURVES)('has the reference curve in state (%d, %d)', (x, y, today, v3m, v6m, futures) => {
    expect(Math.abs(lv2jFuture(P, x, y, 0) / today - 1)).toBeLessThan(1e-12);
    TENORS.forEach((days, i) => {
      const reference = futures[i] ?? Number.NaN;
      expect(Math.abs(lv2jFuture(P, x, y, days / 365) / reference - 1)).toBeLessThan(1e-12);
    });
    expect(Math.abs(lv2jTermIndex(P, x, y, 93, today ** 2) / v3m - 1)).toBeLessThan(1e-12);
    expect(Math.abs(lv2jTermIndex(P, x, y, 184, today ** 2) / v6m - 1)).toBeLessThan(1e-12);
  });

  it.each(CALLS)('has the reference convexity and calls at %d days', (days, convexity, calls) => {
    const years = days / 365;
    const compensator = P.jumpIntensity * P.jumpMean * -(Math.expm1(-P.kappa1 * years) / P.kappa1);
    const own = 0.5 * lv2jVariance(P, years) + lv2jJumpCumulant(P, 1, years) + compensator;
    expect(Math.abs(own / convexity - 1)).toBeLessThan(1e-9);
    MONEYNESS.forEach((moneyness, i) => {
      const reference = calls[i] ?? Number.NaN;
      expect(Math.abs(lv2jCall(P, moneyness, years) - reference)).toBeLessThan(1e-9);
    });
  });

  it('has the reference log-contract volatilities', () => {
    // Independent evaluation, four digits.
    expect(lv2jLogContractVol(P, 30 / 365)).toBeCloseTo(0.9652, 4);
    expect(lv2jLogContractVol(P, 60 / 365)).toBeCloseTo(0.8334, 4);
    expect(lv2jLogContractVol(P, 90 / 365)).toBeCloseTo(0.7402, 4);
    expect(lv2jLogContractVol(P, 180 / 365)).toBeCloseTo(0.5801, 4);
  });

  it('prices calls between intrinsic value and the future, falling and convex in the strike', () => {
    const strikes = [0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7];
    const calls = strikes.map((strike) => lv2jCall(P, strike, 30 / 365));
    calls.forEach((call, i) => {
      expect(call).toBeGreaterThan(Math.max(0, 1 - (strikes[i] ?? 0)));
      expect(call).toBeLessThan(1);
      const before = calls[i - 1] ?? Number.NaN;
      const after = calls[i + 1] ?? Number.NaN;
      if (i > 0) expect(call).toBeLessThan(before);
      if (i > 0 && i + 1 < calls.length) expect(before + after - 2 * call).toBeGreaterThan(0);
    });
  });

  it('reduces to Black-76 without jumps', () => {
    const gaussian = { ...P, jumpIntensity: 0 };
    // Black-76 at the money: 2 N(s / 2) - 1 with s^2 the Gaussian variance.
    const s = Math.sqrt(lv2jVariance(gaussian, 0.25));
    const series =
      (s / Math.sqrt(2 * Math.PI)) * (1 - s ** 2 / 24 + s ** 4 / 640 - s ** 6 / 21_504);
    expect(Math.abs(lv2jCall(gaussian, 1, 0.25) - series)).toBeLessThan(1e-7);
  });

  it('keeps the future below the root of the second moment', () => {
    for (const days of TENORS) {
      const root = Math.sqrt(lv2jSquare(P, 0.2, 0.1, days / 365));
      expect(lv2jFuture(P, 0.2, 0.1, days / 365)).toBeLessThan(root);
    }
  });

  it('lets NaN through', () => {
    expect(lv2jFuture(P, Number.NaN, 0, 0.1)).toBeNaN();
    expect(lv2jCall(P, Number.NaN, 0.1)).toBeNaN();
  });
});
