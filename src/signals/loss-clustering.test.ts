import { describe, expect, it } from 'vitest';
import { lossClustering } from './loss-clustering.ts';

const parse = (text: string): readonly boolean[] => text.split('').map((each) => each === '1');

/** 120 results with a third of each twenty losing more often. */
const MIXED = parse(
  '100010001000000000000111100000100000000110110100000010000000' +
    '101011000100000000001001110000110100001001001100000100001001',
);

describe('lossClustering', () => {
  // Computed with scipy 1 (chi2.sf) and a forward recursion in Python.
  it('equals independent values', () => {
    const found = lossClustering(MIXED);
    expect(found?.losses).toBe(33);
    expect(found?.afterLoss).toBeCloseTo(0.30357142857142855, 12);
    expect(found?.afterGain).toBeCloseTo(0.2551546391752577, 12);
    expect(found?.independence).toBeCloseTo(0.5194660260050693, 8);
    expect(found?.runIndependent).toBeCloseTo(0.06262721385947573, 12);
    expect(found?.runClustered).toBeCloseTo(0.08634736285619683, 12);
  });

  it('makes long runs likelier when losses follow losses, at the same loss rate', () => {
    const bunched = parse('1111100000000000000'.repeat(6));
    const spread = parse('1000100010001000100'.repeat(6));
    const [a, b] = [lossClustering(bunched), lossClustering(spread)];
    expect(a?.lossRate).toBe(b?.lossRate);
    expect(a?.independence).toBeLessThan(0.001);
    expect(a?.runClustered ?? 0).toBeGreaterThan(5 * (a?.runIndependent ?? 1));
    expect(b?.runClustered ?? 1).toBeLessThan(b?.runIndependent ?? 0);
  });

  it('is NO DATA below twenty results, and its test when only one outcome occurred', () => {
    expect(lossClustering(MIXED.slice(0, 19))).toBeUndefined();
    const gains = lossClustering(Array.from({ length: 30 }, () => false));
    expect(gains?.lossRate).toBe(0);
    expect(gains?.independence).toBeNaN();
    expect(gains?.runClustered).toBe(0);
  });
});
