import type { PolicyEvidence } from '../evaluation/hedge-evidence.ts';
import { HEDGE_EVIDENCE_DEFINITIONS } from '../evaluation/hedge-evidence-definitions.ts';
import type { Measured } from '../evaluation/measured.ts';
import type { MeasuredEvidence } from '../evaluation/measured-evidence.ts';
import { SPREAD_MULTIPLES } from '../evaluation/slippage.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { formatNumber, formatPercent, formatPercentChange, formatUsd } from './format-number.ts';
import { gridLabels } from './grid-labels.ts';
import type { GridAxis } from './grid-labels.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';

/** Evidence as its reports show it. */
export interface EvidenceReport {
  readonly from: string;
  readonly to: string;
  readonly axes: readonly GridAxis[];
  readonly evidence: MeasuredEvidence;
}

const WIDTH = 100;

/** Evidence for a terminal: one block a question. */
export function evidenceText(report: EvidenceReport): string {
  const { evidence, from, to } = report;
  const head =
    `S&P 500 and VIX history, ${from} to ${to}; ${formatNumber(evidence.trials)} configurations ` +
    'tried, all of them counted\n';
  return [
    head,
    sharpeBlock(evidence),
    hedgeBlock(evidence),
    gridBlock(report),
    placeboBlock(evidence),
    slippageBlock(evidence),
  ].join('\n');
}

function sharpeBlock({ sharpes }: MeasuredEvidence): string {
  const rows = sharpes.map((row) => [
    row.policy,
    shown(row.sharpe, (value) => formatNumber(value, 2)),
    shown(row.standardError, (value) => formatNumber(value, 2)),
    shown(row.aboveZero, (value) => formatPercent(value)),
    shown(row.yearsNeeded, (value) => formatNumber(value, 0)),
    formatNumber(row.sessions),
    shown(row.effectiveSessions, (value) => formatNumber(value)),
  ]);
  const columns = ['policy', 'Sharpe', 'error', 'P(> 0)', 'years needed', 'days', 'worth'];
  return (
    `Is the return real?\n\n${alignedTable([columns, ...rows])}` +
    notes([
      'Sharpe ratio over bills, a year, with the error of returns that depend on each other (Lo ' +
        '2002); P(> 0): probabilistic Sharpe ratio; years needed: record after which it would be ' +
        'above 0 with 95 %; worth: independent days that say as much.',
    ])
  );
}

function hedgeBlock({ hedges }: MeasuredEvidence): string {
  const rows = hedges.policies.map((row) => [
    row.policy,
    ...interval(row.difference.cagr),
    shown(row.cagrHolm, (value) => formatNumber(value, 3)),
    ...interval(row.difference.conditionalDrawdown95),
    shown(row.conditionalDrawdown95Holm, (value) => formatNumber(value, 3)),
    shown(row.hedgeEfficiency, (value) => formatNumber(value, 2)),
    shown(row.deflatedSharpe, (value) => formatPercent(value)),
  ]);
  const columns = [
    'policy',
    'growth',
    '95 %',
    'p',
    'CDaR',
    '95 %',
    'p',
    '$ saved per $',
    'deflated',
  ];
  const { realityCheck, consistent } = hedges.superior;
  return (
    `Does it beat ${hedges.reference}?\n\n${alignedTable([columns, ...rows])}` +
    notes([
      `Differences from ${hedges.reference} on the same days; stationary bootstrap, mean block ` +
        `${formatNumber(hedges.meanBlock)} sessions, ${formatNumber(hedges.replicates)} resamples; ` +
        'p after Holm for all policies and both measures. CDaR below zero: smaller drawdowns.',
      `"No policy earns more a day": p ${shown(realityCheck, (p) => formatNumber(p, 3))} (White), ` +
        `${shown(consistent, (p) => formatNumber(p, 3))} (Hansen). Probability that the best of them ` +
        `is a lucky find: ${shown(hedges.overfitting, (p) => formatPercent(p))}.`,
    ])
  );
}

function gridBlock({ axes, evidence }: EvidenceReport): string {
  const { grid, gridGrowth, gridDays } = evidence;
  const rows = grid.sharpe.map((sharpe, cell) => [
    ...gridLabels(axes, cell),
    shown(sharpe, (value) => formatNumber(value, 2)),
    formatPercent(gridGrowth[cell] ?? Number.NaN, 2),
    cell === grid.best ? 'best' : '',
  ]);
  const tests = grid.tests.map(({ test, chosen, inSample, outOfSample }) => [
    dayAt(gridDays, test.first),
    dayAt(gridDays, test.end - 1),
    gridLabels(axes, chosen).join(' '),
    formatNumber(inSample, 2),
    formatNumber(outOfSample, 2),
  ]);
  return (
    `Would other settings have been better?\n\n` +
    alignedTable([[...axes.map(({ key }) => key), 'Sharpe', 'growth', ''], ...rows]) +
    `\nChosen on the past, tested on what came next\n\n` +
    alignedTable([['from', 'to', 'chosen', 'Sharpe before', 'after'], ...tests]) +
    notes([
      `Over all tests: Sharpe ${two(grid.chosenSharpe)} of what was chosen each time, ` +
        `${two(grid.fixedSharpe)} of the settings as shipped. 45 sessions before each test do not ` +
        'train (purge).',
      `The best of the grid is better than the best of luck with ` +
        `${shown(grid.bestDeflated, (p) => formatPercent(p))} (deflated Sharpe ratio); probability ` +
        `of overfitting ${shown(grid.overfitting, (p) => formatPercent(p))} (70 splits).`,
    ])
  );
}

