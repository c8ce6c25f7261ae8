import {
  CALL,
  CONTRACT_KINDS,
  KIND_SYMBOLS,
  NO_EXPIRY,
  PM,
  PUT,
} from '../contracts/contract-kind.ts';
import { multiplierOf } from '../contracts/contract-spec.ts';
import type { MarginFigures } from '../engine/margin-figures.ts';
import type { DayPlan, PlannedClosing, PlannedLayer, PlannedOpening } from '../engine/plan-day.ts';
import type { ReportManifest } from './compare-view.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
} from './format-number.ts';

/** Input of the text, the JSON document and the page of a day's plan. */
export interface PlanReport {
  readonly policy: string;
  readonly manifest: ReportManifest;
  readonly plan: DayPlan;
  /** Where the account comes from: fresh, replayed since a day, or a book. */
  readonly account: string;
  /** Exits of the policy in words. */
  readonly exits: readonly string[];
  /** What changed since an earlier plan, a sentence each; undefined when none was given. */
  readonly changes?: readonly string[];
  /** What stands in for missing data, and what is modelled: one sentence each. */
  readonly notes: readonly string[];
}

/** What a trader does with the day. */
export type PlanDecision = 'TRADE' | 'REDUCE' | 'NO_TRADE';

/** The decision and the two reasons that decide it. */
export interface PlanVerdict {
  readonly decision: PlanDecision;
  readonly reasons: readonly string[];
}

/** The decision of a plan: TRADE adds something, REDUCE only takes off, NO_TRADE does neither. */
export function planVerdict(plan: DayPlan): PlanVerdict {
  const { openings, closings } = plan;
  if (openings.length > 0) {
    return {
      decision: 'TRADE',
      reasons: openings.slice(0, 2).map((each) => whyOpened(each, plan)),
    };
  }
  if (closings.length > 0) {
    return { decision: 'REDUCE', reasons: closings.slice(0, 2).map(closingSentence) };
  }
  return { decision: 'NO_TRADE', reasons: whyNothing(plan) };
}

function whyOpened({ trade, premium }: PlannedOpening, { equity }: DayPlan): string {
  const risk = trade.maxLossPerUnit === undefined ? undefined : trade.maxLossPerUnit * trade.units;
  const money = premium >= 0 ? `for ${formatUsd(premium)}` : `paying ${formatUsd(-premium)}`;
  const what = `${trade.structure}: ${trade.openReason}, ${money}`;
  return risk === undefined
    ? what
    : `${what}, at risk ${formatUsd(risk)} (${formatPercent(risk / equity, 2)})`;
}

/** A closing as a sentence with its reason. */
export function closingSentence({ trade, units, reason }: PlannedClosing): string {
  return `close ${formatNumber(units)} × ${trade.structure} ${expiryOf(trade)}: ${reason}`;
}

/** The first two rules that keep the entry from happening. */
function whyNothing({ entry }: DayPlan): readonly string[] {
  const failed = entry.checks.filter(({ outcome }) => outcome !== 'PASS').map(checkSentence);
  if (failed.length === 0) return ['no rule asks for an order at this close'];
  const passed = entry.checks.length - failed.length;
  return [...failed, `the other ${formatCount(passed, 'entry rule')} pass`].slice(0, 2);
}

/** A rule with its value and threshold as a sentence. */
export function checkSentence(check: RuleCheck): string {
  const { id, rule, outcome, relation } = check;
  const text = `${id}: ${rule}: ${checkFigure(check.value, check.unit)}`;
  return `${text}, asked ${relation} ${checkFigure(check.threshold, check.unit)} (${outcome})`;
}

/** A value of a rule in its unit. */
export function checkFigure(value: number, unit: string): string {
  if (Number.isNaN(value)) return 'no data';
  if (!Number.isFinite(value)) return 'unbounded';
  switch (unit) {
    case '$':
      return formatUsd(value);
    case 'share of equity':
      return formatPercent(value);
    case 'ratio':
    case 'deviations':
      return formatNumber(value, 2);
    default:
      return formatNumber(value);
  }
}

/** One leg of an order as a trader reads it. */
export interface PlanLeg {
  readonly action: 'BUY' | 'SELL';
  /** Contracts. */
  readonly quantity: number;
  readonly product: string;
  /** ISO date, and AM or PM; undefined for a share. */
  readonly expiry: string | undefined;
  readonly settlement: 'AM' | 'PM' | undefined;
  readonly strike: number | undefined;
  readonly right: 'call' | 'put' | undefined;
  /** Modelled executable price, points. */
  readonly price: number;
}

/** The legs of an opening, signed by action. */
export function openingLegs({ trade }: PlannedOpening): readonly PlanLeg[] {
  return trade.legs.map((leg) => {
    const kind = CONTRACT_KINDS[leg.kind] ?? 'spx-option';
    const isOption = leg.right === CALL || leg.right === PUT;
    const isShare = kind === 'etp';
    const isSpxWeekly = kind === 'spx-option' && leg.settlement === PM;
    return {
      action: leg.ratio > 0 ? 'BUY' : 'SELL',
      quantity: Math.abs(leg.ratio) * trade.units,
      product: isSpxWeekly ? 'SPXW' : KIND_SYMBOLS[kind],
      expiry: isShare ? undefined : formatIsoDate(asEpochDay(leg.expiry)),
      settlement: isShare ? undefined : leg.settlement === PM ? 'PM' : 'AM',
      strike: isOption ? leg.strike : undefined,
      right: isOption ? (leg.right === CALL ? 'call' : 'put') : undefined,
      price: leg.entryPrice,
    };
  });
}

