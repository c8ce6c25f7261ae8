import { describe, expect, it } from 'vitest';
import { nextSession } from '../time/cboe-calendar.ts';
import { epochDay } from '../time/epoch-day.ts';
import { dueDay, MARGIN_CALL_TRANSITIONS, nextMarginCall } from './margin-call.ts';
import type { MarginCall, MarginCallCondition, MarginCallState } from './margin-call.ts';
import { MARGIN_PROFILES } from './margin-profile.ts';
import type { BrokerName, MarginCallType } from './margin-profile.ts';

const STATES: readonly MarginCallState[] = ['NONE', 'CALLED', 'EXPIRED'];
const CONDITIONS: readonly MarginCallCondition[] = ['covered', 'deficit', 'overdue'];
/** A Thursday; Friday the 5th is a session, Monday the 8th the next one. */
const DAY = epochDay(2024, 7, 3);

function callIn(state: MarginCallState, due = DAY): MarginCall | undefined {
  return state === 'NONE' ? undefined : { state, called: DAY, due };
}

describe('the life of a call', () => {
  it('has exactly one row for each state and condition', () => {
    for (const from of STATES) {
      for (const condition of CONDITIONS) {
        const rows = MARGIN_CALL_TRANSITIONS.filter(
          (row) => row.from === from && row.condition === condition,
        );
        expect([from, condition, rows.length]).toEqual([from, condition, 1]);
      }
    }
  });

  it.each([
    // state, deficit, days after the due date, next state, note
    ['NONE', 0, 0, 'NONE', undefined],
    ['NONE', 1, 0, 'CALLED', 'called'],
    ['NONE', 1, 9, 'CALLED', 'called'],
    ['CALLED', 0, 0, 'NONE', 'met'],
    ['CALLED', 0, 1, 'NONE', 'met'],
    ['CALLED', 1, 0, 'CALLED', undefined],
    ['CALLED', 1, 1, 'EXPIRED', 'expired'],
    ['EXPIRED', 0, 1, 'NONE', 'cured'],
    ['EXPIRED', 1, 0, 'EXPIRED', undefined],
    ['EXPIRED', 1, 1, 'EXPIRED', undefined],
    ['NONE', Number.NaN, 0, 'CALLED', 'called'],
    ['CALLED', Number.NaN, 1, 'EXPIRED', 'expired'],
  ] as const)('%s with a deficit of %d, %d days late, is %s', (from, deficit, late, to, note) => {
    const due = epochDay(2024, 7, 8);
    const check = { deficit, day: epochDay(2024, 7, 8 + late), sessions: 3 };
    const next = nextMarginCall(callIn(from, due), check);
    expect([next.call?.state ?? 'NONE', next.note]).toEqual([to, note]);
  });

  it('keeps the date on which it went out, and the one on which it is due', () => {
    const { call } = nextMarginCall(undefined, { deficit: 1, day: DAY, sessions: 2 });
    expect(call).toEqual({ state: 'CALLED', called: DAY, due: epochDay(2024, 7, 8) });
    const later = nextMarginCall(call, { deficit: 9, day: epochDay(2024, 7, 5), sessions: 2 });
    expect(later.call).toEqual(call);
  });
});

describe('dueDay', () => {
  it('counts sessions: a holiday and a weekend do not pass', () => {
    expect(dueDay(DAY, 0)).toBe(DAY);
    expect(dueDay(DAY, 1)).toBe(epochDay(2024, 7, 5));
    expect(dueDay(DAY, 5)).toBe(epochDay(2024, 7, 11));
    expect(dueDay(DAY, 1)).toBe(nextSession(DAY));
  });

  it.each<readonly [BrokerName, MarginCallType, number]>([
    ['traditional', 'house', 3],
    ['traditional', 'portfolio', 2],
    ['traditional', 'futures', 1],
    ['tastytrade', 'house', 3],
    ['tastytrade', 'futures', 1],
    ['exchange', 'house', 15],
    ['exchange', 'portfolio', 3],
    ['ibkr', 'house', 0],
  ])('%s gives a %s call %d sessions', (broker, type, sessions) => {
    expect(MARGIN_PROFILES[broker].callSessions[type]).toBe(sessions);
  });
});
