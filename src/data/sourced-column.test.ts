import { describe, expect, it } from 'vitest';
import { CALIBRATED, QUOTED } from '../market/provenance.ts';
import { alignValues, coverageOf, NO_DATA } from './sourced-column.ts';

const SESSIONS = Int32Array.of(100, 101, 104, 105, 106);
const NAN = Number.NaN;

describe('alignValues', () => {
  it('carries a value for its age and not longer', () => {
    const column = alignValues(SESSIONS, Int32Array.of(100, 106), Float64Array.of(1, 2), {
      lag: 0,
      maxAge: 2,
    });
    expect([...column.values]).toEqual([1, 1, 1, NAN, 2]);
    expect([...column.source]).toEqual([QUOTED, CALIBRATED, CALIBRATED, NO_DATA, QUOTED]);
  });

  it('holds a lagged value back to the next session', () => {
    const column = alignValues(SESSIONS, Int32Array.of(100, 101), Float64Array.of(1, 2), {
      lag: 1,
      maxAge: 0,
    });
    expect([...column.values]).toEqual([NAN, 1, 2, NAN, NAN]);
  });

  it('counts a value between sessions for the next one, unless that has its own', () => {
    const weekend = { lag: 0, maxAge: 0 };
    const lone = alignValues(SESSIONS, Int32Array.of(103), Float64Array.of(1), weekend);
    expect([...lone.values]).toEqual([NAN, NAN, 1, NAN, NAN]);
    const both = alignValues(SESSIONS, Int32Array.of(103, 104), Float64Array.of(1, 2), weekend);
    expect(both.values[2]).toBe(2);
  });

  it('skips blanks and values before the first session', () => {
    const column = alignValues(SESSIONS, Int32Array.of(99, 101), Float64Array.of(7, NAN), {
      lag: 0,
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
