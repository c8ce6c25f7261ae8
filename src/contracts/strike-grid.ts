import { assertNever } from '../core/assert-never.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** The step of listed strikes up to a number of days to expiry and within a band of moneyness. */
export interface StrikeStepRule {
  readonly kind: 'spx-option' | 'xsp-option';
  /** Applies up to this many calendar days to expiry. */
  readonly daysUpTo: number;
  /** Band of strike / index level, both ends included. */
  readonly moneyness: readonly [number, number];
  /** Points of the product. */
  readonly step: number;
  readonly source: string;
}

const ANY = Number.POSITIVE_INFINITY;
const SPX_SPECIFICATION = 'Cboe SPX specification (5 near, then 10, 25 and more)';
const SEEN = `${SPX_SPECIFICATION}; every AM monthly of 2011, 2019 and 2022-2024 has them`;

/** Steps of index strikes; the first row that fits applies. */
export const STRIKE_STEPS: readonly StrikeStepRule[] = [
  { kind: 'spx-option', daysUpTo: 70, moneyness: [0.95, 1.03], step: 5, source: SEEN },
  { kind: 'spx-option', daysUpTo: 70, moneyness: [0.8, 1.06], step: 10, source: SEEN },
  { kind: 'spx-option', daysUpTo: ANY, moneyness: [0, ANY], step: 25, source: SPX_SPECIFICATION },
  {
    kind: 'xsp-option',
    daysUpTo: ANY,
    moneyness: [0, ANY],
    step: 1,
    source: 'Cboe XSP specification (1 below 200, 5 above; weeklies finer): 1 assumed throughout',
  },
];

const HALF_POINT_VIX_FROM = epochDay(2012, 1, 1);

/**
 * Step of listed index strikes, in the product's points; NaN when no row fits.
 *
 * Domain: moneyness = strike / index level, near the money when left out. Accuracy: a grid that
 * existed for AM monthlies; weekly series listed since 2022 start with fewer strikes.
 */
export function strikeStep(
  kind: 'spx-option' | 'xsp-option',
  daysToExpiry: number,
  moneyness = 1,
): number {
  for (const rule of STRIKE_STEPS) {
    const [low, high] = rule.moneyness;
    if (rule.kind !== kind || !(daysToExpiry <= rule.daysUpTo)) continue;
    if (moneyness >= low && moneyness <= high) return rule.step;
  }
  return Number.NaN;
}

/** The multiple of a step beside a strike: below, above, or nearest (a half goes up). */
export function nearestStrike(
  strike: number,
  step: number,
  direction: 'down' | 'up' | 'nearest',
): number {
  switch (direction) {
    case 'down':
      return Math.floor(strike / step) * step;
    case 'up':
      return Math.ceil(strike / step) * step;
    case 'nearest':
      return Math.round(strike / step) * step;
    default:
      return assertNever(direction);
  }
}

/**
 * Nearest listed VIX strike: steps of 0.5 below 15 (since 2012, 1 before), 1 below 200, then 5.
 *
 * Source: Cboe VIX option specification; the 2012 date is an assumption.
 */
export function nearestVixStrike(strike: number, day: EpochDay): number {
  let step = 1;
  if (strike >= 200) step = 5;
  else if (strike < 15 && day >= HALF_POINT_VIX_FROM) step = 0.5;
  return nearestStrike(strike, step, 'nearest');
}
