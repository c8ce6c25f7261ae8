import { describe, expect, it } from 'vitest';
import { vxTenorBeta } from './vx-tenor-beta.ts';

describe('vxTenorBeta', () => {
  it('has the bucket values at their middles and is flat outside', () => {
    expect(vxTenorBeta(0)).toBe(0.76);
    expect(vxTenorBeta(90)).toBeCloseTo(0.29, 12);
    expect(vxTenorBeta(135)).toBeCloseTo(0.23, 12);
    expect(vxTenorBeta(400)).toBe(0.19);
  });

  it('never rises with tenor', () => {
    for (let days = 0; days < 260; days += 1) {
      expect(vxTenorBeta(days + 1)).toBeLessThanOrEqual(vxTenorBeta(days));
    }
  });

  it('lets NaN through', () => {
    expect(vxTenorBeta(Number.NaN)).toBeNaN();
  });
});
