import { describe, expect, it } from 'vitest';
import { CHAIN_TEXTS } from '../../src/data/chains/chain-text.fixture.ts';
import { fuzzBinaries } from './binary-child.ts';
import { fuzzImporter } from './importer-facts.ts';

const INPUTS = 1_000_000;
const BINARIES = 3000;

describe('chain importers on a million broken files', () => {
  it.each(Object.entries(CHAIN_TEXTS))('%s: a chain or a clear error', (_, { file, text }) => {
    const { chains, errors } = fuzzImporter(text, file, INPUTS);
    expect(chains + errors).toBe(INPUTS);
  });

  it.each(['gzip', 'parquet'] as const)('%s: no death', async (kind) => {
    expect(await fuzzBinaries(kind, BINARIES)).toEqual({ exit: 0, read: BINARIES, isClear: true });
  });
});
