import { describe, expect, it } from 'vitest';
import { fuzzBinaries } from './binary-child.ts';

const INPUTS = 120;

describe('packed chain files, broken', () => {
  it.each(['gzip', 'parquet'] as const)(
    '%s: the reader lives and says what is wrong',
    async (kind) => {
      expect(await fuzzBinaries(kind, INPUTS)).toEqual({ exit: 0, read: INPUTS, isClear: true });
    },
  );
});
