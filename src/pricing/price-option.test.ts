import { describe, expect, it } from 'vitest';
import { pricingErrorMessage, priceOption } from './price-option.ts';
import type { BsmInput, OptionInput, OptionPrice } from './price-option.ts';

function price(input: OptionInput): OptionPrice {
  const priced = priceOption(input);
  if (!priced.ok) throw new Error(pricingErrorMessage(priced.error));
  return priced.value;
}

type Row = readonly ['call' | 'put', number, number, number, number, number, number, number];

/** Right, spot, strike, rate, yield, vol, years. */
function bsm([right, spot, strike, rate, dividendYield, vol, yearFraction]: Row): BsmInput {
  return { model: 'bsm', right, spot, strike, rate, dividendYield, vol, yearFraction };
}

/** Two SPX options of 45 days, one of 6.5 hours, a VIX call on its future: 50-digit differences. */
const PRECISE: readonly { name: string; input: BsmInput; expected: OptionPrice }[] = [
  {
    name: 'SPX put 45DTE',
    input: {
      model: 'bsm',
      right: 'put',
      spot: 5000,
      strike: 4700,
      rate: 0.043,
      dividendYield: 0.014,
      vol: 0.185,
      yearFraction: 0.1232876712328767,
    },
    expected: {
      price: 25.759347623233406,
      delta: -0.14889714975469837,
      gamma: 0.0007139407270275736,
      vega: 407.0929145551062,
      theta: -282.7350286192535,
      rho: -94.96172421329489,
      phi: 91.7859142323483,
      vanna: -1.2222083657063423,
      volga: 2231.7031401107306,
      charm: 0.8113898110880002,
      speed: -2.429028800037768e-6,
      zomma: 5.471869421932175e-5,
      color: 0.00030044584479828833,
      ultima: -24005.665125034175,
      dualDelta: 0.16388193540355858,
      dualGamma: 0.0008079908635441077,
    },
  },
  {
    name: 'SPX call 45DTE',
    input: {
      model: 'bsm',
      right: 'call',
      spot: 5000,
      strike: 5250,
      rate: 0.043,
      dividendYield: 0.014,
      vol: 0.115,
      yearFraction: 0.1232876712328767,
    },
    expected: {
      price: 13.600683522540622,
      delta: 0.13552655438644026,
      gamma: 0.0010776854669452688,
      vega: 381.98782818094287,
      theta: -197.22139974895435,
      rho: 81.86696980393077,
      phi: -83.54376640260016,
      vanna: 2.1567794889300913,
      volga: 4163.482944629052,
      charm: -1.1602650103661047,
      speed: 5.653752970396643e-6,
      zomma: 0.0023750734259028153,
      color: -0.001943667318848033,
      ultima: -63279.738529580696,
      dualDelta: -0.12648230255422108,
      dualGamma: 0.0009774924870251873,
    },
  },
  {
    name: '0DTE put 6.5h',
    input: {
      model: 'bsm',
      right: 'put',
      spot: 5000,
      strike: 4950,
      rate: 0.05,
      dividendYield: 0,
      vol: 0.14,
      yearFraction: 0.0007420091324200913,
    },
    expected: {
      price: 0.02403359771658121,
      delta: -0.004059943769002901,
      gamma: 0.0006296387209440695,
      vega: 1.6351918837303174,
      theta: -153.24529900916048,
      rho: -0.015080409917551605,
      phi: 0.01506257676856099,
      vanna: -0.22667364137985058,
      volga: 81.7215793192932,
      charm: 21.22663291886004,
      speed: -8.753366201530032e-5,
      zomma: 0.026969878799278996,
      color: -2.522444940234973,
      ultima: 2333.001193344995,
      dualDelta: 0.004105808574289108,
      dualGamma: 0.0006424229373982956,
    },
  },
  {
    name: 'VIX call b76 F=20',
    input: {
      model: 'bsm',
      right: 'call',
      spot: 20,
      strike: 30,
      rate: 0,
      dividendYield: 0,
      vol: 0.95,
      yearFraction: 0.0821917808219178,
    },
    expected: {
      price: 0.19925721788692646,
      delta: 0.08809957933062056,
      gamma: 0.0293423196835996,
      vega: 0.9164450531316038,
      theta: -5.296288702889727,
      rho: 0.12844392071716312,
      phi: -0.1448212262969105,
      vanna: 0.2733803225947118,
      volga: 2.1201424849681394,
      charm: -1.5799104476619388,
      speed: 0.005818734500681252,
      zomma: 0.036995102702647005,
      color: -0.2138008643690475,
      ultima: -1.8656843555256106,
      dualDelta: -0.05209114562418282,
      dualGamma: 0.01304103097048871,
    },
  },
];

