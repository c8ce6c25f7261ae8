import { describe, expect, it } from 'vitest';
import { firstChanges, latestRevision, releaseSurprise } from './first-release.ts';
import type { VintageObservation } from './first-release.ts';

/** Vintages every 90 days, each with the three newest months; month m grows by `growth(m)`. */
function vintages(growth: (month: number) => number, count: number): readonly VintageObservation[] {
  const level = [100];
  for (let m = 1; m < 3 * count + 3; m += 1) level.push((level[m - 1] ?? 0) * Math.exp(growth(m)));
  return Array.from({ length: count }, (_unused, v) =>
    [0, 1, 2, 3].map((k) => ({
      usableFrom: 90 * (v + 1),
      period: 3 * v + k,
      value: level[3 * v + k] ?? 0,
    })),
  ).flat();
}

describe('first releases', () => {
  it('takes each change from the first vintage that has it, never a later one', () => {
    const rows = [
      { usableFrom: 10, period: 1, value: 100 },
      { usableFrom: 10, period: 2, value: 101 },
      { usableFrom: 20, period: 1, value: 100 },
      { usableFrom: 20, period: 2, value: 105 },
      { usableFrom: 20, period: 3, value: 106 },
    ];
    const changes = firstChanges(rows, 1);
    expect(changes.map(({ period, usableFrom }) => [period, usableFrom])).toEqual([
      [2, 10],
      [3, 20],
    ]);
    expect(changes[0]?.change).toBeCloseTo(Math.log(1.01), 12);
  });

  it('scores a jump against the months before it, and only once it is out', () => {
    const jump = (month: number): number => (month === 60 ? 0.02 : 0.002 + 0.0005 * (month % 3));
    const changes = firstChanges(vintages(jump, 22), 1);
    const out = changes.find(({ period }) => period === 60)?.usableFrom ?? 0;
    expect(Math.abs(releaseSurprise(changes, out - 1, 200))).toBeLessThan(2);
    expect(
      releaseSurprise(
        changes.filter(({ period }) => period <= 60),
        out,
        200,
      ),
    ).toBeGreaterThan(5);
  });

  it('is NO DATA before enough months, and when the newest is too old', () => {
    const changes = firstChanges(
      vintages(() => 0.002, 22),
      1,
    );
    expect(releaseSurprise(changes, 400, 200)).toBeNaN();
    expect(releaseSurprise(changes, 90 * 22 + 201, 200)).toBeNaN();
  });

  it('revises the newest period of the earlier vintage by the later one', () => {
    const rows = [
      { usableFrom: 10, period: 3, value: 100 },
      { usableFrom: 10, period: 6, value: 101 },
      { usableFrom: 20, period: 3, value: 100 },
      { usableFrom: 20, period: 6, value: 102 },
    ];
    expect(latestRevision(rows, 20, 3)).toBeCloseTo(Math.log(1.02) - Math.log(1.01), 12);
    expect(latestRevision(rows, 19, 3)).toBeNaN();
  });
});
