import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST, iso, LAST, sessionsBetween } from '../../src/data/market-folder.fixture.ts';
import { asEpochDay, civilDate, epochDay } from '../../src/time/epoch-day.ts';

/** Files of a folder that the made-up market lacks: weekly VX, slow series and vintages. */
export function writeOtherFiles(dir: string): void {
  const write = (file: string, rows: readonly string[]): void =>
    writeFileSync(join(dir, file), `${rows.join('\n')}\n`);
  const days = sessionsBetween(FIRST, LAST);
  const months = Array.from({ length: 150 }, (_unused, i) => ({
    i,
    day: epochDay(1993 + Math.floor(i / 12), (i % 12) + 1, 1),
  }));
  const monthly = (value: (i: number) => number): readonly string[] =>
    months.map(({ i, day }) => `${iso(day)},${value(i)}`);
  write('vix_futures_weekly_contracts.csv', [
    'date,expiry,volume',
    ...days.map((day, i) => `${iso(day)},${iso(day + 9)},${60 + (i % 7)}`),
  ]);
  write('cpi_release_dates.csv', [
    'date,reference_month',
    ...months.map(({ day }) => `${iso(day + 14)},${iso(day - 20).slice(0, 7)}`),
  ]);
  write('spx_pe_monthly.csv', ['date,pe_ttm', ...monthly((i) => 18 + Math.sin(i))]);
  write('spx_cape_monthly.csv', ['date,cape', ...monthly((i) => 25 + Math.sin(i))]);
  write('sentiment_bw_monthly.csv', ['date,ipo_count', ...monthly((i) => 10 + (i % 9))]);
  write('buffett_indicator_quarterly.csv', [
    'date,mktcap_to_gdp_pct',
    ...monthly((i) => 90 + i / 9).filter((_row, i) => i % 3 === 0),
  ]);
  write('etf_flows_qqq_daily.csv', [
    'date,flow_usd',
    ...days.map((day, i) => `${iso(day)},${1000 + i}`),
  ]);
  const quarters = months.filter(({ i }) => i % 3 === 0);
  const quarterOf = (day: number): string => {
    const { year, month } = civilDate(asEpochDay(day));
    return `${year}Q${Math.ceil(month / 3)}`;
  };
  write('cpi_vintages.csv', [
    'vintage,obs_month,cpi_sa',
    ...quarters.slice(2).flatMap(({ i, day }) =>
      months.slice(Math.max(0, i - 6), i).map((month) => {
        const value = 100 * 1.002 ** month.i + Math.sin(month.i) / 9;
        return `${quarterOf(day)},${iso(month.day).slice(0, 7)},${value.toFixed(3)}`;
      }),
    ),
  ]);
  write('gdp_real_vintages.csv', [
    'vintage,obs_quarter,real_output',
    ...quarters.slice(4).flatMap(({ i, day }) =>
      quarters
        .filter((quarter) => quarter.i < i && quarter.i >= i - 12)
        .map((quarter) => {
          const value = 9000 * 1.006 ** (quarter.i / 3) + (i - quarter.i) * Math.sin(quarter.i);
          return `${quarterOf(day)},${quarterOf(quarter.day)},${value.toFixed(2)}`;
        }),
    ),
  ]);
}
