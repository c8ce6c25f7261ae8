import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../math/autocorrelation.ts';
import { moments } from '../math/moments.ts';
import type { MarketPath } from '../market/market-path.ts';
import { BAR, CLOSE, dailyStates, LEVELS, MIN_STATES, VIX } from './daily-states.ts';
import type { DailyStates } from './daily-states.ts';
import { createLv2jh } from './lv2jh.ts';
import { JOIN_TOLERANCE } from './matched-starts.ts';
import { createBootstrap, createShuffle } from './resampled.ts';

/* A simulated market stands in for a history: it clusters, and needs no file. */
const HISTORY = createLv2jh({ years: 16 }).generate(11, 0);
const STATES = statesOf(HISTORY);
/** Years of the long paths whose moments are held against the history. */
const LONG = 300;
const BOOTSTRAP = createBootstrap(STATES, { years: LONG }).generate(5, 0);
const SHUFFLE = createShuffle(STATES, { years: LONG }).generate(5, 0);

function statesOf(path: MarketPath): DailyStates {
  const made = dailyStates(path);
  if (!made.ok) throw new Error('the history is long enough');
  return made.value;
}

function logReturns(path: MarketPath, from = path.start): Float64Array {
  const out = new Float64Array(path.length - from);
  for (let i = from; i < path.length; i += 1) {
    out[i - from] = Math.log((path.spxClose[i] ?? 0) / (path.spxClose[i - 1] ?? 0));
  }
  return out;
}

const returnsOfHistory = logReturns(HISTORY).subarray(1);
const logVix = (path: MarketPath): Float64Array => path.vixClose.subarray(path.start).map(Math.log);
const clustering = (path: MarketPath): Float64Array =>
  autocorrelations(logReturns(path).map(Math.abs), 21);

describe.each([
  ['bootstrap', BOOTSTRAP],
  ['shuffle', SHUFFLE],
])('the %s', (_name, path) => {
  // 75,600 sessions: the mean of a day is known to 1.2 % / 275 = 0.004 %, and blocks of similar days
  // triple that; a standard deviation to 1 %, with clustering 4 %.
  it('keeps mean, standard deviation and skew of the daily return', () => {
    const simulated = moments(logReturns(path));
    const recorded = moments(returnsOfHistory);
    expect(Math.abs(simulated.mean - recorded.mean)).toBeLessThan(0.00015);
    expect(simulated.standardDeviation / recorded.standardDeviation).toBeCloseTo(1, 1);
    expect(Math.abs(simulated.skewness - recorded.skewness)).toBeLessThan(0.3);
  });

  it('is free of gaps: every column a policy reads is a number', () => {
    const columns = [path.spxOpen, path.spxHigh, path.spxLow, path.vvix, path.theta, path.eta];
    for (const column of [...columns, path.billRate, path.dividendYield, path.vixHigh]) {
      expect(column.every((value) => Number.isFinite(value))).toBe(true);
    }
    for (let i = 0; i < path.length; i += 1) {
      expect(path.spxHigh[i]).toBeGreaterThanOrEqual(path.spxClose[i] ?? 0);
      expect(path.vixLow[i]).toBeLessThanOrEqual(path.vixClose[i] ?? 0);
      expect(path.vxSettle[i * 10 + 8]).toBeGreaterThan(5);
    }
  });
});

