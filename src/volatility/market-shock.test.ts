import { describe, expect, it } from 'vitest';
import { createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { epochDay } from '../time/epoch-day.ts';
import { applyShock } from './market-shock.ts';

function market(): MarketSnapshot {
  const snapshot = createSnapshot();
  Object.assign(snapshot, { day: epochDay(2024, 1, 5), spot: 4700, vix: 20, vxCount: 2 });
  snapshot.theta.set([0.0009, 0.0033, 0.011, 0.023]);
  snapshot.vxExpiry.set([epochDay(2024, 1, 17), epochDay(2024, 7, 17)]);
  snapshot.vxPrice.set([19, 21]);
  return snapshot;
}

describe('applyShock', () => {
  it('moves VIX by the fourth power of the fall', () => {
    const shocked = market();
    applyShock(0.9, shocked);
    expect(shocked.spot).toBeCloseTo(4230, 9);
    expect(shocked.vix).toBeCloseTo(20 / 0.9 ** 4, 9);
  });

  it('moves near VX more than far VX, and neither as much as VIX', () => {
    const shocked = market();
    applyShock(0.9, shocked);
    const [near = 0, far = 0] = [...shocked.vxPrice].map(
      (price, i) => price / ([19, 21][i] ?? Number.NaN),
    );
    expect(near).toBeGreaterThan(far);
    expect(far).toBeGreaterThan(1);
    expect(near).toBeLessThan(shocked.vix / 20);
  });

  it('keeps total variance ascending, raises it in a fall and lowers it in a rise', () => {
    const [fall, rise] = [market(), market()];
    applyShock(0.8, fall);
    applyShock(1.06, rise);
    const calm = market().theta;
    fall.theta.forEach((theta, i) => {
      expect(theta).toBeGreaterThan(calm[i] ?? Infinity);
      expect(rise.theta[i]).toBeLessThan(calm[i] ?? -Infinity);
      if (i > 0) expect(theta).toBeGreaterThanOrEqual(fall.theta[i - 1] ?? Infinity);
    });
  });
});
