import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { STRIKE_STEPS, nearestStrike, nearestVixStrike, strikeStep } from './strike-grid.ts';

describe('strikeStep', () => {
  it('of SPX is 5 near the money within 70 days, 25 beyond', () => {
    expect(strikeStep('spx-option', 45)).toBe(5);
    expect(strikeStep('spx-option', 70)).toBe(5);
    expect(strikeStep('spx-option', 71)).toBe(25);
  });

  it('of SPX widens away from the money', () => {
    expect(strikeStep('spx-option', 45, 0.95)).toBe(5);
    expect(strikeStep('spx-option', 45, 0.9)).toBe(10);
    expect(strikeStep('spx-option', 45, 1.05)).toBe(10);
    expect(strikeStep('spx-option', 45, 0.75)).toBe(25);
    expect(strikeStep('spx-option', 45, 1.2)).toBe(25);
  });

  it('of XSP is 1', () => {
    expect(strikeStep('xsp-option', 45)).toBe(1);
    expect(strikeStep('xsp-option', 300, 0.6)).toBe(1);
  });

  it('is NaN for days or moneyness that are not numbers', () => {
    expect(strikeStep('spx-option', Number.NaN)).toBeNaN();
    expect(strikeStep('spx-option', 45, Number.NaN)).toBeNaN();
  });

  it('has a source in every row', () => {
    expect(STRIKE_STEPS.filter((rule) => rule.source === '')).toEqual([]);
  });
});

describe('nearestStrike', () => {
  it.each([
    [4697.24, 5, 'down', 4695],
    [4697.24, 5, 'up', 4700],
    [4697.24, 5, 'nearest', 4695],
    [4697.5, 5, 'nearest', 4700],
    [4695, 5, 'down', 4695],
    [4695, 5, 'up', 4695],
    [469.7, 1, 'nearest', 470],
  ] as const)('of %d on %d, %s, is %d', (strike, step, direction, expected) => {
    expect(nearestStrike(strike, step, direction)).toBe(expected);
  });

  it('lets NaN through', () => {
    expect(nearestStrike(Number.NaN, 5, 'up')).toBeNaN();
  });
});

describe('nearestVixStrike', () => {
  it('steps by 0.5 below 15 since 2012, by 1 before and above, by 5 from 200', () => {
    const now = epochDay(2019, 6, 3);
    expect(nearestVixStrike(13.4, now)).toBe(13.5);
    expect(nearestVixStrike(13.4, epochDay(2010, 6, 3))).toBe(13);
    expect(nearestVixStrike(22.6, now)).toBe(23);
    expect(nearestVixStrike(203, now)).toBe(205);
    expect(nearestVixStrike(Number.NaN, now)).toBeNaN();
  });
});