/** Net price of one unit in points: credit > 0 received, < 0 paid. */
export function limitOf({ trade, premium }: PlannedOpening): number {
  const [leg] = trade.legs;
  if (leg === undefined) return Number.NaN;
  if (premium === 0) return -leg.entryPrice;
  return premium / trade.units / multiplierOf(leg.kind);
}

/** An opening as the sentence a trader would say to a broker. */
export function openingSentence(opening: PlannedOpening): string {
  const { trade } = opening;
  const legs = openingLegs(opening).map(legText).join(', ');
  const limit = limitOf(opening);
  const price =
    limit >= 0
      ? `for a credit of ${limit.toFixed(2)} or better`
      : `for ${(-limit).toFixed(2)} or less`;
  return `${formatNumber(trade.units)} × ${trade.structure}: ${legs}, ${price} a unit`;
}

/** What an opening costs and risks, a line each; the largest loss first. */
export function openingFacts(opening: PlannedOpening, plan: DayPlan): readonly string[] {
  const { trade, breakEvens, profitProbability } = opening;
  const maxLoss =
    trade.maxLossPerUnit === undefined ? undefined : trade.maxLossPerUnit * trade.units;
  const facts = [
    maxLoss === undefined
      ? 'MAX LOSS not bounded'
      : `MAX LOSS ${formatUsd(maxLoss)}, ${formatPercent(maxLoss / plan.equity, 2)} of net liquidation`,
    `premium ${formatUsdChange(opening.premium)}, fees ${formatUsd(opening.fees, 2)}, ` +
      `half-spreads ${formatUsd(opening.spreadCost, 2)}`,
  ];
  if (breakEvens !== undefined) {
    const [lower, upper] = breakEvens;
    facts.push(
      `break-evens ${formatNumber(lower, 1)} and ${formatNumber(upper, 1)} ` +
        `(${formatPercentChange(lower / plan.spot - 1)}, ${formatPercentChange(upper / plan.spot - 1)})`,
    );
  }
  if (profitProbability !== undefined) {
    facts.push(`ends between them with ${formatPercent(profitProbability)} (risk-neutral)`);
  }
  return facts;
}

function legText({ action, product, expiry, settlement, strike, right }: PlanLeg): string {
  const series = expiry === undefined ? '' : ` ${expiry} ${settlement ?? ''}`;
  const option = strike === undefined ? '' : ` ${formatNumber(strike)} ${right ?? ''}`;
  return `${action.toLowerCase()} ${product}${series}${option}`;
}

/** ISO date of a trade's expiry; empty for a share. */
export function expiryOf(trade: { readonly expiry: number }): string {
  return trade.expiry < NO_EXPIRY ? formatIsoDate(asEpochDay(trade.expiry)) : '';
}

/** Every rule that the plan shows: of the entry, votes, and the layers' triggers. */
export function planRules({ entry, layerChecks }: DayPlan): readonly RuleCheck[] {
  return [...entry.checks, ...entry.votes, ...layerChecks];
}

/** Largest loss of the base positions at expiry above today's SPX, dollars; 0 without one. */
export function upsideLoss({ profit }: DayPlan): number {
  const above = profit.atExpiry.filter((_pnl, i) => (profit.spotRatios[i] ?? 0) > 1);
  return Math.min(0, ...above);
}

/** State, trigger, holding, cost, last day, spent, left and note of a layer, as the cells of a table row. */
export function layerCells({
  name,
  phase,
  trigger,
  trade,
  spent,
  budget,
  note,
  outlay,
  rollBy,
}: PlannedLayer): readonly string[] {
  const held =
    trade === undefined
      ? 'nothing'
      : `${formatNumber(trade.unitsOpen)} × ${trade.structure} ${expiryOf(trade)}`;
  return [
    name,
    phase,
    trigger.replaceAll('-', ' '),
    held,
    outlay === undefined ? '' : formatUsd(outlay),
    rollBy === undefined || rollBy >= NO_EXPIRY ? '' : formatIsoDate(asEpochDay(rollBy)),
    formatUsd(spent),
    formatUsd(budget - spent),
    note,
  ];
}

/** Margin before and after the orders and under each shock, as the rows of a table. */
export function marginRows(plan: DayPlan): readonly (readonly string[])[] {
  const row = (name: string, equity: number, figures: MarginFigures): readonly string[] => [
    name,
    formatUsd(equity),
    formatUsd(figures.requirement),
    formatUsd(figures.futuresMaintenance),
    formatUsd(figures.margin.excessLiquidity),
  ];
  return [
    row('before', plan.before.margin.netLiquidation, plan.before),
    row('after', plan.equity, plan.after),
    ...plan.stressed.map(({ spotRatio, vix, equity, figures }) =>
      row(`SPX ${formatPercent(spotRatio - 1, 0)}, VIX ${formatNumber(vix)}`, equity, figures),
    ),
  ];
}
