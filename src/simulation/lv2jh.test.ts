import { describe, expect, it } from 'vitest';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createRandomStream } from '../math/philox.ts';
import { epochDay, formatIsoDate, asEpochDay } from '../time/epoch-day.ts';
import { pillarTheta } from '../volatility/ssvi-surface.ts';
import { createLv2jh } from './lv2jh.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import {
  advance,
  createLv2jhLaws,
  createLv2jhState,
  drawStart,
  DYNAMIC_DRAWS,
} from './lv2jh-state.ts';

/** Columns that may hold NaN by contract: no settlement, no data yet, unused node. */
const SPARSE = new Set(['vixSettlement', 'aboveFiftyDay', 'vxSettle']);

/** Every numeric column of a path, copied. */
function columnsOf(path: MarketPath): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Object.entries(path)
      .filter(([, column]) => ArrayBuffer.isView(column))
      .map(([name, column]) => [name, Array.from(column as Float64Array)]),
  );
}

function at(column: ArrayLike<number>, i: number): number {
  return column[i] ?? Number.NaN;
}

describe('createLv2jh', () => {
  const model = createLv2jh({ years: 2 });
  const path = model.generate(1, 0);

  it('gives the same bytes twice, in any order, into a used path or a new one', () => {
    const first = columnsOf(model.generate(7, 3));
    let used = model.generate(7, 9);
    used = model.generate(8, 3, used);
    expect(columnsOf(used)).not.toStrictEqual(first);
    used = model.generate(7, 3, used);
    expect(columnsOf(used)).toStrictEqual(first);
    expect(columnsOf(createLv2jh({ years: 2 }).generate(7, 3))).toStrictEqual(first);
  });

  it('writes into the memory it is handed and names the path', () => {
    const used = model.generate(1, 5);
    const next = model.generate(1, 6, used);
    expect(next.spxClose).toBe(used.spxClose);
    expect(next.label).toBe('simulated LV2J-H, seed 1, path 6');
    const other = createLv2jh({ years: 1 });
    expect(() => other.generate(1, 0, used)).toThrow('of the same model');
  });

  it('extends a shorter market: the first year does not depend on how many follow', () => {
    const short = createLv2jh({ years: 1 }).generate(1, 0);
    expect(Array.from(short.spxClose)).toStrictEqual(
      Array.from(path.spxClose.subarray(0, short.length)),
    );
  });

  it('has no NaN but where the contract of a market path allows it', () => {
    for (const index of [0, 1, 2, 3]) {
      for (const [name, column] of Object.entries(columnsOf(model.generate(2, index)))) {
        if (SPARSE.has(name)) continue;
        expect([name, column.findIndex((value) => !Number.isFinite(value))]).toStrictEqual([
          name,
          -1,
        ]);
      }
    }
    const { start, length } = path;
    expect(path.aboveFiftyDay.subarray(start).every((share) => share > 0 && share < 100)).toBe(
      true,
    );
    for (let i = 0; i < length; i += 1) {
      for (let node = 0; node < at(path.vxCount, i); node += 1) {
        expect(at(path.vxSettle, i * VX_NODES + node)).toBeGreaterThan(0);
      }
      const settles = at(path.vxExpiry, (i - 1) * VX_NODES) === at(path.day, i);
      expect(Number.isFinite(at(path.vixSettlement, i))).toBe(settles);
    }
  });

  it('keeps open and close inside the range of the day, for SPX and VIX', () => {
    for (let i = 0; i < path.length; i += 1) {
      const [low, high] = [at(path.spxLow, i), at(path.spxHigh, i)];
      expect(low).toBeLessThanOrEqual(Math.min(at(path.spxOpen, i), at(path.spxClose, i)));
      expect(high).toBeGreaterThanOrEqual(Math.max(at(path.spxOpen, i), at(path.spxClose, i)));
      expect(at(path.vixLow, i)).toBeLessThanOrEqual(at(path.vixClose, i));
      expect(at(path.vixHigh, i)).toBeGreaterThanOrEqual(at(path.vixClose, i));
      expect(at(path.spxSettlement, i)).toBe(at(path.spxOpen, i));
    }
  });

  it('has a surface free of calendar arbitrage and pinned to VIX', () => {
    for (let i = 0; i < path.length; i += 1) {
      const theta = path.theta.subarray(i * 4, i * 4 + 4);
      expect(at(theta, 0)).toBeLessThan(at(theta, 1));
      expect(at(theta, 1)).toBeLessThanOrEqual(at(theta, 2));
      expect(at(theta, 2)).toBeLessThanOrEqual(at(theta, 3));
      const exact = pillarTheta(at(path.vixClose, i), 30, at(path.eta, i));
      expect(Math.abs(at(theta, 1) / exact - 1)).toBeLessThan(1e-9);
    }
  });

  it('lets VX converge to VIX: within 3 % at the close before settlement, apart at 60 days', () => {
    let near = 0;
    let far = 0;
    let count = 0;
    for (let i = 0; i < path.length; i += 1) {
      const days = at(path.vxExpiry, i * VX_NODES) - at(path.day, i);
      if (days > 1) continue;
      const vix = at(path.vixClose, i);
      near = Math.max(near, Math.abs(at(path.vxSettle, i * VX_NODES) / vix - 1));
      far += Math.abs(at(path.vxSettle, i * VX_NODES + 2) / vix - 1);
      count += 1;
    }
    expect(count).toBeGreaterThan(20);
    // What is left: u fades by a fifth overnight, and a night's drift of the curve.
    expect(near).toBeLessThan(0.03);
    expect(far / count).toBeGreaterThan(0.05);
  });

  it('starts trading on the asked day, at the asked VIX', () => {
    for (const startState of [12, 40]) {
      const own = createLv2jh({
        years: 1,
        startDay: epochDay(2030, 3, 1),
        warmUp: 260,
        startState,
      }).generate(3, 1);
      expect(own.start).toBe(260);
      expect(formatIsoDate(asEpochDay(at(own.day, own.start)))).toBe('2030-03-01');
      expect(at(own.vixClose, own.start - 1)).toBeCloseTo(startState, 9);
    }
  });

  it('begins in a regime of its own', () => {
    const levels = Array.from({ length: 40 }, (_, index) => {
      const own = model.generate(11, index);
      return at(own.vixClose, own.start);
    });
    expect(Math.min(...levels)).toBeLessThan(14);
    expect(Math.max(...levels)).toBeGreaterThan(25);
  });

  it('refuses a warm-up that is too short and less than a session', () => {
    expect(() => createLv2jh({ years: 1, warmUp: 259 })).toThrow('warmUp must be >= 260, was 259');
    expect(() => createLv2jh({ years: 0 })).toThrow('years x 252 must be >= 1 session');
  });
});

