import { describe, expect, it } from 'vitest';
import { CALL, PUT } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { epochDay } from '../time/epoch-day.ts';
import { portfolioGroups } from './portfolio-requirement.ts';
import type { RevaluedOption, RevaluedShare } from './portfolio-requirement.ts';
import { PORTFOLIO_RULES, portfolioRuleOn } from './portfolio-rule.ts';

const AFTER = portfolioRuleOn(PORTFOLIO_RULES.ibkr, epochDay(2024, 6, 3));
const BEFORE = portfolioRuleOn(PORTFOLIO_RULES.ibkr, epochDay(2022, 5, 23));
const BETWEEN = portfolioRuleOn(PORTFOLIO_RULES.ibkr, epochDay(2022, 9, 23));

function option(change: Partial<RevaluedOption> = {}): RevaluedOption {
  return {
    group: 'broad-index',
    underlying: 'SPX',
    right: PUT,
    strike: 4000,
    forward: 5000,
    discount: 1,
    totalVol: 0.06,
    quantity: -1,
    multiplier: 100,
    ...change,
  };
}

function share(underlying: string, price: number): RevaluedShare {
  return { group: 'equity', underlying, price, quantity: 100, multiplier: 1 };
}

/** The loss of one leg by the exact formula, at a factor on its forward and on its volatility. */
function lossOf(leg: RevaluedOption, factor: number, volFactor: number): number {
  const { right, forward, strike, totalVol } = leg;
  const then = black76(right, forward * factor, strike, totalVol * volFactor);
  return -leg.quantity * 100 * (then - black76(right, forward, strike, totalVol));
}

describe('overlays of Interactive Brokers', () => {
  it('scan volatility up 75 % with the worst move of a broad index', () => {
    const leg = option();
    const [group] = portfolioGroups([leg], [], AFTER);
    const expected = lossOf(leg, 0.92, 1.75);
    expect(expected).toBeGreaterThan(3 * lossOf(leg, 0.92, 1));
    expect(group?.volatilityScanning).toBeCloseTo(expected, 6);
    expect(group).toMatchObject({
      charge: 'volatility-scan',
      requirement: group?.volatilityScanning,
    });
  });

  it('scan volatility down for long options: 150 % down leaves intrinsic value', () => {
    const leg = option({
      group: 'volatility',
      underlying: 'VIX',
      right: CALL,
      strike: 20,
      forward: 18,
      quantity: 10,
      totalVol: 0.4,
    });
    const [group] = portfolioGroups([leg], [], BETWEEN);
    expect(group?.volatilityScanning).toBeCloseTo(1000 * black76(CALL, 18, 20, 0.4), 6);
  });

  it('ask 35 % of the loss of VIX products at +300 %', () => {
    const leg = option({
      group: 'volatility',
      underlying: 'VIX',
      right: CALL,
      strike: 60,
      forward: 18,
      totalVol: 0.2,
    });
    const [group] = portfolioGroups([leg], [], AFTER);
    expect(group?.crash).toBeCloseTo(0.35 * lossOf(leg, 4, 1), 6);
    expect(group).toMatchObject({ charge: 'volatility-crash', requirement: group?.crash });
    expect(portfolioGroups([leg], [], BETWEEN)[0]?.crash).toBe(0);
  });

  it('come into force on their days', () => {
    expect(BEFORE.volatilityScan).toBeUndefined();
    expect(BETWEEN.volatilityScan).toBeDefined();
    expect(BETWEEN.volatilityCrash).toBeUndefined();
    expect(AFTER.volatilityCrash).toBeDefined();
    expect(PORTFOLIO_RULES.exchange.volatilityScan).toBeUndefined();
  });

  it('ask 30 % of the two riskiest shares and 5 % of the rest where that is more', () => {
    const shares = [share('A', 100), share('B', 50), share('C', 20), share('D', 20)];
    const groups = portfolioGroups([], shares, AFTER);
    const total = groups.reduce((sum, { requirement }) => sum + requirement, 0);
    // 15 % of 19,000 are 2,850; 30 % of 15,000 and 5 % of 4,000 are 4,700.
    expect(total).toBeCloseTo(4700, 9);
    expect(groups[0]).toMatchObject({ underlying: 'A', charge: 'concentration' });
    expect(groups[0]?.concentration).toBeCloseTo(1850, 9);
  });

  it('leave spread books of shares alone: ten equal ones need more by their own ranges', () => {
    const shares = Array.from({ length: 10 }, (_unused, at) => share(`S${at}`, 100));
    const groups = portfolioGroups([], shares, AFTER);
    // 15 % of each is 1,500; 30 % of two and 5 % of eight are 1,000 x (0.6 + 0.4) x 10.
    expect(groups.reduce((sum, { requirement }) => sum + requirement, 0)).toBeCloseTo(15_000, 9);
    expect(groups.every(({ charge }) => charge === 'scan')).toBe(true);
  });

  it('make an unknown volatility an unknown requirement', () => {
    const [group] = portfolioGroups([option({ totalVol: Number.NaN })], [], AFTER);
    expect(group?.requirement).toBeNaN();
  });
});
