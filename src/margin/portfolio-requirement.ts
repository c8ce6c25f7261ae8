import { logForwardOverStrike } from '../kernels/black76.ts';
import { scenarioPrice } from '../kernels/scenario-price.ts';
import type {
  ConcentrationRule,
  PortfolioMarginRule,
  ProductGroup,
  ShockRange,
  VolatilityScan,
} from './portfolio-rule.ts';

/** An option as portfolio margin revalues it: its own volatility and the time stay. */
export interface RevaluedOption {
  readonly group: ProductGroup;
  /** Underlying within the group: only equal names net. */
  readonly underlying: string;
  /** CALL or PUT, see contract-kind. */
  readonly right: number;
  readonly strike: number;
  /** Forward now, its own points; scaled by the shock. */
  readonly forward: number;
  readonly discount: number;
  /** Implied volatility times root of time. */
  readonly totalVol: number;
  /** Contracts, signed. */
  readonly quantity: number;
  readonly multiplier: number;
  /** Moves of the underlying for one of the shock, 1 unless told: leveraged funds. */
  readonly leverage?: number;
}

/** A share or fund: moves with its underlying one for one. */
export interface RevaluedShare {
  readonly group: ProductGroup;
  readonly underlying: string;
  readonly price: number;
  readonly quantity: number;
  /** Dollars per point, times leverage. */
  readonly multiplier: number;
}

/** Which of the charges of an underlying is its requirement. */
export type PortfolioCharge =
  | 'scan'
  | 'minimum'
  | 'volatility-scan'
  | 'volatility-crash'
  | 'concentration';

/** The requirement of one underlying, with the points it came from; dollars. */
export interface PortfolioGroup {
  readonly group: ProductGroup;
  readonly underlying: string;
  /** P&L at the ten points, from the lowest to the highest. */
  readonly points: readonly number[];
  /** Largest loss at the points. */
  readonly scanning: number;
  /** Largest loss at the points with volatility up or down; 0 at houses without such a scan. */
  readonly volatilityScanning: number;
  /** Charge for the far move of VIX products; 0 at houses without one. */
  readonly crash: number;
  /** Least charge by contracts. */
  readonly minimum: number;
  /** What concentration adds. */
  readonly concentration: number;
  readonly charge: PortfolioCharge;
  readonly requirement: number;
}

/** Factor on a price that stands for nothing left of it. */
const LEAST_FACTOR = 1e-12;

/** Valuation points on either side of no move. */
const POINTS_A_SIDE = 5;

/**
 * The ten shocks of a range: five equal steps down, five up; no move is not a point.
 *
 * Source: SEC Rel. 34-46576; FINRA Rule 4210(g)(2)(G).
 */
export function shockPoints(range: ShockRange): readonly number[] {
  const steps = Array.from({ length: POINTS_A_SIDE }, (_unused, i) => (i + 1) / POINTS_A_SIDE);
  const down = steps.map((step) => step * range.down).toReversed();
  return [...down, ...steps.map((step) => step * range.up)];
}

/** Legs of one underlying. */
interface Held {
  readonly options: readonly RevaluedOption[];
  readonly shares: readonly RevaluedShare[];
}

/**
 * Portfolio margin by underlying (TIMS-like): the largest of the largest loss over the ten points,
 * the contract minimum and the house's scans of volatility and of a far move of the VIX; and what
 * concentration adds. Time and implied volatilities stay but in the scans of volatility; nothing
 * offsets between underlyings.
 *
 * Errors: NaN in a leg makes its group's requirement NaN, which no gate lets pass.
 * Source: FINRA Rule 4210(g); OCC TIMS; checked against the Cboe and OCC table of 2007; overlays as
 * in the rule.
 */
export function portfolioGroups(
  options: readonly RevaluedOption[],
  shares: readonly RevaluedShare[],
  rule: PortfolioMarginRule,
): readonly PortfolioGroup[] {
  const names = new Map<string, { readonly group: ProductGroup; readonly underlying: string }>();
  for (const { group, underlying } of [...options, ...shares]) {
    names.set(`${group} ${underlying}`, { group, underlying });
  }
  const held = [...names.values()].map(({ group, underlying }): Held => ({
    options: options.filter((leg) => leg.group === group && leg.underlying === underlying),
    shares: shares.filter((leg) => leg.group === group && leg.underlying === underlying),
  }));
  const groups = [...names.values()].map((name, at) =>
    groupOf(name, held[at] ?? { options: [], shares: [] }, rule),
  );
  return rule.concentration === undefined
    ? groups
    : withConcentration(groups, held, rule.concentration);
}

function groupOf(
  { group, underlying }: Pick<PortfolioGroup, 'group' | 'underlying'>,
  held: Held,
  rule: PortfolioMarginRule,
): PortfolioGroup {
  const shocks = shockPoints(rangeOf(group, rule));
  const { volatilityScan, volatilityCrash } = rule;
  const move = volatilityScan === undefined ? 0 : shiftOf(group, volatilityScan);
  const profits = scannedProfits(held, shocks, move > 0 ? [0, move, -move] : [0]);
  const points = profits.subarray(0, shocks.length);
  const scanning = largestLoss(points);
  const volatilityScanning = move > 0 ? largestLoss(profits.subarray(shocks.length)) : 0;
  const crash =
    volatilityCrash === undefined || group !== 'volatility'
      ? 0
      : volatilityCrash.share * largestLoss(profitsAt(held, [volatilityCrash.move]));
  const minimum = held.options.reduce(
    (sum, { quantity, multiplier }) => sum + Math.abs(quantity) * rule.minimumPerPoint * multiplier,
    0,
  );
  const requirement = Math.max(scanning, minimum, volatilityScanning, crash);
  return {
    group,
    underlying,
    points: [...points],
    scanning,
    volatilityScanning,
    crash,
    minimum,
    concentration: 0,
    charge: chargeOf({ scanning, minimum, volatilityScanning }, requirement),
    requirement,
  };
}

