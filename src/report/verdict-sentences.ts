import type { EndReason } from '../engine/run-record.ts';
import type { SimulationOutcome } from '../evaluation/frequencies.ts';
import type { Frequency } from '../evaluation/frequency.ts';
import type { PolicyMetrics } from '../evaluation/policy-metrics.ts';
import { HEDGED_POLICY, verdict } from '../evaluation/verdict.ts';
import type { Contrast, DrawdownSplit } from '../evaluation/verdict.ts';
import { formatEstimate } from './format-frequency.ts';
import { formatCount, formatNumber, formatPercent, formatUsd } from './format-number.ts';

/** What a sentence of the verdict is about. */
export type VerdictTopic = 'hedge' | 'doubling' | 'split' | 'missing';

/** The verdict in words. */
export interface VerdictText {
  /** One sentence that answers whether the hedge was worth it. */
  readonly headline: string;
  readonly sentences: readonly { readonly topic: VerdictTopic; readonly text: string }[];
}

const OPENINGS: Readonly<Record<Contrast['outcome'], string>> = {
  'richer-and-safer': 'The hedge paid for itself',
  'poorer-but-safer': 'The hedge bought a smaller drawdown at a price',
  'richer-but-riskier': 'The hedge raised the result but did not reduce the drawdown',
  'poorer-and-no-safer': 'The hedge cost more than it saved',
};

const CONCLUSIONS: Readonly<Record<Contrast['outcome'], string>> = {
  'richer-and-safer': 'Here layering was both safer and more profitable.',
  'poorer-but-safer': 'Here layering was safer, and its price was part of the return.',
  'richer-but-riskier': 'Here layering did not make the account safer.',
  'poorer-and-no-safer': 'Here the hedge cost more than it saved.',
};

const ENDINGS: Readonly<Record<Exclude<EndReason, 'completed'>, string>> = {
  'doubling-refused': 'stopped when a doubling was refused',
  'forced-liquidation': 'stopped by forced liquidation',
  ruined: 'ruined',
};

/**
 * The verdict in words, from figures alone. Findings about not doubling and about the hedge are
 * kept apart.
 */
export function verdictSentences(
  policies: readonly PolicyMetrics[],
  outcomes: readonly SimulationOutcome[] = [],
): VerdictText {
  const found = verdict(policies);
  const [first] = found.hedge;
  const sentences: { readonly topic: VerdictTopic; readonly text: string }[] = [];
  if (found.hedged !== undefined) sentences.push({ topic: 'hedge', text: bill(found.hedged) });
  for (const contrast of found.hedge) {
    sentences.push({ topic: 'hedge', text: hedgeContrast(contrast) });
    const futures = outcomeContrast(contrast, outcomes);
    if (futures !== undefined) sentences.push({ topic: 'hedge', text: futures });
  }
  for (const contrast of found.doubling) {
    sentences.push({ topic: 'doubling', text: doublingContrast(contrast) });
    const futures = outcomeContrast(contrast, outcomes);
    if (futures !== undefined) sentences.push({ topic: 'doubling', text: futures });
  }
  if (found.split !== undefined) {
    const text = tailSplit(outcomes) ?? splitText(found.split);
    sentences.push({ topic: 'split', text });
  }
  if (found.missing.length > 0) {
    sentences.push({ topic: 'missing', text: missingText(found.missing) });
  }
  return { headline: headline(first, found.hedged), sentences };
}

function headline(contrast: Contrast | undefined, hedged: PolicyMetrics | undefined): string {
  if (hedged === undefined) return `No verdict on the hedge: ${HEDGED_POLICY} was not run.`;
  if (contrast === undefined) {
    return `No verdict on the hedge: neither smaller-unhedged nor unhedged was run beside ${HEDGED_POLICY}.`;
  }
  const { first, second } = contrast;
  const figures =
    `${first.name} ${endedAt(first)} and fell ${fell(first)} at worst, ` +
    `against ${formatUsd(second.finalEquity)} and ${fell(second)} for ${second.name}.`;
  if (first.hedge.cost === 0 && first.hedge.payoff === 0) {
    return `The hedge never traded: ${figures}`;
  }
  return `${OPENINGS[contrast.outcome]}: ${figures}`;
}

function bill(hedged: PolicyMetrics): string {
  const { cost, payoff, net } = hedged.hedge;
  const scope = hedged.basis === 'paths' ? ' per future on average' : '';
  if (cost === 0 && payoff === 0) return `The hedge of ${hedged.name} never traded${scope}.`;
  const told = `The hedge cost ${formatUsd(cost)} and paid ${formatUsd(payoff)}${scope}`;
  if (net < 0) {
    return `${told}; it cost ${formatUsd(-net)} more than it paid.`;
  }
  return net > 0
    ? `${told}; it paid ${formatUsd(net)} more than it cost.`
    : `${told}; it broke even.`;
}

function hedgeContrast(contrast: Contrast): string {
  const { first, second, finalEquity } = contrast;
  const role =
    second.name === 'smaller-unhedged'
      ? 'Against simply trading smaller'
      : 'Against the same size without a hedge';
  const close = `${pointsOf(contrast.drawdownClose)} at closes`;
  const worst = `${pointsOf(contrast.drawdownWorstMark)} at worst marks`;
  return (
    `${role} (${second.name}), ${first.name} ended ${moreOrLess(finalEquity)}; ` +
    `its drawdown was ${close} and ${worst}. ${CONCLUSIONS[contrast.outcome]}`
  );
}