describe('advance', () => {
  it('jumps twice a year on average and never falls below the floor of y', () => {
    const laws = createLv2jhLaws(LV2JH_PARAMETERS);
    const state = createLv2jhState();
    const stream = createRandomStream(5);
    const draws = new Float64Array(DYNAMIC_DRAWS);
    drawStart(state, laws, 0.5);
    const years = 1200;
    let jumps = 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let step = 0; step < 252 * years; step += 1) {
      stream.fillUniforms(0, step, draws);
      const before = state.intensity;
      if (at(draws, 4) < before / 252) jumps += 1;
      advance(state, draws, laws);
      lowest = Math.min(lowest, state.y);
    }
    // Hawkes: 1.1 / (1 - 0.45) = 2; standard error of the mean over 1,200 years 0.08.
    expect(jumps / years).toBeGreaterThan(1.75);
    expect(jumps / years).toBeLessThan(2.25);
    expect(lowest).toBeGreaterThanOrEqual(LV2JH_PARAMETERS.y.floor);
  });

  it('follows the equations of one session without a jump', () => {
    const laws = createLv2jhLaws(LV2JH_PARAMETERS);
    const state = createLv2jhState();
    drawStart(state, laws, 0.5);
    state.x = 0.2;
    state.y = -0.3;
    state.u = 0.05;
    state.vix = Math.exp(3.22 + 0.2 - 0.3 + 0.05);
    const vix = state.vix;
    const { half } = laws;
    // Factor shocks at their medians, the innovation at the joint of its halves: raw value 0.
    const draws = Float64Array.of((1 + 0.16) / 2, 0.5, 0.5, 0.5, 0.999, 0.5, 0.5);
    advance(state, draws, laws);
    const zeta = (-0.8 * laws.innovation.a) / laws.innovation.b;
    const [down, up] = [Math.min(zeta, 0) + half, Math.max(zeta, 0) - half];
    const excess = -2 / 252;
    const foretold = vix / 100 / Math.sqrt(252);
    const z = zeta + 1.1 * (2 / 252);
    const r = (0.085 / 252) * (vix / 19) + foretold * z - 0.5 * (0.809 * foretold) ** 2;
    expect(state.logReturn).toBeCloseTo(r, 14);
    const pull = (6 * (1 + 0.5 * 0.3) * 0.3) / 252;
    expect(state.x).toBeCloseTo(0.2 - pull - 0.04 * down - 0.033 * up + 0.13 * excess, 14);
    const y = -0.3 - (0.3 * 0.04) / 252 - 0.0165 * down - 0.0155 * up + 0.02 * excess;
    expect(state.y).toBeCloseTo(y, 14);
    expect(state.u).toBeCloseTo(0.778 * 0.05 - 0.036 * down - 0.002 * up + 0.06 * excess, 14);
    expect(state.intensity).toBeCloseTo(1.1 + 0.9 * Math.exp(-1 / 15), 14);
    expect(state.vix).toBeCloseTo(Math.exp(3.22 + state.x + state.y + state.u), 12);
  });
});
