import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForcedLiquidationInput } from './forced-liquidation.ts';
import { forcedLiquidationUnits, liquidationReproduction } from './forced-liquidation.ts';

const BASE: ForcedLiquidationInput = {
  units: 100,
  equity: 500_000,
  loss: 150_000,
  marginPerUnit: 4600,
  costPerUnit: 300,
  impactPerUnit: 0,
};

describe('forcedLiquidationUnits', () => {
  it('of 100 units after a loss of 150,000 leaves 74 (closed form)', () => {
    const result = forcedLiquidationUnits(BASE);
    // n' = (E - L - n s) / (m' - s) = 320,000 / 4,300.
    expect(result).toMatchObject({ kind: 'partial', remaining: 74 });
    if (result.kind !== 'partial') return;
    expect(result.exact).toBeCloseTo(320_000 / 4300, 10);
    expect(result.fraction).toBeCloseTo(1 - 3200 / 4300, 12);
    expect(result.amplification).toBeCloseTo(4600 / 4300, 10);
  });

  it('is none while equity covers margin, to the dollar', () => {
    expect(forcedLiquidationUnits({ ...BASE, loss: 40_000 }).kind).toBe('none');
    expect(forcedLiquidationUnits({ ...BASE, loss: 40_001 }).kind).toBe('partial');
  });

  it('spirals when a unit costs what it releases, or costs exceed equity', () => {
    expect(forcedLiquidationUnits({ ...BASE, costPerUnit: 4600 }).kind).toBe('spiral');
    expect(forcedLiquidationUnits({ ...BASE, loss: 470_000 })).toMatchObject({ remaining: 0 });
    expect(forcedLiquidationUnits({ ...BASE, loss: 470_001 }).kind).toBe('spiral');
  });

  it('own price impact closes more, and can turn a cure into a spiral', () => {
    const free = forcedLiquidationUnits(BASE);
    const felt = forcedLiquidationUnits({ ...BASE, impactPerUnit: 20 });
    expect(felt.kind === 'partial' && free.kind === 'partial' && felt.exact < free.exact).toBe(
      true,
    );
    expect(forcedLiquidationUnits({ ...BASE, loss: 480_000, impactPerUnit: 20 }).kind).toBe(
      'spiral',
    );
  });

  it('unknown figures are a spiral, never none', () => {
    for (const key of ['equity', 'loss', 'marginPerUnit', 'costPerUnit'] as const) {
      expect(forcedLiquidationUnits({ ...BASE, [key]: Number.NaN }).kind).toBe('spiral');
    }
  });

  it('what is left just meets its margin after costs', () => {
    const dollars = fc.double({ min: 1, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        dollars,
        dollars,
        fc.double({ min: 0, max: 50, noNaN: true }),
        (units, equity, marginPerUnit, costPerUnit, impactPerUnit) => {
          const input = { units, equity, loss: 0, marginPerUnit, costPerUnit, impactPerUnit };
          const result = forcedLiquidationUnits(input);
          if (result.kind !== 'partial') return;
          const { exact } = result;
          expect(exact).toBeLessThanOrEqual(units);
          const cost = (costPerUnit + impactPerUnit * exact) * (units - exact);
          const scale = equity + units * (marginPerUnit + costPerUnit) + impactPerUnit * units ** 2;
          expect(Math.abs(equity - cost - marginPerUnit * exact)).toBeLessThan(1e-9 * scale);
        },
      ),
    );
  });
});

describe('liquidationReproduction', () => {
  it('is the impact on what remains over the margin a unit releases', () => {
    expect(liquidationReproduction({ ...BASE, impactPerUnit: 43 }, 50)).toBeCloseTo(0.5, 12);
    expect(liquidationReproduction({ ...BASE, costPerUnit: 4600 }, 50)).toBeNaN();
  });
});
