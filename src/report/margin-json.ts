import { partsOf } from '../engine/margin-event.ts';
import type { MarginEvent } from '../engine/margin-event.ts';
import { FACTOR_NAMES } from '../evaluation/margin-summary.ts';
import type { MarginSummary } from '../evaluation/margin-summary.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

const NOTHING_CURED = 'no order released more than it cost';

/** What a reproduction number of 0 means. */
export const NO_IMPACT = 'this plan has no own impact';

/** The margin summary of a policy as a member of its document; dollars and counts. */
export function marginJson(summary: MarginSummary): JsonValue {
  const { largestReproduction, cured, induced, attribution, mechanisms, cascade } = summary;
  const reason = summary.liquidations === 0 ? 'nothing was liquidated' : NOTHING_CURED;
  return {
    calls: summary.calls,
    liquidations: summary.liquidations,
    spirals: summary.spirals,
    rounds: summary.rounds,
    unitsForced: summary.unitsForced,
    unitsForcedNextDay: summary.unitsForcedNextDay,
    cost: toTheCent(summary.cost),
    leggingLoss: toTheCent(summary.leggingLoss),
    largestDebt: toTheCent(summary.largestDebt),
    finalDebt: toTheCent(summary.finalDebt),
    cured: toTheCent(cured),
    induced: toTheCent(induced),
    ...figure('reproduction', cured > 0 ? induced / cured : undefined, reason),
    ...figure('largestReproduction', largestReproduction, reason),
    cascade: { 'reg-t': toTheCent(cascade['reg-t']), portfolio: toTheCent(cascade.portfolio) },
    attribution: Object.fromEntries(
      FACTOR_NAMES.map((factor) => [factor, toTheCent(attribution[factor])]),
    ),
    mechanisms: { ...mechanisms },
  };
}

/** Dollars without the noise of adding many of them. */
function toTheCent(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

/** What a liquidation lost while it went on, by part; says where a 0 is the plan's. */
function partsJson(event: MarginEvent): JsonValue {
  const { ownImpact, nakedLegs } = partsOf(event);
  const note = ownImpact === 0 ? { note: NO_IMPACT } : {};
  return {
    ...figure('ownImpact', ownImpact, NOTHING_CURED),
    ...figure('nakedLegs', nakedLegs, NOTHING_CURED),
    ...note,
  };
}

/** One margin event with its attribution and rounds; dollars. */
export function marginEventJson(event: MarginEvent): JsonValue {
  const { kind, rounds, mechanism, due } = event;
  const called = kind === 'call';
  return {
    date: formatIsoDate(event.day),
    moment: event.moment,
    kind,
    type: event.type,
    regime: event.regime,
    due: due === undefined ? undefined : formatIsoDate(due),
    since: formatIsoDate(event.since),
    excessBefore: event.excessCentsBefore / 100,
    excess: event.excessCents / 100,
    attribution: Object.fromEntries(
      FACTOR_NAMES.map((factor) => [factor, event.attribution[factor] / 100]),
    ),
    mechanism: mechanism ?? null,
    mechanismReason: mechanism === undefined ? 'no factor took anything' : undefined,
    outcome: event.outcome,
    cost: toTheCent(event.cost),
    leggingLoss: toTheCent(event.leggingLoss),
    ...figure('reproduction', event.reproduction, called ? 'a call sells nothing' : NOTHING_CURED),
    ...(called ? {} : { reproductionParts: partsJson(event) }),
    debt: event.debtCents / 100,
    rounds: rounds.map((round) => ({
      units: round.units,
      cost: toTheCent(round.cost),
      leggingLoss: toTheCent(round.leggingLoss),
      cured: toTheCent(round.cured),
      induced: toTheCent(round.induced),
      excess: toTheCent(round.excess),
      equity: toTheCent(round.equity),
      requirement: toTheCent(round.requirement),
    })),
  };
}
