import type { AccountMargin } from '../margin/account.ts';
import type { MarginRequest } from '../margin/margin-position.ts';
import type { EquityCheck } from '../margin/minimum-equity.ts';
import type { MarginStatement } from '../margin/margin-statement.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { formatNumber, formatUsd, formatUsdChange } from './format-number.ts';
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
    ['loan value', ({ loanValue }) => formatUsd(loanValue, 2)],
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

/** The account that holds the positions, under strategy-based rules or portfolio margin. */
export function accountText(account: AccountMargin): string {
  const rows: readonly (readonly [string, number])[] = [
    ['equity with loan value', account.equityWithLoan],
    ['available funds', account.availableFunds],
    ['excess liquidity', account.excessLiquidity],
    ['futures excess', account.futuresExcess],
    ['swept to futures', account.sweep],
    ['deficit', account.deficit],
    ['net liquidation', account.netLiquidation],
  ];
  return `\n${alignedTable([['account', 'dollars'], ...rows.map(([name, value]) => [name, formatUsd(value, 2)])])}`;
}

/** An account against the least equity of its regime. */
export function equityText(check: EquityCheck): string {
  const { open, maintain, shortfall, mayOpen, due, source } = check;
  const needs = `least equity: ${formatUsd(open)} to begin, ${formatUsd(maintain)} to go on`;
  const missing =
    shortfall === 0
      ? ''
      : `; ${formatUsd(shortfall, 2)} short, ${due === undefined ? 'positions may only be reduced' : `called for by ${formatIsoDate(due)}`}`;
  const begin = mayOpen || shortfall > 0 ? '' : '; no new positions until then';
  return `${wrapText(`${needs}${missing}${begin} (${source})`, WIDTH, '  ')}\n`;
}
