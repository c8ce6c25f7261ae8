import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { levelStatistics, replicateCndr } from '../../src/backtest/replicate-cndr.ts';
import type { CndrReplica } from '../../src/backtest/replicate-cndr.ts';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { asEpochDay, epochDay, formatIsoDate } from '../../src/time/epoch-day.ts';

const REAL = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'market');
const hasReal = existsSync(join(REAL, 'spx_daily.csv'));
if (!hasReal) console.log(`CNDR replica skipped: no market data at ${REAL}`);

// Cboe: CNDR stood at 771.31 in January 2010 and at 713.49 in January 2019. Its deviation of
// 7.23 % a year is that of 1986-2015 (Black and Szado 2016); the replica may differ by 1.2 points.
describe.skipIf(!hasReal)('the replica of CNDR from January 2010 to January 2019', () => {
  let replica: CndrReplica;
  beforeAll(() => {
    const { path } = loadHistoricalMarket({
      dir: REAL,
      from: epochDay(2010, 1, 15),
      to: epochDay(2019, 1, 18),
      counterfactual: false,
    });
    replica = replicateCndr(path);
  });

  it('returns what the index returned, within 1.5 % a year', () => {
    const { annualReturn, annualStdev } = levelStatistics(replica.day, replica.level);
    console.log(
      `return ${(100 * annualReturn).toFixed(2)} %, sd ${(100 * annualStdev).toFixed(2)} %`,
    );
    expect(Math.abs(annualReturn - (713.49 / 771.31) ** (1 / 9.0075) + 1)).toBeLessThan(0.015);
    expect(annualReturn).toBeGreaterThan(-0.0236);
    expect(annualReturn).toBeLessThan(0.0064);
  });

  it('moves as the index moved, within 1.2 points', () => {
    const { annualStdev } = levelStatistics(replica.day, replica.level);
    expect(annualStdev).toBeGreaterThan(0.05);
    expect(annualStdev).toBeLessThan(0.0843);
  });

  it('loses most in the months in which the index did', () => {
    const worst = replica.months
      .toSorted((a, b) => a.pnlOverMaxLoss - b.pnlOverMaxLoss)
      .slice(0, 5)
      .map(({ settled, pnlOverMaxLoss }) => ({
        month: formatIsoDate(asEpochDay(settled)).slice(0, 7),
        pnl: pnlOverMaxLoss.toFixed(2),
      }));
    console.log(worst.map(({ month, pnl }) => `${month} ${pnl}`).join(', '));
    const known = ['2011-08', '2010-05', '2018-12', '2014-10'];
    expect(worst.filter(({ month }) => known.includes(month)).length).toBeGreaterThanOrEqual(3);
  });

  it('settles once a month and never loses more than its largest loss', () => {
    expect(replica.months).toHaveLength(108);
    expect(Math.min(...replica.months.map((month) => month.pnlOverMaxLoss))).toBeGreaterThanOrEqual(
      -1 - 1e-9,
    );
  });
});
