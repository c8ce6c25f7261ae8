import { describe, expect, it } from 'vitest';
import { frequency } from '../evaluation/frequency.ts';
import { formatAmong, formatEstimate } from './format-frequency.ts';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPercentChange,
  formatUsd,
  formatUsdChange,
  formatUsdShort,
} from './format-number.ts';

describe('dollars', () => {
  it.each([
    [1_234_567.4, '$1,234,567'],
    [-1234, '−$1,234'],
    [0, '$0'],
    [-0.2, '$0'],
    [999, '$999'],
    [Number.NaN, 'n/a'],
    [Number.POSITIVE_INFINITY, 'n/a'],
  ])('%d is %s', (value, text) => {
    expect(formatUsd(value)).toBe(text);
  });

  it('keep their decimals free of separators', () => {
    expect(formatUsd(1234.56789, 4)).toBe('$1,234.5679');
  });

  it('show the sign of a change, and none for what rounds to nothing', () => {
    expect([10, -10, 0, 0.3].map((value) => formatUsdChange(value))).toEqual([
      '+$10',
      '−$10',
      '$0',
      '$0',
    ]);
  });

  it.each([
    [1_250_000, '$1.25M'],
    [1_000_000, '$1M'],
    [999_999, '$1M'],
    [-350_000, '−$350k'],
    [1500, '$1.5k'],
    [2_000_000_000, '$2B'],
    [0, '$0'],
    [0.5, '$0.5'],
    [600, '$600'],
  ])('%d is short for %s', (value, text) => {
    expect(formatUsdShort(value)).toBe(text);
  });
});

describe('percent', () => {
  it.each([
    [0.1234, '12.3\u00A0%'],
    [-0.05, '−5.0\u00A0%'],
    [-0.0001, '0.0\u00A0%'],
    [12.5, '1,250.0\u00A0%'],
  ])('%d is %s', (value, text) => {
    expect(formatPercent(value)).toBe(text);
  });

  it('shows the sign of a change', () => {
    expect(formatPercentChange(0.05)).toBe('+5.0\u00A0%');
    expect(formatPercentChange(-0.05)).toBe('−5.0\u00A0%');
    expect(formatPercentChange(0)).toBe('0.0\u00A0%');
  });
});

describe('counts', () => {
  it('agree with their noun', () => {
    expect(formatCount(1, 'call')).toBe('1 call');
    expect(formatCount(2000, 'call')).toBe('2,000 calls');
    expect(formatCount(2, 'entry', 'entries')).toBe('2 entries');
    expect(formatNumber(-1234.5, 1)).toBe('−1,234.5');
  });
});

describe('frequencies', () => {
  it('have their interval, and no event is below 3 / N', () => {
    expect(formatEstimate(frequency(10, 100))).toBe('10.0\u00A0% (5.5–17.4)');
    expect(formatEstimate(frequency(0, 2000))).toBe('<\u00A00.15\u00A0%');
    expect(formatEstimate(frequency(0, 0))).toBe('n/a (no trial)');
    expect(formatAmong(frequency(12, 2000))).toBe('12 in 2,000');
  });
});
