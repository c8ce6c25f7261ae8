import { describe, expect, it } from 'vitest';
import { isSession } from '../time/cboe-calendar.ts';
import { asEpochDay, epochDay, formatIsoDate } from '../time/epoch-day.ts';
import { vxExpiriesAfter } from '../time/vx-expiry.ts';
import { SIMULATED_NODES, simulatedCalendar } from './simulated-calendar.ts';

describe('simulatedCalendar', () => {
  const calendar = simulatedCalendar(504, epochDay(2025, 1, 2), 260);

  it('starts on the first session of the start day, after the warm-up', () => {
    expect(calendar.start).toBe(260);
    expect(calendar.day).toHaveLength(764);
    expect(formatIsoDate(asEpochDay(calendar.day[260] ?? 0))).toBe('2025-01-02');
    const holiday = simulatedCalendar(1, epochDay(2025, 7, 4), 260);
    expect(formatIsoDate(asEpochDay(holiday.day[260] ?? 0))).toBe('2025-07-07');
  });

  it('holds Cboe sessions only, ascending', () => {
    expect(Array.from(calendar.day).every((day) => isSession(asEpochDay(day)))).toBe(true);
    expect(calendar.day.every((day, i) => i === 0 || day > (calendar.day[i - 1] ?? 0))).toBe(true);
  });

  it('lists the next nine monthly contracts of each session, all after it', () => {
    for (const session of [0, 7, 300, 511, 763]) {
      const day = asEpochDay(calendar.day[session] ?? 0);
      const at = session * SIMULATED_NODES;
      expect(Array.from(calendar.expiry.slice(at, at + SIMULATED_NODES))).toStrictEqual(
        Array.from(vxExpiriesAfter(day, SIMULATED_NODES)),
      );
    }
  });

  it('settles once a month: on the last day of the contract that leaves', () => {
    let settled = 0;
    for (let i = 1; i < calendar.day.length; i += 1) {
      const leaves = calendar.expiry[(i - 1) * SIMULATED_NODES] === calendar.day[i];
      expect(calendar.settles[i]).toBe(leaves ? 1 : 0);
      settled += leaves ? 1 : 0;
    }
    expect(settled).toBeGreaterThanOrEqual(36);
  });

  it('knows FOMC decisions beyond the last session', () => {
    expect(calendar.fomcDays.at(-1)).toBeGreaterThan(calendar.day.at(-1) ?? 0);
  });
});
