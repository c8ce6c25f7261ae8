import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  // R: prop.test(x, n, correct = FALSE)$conf.int; Newcombe (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d lies in [%d, %d]', (events, trials, low, high) => {
    const interval = wilsonInterval(events, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
    expect(interval.estimate).toBe(events / trials);
    expect(interval.count).toBe(events);
  });

  it('bounds an event never seen by three over the number of trials', () => {
    expect(wilsonInterval(0, 2000)).toEqual({ estimate: 0, low: 0, high: 0.0015, count: 0 });
    expect(wilsonInterval(0, 2).high).toBe(1);
    expect(wilsonInterval(2000, 2000)).toEqual({ estimate: 1, low: 0.9985, high: 1, count: 2000 });
  });

  it('knows nothing without trials', () => {
    const nothing = { estimate: Number.NaN, low: 0, high: 1, count: 0 };
    expect(wilsonInterval(0, 0)).toEqual(nothing);
    expect(wilsonInterval(3, 2).low).toBeNaN();
    expect(wilsonInterval(-1, 2).high).toBeNaN();
    expect(wilsonInterval(Number.NaN, 2).high).toBeNaN();
  });
});
