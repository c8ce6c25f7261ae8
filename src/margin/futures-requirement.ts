import { VX_FUTURE, VXM_FUTURE } from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { FuturesMarginRule, MarginProfile } from './margin-profile.ts';

/** One outright future at one price on one day. */
export interface FuturesMarginInput {
  /** VX_FUTURE or VXM_FUTURE. */
  readonly kind: number;
  /** Settlement or mark, VIX points. */
  readonly price: number;
  readonly day: EpochDay;
  /** Whether a VIX spike is still felt, see `stressedSessionsAfter`. */
  readonly stressed: boolean;
  readonly profile: MarginProfile;
}

/** Requirement of one contract, dollars. */
export interface FuturesMargin {
  readonly initial: number;
  readonly maintenance: number;
}

/**
 * Maintenance margin of one contract, long or short, dollars: the published level where one is
 * known for the day, else a share of contract value. A spike lifts a published level to the
 * stressed share where that is more.
 *
 * Domain: price > 0; NaN, or a kind that is no future, gives NaN. Calendar spreads get no credit.
 * Source: CFE RG13-019 (level); shares of contract value are an assumption of the profile.
 */
export function futuresMaintenance(input: FuturesMarginInput): number {
  const { kind, price, stressed, profile } = input;
  if (kind !== VX_FUTURE && kind !== VXM_FUTURE) return Number.NaN;
  const rule = profile.futures;
  const multiplier = MULTIPLIERS[kind] ?? Number.NaN;
  const modelled = (stressed ? rule.stressedShare : rule.calmShare) * price * multiplier;
  const known = knownLevel(rule, input.day);
  if (known === undefined) return rule.sensitivity * modelled;
  const published = known * (multiplier / (MULTIPLIERS[VX_FUTURE] ?? Number.NaN));
  return rule.sensitivity * (stressed ? Math.max(published, modelled) : published);
}

/** Initial and maintenance margin of one contract, dollars; see `futuresMaintenance`. */
export function futuresMargin(input: FuturesMarginInput): FuturesMargin {
  const maintenance = futuresMaintenance(input);
  return { initial: maintenance * input.profile.futures.initialRatio, maintenance };
}

/**
 * Sessions for which the stressed level still holds after a close: reset by a VIX spike, else one
 * less. The next session is stressed while the result is > 0, so a spike is felt from the session
 * after it, for `stressSessions` sessions.
 *
 * Units: `vixChange` is today's close over yesterday's less 1; NaN counts as no spike.
 */
export function stressedSessionsAfter(
  sessionsLeft: number,
  vixChange: number,
  rule: FuturesMarginRule,
): number {
  if (vixChange >= rule.stressRise) return rule.stressSessions;
  return Math.max(0, sessionsLeft - 1);
}

/** Latest published maintenance of one VX in force, dollars, or undefined. */
function knownLevel(rule: FuturesMarginRule, day: EpochDay): number | undefined {
  let effective = Number.NEGATIVE_INFINITY;
  let maintenance: number | undefined;
  for (const level of rule.levels) {
    if (day < level.effective || day > level.until || level.effective <= effective) continue;
    effective = level.effective;
    maintenance = level.maintenance;
  }
  return maintenance;
}
