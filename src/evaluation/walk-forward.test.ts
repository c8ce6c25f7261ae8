import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkForwardSplits } from './walk-forward.ts';

const OPTIONS = { periods: 100, folds: 4, purge: 5, embargo: 2, training: 'past' } as const;

describe('walkForwardSplits', () => {
  it('trains on the past, less what a trade would still hold', () => {
    expect(walkForwardSplits(OPTIONS)).toEqual({
      kind: 'splits',
      splits: [
        { train: [{ first: 0, end: 20 }], test: { first: 25, end: 50 } },
        { train: [{ first: 0, end: 45 }], test: { first: 50, end: 75 } },
        { train: [{ first: 0, end: 70 }], test: { first: 75, end: 100 } },
      ],
    });
  });

  it('tests each fold once when training lies on both sides', () => {
    const run = walkForwardSplits({ ...OPTIONS, training: 'both' });
    const splits = run.kind === 'splits' ? run.splits : [];
    expect(splits).toHaveLength(4);
    expect(splits[1]).toEqual({
      train: [
        { first: 0, end: 20 },
        { first: 57, end: 100 },
      ],
      test: { first: 25, end: 50 },
    });
  });

  it('never trains within purge of a test, nor within purge and embargo after it', () => {
    const rules = fc.record({
      periods: fc.integer({ min: 2, max: 400 }),
      folds: fc.integer({ min: 2, max: 12 }),
      purge: fc.integer({ min: 0, max: 40 }),
      embargo: fc.integer({ min: 0, max: 40 }),
      training: fc.constantFrom('past' as const, 'both' as const),
    });
    fc.assert(
      fc.property(rules, (options) => {
        const run = walkForwardSplits(options);
        if (run.kind === 'refused') return;
        for (const { train, test } of run.splits) {
          expect(test.end).toBeGreaterThan(test.first);
          for (const range of train) {
            expect(range.first).toBeGreaterThanOrEqual(0);
            expect(range.end).toBeLessThanOrEqual(options.periods);
            const isBefore = range.end <= test.first - options.purge;
            const isAfter = range.first >= test.end + options.purge + options.embargo;
            expect(isBefore || isAfter).toBe(true);
          }
        }
      }),
    );
  });

  it('refuses what cannot be split', () => {
    const reason = (changes: Partial<Parameters<typeof walkForwardSplits>[0]>): unknown =>
      walkForwardSplits({ ...OPTIONS, ...changes });
    expect(reason({ folds: 1 })).toEqual({ kind: 'refused', reason: 'folds must be >= 2, was 1' });
    expect(reason({ periods: 3 })).toMatchObject({ reason: 'periods must be >= folds (4), was 3' });
    expect(reason({ purge: -1 })).toMatchObject({ kind: 'refused' });
    expect(reason({ embargo: 0.5 })).toMatchObject({ kind: 'refused' });
    expect(reason({ purge: 200 })).toMatchObject({
      reason: 'purge and embargo leave nothing to train on',
    });
  });
});
