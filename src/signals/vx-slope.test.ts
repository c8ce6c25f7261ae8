import { describe, expect, it } from 'vitest';
import { vxSlope } from './vx-slope.ts';

const wave = (i: number): number => 100 + 3 * Math.sin(i * 1.3) + Math.cos(i * 0.7);

describe('vxSlope', () => {
  it('recovers an exact linear response without error', () => {
    const spx = Float64Array.of(100, 101, 99, 98, 100, 103);
    const vx = new Float64Array(6);
    vx[0] = 20;
    for (let i = 1; i < 6; i += 1) {
      const percent = 100 * ((spx[i] ?? 0) / (spx[i - 1] ?? 0) - 1);
      vx[i] = (vx[i - 1] ?? 0) - 0.4 * percent + 0.01;
    }
    const { slope, standardError } = vxSlope(spx, vx, 5);
    expect([...slope.subarray(0, 5)].every(Number.isNaN)).toBe(true);
    expect(slope[5]).toBeCloseTo(0.4, 10);
    expect(standardError[5]).toBeLessThan(1e-6);
    expect(standardError[5]).toBeGreaterThanOrEqual(0);
  });

  it('gives the textbook slope and standard error', () => {
    // x = -1, 0, 1, 2 (percent), y = 2, 0, 1, -3: Sxx = 5, Sxy = -7, Syy = 14,
    // b = 1.4, residual 14 - 9.8 = 4.2, s.e. = sqrt(4.2 / 2 / 5).
    const spx = Float64Array.of(100, 99, 99, 99.99, 101.9898);
    const vx = Float64Array.of(20, 22, 22, 23, 20);
    const { slope, standardError } = vxSlope(spx, vx, 4);
    expect(slope[4]).toBeCloseTo(1.4, 10);
    expect(standardError[4]).toBeCloseTo(Math.sqrt(4.2 / 2 / 5), 10);
  });

  it('forgets what has left the window', () => {
    const spx = Float64Array.from({ length: 40 }, (_unused, i) => (i === 5 ? 40 : wave(i)));
    const vx = Float64Array.from({ length: 40 }, (_unused, i) =>
      i === 7 ? NaN : 20 - wave(i) / 9,
    );
    const late = vxSlope(spx.slice(20), vx.slice(20), 10);
    const all = vxSlope(spx, vx, 10);
    for (let i = 30; i < 40; i += 1) {
      expect(all.slope[i]).toBeCloseTo(late.slope[i - 20] ?? NaN, 9);
      expect(all.standardError[i]).toBeCloseTo(late.standardError[i - 20] ?? NaN, 6);
    }
    expect(all.slope[17]).toBeNaN();
    expect(all.slope[18]).not.toBeNaN();
  });

  it('is NO DATA with a missing change or a flat market', () => {
    const spx = Float64Array.of(100, 101, 99, 98);
    const vx = Float64Array.of(20, Number.NaN, 21, 22);
    expect(vxSlope(spx, vx, 3).slope[3]).toBeNaN();
    const flat = new Float64Array(4).fill(100);
    expect(vxSlope(flat, Float64Array.of(1, 2, 3, 4), 3).slope[3]).toBeNaN();
  });
});
