import { CALL, PUT } from '../contracts/contract-kind.ts';
import type { OptionRight } from '../contracts/contract-kind.ts';
import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import { fillBlack76Greeks, fillBsmGreeks, GREEK_COLUMNS } from '../kernels/bsm-greeks.ts';

/**
 * A European option on an asset with a continuous dividend yield (Black-Scholes-Merton).
 *
 * Units: spot and strike in index points; rate, dividendYield, vol per year, continuous
 * (0.20 = 20 %); yearFraction in years.
 */
export interface BsmInput {
  readonly model: 'bsm';
  readonly right: OptionRight;
  readonly spot: number;
  readonly strike: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly vol: number;
  readonly yearFraction: number;
}

/** A European option on a forward (Black-76). Units as `BsmInput`; discountFactor in (0, ...). */
export interface Black76Input {
  readonly model: 'black76';
  readonly right: OptionRight;
  readonly forward: number;
  readonly strike: number;
  readonly discountFactor: number;
  readonly vol: number;
  readonly yearFraction: number;
}

/** What `priceOption` prices. */
export type OptionInput = BsmInput | Black76Input;

/**
 * Present value of an option and its greeks, per unit of the contract.
 *
 * Units: price in index points; vega, volga, ultima, vanna, zomma per 1.00 of vol; theta, charm,
 * color per year of calendar time that passes; rho and phi per 1.00 of rate and yield. For black76
 * delta, gamma and speed are to the forward and discounted (the forward as a spot with q = r).
 */
export type OptionPrice = { readonly [Column in (typeof GREEK_COLUMNS)[number]]: number };

/** A parameter that breaks the domain of a pricing model, or a result beyond double range. */
export interface PricingError {
  readonly kind: 'invalid-parameter' | 'result-out-of-range';
  readonly parameter: string;
  readonly rule: string;
  readonly value: number;
  readonly unit: string;
  readonly remedy: string;
}

interface ParameterRule {
  readonly unit: string;
  readonly sign: 'any' | 'non-negative' | 'positive';
  readonly remedy: string;
}

const POINTS = 'index points';
const PER_YEAR = 'per year, continuous';
const POSITIVE_PRICE = {
  unit: POINTS,
  sign: 'positive',
  remedy: 'give a price above zero',
} as const;
const ANY_RATE = { unit: PER_YEAR, sign: 'any', remedy: 'give a decimal, 0.05 = 5 %' } as const;

const RULES: Readonly<Record<string, ParameterRule>> = {
  spot: POSITIVE_PRICE,
  forward: POSITIVE_PRICE,
  strike: POSITIVE_PRICE,
  rate: ANY_RATE,
  dividendYield: ANY_RATE,
  discountFactor: {
    unit: 'dimensionless',
    sign: 'positive',
    remedy: 'give exp(-rate * yearFraction)',
  },
  vol: {
    unit: 'per year, 0.20 = 20 %',
    sign: 'non-negative',
    remedy: 'give a decimal, 0.20 = 20 %',
  },
  yearFraction: { unit: 'years', sign: 'non-negative', remedy: 'give the time left to expiry' },
};

/**
 * Price and greeks of a European option, or the first parameter outside its domain.
 *
 * Domain: spot, forward, strike, discountFactor > 0; vol, yearFraction >= 0; all finite; at
 * yearFraction 0 the discount factor is 1. Zero vol or time gives the certain payoff's values.
 * Accuracy: 1e-12 relative. Source: `fillBsmGreeks`.
 */
export function priceOption(input: OptionInput): Result<OptionPrice, PricingError> {
  const fault = firstFault(input);
  if (fault !== undefined) return err(fault);
  const out = new Float64Array(GREEK_COLUMNS.length);
  const right = input.right === 'call' ? CALL : PUT;
  const { strike, vol, yearFraction } = input;
  if (input.model === 'bsm') {
    const { spot, rate, dividendYield } = input;
    fillBsmGreeks(right, spot, strike, rate, dividendYield, vol, yearFraction, out);
  } else {
    const { forward, discountFactor } = input;
    fillBlack76Greeks(right, forward, strike, discountFactor, vol, yearFraction, out);
  }
  return finiteOnly(out);
}

function firstFault(input: OptionInput): PricingError | undefined {
  for (const [parameter, value] of Object.entries(input)) {
    const rule = RULES[parameter];
    if (rule === undefined) continue;
    const broken = brokenRule(rule.sign, value);
    if (broken === undefined) continue;
    const { unit, remedy } = rule;
    return { kind: 'invalid-parameter', parameter, rule: broken, value, unit, remedy };
  }
  if (input.model !== 'black76' || input.yearFraction > 0 || input.discountFactor === 1) {
    return undefined;
  }
  return {
    kind: 'invalid-parameter',
    parameter: 'discountFactor',
    rule: 'must be 1 at yearFraction 0',
    value: input.discountFactor,
    unit: 'dimensionless',
    remedy: 'give 1, or the time left to expiry',
  };
}

function brokenRule(sign: ParameterRule['sign'], value: number): string | undefined {
  if (!Number.isFinite(value)) return 'must be a finite number';
  if (sign === 'positive' && !(value > 0)) return 'must be > 0';
  if (sign === 'non-negative' && !(value >= 0)) return 'must be >= 0';
  return undefined;
}

function finiteOnly(out: Float64Array): Result<OptionPrice, PricingError> {
  const entries = GREEK_COLUMNS.map(
    (column, slot) => [column, (out[slot] ?? Number.NaN) + 0] as const,
  );
  for (const [parameter, value] of entries) {
    if (Number.isFinite(value)) continue;
    return err({
      kind: 'result-out-of-range',
      parameter,
      rule: 'must be within double range',
      value,
      unit: 'per unit',
      remedy: 'give parameters of a usual size',
    });
  }
  return ok(Object.fromEntries(entries) as OptionPrice);
}

/** The error as one line: parameter, rule, value, unit, remedy. */
export function pricingErrorMessage(error: PricingError): string {
  const { parameter, rule, value, unit, remedy } = error;
  return `${parameter} ${rule}, was ${value} (${unit}). Remedy: ${remedy}`;
}
