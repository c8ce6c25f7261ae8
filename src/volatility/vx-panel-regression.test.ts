import { describe, expect, it } from 'vitest';
import { ewmaLogVix, panelRegressionVx } from './vx-panel-regression.ts';

function calm(days: number): number {
  return panelRegressionVx(days, 12, Math.log(12.5), Math.log(15));
}

function crisis(days: number): number {
  return panelRegressionVx(days, 60, Math.log(40), Math.log(25));
}

describe('panelRegressionVx', () => {
  // Least squares on VX settlements 2006-10 … 2017-05, coefficients to 17 digits.
  it.each([
    [30, [0.23587288984483226, 0.5347562528261929, 0.3217924164296992, 0.08632990719323154]],
    [60, [0.333589734775699, 0.3625860771505106, 0.33928131387708726, 0.22147439592877496]],
    [90, [0.45140059803274024, 0.2845220074097651, 0.30198390956578164, 0.3054296580084774]],
    [120, [0.5491571906944899, 0.2427670262465645, 0.25704209936072103, 0.36515536089290307]],
    [150, [0.6350597999027617, 0.21267222880227665, 0.21930934159252602, 0.40895539344026494]],
    [180, [0.731807850329891, 0.19974395051340366, 0.17939793081563596, 0.4337460349929489]],
  ])('is the regression at %d days', (days, [a = 0, b0 = 0, b1 = 0, b2 = 0]) => {
    const [v, e21, e126] = [Math.log(14), Math.log(16), Math.log(19)];
    const expected = Math.exp(a + b0 * v + b1 * e21 + b2 * e126);
    expect(panelRegressionVx(days, 14, e21, e126) / expected).toBeCloseTo(1, 8);
  });

  it('is spot VIX at zero days, and flat beyond 180', () => {
    expect(panelRegressionVx(0, 17.5, 3, 3)).toBeCloseTo(17.5, 12);
    expect(panelRegressionVx(240, 17.5, 3, 3)).toBe(panelRegressionVx(180, 17.5, 3, 3));
  });

  it('slopes up in calm markets and down in a crisis', () => {
    expect(calm(30)).toBeLessThan(calm(150));
    expect(crisis(30)).toBeGreaterThan(crisis(150));
  });

  it('lets NaN through', () => {
    expect(panelRegressionVx(60, 20, Number.NaN, 3)).toBeNaN();
    expect(panelRegressionVx(Number.NaN, 20, 3, 3)).toBeNaN();
  });
});

describe('ewmaLogVix', () => {
  it('starts at the first observation and moves half way in a half-life', () => {
    let average = ewmaLogVix(Number.NaN, Math.E, 21);
    expect(average).toBe(1);
    for (let i = 0; i < 21; i += 1) average = ewmaLogVix(average, Math.E ** 2, 21);
    expect(average).toBeCloseTo(1.5, 12);
  });

  it('stays where it was on a session without VIX', () => {
    expect(ewmaLogVix(2.9, Number.NaN, 126)).toBe(2.9);
  });
});
