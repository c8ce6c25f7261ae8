import { describe, expect, it } from 'vitest';
import { epochDay } from './epoch-day.ts';
import { yearsToExpiry } from './year-fraction.ts';

const AM = 0;
const PM = 1;
const CLOSE = 16 / 24;
const MINUTES_PER_YEAR = 365 * 24 * 60;

describe('yearsToExpiry', () => {
  const today = epochDay(2024, 6, 3);

  it('is 28/365 from one close to a PM settlement 28 days later', () => {
    expect(yearsToExpiry(today, CLOSE, today + 28, PM)).toBeCloseTo(28 / 365, 15);
  });

  it('ends at 13:00 when the expiry day closes early (3 July 2024)', () => {
    expect(yearsToExpiry(today, CLOSE, today + 30, PM)).toBeCloseTo((30 - 3 / 24) / 365, 15);
    expect(yearsToExpiry(today + 30, 13 / 24, today + 30, PM)).toBe(0);
  });

  it('counts minutes: 17.5 hours from a close to the AM settlement of the next day', () => {
    expect(yearsToExpiry(today, CLOSE, today + 1, AM) * MINUTES_PER_YEAR).toBeCloseTo(1050, 8);
  });

  it('puts AM 6.5 hours before PM', () => {
    const difference = yearsToExpiry(today, 0, today, PM) - yearsToExpiry(today, 0, today, AM);
    expect(difference * MINUTES_PER_YEAR).toBeCloseTo(390, 8);
  });

  it('is 0 at the settlement and after it', () => {
    expect(yearsToExpiry(today, CLOSE, today, PM)).toBe(0);
    expect(yearsToExpiry(today, 9.5 / 24, today, AM)).toBe(0);
    expect(yearsToExpiry(today, CLOSE, today - 10, AM)).toBe(0);
  });

  it('is NaN for a NaN, and for a code that is neither AM nor PM', () => {
    expect(yearsToExpiry(Number.NaN, CLOSE, today, PM)).toBeNaN();
    expect(yearsToExpiry(today, CLOSE, Number.NaN, AM)).toBeNaN();
    expect(yearsToExpiry(today, CLOSE, today + 5, 2)).toBeNaN();
  });
});
