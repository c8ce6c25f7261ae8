import { nextSession } from '../time/cboe-calendar.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** Where a call of one type stands. EXPIRED: not met in time, positions are sold until it is. */
export type MarginCallState = 'NONE' | 'CALLED' | 'EXPIRED';

/** What a check at a close finds for one type of deficit. `overdue`: still there after the due date. */
export type MarginCallCondition = 'covered' | 'deficit' | 'overdue';

/** What the audit trail is told of a step; nothing where nothing changed. */
export type MarginCallNote = 'called' | 'met' | 'expired' | 'cured' | undefined;

/** A call that is out. */
export interface MarginCall {
  readonly state: Exclude<MarginCallState, 'NONE'>;
  /** Day on which it went out, and last day to meet it. */
  readonly called: EpochDay;
  readonly due: EpochDay;
}

/** One row of a call's life. */
export interface MarginCallTransition {
  readonly from: MarginCallState;
  readonly condition: MarginCallCondition;
  readonly to: MarginCallState;
  readonly note: MarginCallNote;
}

/**
 * Every step of a dated call; each state and condition has exactly one row. A deficit without a call
 * begins with a call, whatever its date.
 *
 * Source: FINRA Rule 4210(f)(6), (g); dates by type are the profile's.
 */
export const MARGIN_CALL_TRANSITIONS: readonly MarginCallTransition[] = [
  { from: 'NONE', condition: 'covered', to: 'NONE', note: undefined },
  { from: 'NONE', condition: 'deficit', to: 'CALLED', note: 'called' },
  { from: 'NONE', condition: 'overdue', to: 'CALLED', note: 'called' },
  { from: 'CALLED', condition: 'covered', to: 'NONE', note: 'met' },
  { from: 'CALLED', condition: 'deficit', to: 'CALLED', note: undefined },
  { from: 'CALLED', condition: 'overdue', to: 'EXPIRED', note: 'expired' },
  { from: 'EXPIRED', condition: 'covered', to: 'NONE', note: 'cured' },
  { from: 'EXPIRED', condition: 'deficit', to: 'EXPIRED', note: undefined },
  { from: 'EXPIRED', condition: 'overdue', to: 'EXPIRED', note: undefined },
];

/**
 * The call of one type after a check at a close, and what to tell the audit trail. `deficit` in
 * dollars; NaN is a deficit. A call is due `sessions` sessions after the day it goes out and is
 * overdue on the session after that.
 */
export function nextMarginCall(
  call: MarginCall | undefined,
  check: { readonly deficit: number; readonly day: EpochDay; readonly sessions: number },
): { readonly call: MarginCall | undefined; readonly note: MarginCallNote } {
  const from = call?.state ?? 'NONE';
  const condition = conditionOf(call, check);
  const row = MARGIN_CALL_TRANSITIONS.find(
    (each) => each.from === from && each.condition === condition,
  );
  const to = row?.to ?? 'EXPIRED';
  const { day, sessions } = check;
  if (to === 'NONE') return { call: undefined, note: row?.note };
  const dated = call ?? { called: day, due: dueDay(day, sessions) };
  return { call: { called: dated.called, due: dated.due, state: to }, note: row?.note };
}

/** The last day to meet a call of `sessions` sessions that goes out on a day. */
export function dueDay(day: EpochDay, sessions: number): EpochDay {
  let due = day;
  for (let i = 0; i < sessions; i += 1) due = nextSession(due);
  return due;
}

function conditionOf(
  call: MarginCall | undefined,
  { deficit, day }: { readonly deficit: number; readonly day: EpochDay },
): MarginCallCondition {
  if (deficit <= 0) return 'covered';
  return call !== undefined && day > call.due ? 'overdue' : 'deficit';
}
