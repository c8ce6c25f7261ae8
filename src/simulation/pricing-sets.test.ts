import { describe, expect, it } from 'vitest';
import { lv2jLogContractVol } from '../kernels/lv2j.ts';
import { LV2JH_PARAMETERS } from './lv2jh-parameters.ts';
import { PRICING_SETS } from './pricing-sets.ts';

describe('PRICING_SETS', () => {
  it.each(Object.entries(PRICING_SETS))('set %s implies the VVIX it states', (_, set) => {
    expect(Math.abs(100 * lv2jLogContractVol(set.curve, 30 / 365) - set.vvix)).toBeLessThan(0.5);
  });

  it('share the log level of the physical dynamics', () => {
    for (const { curve } of Object.values(PRICING_SETS)) {
      expect(curve.logLevel).toBe(LV2JH_PARAMETERS.level);
    }
  });
});
