import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { CONTRACT_KINDS } from './contract-kind.ts';
import { FEE_COMPONENTS, FEE_SCHEDULE, feePerContract } from './fee-schedule.ts';

const NOW = epochDay(2024, 1, 5);

describe('feePerContract', () => {
  it.each([
    ['spx-option', NOW, 10, 1.25],
    ['spx-option', epochDay(2006, 1, 3), 10, 1.25],
    ['spx-option', epochDay(2005, 12, 30), 10, 2.5],
    ['xsp-option', NOW, 1, 0.75],
    ['vix-option', NOW, 0.5, 0.95],
    ['vix-option', NOW, 1, 1.15],
    ['vx-future', NOW, 17, 2.4],
    ['vxm-future', NOW, 17, 0.5],
  ] as const)('of %s on day %d at %d is %d dollars', (kind, day, premium, fee) => {
    expect(feePerContract(kind, day, premium)).toBe(fee);
  });

  it('is NaN for a premium that is not a number', () => {
    expect(feePerContract('spx-option', NOW, Number.NaN)).toBeNaN();
  });
});

describe('FEE_SCHEDULE', () => {
  it('is ordered newest first within a kind and ends in a row without a premium limit', () => {
    for (const kind of CONTRACT_KINDS) {
      const rows = FEE_SCHEDULE.filter((row) => row.kind === kind);
      const from = rows.map((row) => row.from);
      expect(from).toEqual([...from].sort((a, b) => b - a));
      expect(rows.at(-1)?.premiumBelow).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('lies within 5 cents of the sum of its parts', () => {
    for (const kind of CONTRACT_KINDS) {
      const parts = FEE_COMPONENTS.filter((component) => component.kinds.includes(kind));
      const low = parts.reduce((sum, { range }) => sum + range[0], 0);
      const high = parts.reduce((sum, { range }) => sum + range[1], 0);
      expect(parts.every(({ range }) => range[0] <= range[1])).toBe(true);
      for (const premium of [0.5, 5]) {
        expect(feePerContract(kind, NOW, premium)).toBeGreaterThanOrEqual(low - 0.05);
        expect(feePerContract(kind, NOW, premium)).toBeLessThanOrEqual(high + 0.05);
      }
    }
  });
});