describe('the block bootstrap', () => {
  it('keeps the law of VIX: quantiles of its log within 5 %', () => {
    const sorted = (path: MarketPath): Float64Array => logVix(path).toSorted();
    const [recorded, simulated] = [sorted(HISTORY), sorted(BOOTSTRAP)];
    for (const p of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      const at = (of: Float64Array): number => of[Math.floor(p * of.length)] ?? 0;
      expect(Math.abs(at(simulated) - at(recorded))).toBeLessThan(0.05);
    }
  });

  it('keeps the clustering of |r|, which the shuffle breaks', () => {
    const recorded = clustering(HISTORY);
    const kept = clustering(BOOTSTRAP);
    const broken = clustering(SHUFFLE);
    for (const lag of [1, 5, 10, 21]) {
      const of = recorded[lag - 1] ?? 0;
      expect(of).toBeGreaterThan(0.08);
      expect(Math.abs((kept[lag - 1] ?? 0) - of)).toBeLessThan(0.06);
      // An i.i.d. series of this length: 1.96 / sqrt(75,600) = 0.007.
      expect(Math.abs(broken[lag - 1] ?? 1)).toBeLessThan(0.015);
    }
  });

  it('joins blocks only where VIX and the term structure match', () => {
    const rows = rowsOf(BOOTSTRAP);
    expect(rows).not.toContain(-1);
    let joins = 0;
    for (let i = 1; i < rows.length; i += 1) {
      const last = rows[i - 1] ?? 0;
      const now = rows[i] ?? 0;
      if (now === last + 1) continue;
      // The end of the history may look like no other day.
      if (last === STATES.count - 1) continue;
      joins += 1;
      const gap = recordedVix(now - 1) - recordedVix(last);
      expect(Math.abs(gap)).toBeLessThanOrEqual(JOIN_TOLERANCE);
    }
    // Refused joins lengthen the mean block of 21.
    expect(rows.length / joins).toBeGreaterThan(21);
    expect(rows.length / joins).toBeLessThan(32);
  });

  it('moves VIX over a join as the recorded session did, but for a tenth of the gap', () => {
    const rows = rowsOf(BOOTSTRAP);
    let largest = 0;
    for (let i = 1; i < rows.length; i += 1) {
      const row = rows[i] ?? 0;
      const change = Math.log((BOOTSTRAP.vixClose[i] ?? 0) / (BOOTSTRAP.vixClose[i - 1] ?? 0));
      const recorded = recordedVix(row) - recordedVix(row - 1);
      largest = Math.max(largest, Math.abs(change - recorded));
    }
    // Gaps of several joins in a row may add up before they have faded.
    expect(largest).toBeLessThan(0.4 * JOIN_TOLERANCE);
  });

  it('takes every session about equally often', () => {
    const counts = new Int32Array(STATES.count);
    for (const row of rowsOf(BOOTSTRAP)) counts[row] = (counts[row] ?? 0) + 1;
    const thirds = [0, 1, 2].map((third) => {
      const width = Math.floor(STATES.count / 3);
      return counts.subarray(third * width, (third + 1) * width).reduce((a, b) => a + b, 0);
    });
    // Blocks stay for years in a regime: 300 years hold some dozens of visits to each.
    for (const third of thirds) {
      expect(Math.abs((3 * third) / BOOTSTRAP.length - 1)).toBeLessThan(0.25);
    }
  });
});

describe('addresses of a resampled path', () => {
  it('gives the same bytes in any order and into any block', () => {
    const model = createBootstrap(STATES, { years: 1 });
    const alone = createBootstrap(STATES, { years: 1 }).generate(9, 41);
    const block = model.generate(9, 40);
    const again = model.generate(9, 41, block);
    expect(again).toEqual(alone);
    expect(createBootstrap(STATES, { years: 1 }).generate(8, 41).spxClose).not.toEqual(
      alone.spxClose,
    );
  });

  it('refuses a window of less than two years', () => {
    const short = { ...HISTORY, start: HISTORY.length - MIN_STATES };
    expect(dailyStates(short)).toEqual({
      ok: false,
      error: { kind: 'window-too-short', need: MIN_STATES, have: MIN_STATES - 1 },
    });
  });

  it('leaves out sessions without a complete state', () => {
    const holes = { ...HISTORY, vvix: HISTORY.vvix.slice() };
    holes.vvix[HISTORY.start + 100] = Number.NaN;
    const states = statesOf(holes);
    expect(states.sources).toHaveLength(STATES.sources.length - 2);
    const path = createBootstrap(states, { years: 20 }).generate(1, 0);
    expect(path.vvix.every((value) => Number.isFinite(value))).toBe(true);
  });
});

/** Which recorded session each session of a path is, told by its return. */
function rowsOf(path: MarketPath): readonly number[] {
  const recorded = new Map<string, number>();
  for (let row = 1; row < STATES.count; row += 1) {
    recorded.set((STATES.bars[row * BAR + CLOSE] ?? 0).toFixed(11), row);
  }
  return Array.from(
    logReturns(path, 1),
    (value) => recorded.get(value.toFixed(11)) ?? -1,
  ).toSpliced(0, 0, firstRow(path, recorded));
}

function firstRow(path: MarketPath, recorded: ReadonlyMap<string, number>): number {
  return recorded.get(Math.log((path.spxClose[0] ?? 0) / 5000).toFixed(11)) ?? -1;
}

function recordedVix(row: number): number {
  return STATES.levels[row * LEVELS + VIX] ?? Number.NaN;
}
