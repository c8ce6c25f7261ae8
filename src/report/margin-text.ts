import type { MarginPosition, MarginRequest, StatementGroup } from '../margin/margin-position.ts';
import { underlyingOf } from '../margin/margin-position.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import type { MarginStatement } from '../margin/margin-statement.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdChange } from './format-number.ts';
import { alignedTable, wrapText } from './text-table.ts';

const WIDTH = 100;

/** A margin statement for a terminal, with an order beside it when one is given. */
export function marginText(
  request: MarginRequest,
  before: MarginStatement,
  after: MarginStatement | undefined,
): string {
  const rows: (readonly [string, (statement: MarginStatement) => string])[] = [
    ['initial', ({ initial }) => formatUsd(initial, 2)],
    ['maintenance', ({ maintenance }) => formatUsd(maintenance, 2)],
    ['premium', ({ premium }) => formatUsdChange(premium, 2)],
    ['buying power effect', ({ buyingPowerEffect }) => formatUsd(buyingPowerEffect, 2)],
    ['securities segment', ({ securities }) => formatUsd(securities.initial, 2)],
    ['futures segment', ({ futures }) => formatUsd(futures.initial, 2)],
  ];
  const statements = after === undefined ? [before] : [before, after];
  const head = after === undefined ? ['now'] : ['now', 'with the order'];
  const totals = alignedTable([
    ['dollars', ...head],
    ...rows.map(([label, of]) => [label, ...statements.map(of)]),
  ]);
  const shown = after ?? before;
  const groups = alignedTable([
    ['rule', 'positions', 'initial', 'maintenance'],
    ...shown.groups.map((group) => [
      group.rule,
      group.legs.map((place) => formatNumber(place + 1)).join(' '),
      formatUsd(group.requirement, 2),
      formatUsd(group.maintenance, 2),
    ]),
  ]);
  const sources = [...new Set(shown.groups.map(({ rule, source }) => `${rule}: ${source}`))];
  return (
    `${request.regime === 'reg-t' ? 'Strategy-based (Reg T)' : 'Portfolio'} margin, ` +
    `${request.broker}, ${formatIsoDate(request.day)}\n\n${totals}\n${groups}\n` +
    sources.map((source) => `${wrapText(`- ${source}`, WIDTH, '  ')}\n`).join('')
  );
}

/** Each group worked out in numbers, as the examples of a margin manual are. */
export function explainMargin(request: MarginRequest, statement: MarginStatement): string {
  return statement.groups
    .map((group, index) => {
      const lines = [
        `${formatNumber(index + 1)}. ${group.rule}`,
        ...group.legs.map((place) => `   ${positionText(request.positions[place])}`),
        ...working(request, group).map((line) => `   ${line}`),
        `   = ${formatUsd(group.requirement, 2)}`,
      ];
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
}

function positionText(position: MarginPosition | undefined): string {
  if (position === undefined) return '';
  const { kind, right, strike, expiry, quantity, price } = position;
  const side = quantity > 0 ? 'long' : 'short';
  const series = expiry === undefined ? '' : ` ${formatIsoDate(expiry.day)} ${expiry.settlement}`;
  const option = strike === undefined ? '' : ` ${strike} ${right ?? ''}`;
  const name = kind.endsWith('-option') ? underlyingOf(position) : kind;
  return `${side} ${formatNumber(Math.abs(quantity))} ${name}${series}${option} at ${price}`;
}

function working(request: MarginRequest, group: StatementGroup): readonly string[] {
  const legs = group.legs
    .map((place) => request.positions[place])
    .filter((leg) => leg !== undefined);
  switch (group.rule) {
    case 'universal-spread':
      return spreadWorking(legs);
    case 'short-option':
      return legs.filter(({ quantity }) => quantity < 0).map((leg) => shortWorking(request, leg));
    case 'long-option':
      return ['paid in full; no further requirement, and no loan value'];
    case 'covered-call':
      return ['100 shares for each call: no requirement of its own'];
    default:
      return [group.source];
  }
}

/** Net intrinsic at the strikes, the least of which is the largest loss. */
function spreadWorking(legs: readonly MarginPosition[]): readonly string[] {
  const strikes = [...new Set(legs.map(({ strike }) => strike ?? 0))].toSorted((a, b) => a - b);
  const at = (level: number): number =>
    legs.reduce((sum, { right, strike = 0, quantity }) => {
      const money = right === 'call' ? level - strike : strike - level;
      return sum + quantity * 100 * Math.max(0, money);
    }, 0);
  return [
    'largest loss by net intrinsic, premium left out:',
    ...strikes.map((strike) => `at ${strike}: ${formatUsd(at(strike))}`),
  ];
}

function shortWorking(request: MarginRequest, leg: MarginPosition): string {
  const { right, strike = Number.NaN, price, kind } = leg;
  const rule = MARGIN_PROFILES[request.broker].options[kind === 'vix-option' ? 'vix' : 'spx'];
  const [share, least] =
    kind === 'equity-option'
      ? [(leg.broadIndex === true ? 0.15 : 0.2) * (leg.leverage ?? 1), 0.1 * (leg.leverage ?? 1)]
      : [rule.nakedShare, rule.minimumShare];
  const name = kind === 'xsp-option' ? 'SPX' : underlyingOf(leg);
  const spot = (request.spot.get(name) ?? Number.NaN) / (kind === 'xsp-option' ? 10 : 1);
  const out = Math.max(0, right === 'put' ? spot - strike : strike - spot);
  const base = right === 'put' ? strike : spot;
  return (
    `100 × (${price} + max(${formatPercent(share, 0)} × ${spot} − ${formatNumber(out, 2)}, ` +
    `${formatPercent(least, 0)} × ${base})) a contract`
  );
}
