import { describe, expect, it } from 'vitest';
import { secondEngineFigures } from './second-engine-figures.ts';

const account = Float64Array.from({ length: 130 }, (_unused, i) => 100 + 5 * Math.sin(i / 3));

function engine(equityClose: Float64Array): Parameters<typeof secondEngineFigures>[0] {
  return { capital: equityClose[0] ?? 0, equityClose, marginCalls: 0, stoppedRow: -1 };
}

describe('figures of the second engine', () => {
  it('warn where it moves with the account, and not where it moves against it', () => {
    const same = secondEngineFigures(engine(account.map((x) => 3 * x)), account);
    expect(same.correlation.value).toBeCloseTo(1, 12);
    expect(same.shareAboveWarning.value).toBe(1);
    const against = secondEngineFigures(engine(account.map((x) => 1e4 / x)), account);
    expect(against.correlation.value).toBeLessThan(-0.99);
    expect(against.shareAboveWarning.value).toBe(0);
    expect(same.maxDrawdown).toBeCloseTo(1 - 95 / 105, 2);
  });

  it('say that there is no correlation where one does not move or sessions are few', () => {
    const still = secondEngineFigures(engine(account.map(() => 7)), account);
    expect(still.correlation).toMatchObject({ value: null, reason: expect.stringContaining('60') });
    expect(still.shareAboveWarning.value).toBeNull();
    const few = secondEngineFigures(engine(account.slice(0, 50)), account.slice(0, 50));
    expect(few.correlation.value).toBeNull();
    expect(few.finalEquity).toBe(account[49]);
  });
});
