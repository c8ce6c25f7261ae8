import { describe, expect, it } from 'vitest';
import { CALIBRATED, QUOTED } from '../market/provenance.ts';
import { releasedBy } from './release-rules.ts';
import { alignValues, coverageOf, NO_DATA } from './sourced-column.ts';
import type { SourcedColumn } from './sourced-column.ts';

const SESSIONS = Int32Array.of(100, 101, 104, 105, 106);
const NAN = Number.NaN;

/** Values of days, released so many sessions later. */
function aligned(
  days: readonly number[],
  values: readonly number[],
  rule: { readonly later: number; readonly maxAge: number },
): SourcedColumn {
  const series = { file: 'made-up.csv', day: Int32Array.from(days), columns: new Map() };
  const released = releasedBy({ on: 'session', ...rule }, series, SESSIONS);
  return alignValues(SESSIONS, released, Float64Array.from(values));
}

describe('alignValues', () => {
  it('carries a value for its age and not longer', () => {
    const column = aligned([100, 106], [1, 2], {
      later: 0,
      maxAge: 2,
    });
    expect([...column.values]).toEqual([1, 1, 1, NAN, 2]);
    expect([...column.source]).toEqual([QUOTED, CALIBRATED, CALIBRATED, NO_DATA, QUOTED]);
  });

  it('holds a lagged value back to the next session', () => {
    const column = aligned([100, 101], [1, 2], {
      later: 1,
      maxAge: 0,
    });
    expect([...column.values]).toEqual([NAN, 1, 2, NAN, NAN]);
  });

  it('counts a value between sessions for the next one, unless that has its own', () => {
    const weekend = { later: 0, maxAge: 0 };
    const lone = aligned([103], [1], weekend);
    expect([...lone.values]).toEqual([NAN, NAN, 1, NAN, NAN]);
    const both = aligned([103, 104], [1, 2], weekend);
    expect(both.values[2]).toBe(2);
  });

  it('skips blanks and values before the first session', () => {
    const column = aligned([99, 101], [7, NAN], {
      later: 0,
      maxAge: 9,
    });
    expect([...column.source].every((code) => code === NO_DATA)).toBe(true);
  });
});

describe('coverageOf', () => {
  it('counts sources, missing cells and the days between', () => {
    const source = Uint8Array.of(NO_DATA, QUOTED, CALIBRATED, NO_DATA, NO_DATA);
    expect(coverageOf(SESSIONS, source, 0)).toEqual({
      quoted: 1,
      calibrated: 1,
      regressed: 0,
      missing: 3,
      firstDay: 101,
      lastDay: 104,
    });
    expect(coverageOf(SESSIONS, source, 3)).toEqual({
      quoted: 0,
      calibrated: 0,
      regressed: 0,
      missing: 2,
    });
    expect(coverageOf(SESSIONS, source, 0, NO_DATA).missing).toBe(0);
  });
});