/** Haug (1998) p. 2-8, 11-16, 27 as in QuantLib test-suite/europeanoption.cpp; price last. */
const HAUG_PRICES: readonly Row[] = [
  ['call', 60, 65, 0.08, 0, 0.3, 0.25, 2.1334],
  ['put', 100, 95, 0.1, 0.05, 0.2, 0.5, 2.4648],
  ['put', 19, 19, 0.1, 0.1, 0.28, 0.75, 1.7011],
  ['call', 19, 19, 0.1, 0.1, 0.28, 0.75, 1.7011],
  ['call', 1.56, 1.6, 0.06, 0.08, 0.12, 0.5, 0.0291],
  ['put', 75, 70, 0.1, 0.05, 0.35, 0.5, 4.087],
  ['call', 42, 40, 0.04, 0.08, 0.35, 0.75, 5.0975],
  ['call', 90, 100, 0.1, 0.1, 0.15, 0.1, 0.0205],
  ['call', 100, 100, 0.1, 0.1, 0.15, 0.1, 1.8734],
  ['call', 110, 100, 0.1, 0.1, 0.15, 0.1, 9.9413],
  ['call', 90, 100, 0.1, 0.1, 0.25, 0.1, 0.315],
  ['call', 100, 100, 0.1, 0.1, 0.25, 0.1, 3.1217],
  ['call', 110, 100, 0.1, 0.1, 0.25, 0.1, 10.3556],
  ['call', 90, 100, 0.1, 0.1, 0.35, 0.1, 0.9474],
  ['call', 100, 100, 0.1, 0.1, 0.35, 0.1, 4.3693],
  ['call', 110, 100, 0.1, 0.1, 0.35, 0.1, 11.1381],
  ['call', 90, 100, 0.1, 0.1, 0.15, 0.5, 0.8069],
  ['call', 100, 100, 0.1, 0.1, 0.15, 0.5, 4.0232],
  ['call', 110, 100, 0.1, 0.1, 0.15, 0.5, 10.5769],
  ['call', 90, 100, 0.1, 0.1, 0.25, 0.5, 2.7026],
  ['call', 100, 100, 0.1, 0.1, 0.25, 0.5, 6.6997],
  ['call', 110, 100, 0.1, 0.1, 0.25, 0.5, 12.7857],
  ['call', 90, 100, 0.1, 0.1, 0.35, 0.5, 4.9329],
  ['call', 100, 100, 0.1, 0.1, 0.35, 0.5, 9.3679],
  ['call', 110, 100, 0.1, 0.1, 0.35, 0.5, 15.3086],
  ['put', 90, 100, 0.1, 0.1, 0.15, 0.1, 9.921],
  ['put', 100, 100, 0.1, 0.1, 0.15, 0.1, 1.8734],
  ['put', 110, 100, 0.1, 0.1, 0.15, 0.1, 0.0408],
  ['put', 90, 100, 0.1, 0.1, 0.25, 0.1, 10.2155],
  ['put', 100, 100, 0.1, 0.1, 0.25, 0.1, 3.1217],
  ['put', 110, 100, 0.1, 0.1, 0.25, 0.1, 0.4551],
  ['put', 90, 100, 0.1, 0.1, 0.35, 0.1, 10.8479],
  ['put', 100, 100, 0.1, 0.1, 0.35, 0.1, 4.3693],
  ['put', 110, 100, 0.1, 0.1, 0.35, 0.1, 1.2376],
  ['put', 90, 100, 0.1, 0.1, 0.15, 0.5, 10.3192],
  ['put', 100, 100, 0.1, 0.1, 0.15, 0.5, 4.0232],
  ['put', 110, 100, 0.1, 0.1, 0.15, 0.5, 1.0646],
  ['put', 90, 100, 0.1, 0.1, 0.25, 0.5, 12.2149],
  ['put', 100, 100, 0.1, 0.1, 0.25, 0.5, 6.6997],
  ['put', 110, 100, 0.1, 0.1, 0.25, 0.5, 3.2734],
  ['put', 90, 100, 0.1, 0.1, 0.35, 0.5, 14.4452],
  ['put', 100, 100, 0.1, 0.1, 0.35, 0.5, 9.3679],
  ['put', 110, 100, 0.1, 0.1, 0.35, 0.5, 5.7963],
];

/** Haug (1998) p. 11-16 as in QuantLib test-suite/europeanoption.cpp; greek last. */
const HAUG_GREEKS: readonly (readonly [keyof OptionPrice, Row])[] = [
  ['delta', ['call', 105, 100, 0.1, 0.1, 0.36, 0.5, 0.5946]],
  ['delta', ['put', 105, 100, 0.1, 0.1, 0.36, 0.5, -0.3566]],
  ['gamma', ['call', 55, 60, 0.1, 0, 0.3, 0.75, 0.0278]],
  ['gamma', ['put', 55, 60, 0.1, 0, 0.3, 0.75, 0.0278]],
  ['vega', ['call', 55, 60, 0.1, 0, 0.3, 0.75, 18.9358]],
  ['vega', ['put', 55, 60, 0.1, 0, 0.3, 0.75, 18.9358]],
  ['theta', ['put', 430, 405, 0.07, 0.05, 0.2, 1 / 12, -31.1924]],
  ['rho', ['call', 72, 75, 0.09, 0, 0.19, 1, 38.7325]],
  ['phi', ['put', 500, 490, 0.08, 0.05, 0.15, 0.25, 42.2254]],
];

