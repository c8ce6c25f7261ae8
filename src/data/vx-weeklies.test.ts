import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { parseCsvSeries } from './csv-series.ts';
import { MARKET_FILES } from './market-files.ts';
import { RELEASE_RULES, releasedBy } from './release-rules.ts';
import { liquidWeeklies } from './vx-weeklies.ts';

const TEXT = `date,expiry,volume
2020-03-09,2020-03-25,70
2020-03-09,2020-03-11,50
2020-03-09,2020-04-01,49
2020-03-10,2020-03-25,
2020-03-11,2020-03-11,900
`;

describe('liquidWeeklies', () => {
  const days = Int32Array.from([9, 10, 11], (day) => epochDay(2020, 3, day));
  const read = parseCsvSeries({ file: 'weekly.csv', text: TEXT }, MARKET_FILES.vxWeekly);
  const weekly = releasedBy(RELEASE_RULES.vxWeekly, read, days);

  it('lists by session what traded 50 contracts, ascending, and has not settled', () => {
    expect([...liquidWeeklies(days, weekly)]).toEqual([
      [0, [epochDay(2020, 3, 11), epochDay(2020, 3, 25)]],
    ]);
  });

  it('is empty without the file', () => {
    expect(liquidWeeklies(days, undefined).size).toBe(0);
  });

  it('reads several rows of one date, but none out of order', () => {
    const text = `date,expiry,volume\n2020-03-09,2020-03-25,70\n2020-03-06,2020-03-25,70\n`;
    expect(() => parseCsvSeries({ file: 'w.csv', text }, MARKET_FILES.vxWeekly)).toThrow(
      'dates must ascend',
    );
  });
});
