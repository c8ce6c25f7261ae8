import { describe, expect, it } from 'vitest';
import { CHAIN_TEXTS } from '../../src/data/chains/chain-text.fixture.ts';
import { HARD_SEEDS } from './hard-seeds.ts';
import { brokenPromise, fuzzImporter } from './importer-facts.ts';

const INPUTS = 20_000;
const MOST_MB = 512;

describe('chain importers on broken files', () => {
  it.each(Object.entries(CHAIN_TEXTS))('%s: a chain or a clear error', (_, { file, text }) => {
    const { chains, errors } = fuzzImporter(text, file, INPUTS);
    expect(chains + errors).toBe(INPUTS);
    // Mutations that leave every file whole, or none, would try nothing.
    expect(Math.min(chains, errors)).toBeGreaterThan(INPUTS / 100);
    expect(process.memoryUsage().rss / 2 ** 20).toBeLessThan(MOST_MB);
  });

  it.each(HARD_SEEDS.map((text) => [text.slice(0, 60), text]))('%j', (_, text) => {
    expect(['chain', 'error']).toContain(brokenPromise(Buffer.from(text), 'x.csv'));
  });
});
