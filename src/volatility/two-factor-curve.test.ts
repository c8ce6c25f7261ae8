import { describe, expect, it } from 'vitest';
import {
  TWO_FACTOR_PARAMETERS,
  twoFactorTermVix,
  twoFactorVx,
  twoFactorVixSquared,
} from './two-factor-curve.ts';

const P = TWO_FACTOR_PARAMETERS;
const TENORS = [15, 45, 75, 105, 135, 180];

describe('two-factor curve', () => {
  // Independent evaluation of the closed form.
  it.each([
    {
      x: 0,
      y: 0,
      vix: 25.816143156579674,
      futures: [
        26.410362374033895, 27.117849884406386, 27.494613732404286, 27.72166620461881,
        27.87769741757683, 28.049902847479437,
      ],
      vix3m: 27.98759771233093,
      vix6m: 29.308700770157706,
    },
    {
      x: -0.1,
      y: -0.25,
      vix: 18.192328604914966,
      futures: [
        19.027797148668085, 20.22185665010335, 21.021475105507005, 21.59427117942354,
        22.030950943306237, 22.536196019450628,
      ],
      vix3m: 20.56693048151324,
      vix6m: 22.352728539055505,
    },
    {
      x: -0.35,
      y: -0.45,
      vix: 11.599940862047841,
      futures: [
        12.745685649298641, 14.588662196868045, 15.957656115742779, 16.98371753986245,
        17.76795863544826, 18.645263715315103,
      ],
      vix3m: 14.440871131137351,
      vix6m: 16.959509212243507,
    },
    {
      x: 1.2,
      y: 0.1,
      vix: 94.7270880552191,
      futures: [
        77.43482206525944, 57.04300564505773, 46.36642971044185, 40.34296894560847,
        36.7632440999851, 33.78666283967811,
      ],
      vix3m: 74.24257296214604,
      vix6m: 60.58553502855376,
    },
  ])('has the reference VIX, VX, VIX3M, VIX6M at ($x, $y)', (state) => {
    const { x, y, vix, futures, vix3m, vix6m } = state;
    expect(twoFactorVx(P, x, y, 0)).toBeCloseTo(vix, 10);
    TENORS.forEach((days, i) => {
      expect(twoFactorVx(P, x, y, days / 365)).toBeCloseTo(futures[i] ?? Number.NaN, 10);
    });
    expect(twoFactorTermVix(P, x, y, 93)).toBeCloseTo(vix3m, 10);
    expect(twoFactorTermVix(P, x, y, 184)).toBeCloseTo(vix6m, 10);
  });

  it('keeps the future below the root of the forward variance', () => {
    for (const days of TENORS) {
      const years = days / 365;
      const root = Math.sqrt(twoFactorVixSquared(P, 0.2, 0.1, years));
      expect(twoFactorVx(P, 0.2, 0.1, years)).toBeLessThan(root);
    }
  });
});
