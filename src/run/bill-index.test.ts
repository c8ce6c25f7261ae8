import { describe, expect, it } from 'vitest';
import { createLv2jh } from '../simulation/lv2jh.ts';
import { billIndex } from './bill-index.ts';

describe('billIndex', () => {
  const path = createLv2jh({ years: 1 }).generate(1, 0);

  it('starts at 1 and has a row for each traded session', () => {
    const index = billIndex(path);
    expect(index).toHaveLength(path.length - path.start);
    expect(index[0]).toBe(1);
  });

  it('compounds the rate of the session before over calendar days', () => {
    const rates = new Float64Array(path.length).fill(0.05);
    const index = billIndex({ ...path, billRate: rates });
    const days = (path.day[path.length - 1] ?? 0) - (path.day[path.start] ?? 0);
    expect(index.at(-1)).toBeCloseTo(Math.exp((0.05 * days) / 365), 12);
    rates[path.length - 1] = 0.5;
    expect(billIndex({ ...path, billRate: rates })).toEqual(index);
    rates[path.start] = 0.1;
    const gap = (path.day[path.start + 1] ?? 0) - (path.day[path.start] ?? 0);
    const raised = billIndex({ ...path, billRate: rates });
    expect(raised[1]).toBeCloseTo(Math.exp((0.1 * gap) / 365), 12);
  });

  it('is unknown from the first unknown rate on', () => {
    const rates = new Float64Array(path.length).fill(0.05);
    rates[path.start + 3] = Number.NaN;
    const index = billIndex({ ...path, billRate: rates });
    expect(Number.isFinite(index[3])).toBe(true);
    expect(index.subarray(4).every((level) => Number.isNaN(level))).toBe(true);
  });
});
