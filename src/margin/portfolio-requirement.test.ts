import { describe, expect, it } from 'vitest';
import { CALL, PUT } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { findRoot } from '../math/root.ts';
import { portfolioGroups, shockPoints } from './portfolio-requirement.ts';
import type { RevaluedOption, RevaluedShare } from './portfolio-requirement.ts';
import { PORTFOLIO_RULES, ruleAtVix } from './portfolio-rule.ts';

// Worked example: forward 5000, 30 days, 5 % continuous, a 50-point iron condor.
const YEARS = 30 / 365;
function option(right: number, strike: number, vol: number, quantity: number): RevaluedOption {
  return {
    group: 'broad-index',
    underlying: 'SPX',
    right,
    strike,
    forward: 5000,
    discount: Math.exp(-0.05 * YEARS),
    totalVol: vol * Math.sqrt(YEARS),
    quantity,
    multiplier: 100,
  };
}
const CONDOR = [
  option(PUT, 4650, 0.22, 1),
  option(PUT, 4700, 0.21, -1),
  option(CALL, 5250, 0.13, -1),
  option(CALL, 5300, 0.125, 1),
];
/**
 * Cboe and OCC, portfolio margin comparison of 2007-02-23: 100 contracts of the SPX April series,
 * SPX 1451.19, 100,000 SPDR at 145.30. The forward is fitted (1458.53 over 56 days at 5.3 %), each
 * volatility is that of the listed price.
 */
const DISCOUNT_2007 = Math.exp((-0.053 * 56) / 365);
const LISTED: Readonly<Record<string, number>> = {
  '1460C': 21.66,
  '1460P': 22.55,
  '1450C': 27.57,
  '1450P': 18.72,
  '1500C': 5.96,
};
const SPDR: RevaluedShare = {
  group: 'broad-index',
  underlying: 'SPX',
  price: 145.3,
  quantity: 100_000,
  multiplier: 1,
};

function listed(name: string, quantity: number): RevaluedOption {
  const right = name.endsWith('C') ? CALL : PUT;
  const strike = Number.parseFloat(name);
  const price = (LISTED[name] ?? Number.NaN) / DISCOUNT_2007;
  const root = findRoot((vol) => black76(right, 1458.53, strike, vol) - price, 1e-6, 1);
  return {
    ...option(right, strike, 0, quantity),
    forward: 1458.53,
    discount: DISCOUNT_2007,
    totalVol: root.ok ? root.value : Number.NaN,
  };
}

const TABLE_2007: readonly (readonly [
  string,
  readonly RevaluedOption[],
  readonly RevaluedShare[],
  number,
])[] = [
  ['short call', [listed('1460C', -100)], [], 654_514],
  ['short put', [listed('1460P', -100)], [], 948_203],
  ['covered call', [listed('1460C', -100)], [SPDR], 948_342],
  ['protective put', [listed('1450P', 100)], [SPDR], 272_402],
  ['synthetic long', [listed('1460C', 100), listed('1460P', -100)], [], 1_162_261],
  ['risk reversal', [listed('1450P', 100), listed('1500C', -100)], [], 625_592],
  ['collar', [listed('1450P', 100), listed('1500C', -100)], [SPDR], 212_909],
  ['vertical', [listed('1450C', 100), listed('1500C', -100)], [], 210_984],
  ['long straddle', [listed('1450C', 100), listed('1450P', 100)], [], 7500],
];

const requirement = (options: readonly RevaluedOption[]): number =>
  portfolioGroups(options, [], PORTFOLIO_RULES.exchange).reduce((sum, g) => sum + g.requirement, 0);