function placeboBlock({ placebo }: MeasuredEvidence): string {
  const { policy, finalEquity, placebos, pValue } = placebo;
  const sorted = placebos.toSorted((a, b) => a - b);
  return (
    `Do the signals know anything?\n` +
    notes([
      `${policy} ended at ${formatUsd(finalEquity)}. With the same signals moved to other days it ` +
        `ended between ${formatUsd(sorted[0] ?? Number.NaN)} and ` +
        `${formatUsd(sorted.at(-1) ?? Number.NaN)} over ${placebos.length} placebos; a share of ` +
        `${formatNumber(pValue, 2)} did at least as well. Scheduled dates and prices were left ` +
        'where they are.',
    ])
  );
}

function slippageBlock({ slippage, billGrowth }: MeasuredEvidence): string {
  const rows = slippage.map((row) => [
    row.policy,
    ...row.growth.map((growth) => formatPercent(growth, 2)),
    two(row.breakEven),
    formatPercent(row.delayed, 2),
  ]);
  const multiples = SPREAD_MULTIPLES.map((multiple) => `× ${multiple}`);
  return (
    `What do spreads and delay take?\n\n${alignedTable([
      ['policy', ...multiples, 'break-even', 'a close later'],
      ...rows,
    ])}` +
    notes([
      'Growth a year at multiples of the stated half-spreads, each run anew; break-even: the ' +
        `multiple at which it falls to that of bills (${formatPercent(billGrowth, 2)} a year), n/a ` +
        'where it is below them even without spreads; a close later: every decision filled at the ' +
        'next close.',
    ])
  );
}

/** Evidence as a JSON document, with the definitions of its figures. */
export function evidenceJson(report: EvidenceReport): { readonly [key: string]: JsonValue } {
  const { evidence, axes, from, to } = report;
  const { hedges, grid, placebo, sharpes, trials } = evidence;
  return {
    from,
    to,
    trials,
    sharpes: sharpes.map((row) => ({
      policy: row.policy,
      ...known('sharpe', row.sharpe),
      ...known('standardError', row.standardError),
      ...known('aboveZero', row.aboveZero),
      ...known('yearsNeeded', row.yearsNeeded),
      sessions: row.sessions,
      ...known('effectiveSessions', row.effectiveSessions),
    })),
    hedges: {
      reference: hedges.reference,
      meanBlock: hedges.meanBlock,
      replicates: hedges.replicates,
      policies: hedges.policies.map(policyJson),
      ...known('realityCheck', hedges.superior.realityCheck),
      ...known('superiorAbility', hedges.superior.consistent),
      ...known('overfitting', hedges.overfitting),
    },
    grid: {
      axes: axes.map(({ key, labels }) => ({ key, values: [...labels] })),
      cells: grid.sharpe.map((sharpe, cell) => ({
        values: gridLabels(axes, cell),
        ...known('sharpe', sharpe),
        growth: evidence.gridGrowth[cell] ?? null,
      })),
      best: grid.best,
      ...known('bestDeflated', grid.bestDeflated),
      ...known('overfitting', grid.overfitting),
      walkForward: grid.tests.map(({ test, chosen, inSample, outOfSample }) => ({
        from: dayAt(evidence.gridDays, test.first),
        to: dayAt(evidence.gridDays, test.end - 1),
        chosen: gridLabels(axes, chosen),
        ...figure('inSample', inSample, 'returns do not vary'),
        ...figure('outOfSample', outOfSample, 'returns do not vary'),
      })),
      ...known('chosenSharpe', grid.chosenSharpe),
      ...known('fixedSharpe', grid.fixedSharpe),
    },
    placebo: {
      policy: placebo.policy,
      finalEquity: placebo.finalEquity,
      placebos: [...placebo.placebos],
      pValue: placebo.pValue,
    },
    slippage: {
      multiples: [...SPREAD_MULTIPLES],
      billGrowth: evidence.billGrowth,
      policies: evidence.slippage.map((row) => ({
        policy: row.policy,
        growth: row.growth,
        ...known('breakEven', row.breakEven),
        delayed: row.delayed,
      })),
    },
    definitions: HEDGE_EVIDENCE_DEFINITIONS.map((definition) => ({ ...definition })),
  };
}

function policyJson(row: PolicyEvidence): JsonValue {
  const difference = (name: 'cagr' | 'conditionalDrawdown95'): JsonValue => {
    const { estimate, low, high, pValue } = row.difference[name];
    return {
      ...known('estimate', estimate),
      ...known('low', low),
      ...known('high', high),
      ...known('pValue', pValue),
    };
  };
  return {
    policy: row.policy,
    cagr: difference('cagr'),
    ...known('cagrHolm', row.cagrHolm),
    conditionalDrawdown95: difference('conditionalDrawdown95'),
    ...known('conditionalDrawdown95Holm', row.conditionalDrawdown95Holm),
    ...known('hedgeEfficiency', row.hedgeEfficiency),
    ...known('deflatedSharpe', row.deflatedSharpe),
  };
}

function known(name: string, { value, reason }: Measured): { readonly [key: string]: JsonValue } {
  return figure(name, value ?? undefined, reason ?? 'not a finite number');
}

function shown({ value }: Measured, format: (value: number) => string): string {
  return value === null ? 'n/a' : format(value);
}

function two(measured: Measured): string {
  return shown(measured, (value) => formatNumber(value, 2));
}

function interval({
  estimate,
  low,
  high,
}: PolicyEvidence['difference']['cagr']): readonly [string, string] {
  const change = (value: number): string => formatPercentChange(value, 2);
  return [shown(estimate, change), `${shown(low, change)} to ${shown(high, change)}`];
}

function dayAt(days: Int32Array, row: number): string {
  return formatIsoDate(asEpochDay(days[row] ?? 0));
}

function notes(texts: readonly string[]): string {
  return texts.map((text) => `${wrapText(`- ${text}`, WIDTH, '  ')}\n`).join('');
}
