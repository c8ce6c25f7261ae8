import { CALL, PUT } from '../contracts/contract-kind.ts';
import type { IntentLeg } from './intent.ts';
import type { ShortStrikeRule, WingRule } from './policy.ts';

/** What strike selection may ask the market; index points of the product traded. */
export interface StrikeMarket {
  readonly spot: number;
  /** Step of the listed grid. */
  readonly step: number;
  /** The expected-move band: centre and both edges. */
  readonly band: (rule: Extract<ShortStrikeRule, { selector: 'em' }>) => {
    readonly centre: number;
    readonly lower: number;
    readonly upper: number;
  };
  /** Forward to the expiry. */
  readonly forward: number;
  /** Unrounded strike with this absolute delta. */
  readonly strikeForDelta: (right: number, delta: number) => number;
}

/** Strikes of a condor (or of a strangle, which ignores the wings), ascending. */
export interface CondorStrikes {
  readonly centre: number;
  readonly longPut: number;
  readonly shortPut: number;
  readonly shortCall: number;
  readonly longCall: number;
}

/**
 * Strikes on the listed grid, or why there are none. Shorts are rounded outward, away from the
 * centre; wings of `pct` and `points` are equally wide, at least one step.
 */
export function condorStrikes(
  shorts: ShortStrikeRule,
  wings: WingRule,
  market: StrikeMarket,
): CondorStrikes | 'no-strikes' {
  const { step } = market;
  const edges = shortEdges(shorts, market);
  const shortPut = Math.floor(edges.lower / step + 1e-9) * step;
  const shortCall = Math.ceil(edges.upper / step - 1e-9) * step;
  let longPut: number;
  let longCall: number;
  if (wings.selector === 'delta') {
    longPut = nearest(market.strikeForDelta(PUT, wings.delta), step);
    longCall = nearest(market.strikeForDelta(CALL, wings.delta), step);
    longPut = Math.min(longPut, shortPut - step);
    longCall = Math.max(longCall, shortCall + step);
  } else {
    const points = wings.selector === 'pct' ? wings.width * market.spot : wings.width;
    const width = Math.max(step, nearest(points, step));
    longPut = shortPut - width;
    longCall = shortCall + width;
  }
  const ordered = 0 < longPut && longPut < shortPut && shortPut < shortCall && shortCall < longCall;
  if (!ordered) return 'no-strikes';
  return { centre: edges.centre, longPut, shortPut, shortCall, longCall };
}

function shortEdges(
  rule: ShortStrikeRule,
  market: StrikeMarket,
): { readonly centre: number; readonly lower: number; readonly upper: number } {
  switch (rule.selector) {
    case 'em':
      return market.band(rule);
    case 'delta':
      return {
        centre: market.forward,
        lower: nearest(market.strikeForDelta(PUT, rule.delta), market.step),
        upper: nearest(market.strikeForDelta(CALL, rule.delta), market.step),
      };
    case 'points':
      return {
        centre: market.spot,
        lower: market.spot - rule.points,
        upper: market.spot + rule.points,
      };
  }
}

function nearest(strike: number, step: number): number {
  return Math.round(strike / step) * step;
}

/** What all legs of a structure share. */
export interface LegProduct {
  readonly kind: number;
  /** EpochDay. */
  readonly expiry: number;
  readonly settlement: number;
}

/** The legs of one condor, put side first; ratios per unit. */
export function condorLegs(strikes: CondorStrikes, product: LegProduct): readonly IntentLeg[] {
  return [
    leg(product, PUT, strikes.longPut, 1),
    leg(product, PUT, strikes.shortPut, -1),
    leg(product, CALL, strikes.shortCall, -1),
    leg(product, CALL, strikes.longCall, 1),
  ];
}

/** The legs of one strangle: the condor's shorts without its wings. */
export function strangleLegs(strikes: CondorStrikes, product: LegProduct): readonly IntentLeg[] {
  return [leg(product, PUT, strikes.shortPut, -1), leg(product, CALL, strikes.shortCall, -1)];
}

function leg(product: LegProduct, right: number, strike: number, ratio: number): IntentLeg {
  const { kind, expiry, settlement } = product;
  return { kind, right, strike, expiry, settlement, ratio };
}