function chargeOf(
  charges: Pick<PortfolioGroup, 'scanning' | 'minimum' | 'volatilityScanning'>,
  requirement: number,
): PortfolioCharge {
  if (charges.scanning === requirement) return 'scan';
  if (charges.minimum === requirement) return 'minimum';
  return charges.volatilityScanning === requirement ? 'volatility-scan' : 'volatility-crash';
}

/** NaN where a point is NaN. */
function largestLoss(points: Float64Array): number {
  return Math.max(0, -Math.min(...points));
}

/** Adds what concentration requires beyond the equity group's own requirements to its riskiest. */
function withConcentration(
  groups: readonly PortfolioGroup[],
  held: readonly Held[],
  { riskiest, wideMove, narrowMove }: ConcentrationRule,
): readonly PortfolioGroup[] {
  const lossOf = (at: number, move: number): number =>
    largestLoss(profitsAt(held[at] ?? { options: [], shares: [] }, [-move, move]));
  const equities = [...groups.keys()].filter((at) => groups[at]?.group === 'equity');
  const byRisk = equities
    .map((at) => ({ at, wide: lossOf(at, wideMove) }))
    .sort((a, b) => b.wide - a.wide);
  const own = equities.reduce((sum, at) => sum + (groups[at]?.requirement ?? Number.NaN), 0);
  const required = byRisk.reduce(
    (sum, { at, wide }, place) => sum + (place < riskiest ? wide : lossOf(at, narrowMove)),
    0,
  );
  const added = Math.max(0, required - own);
  if (!(added > 0)) return groups;
  return groups.map((group, at) =>
    at === byRisk[0]?.at
      ? {
          ...group,
          concentration: added,
          charge: 'concentration',
          requirement: group.requirement + added,
        }
      : group,
  );
}

/** Move of the volatility of a product group in a scan, a share of itself. */
export function shiftOf(group: ProductGroup, scan: VolatilityScan): number {
  switch (group) {
    case 'broad-index':
      return scan.broadIndex;
    case 'volatility':
      return scan.volatility;
    case 'equity':
      return scan.equity;
  }
}

/** The range of a product group. */
export function rangeOf(group: ProductGroup, rule: PortfolioMarginRule): ShockRange {
  switch (group) {
    case 'broad-index':
      return rule.broadIndex;
    case 'volatility':
      return rule.volatility;
    case 'equity':
      return rule.equity;
  }
}

/** P&L at each shock, dollars, at the volatilities as they are. */
function profitsAt(held: Held, shocks: readonly number[]): Float64Array {
  return scannedProfits(held, shocks, [0]);
}

/**
 * P&L at each shock for each move of the volatilities, a share of themselves; dollars, in the order
 * [move][shock]. Every leg is valued once where it stands and once at each point.
 */
function scannedProfits(
  { options, shares }: Held,
  shocks: readonly number[],
  moves: readonly number[],
): Float64Array {
  const profits = new Float64Array(moves.length * shocks.length);
  const factors = Float64Array.from(shocks, (shock) => 1 + shock);
  const logs = factors.map((factor) => Math.log(factor));
  for (const leg of options) {
    const { leverage = 1 } = leg;
    if (leverage === 1) addProfits(leg, { factors, logs, moves }, profits);
    else {
      // A leveraged fund falls to nothing at most.
      const own = Float64Array.from(shocks, (shock) =>
        Math.max(LEAST_FACTOR, 1 + shock * leverage),
      );
      addProfits(
        leg,
        { factors: own, logs: own.map((factor) => Math.log(factor)), moves },
        profits,
      );
    }
  }
  for (const { price, quantity, multiplier } of shares) {
    for (let at = 0; at < profits.length; at += 1) {
      const shock = shocks[at % shocks.length] ?? Number.NaN;
      profits[at] = (profits[at] ?? 0) + quantity * multiplier * price * shock;
    }
  }
  return profits;
}

/** Factors on the forward, their logarithms, and moves of the volatility. */
interface Scenarios {
  readonly factors: Float64Array;
  readonly logs: Float64Array;
  readonly moves: readonly number[];
}

function addProfits(
  leg: RevaluedOption,
  { factors, logs, moves }: Scenarios,
  profits: Float64Array,
): void {
  const { right, forward, strike, totalVol, discount } = leg;
  const x = logForwardOverStrike(forward, strike);
  const now = scenarioPrice(right, forward, strike, totalVol, x);
  const dollars = leg.quantity * leg.multiplier * discount;
  let at = 0;
  for (const move of moves) {
    const scanned = totalVol * Math.max(0, 1 + move);
    for (let point = 0; point < factors.length; point += 1) {
      const moved = forward * (factors[point] ?? Number.NaN);
      const then = scenarioPrice(right, moved, strike, scanned, x + (logs[point] ?? Number.NaN));
      profits[at] = (profits[at] ?? 0) + dollars * (then - now);
      at += 1;
    }
  }
}
