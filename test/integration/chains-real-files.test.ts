import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChainFile } from '../../src/data/chains/read-chain-file.ts';
import { readDayBands } from '../../src/data/chains/day-bands.ts';
import { reportCard } from '../../src/data/chains/report-card.ts';
import type { ReportCard } from '../../src/data/chains/report-card.ts';

const DATA = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const CHAINS = join(DATA, 'chains');
const hasReal = existsSync(CHAINS);
if (!hasReal) console.log(`real chain files skipped: none at ${CHAINS}`);

async function cardOf(path: string): Promise<ReportCard> {
  const read = await readChainFile(join(CHAINS, path));
  if (!read.ok) throw read.error;
  return reportCard(read.value, readDayBands(join(DATA, 'market')));
}

describe.skipIf(!hasReal)('files as vendors sell them', () => {
  it.each([
    ['cboe-quotedata/spx_2022-03-23_1011et_intraday.csv', 2 * 9501, 41, '2022-03-23', 0],
    [
      'cboe-quotedata/spx_2023-06-09_1340et_intraday_header-edited.csv',
      2 * 8894,
      49,
      '2023-06-09',
      0,
    ],
    ['cboe-quotedata/spx_2023-08-18_eod.csv', 2 * 10171, 50, '2023-08-18', 0],
    ['cboe-quotedata/spx_2024-01-05_eod.csv', 2 * 10519, 55, '2024-01-05', 2],
    ['cboe-quotedata-2011/spx_2011-01-24_1403et.csv', 1920, 16, '2011-01-24', 0],
    ['historicaloptiondata-l3/spx_2017_two-quarterly-contracts.csv', 392, 3, '2017-01-03', 0],
    ['historicaloptiondata-l3/spy_2021_selected-contracts.csv', 5040, undefined, '2021-01-04', 17],
    ['ivolatility-rawiv/spx_2011-01-03_2011-01-07.csv', 9832, 16, '2011-01-03', 0],
    ['lean-universe/spx_20151222.csv', 233, undefined, '2015-12-22', 0],
    ['optionsbacktester-cboe-daily/SPX_20190603.csv', 14078, undefined, '2019-06-03', 0],
  ])('%s', async (path, ...facts) => {
    const [rows, expirations, from, crossed] = facts;
    const card = await cardOf(path);
    expect([card.rows, card.rejected, card.from]).toEqual([rows, 0, from]);
    if (expirations !== undefined) expect(card.expirations).toBe(expirations);
    expect(card.flags.crossed).toBe(crossed);
    expect([card.flags.notMonotone, card.flags.farForwards]).toEqual([0, 0]);
  });

  it('takes two contracts a day behind an index column', async () => {
    const card = await cardOf('historicaloptiondata-l3/spx_2014-12_pandas-index-layout.csv');
    expect([card.rows, card.sessions.length, card.expirations]).toEqual([244, 61, 1]);
  });

  it('reads every day of spring 2019, gzipped, within the range of its day', async () => {
    const folder = 'optionsbacktester-cboe-daily';
    const names = readdirSync(join(CHAINS, folder)).filter((name) => name.endsWith('.gz'));
    for (const name of names.slice(0, 8)) {
      const card = await cardOf(join(folder, name));
      expect(card.rejected).toBe(0);
      expect(card.sessions.map(({ spotBand }) => spotBand)).toEqual(['inside']);
    }
  });
});
