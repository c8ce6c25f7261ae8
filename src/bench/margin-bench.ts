import { CALL, PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import { portfolioGroups } from '../margin/portfolio-requirement.ts';
import type { RevaluedOption } from '../margin/portfolio-requirement.ts';
import { PORTFOLIO_RULES } from '../margin/portfolio-rule.ts';
import type { PortfolioMarginRule } from '../margin/portfolio-rule.ts';
import { createMarginCalculator } from '../margin/strategy-requirement.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';

const LEGS = 200;
const CONDORS_PER_EXPIRY = 5;
const CALLS = 2000;
const PORTFOLIO_CALLS = 200;
const UNBALANCED_CALLS = 200;
const REPEATS = 9;
const SPOTS = { spx: 5000, vix: 16 };

/** Either requirement of fifty SPX iron condors over ten expiries: two hundred legs. */
export const MARGIN_BENCH: Benchmark = {
  names: [
    'margin.regT.200legs.ms',
    'margin.regT.200legs.unbalanced.ms',
    'margin.portfolio.200legs.ms',
    'margin.portfolio.200legs.ibkr.ms',
  ],
  run: async () => {
    const calculator = createMarginCalculator(MARGIN_PROFILES.ibkr);
    const legs = condors();
    let sum = 0;
    const seconds = await timeRepeats(REPEATS, () => {
      for (let call = 0; call < CALLS; call += 1) sum += calculator.requirement(legs, SPOTS);
    });
    if (!(sum > 0)) throw new Error('Invariant: condors require margin');
    return [
      {
        name: 'margin.regT.200legs.ms',
        unit: 'ms',
        value: (1000 * medianOf(seconds)) / CALLS,
        n: CALLS,
        repeats: REPEATS,
      },
      await unbalanced(),
      await portfolio('margin.portfolio.200legs.ms', PORTFOLIO_RULES.exchange),
      await portfolio('margin.portfolio.200legs.ibkr.ms', PORTFOLIO_RULES.ibkr),
    ];
  },
};

/** The same book with one long more at every third leg: every series is assigned leg by leg. */
async function unbalanced(): Promise<Measurement> {
  const calculator = createMarginCalculator(MARGIN_PROFILES.ibkr);
  const legs = condors();
  const quantity = legs.quantity.map((contracts, slot) =>
    contracts > 0 && slot % 3 === 0 ? contracts + 1 : contracts,
  );
  let sum = 0;
  const seconds = await timeRepeats(REPEATS, () => {
    for (let call = 0; call < UNBALANCED_CALLS; call += 1) {
      sum += calculator.requirement({ ...legs, quantity }, SPOTS);
    }
  });
  if (!(sum > 0)) throw new Error('Invariant: condors require margin');
  return {
    name: 'margin.regT.200legs.unbalanced.ms',
    unit: 'ms',
    value: (1000 * medianOf(seconds)) / UNBALANCED_CALLS,
    n: UNBALANCED_CALLS,
    repeats: REPEATS,
  };
}

/** The points of the same condors, each leg with its own volatility, at another level each call. */
async function portfolio(name: string, rule: PortfolioMarginRule): Promise<Measurement> {
  const legs = condors();
  const options = Array.from({ length: LEGS }, (_unused, slot): RevaluedOption => ({
    group: 'broad-index',
    underlying: 'SPX',
    right: legs.right[slot] ?? Number.NaN,
    strike: legs.strike[slot] ?? Number.NaN,
    forward: 5000,
    discount: 0.99,
    totalVol: 0.05,
    quantity: legs.quantity[slot] ?? Number.NaN,
    multiplier: 100,
  }));
  let sum = 0;
  const seconds = await timeRepeats(REPEATS, () => {
    for (let call = 0; call < PORTFOLIO_CALLS; call += 1) {
      const today = options.map((leg) => ({ ...leg, forward: leg.forward + (call % 9) }));
      sum += portfolioGroups(today, [], rule)[0]?.requirement ?? Number.NaN;
    }
  });
  if (!(sum > 0)) throw new Error('Invariant: condors require margin');
  return {
    name,
    unit: 'ms',
    value: (1000 * medianOf(seconds)) / PORTFOLIO_CALLS,
    n: PORTFOLIO_CALLS,
    repeats: REPEATS,
  };
}

/** Condors with 100-point wings, each a little further out than the last. */
function condors(): LegColumns {
  const first = epochDay(2025, 3, 21);
  const column = (value: (condor: number, leg: number) => number): readonly number[] =>
    Array.from({ length: LEGS }, (_, slot) => value(Math.floor(slot / 4), slot % 4));
  return {
    count: LEGS,
    kind: new Uint8Array(LEGS).fill(SPX_OPTION),
    right: Uint8Array.from(column((_, leg) => (leg < 2 ? PUT : CALL))),
    strike: Float64Array.from(column(strike)),
    expiry: Int32Array.from(
      column((condor) => first + 7 * Math.floor(condor / CONDORS_PER_EXPIRY)),
    ),
    settlement: new Uint8Array(LEGS).fill(PM),
    quantity: Int32Array.from(
      column((condor, leg) => (leg === 0 || leg === 3 ? 1 : -1) * (1 + (condor % 3))),
    ),
    mark: Float64Array.from(column((_, leg) => (leg === 0 || leg === 3 ? 4 : 9))),
  };
}

/** Strikes of a condor's long put, short put, short call and long call. */
function strike(condor: number, leg: number): number {
  const distance = 200 + 25 * (condor % CONDORS_PER_EXPIRY);
  const wing = leg === 0 || leg === 3 ? 100 : 0;
  return leg < 2 ? 5000 - distance - wing : 5000 + distance + wing;
}
