import { VX_NODES } from '../market/market-path.ts';
import type { ColumnSchema, CsvSchema } from './csv-series.ts';
import { VINTAGE_RULES } from './release-rules.ts';
import type { VintageSchema } from './vintages.ts';

/** Names of the files a historical market is read from. */
export type MarketFile =
  | 'spx'
  | 'vix'
  | 'vix9d'
  | 'vix3m'
  | 'vix6m'
  | 'vvix'
  | 'skew'
  | 'vxCurve'
  | 'vxFinalSettlement'
  | 'vxWeekly'
  | 'spy'
  | 'treasury'
  | 'shiller'
  | 'priceToEarnings'
  | 'breadth'
  | 'aboveAverage'
  | 'reer'
  | 'shortRates'
  | 'fomc'
  | 'cpiReleases';

/** Files without which there is no market; all others are optional. */
export const REQUIRED_FILES: readonly MarketFile[] = ['spx', 'vix', 'treasury'];

/** Listed VX months per row of the curve file. */
export const VX_CURVE_MONTHS: number = VX_NODES - 1;

const indexPoints = (name: string, blank: ColumnSchema['blank'] = 'missing'): ColumnSchema => ({
  name,
  rule: 'positive',
  unit: 'index points',
  blank,
});
const vixPoints = (name: string, blank: ColumnSchema['blank'] = 'missing'): ColumnSchema => ({
  name,
  rule: 'positive',
  unit: 'VIX points',
  blank,
});
const percent = (name: string): ColumnSchema => ({
  name,
  rule: 'finite',
  unit: 'percent per year',
  blank: 'missing',
});
const dollars = (name: string): ColumnSchema => ({
  name,
  rule: 'positive',
  unit: 'USD',
  blank: 'missing',
});

const HIGH_LOW = [['high', 'low']] as const;

/** Layout of every file: the columns that are read and the values they may hold. */
export const MARKET_FILES: Readonly<Record<MarketFile, CsvSchema>> = {
  spx: {
    file: 'spx_daily.csv',
    key: 'date',
    columns: [indexPoints('high'), indexPoints('low'), indexPoints('close', 'refused')],
    // The published open of the index is the last close or a stale sum: settlement reads SPY's.
    checked: [indexPoints('open')],
    ordered: HIGH_LOW,
  },
  vix: {
    file: 'vix_daily.csv',
    key: 'date',
    columns: [
      vixPoints('open'),
      vixPoints('high'),
      vixPoints('low'),
      vixPoints('close', 'refused'),
    ],
    ordered: HIGH_LOW,
  },
  vix9d: {
    file: 'vix9d_daily.csv',
    key: 'date',
    columns: [vixPoints('close')],
    checked: [vixPoints('open'), vixPoints('high'), vixPoints('low')],
  },
  vix3m: {
    file: 'vix3m_daily.csv',
    key: 'date',
    columns: [vixPoints('close')],
    checked: [vixPoints('open'), vixPoints('high'), vixPoints('low')],
  },
  vix6m: { file: 'vix6m_daily.csv', key: 'date', columns: [vixPoints('close')] },
  vvix: { file: 'vvix_daily.csv', key: 'date', columns: [indexPoints('close')] },
  skew: { file: 'skew_daily.csv', key: 'date', columns: [indexPoints('close')] },
  vxCurve: {
    file: 'vix_futures_curve.csv',
    key: 'date',
    columns: Array.from({ length: VX_CURVE_MONTHS }, (_unused, month) => [
      vixPoints(`vx${month + 1}`),
      { name: `exp${month + 1}`, rule: 'date', unit: 'date', blank: 'missing' } as const,
    ]).flat(),
  },
  vxFinalSettlement: {
    file: 'vix_futures_final_settlements.csv',
    key: 'expiry',
    columns: [vixPoints('final_settle')],
  },
  vxWeekly: {
    file: 'vix_futures_weekly_contracts.csv',
    key: 'date',
    repeats: true,
    columns: [
      { name: 'expiry', rule: 'date', unit: 'date', blank: 'refused' },
      { name: 'volume', rule: 'non-negative', unit: 'contracts', blank: 'missing' },
    ],
  },
  spy: {
    file: 'spy_daily.csv',
    key: 'date',
    columns: [dollars('open'), dollars('close'), dollars('adj_close')],
    checked: [dollars('high'), dollars('low')],
  },
  treasury: { file: 'treasury_yields_daily.csv', key: 'date', columns: [percent('dgs3mo')] },
  shiller: { file: 'shiller_monthly.csv', key: 'date', columns: [indexPoints('dividend')] },
  priceToEarnings: {
    file: 'spx_pe_monthly.csv',
    key: 'date',
    columns: [{ name: 'pe_ttm', rule: 'positive', unit: 'ratio', blank: 'missing' }],
  },
  breadth: {
    file: 'nyse_breadth_daily.csv',
    key: 'date',
    columns: [{ name: 'net_advances', rule: 'finite', unit: 'issues', blank: 'missing' }],
  },
  aboveAverage: {
    file: 'pct_above_ma_daily.csv',
    key: 'date',
    columns: [{ name: 'pct_above_50ma', rule: 'percent', unit: 'percent', blank: 'missing' }],
  },
  reer: { file: 'reer_usd_monthly.csv', key: 'date', columns: [indexPoints('value')] },
  shortRates: {
    file: 'short_rates_monthly.csv',
    key: 'date',
    columns: ['us_3m', 'de_3m', 'jp_3m', 'ez_3m'].map(percent),
  },
  fomc: {
    file: 'fomc_meetings.csv',
    key: 'date',
    columns: [{ name: 'scheduled', rule: 'non-negative', unit: '1 or 0', blank: 'refused' }],
  },
  cpiReleases: { file: 'cpi_release_dates.csv', key: 'date', columns: [] },
};

/** Layout of the vintages of seasonally adjusted CPI; the file is optional. */
export const CPI_VINTAGES: VintageSchema = {
  file: 'cpi_vintages.csv',
  period: 'obs_month',
  value: 'cpi_sa',
  rule: VINTAGE_RULES.cpi,
};