describe('priceOption', () => {
  it.each(PRECISE)('$name has every greek to twelve digits', ({ input, expected }) => {
    const actual = price(input);
    for (const column of Object.keys(expected) as (keyof OptionPrice)[]) {
      expect(Math.abs(actual[column] / expected[column] - 1), column).toBeLessThan(1e-12);
    }
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
  });

  it.each(HAUG_PRICES)('%s S %d K %d r %d q %d vol %d T %d is worth %d', (...row) => {
    expect(Math.abs(price(bsm(row)).price - row[7])).toBeLessThan(1e-4);
  });

  it.each(HAUG_GREEKS)('%s of %j', (greek, row) => {
    expect(Math.abs(price(bsm(row))[greek] - row[7])).toBeLessThan(1e-4);
  });

  it('gives theta per year', () => {
    const put = price(bsm(['put', 430, 405, 0.07, 0.05, 0.2, 1 / 12, 0]));
    expect(put.theta / 365).toBeCloseTo(-0.0855, 4);
  });

  it('prices the forward of an asset like the asset', () => {
    const [rate, dividendYield, yearFraction] = [0.043, 0.014, 0.125];
    const asset = bsm(['put', 5000, 4700, rate, dividendYield, 0.185, yearFraction, 0]);
    const forward = price({
      model: 'black76',
      right: 'put',
      forward: 5000 * Math.exp((rate - dividendYield) * yearFraction),
      strike: 4700,
      discountFactor: Math.exp(-rate * yearFraction),
      vol: 0.185,
      yearFraction,
    });
    const spot = price(asset);
    for (const column of ['price', 'vega', 'volga', 'dualDelta', 'dualGamma'] as const) {
      expect(Math.abs(forward[column] / spot[column] - 1)).toBeLessThan(1e-12);
    }
    const perSpot = Math.exp((rate - dividendYield) * yearFraction);
    expect(forward.delta * perSpot).toBeCloseTo(spot.delta, 13);
  });

  it('prices expired and certain options', () => {
    expect(price(bsm(['put', 90, 100, 0.05, 0, 0.2, 0, 0]))).toMatchObject({
      price: 10,
      delta: -1,
      theta: 0,
    });
    expect(price(bsm(['call', 100, 90, 0, 0, 0, 1, 0]))).toMatchObject({ price: 10, delta: 1 });
  });

  it.each<[string, Partial<BsmInput>, string]>([
    ['a negative strike', { strike: -5 }, 'strike must be > 0, was -5 (index points)'],
    ['no spot', { spot: 0 }, 'spot must be > 0, was 0 (index points)'],
    ['a negative vol', { vol: -0.2 }, 'vol must be >= 0, was -0.2 (per year, 0.20 = 20 %)'],
    ['a past expiry', { yearFraction: -1 }, 'yearFraction must be >= 0, was -1 (years)'],
    [
      'an unknown rate',
      { rate: Number.NaN },
      'rate must be a finite number, was NaN (per year, continuous)',
    ],
    [
      'an endless yield',
      { dividendYield: Infinity },
      'dividendYield must be a finite number, was Infinity (per year, continuous)',
    ],
  ])('refuses %s', (_, change, message) => {
    const priced = priceOption({ ...bsm(['call', 100, 100, 0.05, 0, 0.2, 1, 0]), ...change });
    if (priced.ok) throw new Error('priced');
    expect(priced.error.kind).toBe('invalid-parameter');
    expect(pricingErrorMessage(priced.error)).toBe(`${message}. Remedy: ${priced.error.remedy}`);
  });

  it('refuses a discount factor that is not one at expiry, or not positive', () => {
    const input = { model: 'black76', right: 'call', forward: 20, strike: 30, vol: 0.9 } as const;
    const expired = priceOption({ ...input, discountFactor: 0.9, yearFraction: 0 });
    expect(!expired.ok && expired.error.rule).toBe('must be 1 at yearFraction 0');
    const free = priceOption({ ...input, discountFactor: 0, yearFraction: 1 });
    expect(!free.ok && free.error.rule).toBe('must be > 0');
  });

  it('says when a result leaves the range of a double', () => {
    const priced = priceOption(bsm(['call', 1e308, 1, 900, 0, 0.2, 1, 0]));
    expect(!priced.ok && priced.error.kind).toBe('result-out-of-range');
  });
});
