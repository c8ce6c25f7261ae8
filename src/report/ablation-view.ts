import { correctedVerdicts } from '../evaluation/ablation-effects.ts';
import type { CorrectedVerdict, PartWorth } from '../evaluation/ablation-effects.ts';
import type { DifferenceInterval } from '../evaluation/paired-intervals.ts';
import type { Ablation } from '../strategy/ablations.ts';
import { formatPercentChange } from './format-number.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';

/** What the parts of a policy were worth on one market. */
export interface AblationResult {
  /** Where it was measured, in words. */
  readonly market: string;
  readonly worth: readonly PartWorth[];
}

const WIDTH = 100;

const MEASURES = ['cagr', 'conditionalDrawdown95', 'forcedLiquidation', 'hedgeCarry'] as const;

/** An ablation table for a terminal: one row a part, growth and drawdown with their verdicts. */
export function ablationText(
  policy: string,
  ablations: readonly Ablation[],
  results: readonly AblationResult[],
): string {
  const blocks = results.map(({ market, worth }) => {
    const growth = correctedVerdicts(worth.map(({ cagr }) => cagr));
    const drawdown = correctedVerdicts(worth.map((part) => part.conditionalDrawdown95));
    const rows = ablations.map(({ kind, part }, i) => {
      const found = worth[i];
      return [
        `${kind}: ${part}`,
        intervalText(found?.cagr),
        verdictText(growth[i]),
        intervalText(found?.conditionalDrawdown95),
        verdictText(drawdown[i]),
        changeText(found?.forcedLiquidation),
        changeText(found?.hedgeCarry),
      ];
    });
    const head = ['part', 'growth a year', 'says', 'CDaR 95 %', 'says', 'liquidated', 'carry'];
    return `${market}\n\n${alignedTable([head, ...rows])}`;
  });
  const notes = [
    `Each row is ${policy} with the part less ${policy} without it, on the same days and futures; a ` +
      'layer alone is compared with no layer at all.',
    'Brackets: 95 % intervals, on history by a stationary bootstrap of weeks, over futures by paths. ' +
      '"says": after Holm’s correction for all rows of the column; "nothing" is no measurable effect.',
    'CDaR is the mean of the worst 5 % of drawdowns: below zero the part helps. Carry: hedge cost ' +
      'less payoff, of the deposit a year.',
  ];
  return `${blocks.join('\n')}\n${notes.map((note) => `${wrapText(`- ${note}`, WIDTH, '  ')}\n`).join('')}`;
}

/** The same as a JSON document, by market and part. */
export function ablationJson(
  ablations: readonly Ablation[],
  results: readonly AblationResult[],
): { readonly [key: string]: JsonValue } {
  return {
    markets: results.map(({ market, worth }) => {
      const verdicts = MEASURES.map((measure) =>
        correctedVerdicts(worth.map((part) => part[measure])),
      );
      return {
        market,
        parts: ablations.map(({ id, kind, part }, i) => ({
          id,
          kind,
          part,
          ...Object.fromEntries(
            MEASURES.map((measure, m) => [
              measure,
              differenceJson(worth[i]?.[measure], verdicts[m]?.[i]),
            ]),
          ),
        })),
      };
    }),
  };
}

function differenceJson(
  difference: DifferenceInterval | undefined,
  verdict: CorrectedVerdict | undefined,
): JsonValue {
  const of = (name: string, found: DifferenceInterval['low'] | undefined): object =>
    figure(name, found?.value ?? undefined, found?.reason ?? 'not measured');
  return {
    ...of('estimate', difference?.estimate),
    ...of('low', difference?.low),
    ...of('high', difference?.high),
    ...of('pValue', difference?.pValue),
    ...of('adjustedPValue', verdict?.adjustedPValue),
    verdict: verdict?.verdict,
  };
}

function intervalText(found: DifferenceInterval | undefined): string {
  const text = changeText(found);
  const [low, high] = [found?.low.value, found?.high.value];
  if (typeof low !== 'number' || typeof high !== 'number') return text;
  return `${text} (${formatPercentChange(low, 2)} … ${formatPercentChange(high, 2)})`;
}

function changeText(found: DifferenceInterval | undefined): string {
  return formatPercentChange(found?.estimate.value ?? Number.NaN, 2);
}

function verdictText(verdict: CorrectedVerdict | undefined): string {
  if (verdict === undefined || verdict.adjustedPValue.value === null) return 'untested';
  return verdict.verdict === 'no measurable effect' ? 'nothing' : verdict.verdict;
}
