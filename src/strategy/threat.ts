import type { ThreatRule } from './policy.ts';

/** A condor's or strangle's place in the market at one close. */
export interface ThreatView {
  /** SPX, index points. */
  readonly spot: number;
  /** Centre of the band at entry and the short strikes, index points (SPX). */
  readonly centre: number;
  readonly shortPut: number;
  readonly shortCall: number;
  /** Absolute deltas of the shorts now; asked for only when the expected move does not decide. */
  readonly putDelta: () => number;
  readonly callDelta: () => number;
}

/** Share of the expected move used on the put side: 0 at the centre, 1 at the short strike. */
export function putSideUsed(view: ThreatView): number {
  return (view.centre - view.spot) / (view.centre - view.shortPut);
}

/** Share of the expected move used on the call side. */
export function callSideUsed(view: ThreatView): number {
  return (view.spot - view.centre) / (view.shortCall - view.centre);
}

/** True when the put side is threatened: expected move used, or delta of the short. */
export function putThreatened(view: ThreatView, rule: ThreatRule): boolean {
  return putSideUsed(view) >= rule.expectedMoveUsed || view.putDelta() >= rule.shortDelta;
}

/** True when the call side is threatened. */
export function callThreatened(view: ThreatView, rule: ThreatRule): boolean {
  return callSideUsed(view) >= rule.expectedMoveUsed || view.callDelta() >= rule.shortDelta;
}
