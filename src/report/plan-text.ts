import { formatIsoDate } from '../time/epoch-day.ts';
import type { DayPlan } from '../engine/plan-day.ts';
import { formatNumber, formatPercent, formatUsd, formatUsdChange } from './format-number.ts';
import {
  checkFigure,
  closingSentence,
  layerCells,
  marginRows,
  openingFacts,
  openingSentence,
  planVerdict,
} from './plan-view.ts';
import type { PlanReport } from './plan-view.ts';
import { alignedTable, wrapText } from './text-table.ts';

const WIDTH = 100;

/** The plan of a day for a terminal: the decision first, then what leads to it. */
export function planText(report: PlanReport): string {
  const { plan, manifest } = report;
  const { decision, reasons } = planVerdict(plan);
  const parts = [
    `${decision.replace('_', ' ')}  ${formatIsoDate(plan.day)}  ${report.policy}  ` +
      `SPX ${formatNumber(plan.spot, 2)}  VIX ${formatNumber(plan.vix, 2)}  ` +
      `net liquidation ${formatUsd(plan.equity)}\n` +
      reasons.map((reason) => `${wrapText(`- ${reason}`, WIDTH, '  ')}\n`).join(''),
    ordersText(plan),
    ruleTable(plan),
    layerTable(plan),
    marginTable(plan),
    greeksText(plan),
    list('Exits', report.exits),
    list('Notes', [`Account: ${report.account}.`, ...report.notes]),
    `Inputs ${(manifest.dataHash ?? 'none').slice(0, 12)}, policy ${manifest.configHash}, program ` +
      `${manifest.codeVersion}. Modelled marks; not advice.\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function ordersText(plan: DayPlan): string {
  const { openings, closings } = plan;
  if (openings.length + closings.length === 0) return 'Orders: none\n';
  const opened = openings.flatMap((opening) => [
    wrapText(openingSentence(opening), WIDTH, '    '),
    ...openingFacts(opening, plan).map((fact) => `    ${fact}`),
  ]);
  const closed = closings.map((closing) => wrapText(closingSentence(closing), WIDTH, '    '));
  return `Orders\n${[...opened, ...closed].map((line) => `  ${line}\n`).join('')}`;
}

function ruleTable({ entry }: DayPlan): string {
  if (entry.checks.length === 0) return '';
  return alignedTable([
    ['entry rule', 'value', 'asked', 'result'],
    ...[...entry.checks, ...entry.votes].map((check) => [
      check.id,
      checkFigure(check.value, check.unit),
      `${check.relation} ${checkFigure(check.threshold, check.unit)}`,
      check.outcome.replace('_', ' '),
    ]),
  ]);
}

function layerTable({ layers }: DayPlan): string {
  if (layers.length === 0) return '';
  return alignedTable([
    ['layer', 'state', 'trigger', 'holds', 'spent', 'left', 'note'],
    ...layers.map((layer) => layerCells(layer).map((cell) => (cell === '' ? '-' : cell))),
  ]);
}

function marginTable(plan: DayPlan): string {
  return alignedTable([
    ['margin', 'net liquidation', 'securities', 'futures', 'excess liquidity'],
    ...marginRows(plan),
  ]);
}

function greeksText({ greeks, profit }: DayPlan): string {
  const table = alignedTable([
    ['P&L now at SPX', ...profit.spotRatios.map((ratio) => formatPercent(ratio - 1, 1))],
    ...profit.vixRatios.map((ratio, row) => [
      `VIX × ${ratio}`,
      ...(profit.pnl[row] ?? []).map((value) => formatUsdChange(value)),
    ]),
  ]);
  const line =
    `Greeks: delta ${formatUsdChange(greeks.delta)} and gamma ${formatUsdChange(greeks.gamma)} ` +
    `per 1 % of SPX, vega ${formatUsdChange(greeks.vega)} per vol point, ` +
    `theta ${formatUsdChange(greeks.theta)} a day (strikes keep their vol, VX follows SPX)`;
  const below = 'The surface moves with the forward; VIX moves only as the row says.';
  return `${wrapText(line, WIDTH)}\n\n${table}${below}\n`;
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `${title}\n${lines.map((line) => `${wrapText(`- ${line}`, WIDTH, '  ')}\n`).join('')}`;
}