describe('portfolio margin', () => {
  it('has ten points in equal steps, and no move is none of them', () => {
    const points = shockPoints({ down: -0.08, up: 0.06 });
    const expected = [-0.08, -0.064, -0.048, -0.032, -0.016, 0.012, 0.024, 0.036, 0.048, 0.06];
    points.forEach((point, i) => expect(point).toBeCloseTo(expected[i] ?? Number.NaN, 12));
  });

  it.each([
    [[18], -0.15],
    [[30], -0.15],
    [[30.1], -0.2],
    [[Number.NaN], -0.2],
    [[31, 28, 24, 24, 24, 24], -0.2],
    [[31, 28, 24, 24, 24, 24, 24], -0.15],
    [[31, 19.9], -0.15],
    [[26, 26, 26, 26], -0.15],
    [[26, 26, 26, 26, 26], -0.2],
  ])('at tastytrade and VIX closes %j reaches down to %s', (closes, down) => {
    const now = closes.at(-1) ?? Number.NaN;
    const before = closes.slice(0, -1);
    expect(ruleAtVix(PORTFOLIO_RULES.tastytrade, now, before).broadIndex.down).toBe(down);
    expect(ruleAtVix(PORTFOLIO_RULES.ibkr, now, before).broadIndex.down).toBe(-0.08);
  });

  it('of a condor: P&L at each point, and the largest loss', () => {
    const [group] = portfolioGroups(CONDOR, [], PORTFOLIO_RULES.exchange);
    const expected = [
      -1690.59, -1124.69, -616.15, -218.86, 7.76, -189.38, -538.64, -1022.87, -1592.0, -2181.24,
    ];
    group?.points.forEach((point, i) => expect(point).toBeCloseTo(expected[i] ?? Number.NaN, 2));
    expect(group?.requirement).toBeCloseTo(2181.24, 2);
  });

  it.each([
    ['a naked put', [option(PUT, 4700, 0.21, -1)], 14_506.69],
    ['a naked call', [option(CALL, 5250, 0.13, -1)], 9702.42],
    ['a long put', [option(PUT, 4700, 0.21, 1)], 2038.7],
  ])('of %s', (_name, options, expected) => {
    expect(requirement(options)).toBeCloseTo(expected, 2);
  });

  it('of a long box is the contract minimum: four times 37.50', () => {
    const box = [
      option(CALL, 4700, 0.21, 1),
      option(CALL, 5250, 0.13, -1),
      option(PUT, 4700, 0.21, -1),
      option(PUT, 5250, 0.13, 1),
    ];
    expect(requirement(box)).toBeCloseTo(150, 6);
  });

  it.each(TABLE_2007)(
    'of a %s in the comparison of 2007, within 1 %%',
    (_name, options, shares, expected) => {
      const [group] = portfolioGroups(options, shares, PORTFOLIO_RULES.exchange);
      expect(Math.abs((group?.requirement ?? Number.NaN) / expected - 1)).toBeLessThanOrEqual(0.01);
    },
  );

  it('moves a leveraged fund by its multiple: options on it as well', () => {
    const base = option(PUT, 4700, 0.21, -1);
    const wide = { ...PORTFOLIO_RULES.exchange, broadIndex: { down: -0.16, up: 0.12 } };
    const [expected] = portfolioGroups([base], [], wide);
    expect(requirement([{ ...base, leverage: 2 }])).toBeCloseTo(expected?.requirement ?? 0, 9);
  });

  it('of a condor under a house range of 15 %', () => {
    const [group] = portfolioGroups(CONDOR, [], PORTFOLIO_RULES.traditional);
    expect(group?.requirement).toBeCloseTo(4085.55, 1);
  });

  it('nets nothing between groups, and lets no NaN pass', () => {
    const vix = {
      ...option(CALL, 20, 0.9, 5),
      group: 'volatility' as const,
      underlying: 'VIX',
      forward: 18,
    };
    const both = portfolioGroups([...CONDOR, vix], [], PORTFOLIO_RULES.exchange);
    expect(both).toHaveLength(2);
    expect(requirement([...CONDOR, vix])).toBeGreaterThan(requirement(CONDOR));
    expect(requirement([{ ...vix, totalVol: Number.NaN }])).toBeNaN();
  });
});
