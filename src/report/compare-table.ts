import { CRISIS_WINDOWS, crisisOutcomes } from '../evaluation/crisis-windows.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { chainMarksText } from './chain-marks.ts';
import { leadingPolicies, recordsOf, simulatedPaths } from './compare-view.ts';
import type { CompareReport } from './compare-view.ts';
import { formatEstimate } from './format-frequency.ts';
import {
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
} from './format-number.ts';
import { verdictOf } from './section-summary.ts';
import { alignedTable, wrapText } from './text-table.ts';

const WIDTH = 100;

/** The comparison for a terminal of 100 to 120 columns: plain text, no colour. */
export function compareTable(view: CompareReport): string {
  const { headline, sentences } = verdictOf(view);
  const blocks = [
    `${view.market}, ${view.from} to ${view.to}`,
    wrapText(headline, WIDTH),
    results(view),
    trades(view),
    futures(view),
    sentences.map(({ text }) => wrapText(`- ${text}`, WIDTH, '  ')).join('\n'),
    layers(view),
    chainMarksText(view),
    crises(view),
    martingale(view),
    assumptions(view),
    unknowns(view),
    manifest(view),
  ];
  return `${blocks
    .filter((block) => block !== '')
    .map((block) => block.trimEnd())
    .join('\n\n')}\n`;
}

function results(view: CompareReport): string {
  const rows = view.policies.map(({ metrics: of }) => [
    of.name,
    formatUsd(of.finalEquity),
    orMissing(of.cagr, formatPercentChange),
    formatPercent(-of.maxDrawdownClose),
    formatPercent(-of.maxDrawdownWorstMark),
    formatNumber(of.marginCalls),
    hedgeAmount(of, of.hedge.cost),
    hedgeAmount(of, of.hedge.payoff),
    courseOf(of),
  ]);
  const head = ['policy', 'final equity', 'CAGR', 'DD close', 'DD worst'];
  return alignedTable([[...head, 'calls', 'hedge cost', 'hedge paid', 'course'], ...rows]);
}

function trades(view: CompareReport): string {
  const rows = view.policies.map(({ metrics: of }) => [
    of.name,
    `${formatNumber(of.condors.wins)}/${formatNumber(of.condors.trades)}`,
    orMissing(of.condors.averageWin, formatUsdChange),
    orMissing(of.condors.averageLoss, formatUsdChange),
    formatNumber(of.longestLosingRun),
    orMissing(of.peakMarginUse, formatPercent),
    orMissing(of.returnOnMaxMargin, formatPercentChange),
    orMissing(of.cagrOverBills, formatPercentChange),
    formatNumber(of.forcedLiquidations),
    formatNumber(of.doublingRefused),
  ]);
  const head = ['policy', 'won/closed', 'avg win', 'avg loss', 'losing run', 'peak use'];
  return alignedTable([[...head, 'gain/margin', 'CAGR−bills', 'liquidated', 'refused'], ...rows]);
}

function orMissing(value: number | null, format: (value: number) => string): string {
  return value === null ? 'n/a' : format(value);
}

function hedgeAmount(of: PolicyMetrics, dollars: number): string {
  return of.hedge.byLayer.length === 0 ? 'no hedge' : formatUsd(dollars);
}

function courseOf(of: PolicyMetrics): string {
  if (of.endedBy === 'completed') return 'to the end';
  return `${COURSES[of.endedBy]} ${of.endedDate ?? 'mostly'}`;
}

const COURSES = {
  'doubling-refused': 'refused',
  'forced-liquidation': 'liquidated',
  ruined: 'ruined',
} as const;

function futures(view: CompareReport): string {
  const paths = simulatedPaths(view);
  if (paths === undefined) return '';
  const rows = view.policies.flatMap(({ outcome }) =>
    outcome === undefined
      ? []
      : [
          [
            outcome.policy,
            countWithInterval(outcome.pDoublingRefused),
            countWithInterval(outcome.pMarginCall),
            countWithInterval(outcome.pForcedLiquidation),
            countWithInterval(outcome.pRuin),
            countWithInterval(outcome.pDrawdown50Given5),
          ],
        ],
  );
  const head = ['policy', 'refused', 'margin call', 'liquidation', 'ruin', '−50 % after −5 %'];
  const title = `In ${formatNumber(paths)} futures: how many, 95 % Wilson interval (none seen: < 3 / N); last: falls of 5 % that became 50 %`;
  return `${title}\n${alignedTable([head, ...rows])}`;
}

