import { describe, expect, it } from 'vitest';
import { complex } from '../math/complex.ts';
import { svcjCall, svcjMeanJump, svcjTransform } from './svcj.ts';
import type { SvcjParameters } from './svcj.ts';

function heston(kappa: number, theta: number, sigma: number, correlation: number): SvcjParameters {
  const none = { jumpIntensity: 0, jumpMean: 0, jumpDeviation: 0, volJump: 0, jumpSlope: 0 };
  return { kappa, theta, sigma, correlation, ...none };
}

interface Terms {
  readonly spot: number;
  readonly strike: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly years: number;
}

function call(p: SvcjParameters, variance: number, terms: Terms): number {
  const { spot, strike, rate, dividendYield, years } = terms;
  const forward = spot * Math.exp((rate - dividendYield) * years);
  return Math.exp(-rate * years) * svcjCall(p, variance, { forward, strike, years });
}

function put(p: SvcjParameters, variance: number, terms: Terms): number {
  const { spot, strike, rate, dividendYield, years } = terms;
  const parity = strike * Math.exp(-rate * years) - spot * Math.exp(-dividendYield * years);
  return call(p, variance, terms) + parity;
}

const at = (strike: number, years: number, rate = 0, dividendYield = 0): Terms => ({
  spot: 100,
  strike,
  rate,
  dividendYield,
  years,
});

/** Jumps of given mean relative size, as Broadie and Kaya state them. */
function withJumps(
  p: SvcjParameters,
  jumps: {
    readonly jumpIntensity: number;
    readonly meanJump: number;
    readonly jumpDeviation: number;
    readonly volJump: number;
    readonly jumpSlope: number;
  },
): SvcjParameters {
  const { meanJump, ...rest } = jumps;
  const jumpMean =
    Math.log((1 + meanJump) * (1 - rest.jumpSlope * rest.volJump)) - 0.5 * rest.jumpDeviation ** 2;
  return { ...p, ...rest, jumpMean };
}

const SVCJ = withJumps(heston(3.46, 0.008, 0.14, -0.82), {
  jumpIntensity: 0.47,
  meanJump: -0.1,
  jumpDeviation: 0.0001,
  volJump: 0.05,
  jumpSlope: -0.38,
});

describe('Broadie and Kaya (2006)', () => {
  it('SVCJ, table 4: 6.861876', () => {
    expect(svcjMeanJump(SVCJ)).toBeCloseTo(-0.1, 12);
    expect(call(SVCJ, 0.007569, at(100, 1, 0.0319))).toBeCloseTo(6.861875621, 7);
  });

  it('SVJ: 20.164155', () => {
    const svj = withJumps(heston(3.99, 0.014, 0.27, -0.79), {
      jumpIntensity: 0.11,
      meanJump: -0.12,
      jumpDeviation: 0.15,
      volJump: 0,
      jumpSlope: 0,
    });
    expect(call(svj, 0.008836, at(100, 5, 0.0319))).toBeCloseTo(20.16415458, 7);
  });

  it('Heston, one and five years', () => {
    const one = heston(6.21, 0.019, 0.61, -0.7);
    expect(call(one, 0.010201, at(100, 1, 0.0319))).toBeCloseTo(6.806113313, 8);
    const five = heston(2, 0.09, 1, -0.3);
    expect(call(five, 0.09, at(100, 5, 0.05))).toBeCloseTo(34.99975835, 7);
  });
});

describe('Andersen (2008), cases I to III at zero rates', () => {
  it.each([
    [heston(0.5, 0.04, 1, -0.9), 0.04, 10, [35.8497697, 13.08467014, 0.2957744358]],
    [heston(0.3, 0.04, 0.9, -0.5), 0.04, 15, [37.16966472, 16.64922292, 5.138190494]],
    [heston(1, 0.09, 1, -0.3), 0.09, 5, [38.7720441, 21.79528774, 9.983067824]],
  ])('%j', (p, variance, years, prices) => {
    [70, 100, 140].forEach((strike, i) => {
      expect(call(p, variance, at(strike, years))).toBeCloseTo(prices[i] ?? Number.NaN, 6);
    });
  });
});

describe('Lewis (2001): calls and puts at 80 … 120', () => {
  const p = heston(4, 0.25, 1, -0.5);
  const calls = [
    26.774758743998856, 20.93334900059671, 16.070154917028834, 12.132211516709845,
    9.024913483457835,
  ];
  const puts = [
    7.958878113256768, 12.017966707346305, 17.05527096127011, 23.0178258984428, 29.811026202682473,
  ];
  it.each([80, 90, 100, 110, 120].map((strike, i) => [strike, calls[i] ?? 0, puts[i] ?? 0]))(
    'strike %d',
    (strike, ofCall, ofPut) => {
      expect(call(p, 0.04, at(strike, 1, 0.01, 0.02))).toBeCloseTo(ofCall, 10);
      expect(put(p, 0.04, at(strike, 1, 0.01, 0.02))).toBeCloseTo(ofPut, 10);
    },
  );
});

describe('other published Heston prices', () => {
  it('Kahl and Jäckel (2005): 4.95212 far out, ten years, sigma 2', () => {
    expect(call(heston(1, 0.16, 2, -0.8), 0.16, at(200, 10))).toBeCloseTo(4.952114721, 7);
  });

  it('put 10.147041515497', () => {
    const p = heston(4, 0.05, 0.4, -0.75);
    expect(put(p, 0.1, at(100, 1, 0.05, 0.075))).toBeCloseTo(10.147041515497, 10);
  });

  // Fang and Oosterlee's method as QuantLib tests it, tolerance there 1e-8 … 1e-5.
  it('cosine-expansion set', () => {
    const p = heston(4, 0.22, 1.8, -0.75);
    expect(call(p, 0.1, at(120, 1, 0.15, 0.07))).toBeCloseTo(9.364410588426075, 7);
    expect(call(p, 0.1, at(250, 1, 0.15, 0.07))).toBeCloseTo(0.01036797658132471, 7);
    expect(put(p, 0.1, at(80, 1, 0.15, 0.07))).toBeCloseTo(5.319092971836708, 7);
    expect(put(p, 0.1, at(10, 1, 0.15, 0.07))).toBeCloseTo(0.01032681906278383, 7);
  });
});

describe('the transform', () => {
  it('has mass one and the forward as mean', () => {
    for (const power of [0, 1]) {
      // Just beside the point itself, where the form is 0 / 0.
      const value = svcjTransform(SVCJ, 0.02, 0.5, complex(power, 1e-9));
      expect(value.re).toBeCloseTo(1, 7);
      expect(value.im).toBeCloseTo(0, 7);
    }
  });
});
