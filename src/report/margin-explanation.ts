import { marginRulesOf } from '../margin/house-rule.ts';
import type { MarginPosition, MarginRequest, StatementGroup } from '../margin/margin-position.ts';
import { underlyingOf } from '../margin/margin-position.ts';
import type { OptionMarginRule } from '../margin/margin-profile.ts';
import type { MarginStatement } from '../margin/margin-statement.ts';
import { shareOptionRule } from '../margin/margin-statement.ts';
import { rangeOf, shockPoints } from '../margin/portfolio-requirement.ts';
import type { PortfolioCharge } from '../margin/portfolio-requirement.ts';
import { ruleAtVix } from '../margin/portfolio-rule.ts';
import type { ProductGroup, ShockRange } from '../margin/portfolio-rule.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdChange } from './format-number.ts';
import { wrapText } from './text-table.ts';

const WIDTH = 100;
const INDENT = '   ';

/**
 * Each group worked out in numbers, as the examples of a margin manual are: the contracts, the
 * arithmetic, the rule and its date, then initial, maintenance and buying power effect.
 */
export function explainMargin(request: MarginRequest, statement: MarginStatement): string {
  return statement.groups
    .map((group, index) => {
      const legs = legsOf(request, group);
      const lines = [
        `${formatNumber(index + 1)}. ${group.rule}`,
        ...[
          ...legs.map(positionText),
          ...working(request, group, legs),
          ...ruleLines(request, group, legs),
          ...totals(group, legs),
        ].map((line) => `${INDENT}${line}`),
      ];
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** The group's part of its positions. */
function legsOf(request: MarginRequest, group: StatementGroup): readonly MarginPosition[] {
  return group.legs.flatMap((place, index) => {
    const position = request.positions[place];
    return position === undefined
      ? []
      : [{ ...position, quantity: group.quantities[index] ?? Number.NaN }];
  });
}

function positionText(position: MarginPosition): string {
  const { kind, right, strike, expiry, quantity, price } = position;
  const side = quantity > 0 ? 'long' : 'short';
  const series = expiry === undefined ? '' : ` ${formatIsoDate(expiry.day)} ${expiry.settlement}`;
  const option = strike === undefined ? '' : ` ${strike} ${right ?? ''}`;
  const name = kind.endsWith('-future') ? kind : underlyingOf(position);
  return `${side} ${formatNumber(Math.abs(quantity))} ${name}${series}${option} at ${price}`;
}

function working(
  request: MarginRequest,
  group: StatementGroup,
  legs: readonly MarginPosition[],
): readonly string[] {
  switch (group.rule) {
    case 'universal-spread':
      return spreadWorking(group, legs);
    case 'short-option':
      return shortWorking(request, group, legs);
    case 'long-option':
      return ['paid in full; no further requirement'];
    case 'covered-call':
      return ['100 shares for each call: no requirement of its own'];
    case 'covered-put':
      return ['100 short shares for each put: 100 × its in-the-money amount'];
    case 'long-share':
    case 'short-share':
      return legs.map(({ quantity, price, leverage = 1 }) => {
        const value = Math.abs(quantity) * price;
        const share = formatPercent(group.requirement / value, 1);
        const hold = formatPercent(group.maintenance / value, 1);
        return `value ${formatUsd(value, 2)}: ${share} to open, ${hold} to hold (leverage ${leverage})`;
      });
    case 'portfolio-margin':
      return portfolioWorking(request, group);
    default:
      return [];
  }
}

/** The ten points and every charge, the deciding one marked. */
function portfolioWorking(request: MarginRequest, group: StatementGroup): readonly string[] {
  const { portfolio } = group;
  if (portfolio === undefined) return [];
  const { points, charge, scanning, minimum, volatilityScanning, crash, concentration } = portfolio;
  const shocks = shockPoints(rangeAt(request, portfolio.group));
  const charges: readonly (readonly [PortfolioCharge, string, number])[] = [
    ['scan', 'largest loss at the points', scanning],
    ['minimum', 'least charge by contracts', minimum],
    ['volatility-scan', 'largest loss with volatility moved too', volatilityScanning],
    ['volatility-crash', 'share of the loss at the far move', crash],
    ['concentration', 'added for concentration', concentration],
  ];
  return [
    `gain or loss of ${portfolio.underlying} revalued at ten moves:`,
    ...shocks.map(
      (shock, at) =>
        `at ${formatPercent(shock, 1)}: ${formatUsdChange(points[at] ?? Number.NaN, 2)}`,
    ),
    ...charges
      .filter(([name, , dollars]) => dollars > 0 || name === charge)
      .map(
        ([name, text, dollars]) =>
          `${text} ${formatUsd(dollars, 2)}${name === charge ? ' (decides)' : ''}`,
      ),
  ];
}

function rangeAt(request: MarginRequest, group: ProductGroup): ShockRange {
  const { portfolio } = request.rules ?? marginRulesOf(request.broker);
  const vix = request.spot.get('VIX') ?? Number.NaN;
  return rangeOf(group, ruleAtVix(portfolio, vix, request.vixCloses));
}

/** Net intrinsic at the strikes, the least of which is the largest loss. */
function spreadWorking(group: StatementGroup, legs: readonly MarginPosition[]): readonly string[] {
  const strikes = [...new Set(legs.map(({ strike }) => strike ?? 0))].toSorted((a, b) => a - b);
  const at = (level: number): number =>
    legs.reduce((sum, { right, strike = 0, quantity }) => {
      const money = right === 'call' ? level - strike : strike - level;
      return sum + quantity * 100 * Math.max(0, money);
    }, 0);
  const worst = Math.max(0, -Math.min(at(0), ...strikes.map(at)));
  const raised = Math.abs(group.requirement - worst) > 0.005;
  return [
    'net intrinsic, premium left out:',
    ...strikes.map((strike) => `at ${strike}: ${formatUsd(at(strike))}`),
    `largest loss ${formatUsd(worst, 2)}`,
    ...(raised ? ['sides, factors or least amounts of the house make it more'] : []),
  ];
}

function shortWorking(
  request: MarginRequest,
  group: StatementGroup,
  legs: readonly MarginPosition[],
): readonly string[] {
  const shorts = legs.filter(({ quantity }) => quantity < 0);
  const paired = new Set(shorts.map(({ right }) => right)).size > 1;
  const longs = legs.some(({ quantity }) => quantity > 0);
  return [
    ...shorts.flatMap((leg) => shortLines(request, leg)),
    ...(paired ? ['a put with a call: the greater of the two + market value of the other'] : []),
    ...(longs ? [`less than the largest loss of the spread: ${formatUsd(group.requirement)}`] : []),
  ];
}

function shortLines(request: MarginRequest, leg: MarginPosition): readonly string[] {
  const { right, strike = Number.NaN, price, kind } = leg;
  const rule = optionRule(request, leg);
  const name = kind === 'xsp-option' ? 'SPX' : underlyingOf(leg);
  const spot = (request.spot.get(name) ?? Number.NaN) / (kind === 'xsp-option' ? 10 : 1);
  const put = right === 'put';
  const out = Math.max(0, put ? spot - strike : strike - spot);
  const base = put ? strike : spot;
  const first = rule.nakedShare * spot - out;
  const second = rule.minimumShare * base;
  const dollars = Math.max(rule.nakedMinimum, 100 * (price + Math.max(first, second)));
  const most = put && 100 * strike < dollars;
  const least = dollars > 100 * (price + Math.max(first, second)) ? ', the least of the house' : '';
  const why = most ? ', all that a put can lose' : least;
  return [
    `100 × (${price} + max(${formatPercent(rule.nakedShare, 1)} × ${spot} − ${formatNumber(out, 2)}, ` +
      `${formatPercent(rule.minimumShare, 1)} × ${base})) a contract`,
    `= 100 × (${price} + max(${formatNumber(first, 2)}, ${formatNumber(second, 2)})) = ` +
      `${formatUsd(most ? 100 * strike : dollars, 2)}${why}`,
  ];
}

function optionRule(request: MarginRequest, leg: MarginPosition): OptionMarginRule {
  const { profile, house } = request.rules ?? marginRulesOf(request.broker);
  if (leg.kind === 'vix-option') return profile.options.vix;
  if (leg.kind === 'xsp-option') return profile.options.xsp;
  return leg.kind === 'equity-option' ? shareOptionRule(leg, house) : profile.options.spx;
}

/** The rule, its source, and since when its levels hold where the table says so. */
function ruleLines(
  request: MarginRequest,
  group: StatementGroup,
  legs: readonly MarginPosition[],
): readonly string[] {
  const { house } = request.rules ?? marginRulesOf(request.broker);
  const [first] = legs;
  if (first === undefined) return [];
  const isOption = first.kind.endsWith('-option');
  const isShare = group.rule.endsWith('-share');
  const since = isShare
    ? house.shares.effective
    : isOption && group.rule !== 'portfolio-margin'
      ? optionRule(request, first).effective
      : undefined;
  const dated = since === undefined ? '' : `; levels since ${formatIsoDate(since)}`;
  return wrapText(`rule: ${group.source}${dated}`, WIDTH - INDENT.length, '  ').split('\n');
}

function totals(group: StatementGroup, legs: readonly MarginPosition[]): readonly string[] {
  const premium = legs.reduce(
    (sum, { kind, quantity, price }) =>
      kind.endsWith('-option') ? sum - 100 * quantity * price : sum,
    0,
  );
  return [
    `= initial ${formatUsd(group.requirement, 2)}, maintenance ${formatUsd(group.maintenance, 2)}`,
    `premium ${formatUsdChange(premium, 2)}; buying power effect ` +
      formatUsd(group.requirement - premium, 2),
  ];
}
