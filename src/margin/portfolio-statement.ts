import { CALL, PUT } from '../contracts/contract-kind.ts';
import { black76 } from '../kernels/black76.ts';
import { findRoot } from '../math/root.ts';
import { yearsToExpiry } from '../time/year-fraction.ts';
import { marginRulesOf } from './house-rule.ts';
import { underlyingOf } from './margin-position.ts';
import type { MarginPosition, MarginRequest, StatementGroup } from './margin-position.ts';
import { portfolioGroups } from './portfolio-requirement.ts';
import type { PortfolioGroup, RevaluedOption, RevaluedShare } from './portfolio-requirement.ts';
import { portfolioRuleOn, ruleAtVix, SP500_FUNDS, VOLATILITY_FUNDS } from './portfolio-rule.ts';
import type { PortfolioMarginRule, ProductGroup } from './portfolio-rule.ts';

/** Fraction of the day at which a statement is drawn: the close. */
const CLOSE = 16 / 24;

/** Portfolio margin of a request's options and shares by underlying; dollars. */
export function portfolioStatement(request: MarginRequest): readonly StatementGroup[] {
  const vix = request.spot.get('VIX') ?? Number.NaN;
  const { portfolio } = request.rules ?? marginRulesOf(request.broker);
  const rule = portfolioRuleOn(ruleAtVix(portfolio, vix, request.vixCloses), request.day);
  const options: RevaluedOption[] = [];
  const shares: RevaluedShare[] = [];
  for (const position of request.positions) {
    if (position.kind.endsWith('-option')) options.push(revalued(request, position));
    else if (position.kind === 'etp' || position.kind === 'equity') {
      shares.push({
        ...groupOf(position),
        price: position.price,
        quantity: position.quantity,
        multiplier: position.leverage ?? 1,
      });
    }
  }
  return portfolioGroups(options, shares, rule).map((group) => {
    const own = request.positions
      .map((position, place) => ({ position, place }))
      .filter(({ position }) => isRevalued(position) && sameGroup(position, group));
    return {
      rule: 'portfolio-margin',
      source: sourceOf(group, rule),
      portfolio: group,
      legs: own.map(({ place }) => place),
      quantities: own.map(({ position }) => position.quantity),
      requirement: group.requirement * rule.initialRatio,
      maintenance: group.requirement,
    };
  });
}

/** The rule's source, and that of the overlay that made the number. */
function sourceOf({ charge }: PortfolioGroup, rule: PortfolioMarginRule): string {
  const overlay = {
    scan: undefined,
    minimum: undefined,
    'volatility-scan': rule.volatilityScan,
    'volatility-crash': rule.volatilityCrash,
    concentration: rule.concentration,
  }[charge];
  return overlay === undefined ? rule.source : `${rule.source}; ${overlay.source}`;
}

function isRevalued({ kind }: MarginPosition): boolean {
  return kind !== 'vx-future' && kind !== 'vxm-future';
}

function sameGroup(
  position: MarginPosition,
  group: { readonly group: ProductGroup; readonly underlying: string },
): boolean {
  const own = groupOf(position);
  return own.group === group.group && own.underlying === group.underlying;
}

function groupOf(position: MarginPosition): {
  readonly group: ProductGroup;
  readonly underlying: string;
} {
  switch (position.kind) {
    case 'spx-option':
    case 'xsp-option':
      // SPX and XSP are one class group: a tenth of the same index.
      return { group: 'broad-index', underlying: 'SPX' };
    case 'vix-option':
    case 'vx-future':
    case 'vxm-future':
      return { group: 'volatility', underlying: 'VIX' };
    case 'equity-option':
    case 'etp':
    case 'equity':
      return fundGroup(position);
  }
}

/** S&P 500 funds net with the index, volatility funds move with the VIX range, each on its own. */
function fundGroup(position: MarginPosition): {
  readonly group: ProductGroup;
  readonly underlying: string;
} {
  const underlying = underlyingOf(position);
  if (SP500_FUNDS.has(underlying)) return { group: 'broad-index', underlying: 'SPX' };
  if (VOLATILITY_FUNDS.has(underlying)) return { group: 'volatility', underlying };
  return { group: position.broadIndex === true ? 'broad-index' : 'equity', underlying };
}

/**
 * An option with its own volatility: the given one, else that of its price. Where both are given
 * the discount factor is what reconciles them.
 */
function revalued(request: MarginRequest, position: MarginPosition): RevaluedOption {
  const { strike = Number.NaN, price, expiry, quantity } = position;
  const right = position.right === 'call' ? CALL : PUT;
  const forward = position.forward ?? spotOf(request, position);
  const years =
    expiry === undefined
      ? Number.NaN
      : yearsToExpiry(request.day, CLOSE, expiry.day, expiry.settlement === 'AM' ? 0 : 1);
  const totalVol =
    position.impliedVol === undefined
      ? totalVolOf(right, forward, strike, price)
      : position.impliedVol * Math.sqrt(years);
  const undiscounted = black76(right, forward, strike, totalVol);
  const implied = price / undiscounted;
  const reconciled = position.impliedVol !== undefined && implied > 0.8 && implied < 1;
  return {
    ...groupOf(position),
    right,
    strike,
    forward,
    discount: reconciled ? implied : 1,
    totalVol,
    quantity,
    multiplier: 100,
    leverage: position.leverage ?? 1,
  };
}

function spotOf(request: MarginRequest, position: MarginPosition): number {
  const spx = request.spot.get('SPX') ?? Number.NaN;
  if (position.kind === 'xsp-option') return spx / 10;
  return position.kind === 'spx-option'
    ? spx
    : (request.spot.get(underlyingOf(position)) ?? Number.NaN);
}

/** Total volatility of a price; a price at or below intrinsic has none: 0. */
function totalVolOf(right: number, forward: number, strike: number, price: number): number {
  const over = (totalVol: number): number => black76(right, forward, strike, totalVol) - price;
  if (!(over(0) < 0)) return Number.isNaN(over(0)) ? Number.NaN : 0;
  const root = findRoot(over, 0, 20);
  return root.ok ? root.value : Number.NaN;
}
