import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { FLAG_NO, FLAG_NO_DATA, FLAG_YES } from './rolling-low.ts';
import { computeSignals } from './signal-frame.ts';
import type { SignalFrame } from './signal-frame.ts';
import { constantMaturityVx } from './vx-slope.ts';

const SESSIONS = 300;
const FIRST_DAY = 15_000;

/** A smooth made-up market: every column varies, nothing is missing. */
function madeUpPath(sessions: number): MarketPath {
  const column = (f: (i: number) => number): Float64Array =>
    Float64Array.from({ length: sessions }, (_unused, i) => f(i));
  const spx = column((i) => 1000 + 50 * Math.sin(i / 9) + 11 * Math.sin(i * 1.7) + 0.5 * i);
  const vix = column((i) => 20 - 6 * Math.sin(i / 9) + Math.cos(i * 2.3));
  const vxExpiry = new Int32Array(sessions * VX_NODES);
  const vxSettle = new Float64Array(sessions * VX_NODES);
  for (let i = 0; i < sessions; i += 1) {
    for (let node = 0; node < VX_NODES; node += 1) {
      vxExpiry[i * VX_NODES + node] = FIRST_DAY + 30 * (node + 1) + 30 * Math.floor(i / 30);
      vxSettle[i * VX_NODES + node] = (vix[i] ?? 0) * (1 - 0.05 * node) + node;
    }
  }
  const theta = new Float64Array(sessions * PILLARS);
  for (let i = 0; i < sessions; i += 1) {
    [9, 30, 93, 184].forEach((days, pillar) => {
      theta[i * PILLARS + pillar] = (((vix[i] ?? 0) / 100) ** 2 * days) / 365;
    });
  }
  return {
    label: 'made up',
    length: sessions,
    start: 0,
    day: Int32Array.from({ length: sessions }, (_unused, i) => FIRST_DAY + i),
    spxOpen: spx.slice(),
    spxHigh: spx.slice(),
    spxLow: spx.slice(),
    spxClose: spx,
    spxSettlement: spx.slice(),
    vixHigh: vix.slice(),
    vixLow: vix.slice(),
    vixClose: vix,
    vixSettlement: vix.slice(),
    vvix: column(() => 86),
    billRate: column(() => 0.03),
    dividendYield: column(() => 0.02),
    theta,
    eta: column(() => 1),
    vxCount: new Uint8Array(sessions).fill(VX_NODES),
    vxExpiry,
    vxSettle,
    vxSource: new Uint8Array(sessions * VX_NODES),
    advanceDeclineLine: column((i) => 5000 + 900 * Math.sin(i / 11)),
    aboveFiftyDay: column((i) => 50 + 40 * Math.sin(i / 13)),
    reerChangeZ: column(() => 0),
    rateDifferentialZ: column(() => 0),
    surfaceSource: new Uint8Array(sessions),
    fomcDays: new Int32Array(0),
  };
}

type Column = Float64Array | Uint8Array | Uint16Array | Int32Array;

function columns(frame: SignalFrame): readonly (readonly [string, Column])[] {
  return Object.entries(frame).filter((entry): entry is [string, Column] =>
    ArrayBuffer.isView(entry[1]),
  );
}

/** Overwrites every row after `row` with garbage. */
function corruptAfter(path: MarketPath, row: number, garbage: number): MarketPath {
  const copy: Record<string, unknown> = { ...path };
  for (const [name, value] of Object.entries(path)) {
    if (!ArrayBuffer.isView(value) || name === 'fomcDays') continue;
    const column = (value as Column).slice();
    const width = column.length / path.length;
    column.fill(garbage, (row + 1) * width);
    copy[name] = column;
  }
  return copy as unknown as MarketPath;
}

describe('computeSignals', () => {
  const path = madeUpPath(SESSIONS);
  const frame = computeSignals(path);

  it('gives one row per session in every column', () => {
    expect(columns(frame).length).toBe(9);
    for (const [, column] of columns(frame)) expect(column.length).toBe(SESSIONS);
  });

  it('never changes at rows <= t when rows > t do', () => {
    assert(
      property(
        integer({ min: 0, max: SESSIONS - 2 }),
        constantFrom(0, 7, 255, -1),
        (row, garbage) => {
          const corrupted = new Map(columns(computeSignals(corruptAfter(path, row, garbage))));
          for (const [name, column] of columns(frame)) {
            const other = corrupted.get(name);
            expect([name, other?.subarray(0, row + 1)]).toEqual([
              name,
              column.subarray(0, row + 1),
            ]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has data in every column once its window is complete', () => {
    for (const [name, column] of columns(frame)) {
      expect([name, Number.isNaN(column[260] ?? Number.NaN)]).toEqual([name, false]);
    }
    expect(frame.vxSlope90[125]).toBeNaN();
    expect(frame.vxSlope90[126]).not.toBeNaN();
    expect(frame.rsi14Min3[15]).toBeNaN();
    expect(frame.rsi14Min3[16]).toBe(Math.min(...frame.rsi14.subarray(14, 17)));
  });

  it('flags 20-session lows and says NO DATA where breadth is missing', () => {
    const broken = { ...path, advanceDeclineLine: path.advanceDeclineLine.slice() };
    broken.advanceDeclineLine[100] = Number.NaN;
    const flags = computeSignals(broken).breadthLow20;
    expect([...flags.subarray(100, 120)].every((flag) => flag === FLAG_NO_DATA)).toBe(true);
    expect(flags[99]).not.toBe(FLAG_NO_DATA);
    expect(flags[120]).not.toBe(FLAG_NO_DATA);
    for (let i = 19; i < SESSIONS; i += 1) {
      const low = Math.min(...path.spxClose.subarray(i - 19, i + 1));
      expect(frame.spxLow20[i]).toBe(path.spxClose[i] === low ? FLAG_YES : FLAG_NO);
    }
  });

  it('interpolates the VX price at 90 days between its two neighbours', () => {
    // First session: expiries at 30, 60, 90, … days, so 90 days is the third node itself.
    expect(frame.constantMaturityVx90[0]).toBe(path.vxSettle[2]);
    const day10 = path.vxSettle.subarray(10 * VX_NODES);
    const expected = (day10[2] ?? 0) + ((day10[3] ?? 0) - (day10[2] ?? 0)) * (10 / 30);
    expect(frame.constantMaturityVx90[10]).toBeCloseTo(expected, 12);
    expect(constantMaturityVx(path, 400)[0]).toBeNaN();
  });
});
