import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChainFile } from '../../src/data/chains/read-chain-file.ts';
import { formatIsoDate } from '../../src/time/epoch-day.ts';
import { volatilityIndices } from '../../src/volatility/vix-index.ts';
import { indexTerms } from '../../src/volatility/vix-terms.ts';
import { REAL_MARKET } from './real-market.ts';

const CHAINS = join(REAL_MARKET, '..', 'chains');
const isThere = existsSync(CHAINS) && existsSync(join(REAL_MARKET, 'vix_daily.csv'));
if (!isThere) console.log(`VIX of recorded chains skipped: no chains at ${CHAINS}`);

/** Cells of a file of the market folder by date. */
function byDate(file: string): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const [header = '', ...lines] = readFileSync(join(REAL_MARKET, file), 'utf8').trim().split('\n');
  const names = header.split(',');
  return new Map(
    lines.map((line) => {
      const cells = line.split(',');
      return [cells[0] ?? '', Object.fromEntries(names.map((name, i) => [name, Number(cells[i])]))];
    }),
  );
}

interface Computed {
  readonly day: string;
  readonly vix: number;
}

async function vixOf(files: readonly string[]): Promise<readonly Computed[]> {
  const yields = byDate('treasury_yields_daily.csv');
  const found: Computed[] = [];
  for (const file of files) {
    const read = await readChainFile(join(CHAINS, file));
    if (!read.ok) throw read.error;
    for (const chain of read.value.chains) {
      if (chain.underlying !== 'SPX') continue;
      const day = formatIsoDate(chain.quoteDay);
      const rate = Math.log1p((yields.get(day)?.['dgs3mo'] ?? 0) / 100);
      const terms = indexTerms(chain, () => rate);
      if (terms.kind !== 'terms') throw new Error(`${file} ${day}: ${terms.reason}`);
      found.push({ day, vix: volatilityIndices(terms.near, terms.next).vix });
    }
  }
  return found;
}

describe.skipIf(!isThere)('VIX computed from recorded SPX chains', () => {
  it('is within 0.10 of the published close on seven days of closing quotes', async () => {
    const computed = await vixOf([
      'ivolatility-rawiv/spx_2011-01-03_2011-01-07.csv',
      'cboe-quotedata/spx_2023-08-18_eod.csv',
      'cboe-quotedata/spx_2024-01-05_eod.csv',
    ]);
    const vix = byDate('vix_daily.csv');
    expect(computed).toHaveLength(7);
    for (const { day, vix: found } of computed) {
      expect(Math.abs(found - (vix.get(day)?.['close'] ?? Number.NaN)), day).toBeLessThan(0.1);
    }
  });

  it('lies within the range of the day, 0.3 either side, on every intraday chain', async () => {
    const folder = 'optionsbacktester-cboe-daily';
    const days = readdirSync(join(CHAINS, folder)).filter((name) => name.startsWith('SPX'));
    const computed = await vixOf([
      ...days.map((name) => `${folder}/${name}`),
      'cboe-quotedata/spx_2022-03-23_1011et_intraday.csv',
      'cboe-quotedata/spx_2023-06-09_1340et_intraday_header-edited.csv',
    ]);
    const vix = byDate('vix_daily.csv');
    expect(computed.length).toBeGreaterThan(55);
    for (const { day, vix: found } of computed) {
      expect(found, day).toBeGreaterThan((vix.get(day)?.['low'] ?? Number.NaN) - 0.3);
      expect(found, day).toBeLessThan((vix.get(day)?.['high'] ?? Number.NaN) + 0.3);
    }
  });
});
