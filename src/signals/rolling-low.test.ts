import { describe, expect, it } from 'vitest';
import { FLAG_NO, FLAG_NO_DATA, FLAG_YES, rollingLow } from './rolling-low.ts';

describe('rollingLow', () => {
  it('flags the lowest of the window, ties included', () => {
    expect([...rollingLow(Float64Array.of(3, 2, 2, 4, 3), 3)]).toEqual([
      FLAG_NO_DATA,
      FLAG_NO_DATA,
      FLAG_YES,
      FLAG_NO,
      FLAG_NO,
    ]);
  });

  it('has no answer while a missing value is in the window', () => {
    const flags = rollingLow(Float64Array.of(3, Number.NaN, 1, 1, 0), 2);
    expect([...flags]).toEqual([FLAG_NO_DATA, FLAG_NO_DATA, FLAG_NO_DATA, FLAG_YES, FLAG_YES]);
  });
});
