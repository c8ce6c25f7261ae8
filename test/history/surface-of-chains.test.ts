import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChainFile } from '../../src/data/chains/read-chain-file.ts';
import type { OptionChain } from '../../src/market/option-chain.ts';
import { fitSurface } from '../../src/volatility/fitted-surface.ts';
import type { FittedSlice } from '../../src/volatility/fitted-surface.ts';
import { monitorParity } from '../../src/volatility/parity-monitor.ts';
import { REAL_MARKET } from './real-market.ts';

const CHAINS = join(REAL_MARKET, '..', 'chains');
const isThere = existsSync(CHAINS);
if (!isThere) console.log(`surfaces of recorded chains skipped: no chains at ${CHAINS}`);

/** Chains at the close of two regimes, and one in the sell-off of May 2019. */
const FILES = [
  ['ivolatility-rawiv/spx_2011-01-03_2011-01-07.csv', 0.0015],
  ['optionsbacktester-cboe-daily/SPX_20190513.csv', 0.024],
  ['cboe-quotedata/spx_2024-01-05_eod.csv', 0.053],
] as const;

async function chainsOf(file: string): Promise<readonly OptionChain[]> {
  const read = await readChainFile(join(CHAINS, file));
  if (!read.ok) throw read.error;
  return read.value.chains;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe.skipIf(!isThere)('surfaces of recorded SPX chains', () => {
  it.each(FILES)('%s: fitted closely and free of arbitrage', async (file, rate) => {
    const slices: FittedSlice[] = [];
    for (const chain of await chainsOf(file)) {
      slices.push(...fitSurface(chain, { rate: () => rate }).slices);
    }
    expect(slices.length).toBeGreaterThan(35);
    for (const { sviQuality, essviQuality } of slices) {
      expect(sviQuality.leastButterfly).toBeGreaterThanOrEqual(-1e-9);
      expect(sviQuality.calendarGap).toBeLessThanOrEqual(1e-9);
      expect(essviQuality.leastButterfly).toBeGreaterThanOrEqual(0);
      expect(essviQuality.calendarGap).toBeLessThanOrEqual(1e-9);
    }
    // Volatility points: a bid-ask spread near the money is about as wide.
    expect(median(slices.map((slice) => slice.sviQuality.coreRmse))).toBeLessThan(0.25);
    expect(median(slices.map((slice) => slice.essviQuality.coreRmse))).toBeLessThan(0.6);
  });

  it('keep put-call parity beyond three months: boxes within 1 % of the bill, yields of 0.8 to 1.8 %', async () => {
    const [chain] = await chainsOf('cboe-quotedata/spx_2024-01-05_eod.csv');
    if (chain === undefined) throw new Error('one chain');
    const options = { billRate: 0.053, kind: 'spx-option', previous: undefined } as const;
    const terms = monitorParity(chain, options).filter(({ years }) => years > 0.25 && years < 1);
    expect(terms.length).toBeGreaterThan(8);
    // The index paid 1.4 to 1.5 % in 2023; its level is of 16:00 and the quotes of 16:15.
    for (const { boxOverBill, dividendYield, isBlocked } of terms) {
      expect(Math.abs(boxOverBill)).toBeLessThan(0.01);
      expect(dividendYield).toBeGreaterThan(0.008);
      expect(dividendYield).toBeLessThan(0.018);
      expect(isBlocked).toBe(false);
    }
  });
});
