import { describe, expect, it } from 'vitest';
import { complex } from '../math/complex.ts';
import type { SvcjParameters } from './svcj.ts';
import { svcjLogLaplace, svcjVix, svcjVixCall, svcjVixFuture, svcjVixLine } from './svcj-vix.ts';

/** Duffie, Pan, Singleton (2000), fitted to options of one day. */
const DPS: SvcjParameters = {
  kappa: 3.46,
  theta: 0.008,
  sigma: 0.14,
  correlation: -0.82,
  jumpIntensity: 0.47,
  jumpMean: -0.08653876641723864,
  jumpDeviation: 0.0001,
  volJump: 0.05,
  jumpSlope: -0.38,
};

/** Eraker, Johannes, Polson (2003), estimated from returns; daily percent made annual. */
const EJP: SvcjParameters = {
  kappa: 6.552,
  theta: 0.013547519999999999,
  sigma: 0.19908,
  correlation: -0.4838,
  jumpIntensity: 1.6632,
  jumpMean: -0.017533,
  jumpDeviation: 0.028864,
  volJump: 0.03737664,
  jumpSlope: -0.23841269841269844,
};

/*
 * Values of an independent evaluation; those of EJP also met by simulation to 0.003. The DPS future of
 * 60 days is a quadrature in 30 digits: the reference list has 12.37285363, 2e-5 too high, off the curve
 * of its neighbours.
 */
const SETS = [
  {
    name: 'DPS',
    p: DPS,
    variance: 0.007569,
    slope: 0.8703809422332588,
    intercept: 0.0071237535468002405,
    vix: 11.709682702175913,
    futures: [
      11.79953079005346, 12.071666561684127, 12.3728313323208, 12.617084155991078,
      13.085363153951205,
    ],
    calls: [
      [10.86, 1.3370782534618606],
      [12.07, 0.6447051714075718],
      [15.09, 0.26365290351084786],
      [18.11, 0.18238638833726264],
      [24.14, 0.07871197520647114],
    ],
  },
  {
    name: 'EJP',
    p: EJP,
    variance: 0.02303543630769231,
    slope: 0.7732090503275686,
    intercept: 0.007854802108684233,
    vix: 16.020614825916073,
    futures: [
      15.923789890070331, 15.711472273746523, 15.583999437771652, 15.534681404986298,
      15.507474660957053,
    ],
    calls: [
      [14.14, 1.8491280761475761],
      [15.71, 0.9917982262997271],
      [19.64, 0.3397979504433265],
      [23.57, 0.14918054056001645],
      [31.42, 0.021569525942513035],
    ],
  },
] as const;

describe.each(SETS)('VIX under SVCJ, $name', (set) => {
  it('hangs on V by a line', () => {
    const { slope, intercept } = svcjVixLine(set.p);
    expect(slope).toBeCloseTo(set.slope, 13);
    expect(intercept).toBeCloseTo(set.intercept, 14);
    expect(svcjVix(set.p, set.variance)).toBeCloseTo(set.vix, 10);
  });

  it('has the published futures of 7, 30, 60, 90 and 180 days', () => {
    [7, 30, 60, 90, 180].forEach((days, i) => {
      const future = svcjVixFuture(set.p, set.variance, days / 365);
      expect(future).toBeCloseTo(set.futures[i] ?? Number.NaN, 8);
    });
  });

  it('has the published calls of 30 days', () => {
    for (const [strike, price] of set.calls) {
      const call = svcjVixCall(set.p, set.variance, { strike, years: 30 / 365 });
      expect(call).toBeCloseTo(price, 8);
    }
  });

  it('has the future as the call struck at nothing', () => {
    const future = svcjVixFuture(set.p, set.variance, 30 / 365);
    const call = svcjVixCall(set.p, set.variance, { strike: 0.01, years: 30 / 365 });
    expect(call + 0.01).toBeCloseTo(future, 6);
  });
});

describe('the transform of V', () => {
  it('has the mean of V as its slope at 0', () => {
    const years = 0.4;
    const faded = Math.exp(-DPS.kappa * years);
    const rest = DPS.theta + (DPS.jumpIntensity * DPS.volJump) / DPS.kappa;
    const mean = 0.01 * faded + rest * (1 - faded);
    const small = svcjLogLaplace(DPS, 0.01, years, complex(1e-6));
    expect(small.re / -1e-6).toBeCloseTo(mean, 6);
  });

  it('is that of a square-root process without jumps', () => {
    const heston = { ...DPS, jumpIntensity: 0 };
    const c = (heston.sigma ** 2 / (2 * heston.kappa)) * (1 - Math.exp(-heston.kappa));
    const direct =
      -(2 * Math.exp(-heston.kappa) * 0.01) / (1 + 2 * c) -
      ((2 * heston.kappa * heston.theta) / heston.sigma ** 2) * Math.log1p(2 * c);
    expect(svcjLogLaplace(heston, 0.01, 1, complex(2)).re).toBeCloseTo(direct, 14);
  });
});