/** `12 (0.3–1.0 %)`, or `0 (< 0.15 %)` after no event. */
function countWithInterval(of: Frequency): string {
  if (of.low === null || of.high === null) return 'none to count';
  if (of.count === 0) return `0 (${formatEstimate(of)})`;
  const decimals = of.high < 0.1 ? 1 : 0;
  const low = formatNumber(of.low * 100, decimals);
  return `${formatNumber(of.count)} (${low}–${formatPercent(of.high, decimals)})`;
}

function layers(view: CompareReport): string {
  const rows = view.policies.flatMap(({ metrics: { name, hedge } }) =>
    hedge.byLayer.map((layer) => [
      `${name} ${layer.sleeve}`,
      formatNumber(layer.openings),
      formatNumber(layer.refusals),
      formatUsd(layer.cost),
      formatUsd(layer.payoff),
      formatUsdChange(layer.net),
    ]),
  );
  if (rows.length === 0) return '';
  return alignedTable([['hedge layer', 'openings', 'refused', 'cost', 'payoff', 'net'], ...rows]);
}

function crises(view: CompareReport): string {
  const records = recordsOf({ ...view, policies: leadingPolicies(view) });
  if (records.length === 0 || simulatedPaths(view) !== undefined) return '';
  const byPolicy = records.map((record) => crisisOutcomes(record));
  const rows = CRISIS_WINDOWS.flatMap((window, index) => {
    const cells = byPolicy.map((outcomes) => {
      const outcome = outcomes[index];
      if (outcome === undefined || outcome.pnl === null) return 'n/a';
      return `${formatPercentChange(outcome.pnl)} (${formatPercent(-(outcome.drawdownWorstMark ?? Number.NaN))})`;
    });
    return [[`${window.name} ${window.from}–${window.to}`, ...cells]];
  });
  const head = ['fall: P&L (DD at worst mark)', ...records.map(({ policy }) => policy)];
  return alignedTable([head, ...rows]);
}

function martingale(view: CompareReport): string {
  if (view.martingale.length === 0) return '';
  const rows = view.martingale.map((ladder) => [
    `${ladder.structure} × ${ladder.regime}`,
    formatNumber(ladder.deepestStep),
    formatNumber(ladder.largestUnits),
    formatUsd(ladder.peakMargin),
    formatUsd(ladder.finalEquity),
    ladder.endedDate ?? 'to the end',
  ]);
  const head = ['doubling', 'steps', 'units', 'peak margin', 'final equity', 'ended'];
  const mechanisms = view.martingale.map((ladder) =>
    wrapText(`- ${ladder.structure} × ${ladder.regime}: ${ladder.mechanism}`, WIDTH, '  '),
  );
  return `${alignedTable([head, ...rows])}${mechanisms.join('\n')}`;
}

function assumptions(view: CompareReport): string {
  const lines = [
    ...(view.sensitivities ?? []),
    ...view.assumptions,
    `smaller-unhedged: ${view.smallerUnhedgedNote}`,
  ];
  return `Assumptions\n${lines.map((line) => wrapText(`- ${line}`, WIDTH, '  ')).join('\n')}`;
}

/** Reasons for the n/a of the figures above. */
function unknowns(view: CompareReport): string {
  const lines = view.policies.flatMap(({ metrics: of }) =>
    of.cagr === null ? [`- ${of.name}: CAGR n/a, ${of.cagrReason ?? 'unknown'}`] : [],
  );
  return lines.length === 0 ? '' : `Unknown\n${lines.join('\n')}`;
}

function manifest({ manifest: of }: CompareReport): string {
  const seed = of.seed === null ? 'n/a' : String(of.seed);
  return `code ${of.codeVersion}  config ${of.configHash}  data ${of.dataHash ?? 'n/a'}  seed ${seed}  node ${of.node}`;
}