function doublingContrast(contrast: Contrast): string {
  const { first, second, finalEquity } = contrast;
  return (
    `Doubling after losses with the same entries and no hedge: ${first.name} ` +
    `${endedAt(first)} (${endingOf(first)}), ${moreOrLess(finalEquity)} than ${second.name}; ` +
    `drawdown ${fell(first)} against ${fell(second)} at worst marks, ` +
    `${formatCount(first.marginCalls, 'margin call')} against ${formatNumber(second.marginCalls)}. ` +
    'No hedge is involved in this difference.'
  );
}

function splitText(split: DrawdownSplit): string {
  return (
    `Of the way from the martingale's drawdown of ${formatPercent(split.doubling)} to ` +
    `${HEDGED_POLICY}'s ${formatPercent(split.hedged)} at worst marks, not doubling accounts for ` +
    `${formatNumber(split.byNotDoubling * 100, 1)} points and the hedge for ` +
    `${formatNumber(split.byHedge * 100, 1)} points.`
  );
}

function outcomeContrast(
  { first, second }: Contrast,
  outcomes: readonly SimulationOutcome[],
): string | undefined {
  const a = outcomes.find(({ policy }) => policy === first.name);
  const b = outcomes.find(({ policy }) => policy === second.name);
  if (a === undefined || b === undefined) return undefined;
  const calls = oftenBeside(a.pMarginCall, b.pMarginCall);
  const ruins = oftenBeside(a.pRuin, b.pRuin);
  const refused =
    a.pDoublingRefused.count > 0 ? ` a doubling refused in ${often(a.pDoublingRefused)};` : '';
  return (
    `Of ${formatNumber(a.paths)} futures, ${first.name} against ${second.name}:${refused} ` +
    `a margin call in ${calls}; ruin in ${ruins}. ${tailBeside(a, b)}`
  );
}

/** Probability of the bad end of a distribution that sentences quote: one future in a hundred. */
const BAD_END = 0.99;

function tailBeside(a: SimulationOutcome, b: SimulationOutcome): string {
  const [fellA, fellB] = [badFall(a), badFall(b)];
  if (fellA === undefined || fellB === undefined) return '';
  return (
    `In the worst 1 of 100 the account fell ${formatPercent(fellA)} or more at worst marks, ` +
    `against ${formatPercent(fellB)}.`
  );
}

/** Drawdown at worst marks that one future in a hundred exceeds. */
function badFall(outcome: SimulationOutcome): number | undefined {
  return outcome.drawdownWorstMark.find(({ probability }) => probability === BAD_END)?.value;
}

/** The split of the Martingale's drawdown in the worst of many futures, where it differs. */
function tailSplit(outcomes: readonly SimulationOutcome[]): string | undefined {
  const fall = (name: string): number | undefined => {
    const outcome = outcomes.find(({ policy }) => policy === name);
    return outcome === undefined ? undefined : badFall(outcome);
  };
  const [doubling, single, hedged] = [fall('martingale'), fall('unhedged'), fall(HEDGED_POLICY)];
  if (doubling === undefined || single === undefined || hedged === undefined) return undefined;
  return (
    `In the worst 1 of 100 futures the martingale fell ${formatPercent(doubling)} and ` +
    `${HEDGED_POLICY} ${formatPercent(hedged)}: not doubling accounts for ` +
    `${formatNumber((doubling - single) * 100, 1)} points of the difference and the hedge for ` +
    `${formatNumber((single - hedged) * 100, 1)} points.`
  );
}

function oftenBeside(a: Frequency, b: Frequency): string {
  const overlap = (a.low ?? 0) <= (b.high ?? 1) && (b.low ?? 0) <= (a.high ?? 1);
  if (a.count === 0 && b.count === 0) return `none of either (${formatEstimate(a)})`;
  return `${often(a)} against ${often(b)}${overlap ? ' (the intervals overlap)' : ''}`;
}

function often(frequency: Frequency): string {
  const count = frequency.count === 0 ? 'none' : formatNumber(frequency.count);
  return `${count}, ${formatEstimate(frequency)}`;
}

function missingText(missing: readonly string[]): string {
  return (
    `Not run, so not compared: ${missing.join(', ')}. ` +
    `Add them with --policies ${missing.join(',')}.`
  );
}

function endedAt(policy: PolicyMetrics): string {
  const median = policy.basis === 'paths' ? 'ended in the median at' : 'ended at';
  return `${median} ${formatUsd(policy.finalEquity)}`;
}

/** What ended an account, in words. */
export function endingOf(policy: PolicyMetrics): string {
  const date = policy.endedDate === null ? '' : ` on ${policy.endedDate}`;
  const most = policy.basis === 'paths' ? 'mostly ' : '';
  if (policy.endedBy === 'completed') return `${most}ran to the end`;
  return `${most}${ENDINGS[policy.endedBy]}${date}`;
}

function fell(policy: PolicyMetrics): string {
  return formatPercent(policy.maxDrawdownWorstMark);
}

function moreOrLess(dollars: number): string {
  const amount = formatUsd(Math.abs(dollars));
  return dollars >= 0 ? `${amount} higher` : `${amount} lower`;
}

function pointsOf(difference: number): string {
  const points = formatNumber(Math.abs(difference) * 100, 1);
  if (points === '0.0') return 'the same';
  return difference < 0 ? `${points} points smaller` : `${points} points larger`;
}
