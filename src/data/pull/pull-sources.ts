import { buildCboeIndex, parseCboeIndex } from './cboe-index.ts';
import { buildFomc, fomcParts, parseFomcPage } from './fomc-calendar.ts';
import { buildJoined, parseFredSeries, parseNyFedRates } from './json-rates.ts';
import type { Publisher, PullSource, RawPart } from './pull-source.ts';
import {
  BILL_RATES,
  buildSeries,
  PAR_YIELDS,
  treasuryParser,
  yearlyParts,
} from './treasury-rates.ts';
import { monthlyParts, parseVxContract, weeklyParts } from './vx-contract.ts';
import { buildVxMonthly, buildVxWeekly, VX_MONTHLY_FILES, VX_WEEKLY_FILE } from './vx-files.ts';

const TREASURY: Publisher = {
  name: 'US Department of the Treasury',
  licence: 'work of the US government, public domain',
  termsUrl: 'https://home.treasury.gov/subfooter/site-policies-and-notices',
};
const FED_BOARD: Publisher = {
  name: 'Board of Governors of the Federal Reserve System',
  licence: 'public domain',
  termsUrl: 'https://www.federalreserve.gov/disclaimer.htm',
};
const NY_FED: Publisher = {
  name: 'Federal Reserve Bank of New York',
  licence: 'free to use with attribution; subject to its terms of use for select rate data',
  termsUrl: 'https://www.newyorkfed.org/markets/reference-rates/terms-of-use',
};
const CBOE: Publisher = {
  name: 'Cboe Global Markets',
  licence: 'copyright; personal, non-commercial use under the site terms, no redistribution',
  termsUrl: 'https://www.cboe.com/terms/',
  terms: 'cboe',
};
const FRED: Publisher = {
  name: 'Federal Reserve Bank of St. Louis, FRED',
  licence: 'under the FRED API terms, which limit storing; the series belong to BIS and OECD',
  termsUrl: 'https://fred.stlouisfed.org/docs/api/terms_of_use.html',
  terms: 'fred',
};

const RATE_FEED =
  'https://home.treasury.gov/resource-center/data-chart-center/interest-rates/pages/xml';
/** Yields of a day are out on its evening. */
const SAME_EVENING = { kind: 'sessions', hours: 24 } as const;

function treasuryUrl(feed: string, year: number | string): string {
  return `${RATE_FEED}?data=${feed}&field_tdr_date_value=${year}`;
}

function treasurySource(
  id: string,
  title: string,
  feed: string,
  layout: { readonly first: number; readonly file: string; readonly fields: typeof PAR_YIELDS },
): PullSource {
  return {
    id,
    title,
    publisher: TREASURY,
    urlTemplate: treasuryUrl(feed, '{YEAR}'),
    hosts: ['home.treasury.gov'],
    publication: SAME_EVENING,
    files: [layout.file],
    parts: (today) =>
      yearlyParts(layout.first, today, (year) => ({
        key: `${year}.xml`,
        url: treasuryUrl(feed, year),
      })),
    parse: treasuryParser(layout.fields),
    build: buildSeries(layout.file, Object.keys(layout.fields.rates)),
  };
}

const RATES = 'https://markets.newyorkfed.org/api/rates';

function nyFedSource(rate: string, title: string, path: string, first: number): PullSource {
  const url = (from: number | string): string =>
    `${RATES}/${path}/search.json?startDate=${from}-01-01&endDate=${from}-12-31`;
  return {
    id: `ny-fed-${rate}`,
    title,
    publisher: NY_FED,
    urlTemplate: url('{YEAR}'),
    hosts: ['markets.newyorkfed.org'],
    // A rate comes out on the morning of the next business day.
    publication: { kind: 'sessions', hours: 38 },
    files: [`${rate}_daily.csv`],
    parts: (today) =>
      yearlyParts(first, today, (year) => ({ key: `${year}.json`, url: url(year) })),
    parse: parseNyFedRates,
    build: buildSeries(`${rate}_daily.csv`, ['value']),
  };
}

const PRICES = 'https://cdn-api.cboe.com/api/global/us_indices/daily_prices';
const BAR = ['open', 'high', 'low', 'close'];

function cboeIndex(symbol: string, title: string, columns: readonly string[]): PullSource {
  const name = symbol.toLowerCase();
  const file = `${name}_daily.csv`;
  const url = `${PRICES}/${symbol}_History.csv`;
  const part: RawPart = { key: `${symbol}_History.csv`, url, optional: false, mayBeEmpty: false };
  return {
    id: `cboe-${name}`,
    title,
    publisher: CBOE,
    urlTemplate: url,
    // The first answers with a redirect to the second since August 2026.
    hosts: ['cdn.cboe.com', 'cdn-api.cboe.com'],
    publication: { kind: 'sessions', hours: 27 },
    files: [file],
    parts: () => [part],
    parse: parseCboeIndex,
    build: buildCboeIndex(file, columns),
  };
}

function cboeFutures(
  id: string,
  title: string,
  shape: Pick<PullSource, 'files' | 'parts' | 'build'>,
): PullSource {
  return {
    id,
    title,
    publisher: CBOE,
    urlTemplate:
      'https://cdn.cboe.com/data/us/futures/market_statistics/historical_data/VX/VX_{EXPIRY}.csv',
    hosts: ['cdn.cboe.com', 'cdn-api.cboe.com'],
    publication: { kind: 'sessions', hours: 30 },
    ...shape,
    parse: parseVxContract,
  };
}

const OBSERVATIONS = 'https://api.stlouisfed.org/fred/series/observations';

function fredSource(
  id: string,
  title: string,
  file: string,
  series: Readonly<Record<string, string>>,
): PullSource {
  const url = (name: string): string =>
    `${OBSERVATIONS}?series_id=${name}&file_type=json&api_key={ALVH_FRED_KEY}`;
  return {
    id,
    title,
    publisher: FRED,
    urlTemplate: url('{SERIES}'),
    hosts: ['api.stlouisfed.org'],
    publication: { kind: 'days', days: 7 },
    files: [file],
    parts: () =>
      Object.entries(series).map(([column, name]) => ({
        key: `${name}.json`,
        url: url(name),
        optional: false,
        mayBeEmpty: false,
        column,
      })),
    parse: parseFredSeries,
    build: buildJoined(file, Object.keys(series)),
  };
}

/** Every source that `data pull` knows, in the order in which it is asked. */
export const PULL_SOURCES: readonly PullSource[] = [
  treasurySource('treasury-yields', 'Treasury par yields', 'daily_treasury_yield_curve', {
    first: 1990,
    file: 'treasury_yields_daily.csv',
    fields: PAR_YIELDS,
  }),
  treasurySource('treasury-bills', 'Treasury bill rates', 'daily_treasury_bill_rates', {
    first: 2002,
    file: 'treasury_bills_daily.csv',
    fields: BILL_RATES,
  }),
  {
    id: 'fomc',
    title: 'FOMC meetings',
    publisher: FED_BOARD,
    urlTemplate: 'https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm',
    hosts: ['www.federalreserve.gov'],
    publication: { kind: 'days', days: 30 },
    files: ['fomc_meetings.csv'],
    parts: fomcParts,
    parse: parseFomcPage,
    build: buildFomc,
  },
  nyFedSource('sofr', 'Secured overnight financing rate', 'secured/sofr', 2018),
  nyFedSource('effr', 'Effective federal funds rate', 'unsecured/effr', 2000),
  cboeIndex('SPX', 'S&P 500 index', BAR),
  cboeIndex('VIX', 'VIX index', BAR),
  cboeIndex('VIX9D', 'VIX of 9 days', BAR),
  cboeIndex('VIX3M', 'VIX of 3 months', BAR),
  cboeIndex('VIX6M', 'VIX of 6 months', BAR),
  cboeIndex('VVIX', 'VIX of the VIX', ['close']),
  cboeIndex('SKEW', 'SKEW index', ['close']),
  cboeIndex('CNDR', 'S&P 500 Iron Condor index', ['close']),
  cboeIndex('VXTH', 'VIX Tail Hedge index', ['close']),
  cboeFutures('cboe-vx', 'Monthly VX futures', {
    files: VX_MONTHLY_FILES,
    parts: monthlyParts,
    build: buildVxMonthly,
  }),
  cboeFutures('cboe-vx-weekly', 'Weekly VX futures', {
    files: [VX_WEEKLY_FILE],
    parts: weeklyParts,
    build: buildVxWeekly,
  }),
  fredSource('fred-reer', 'Real effective exchange rate (BIS)', 'reer_usd_monthly.csv', {
    value: 'RBUSBIS',
  }),
  fredSource('fred-short-rates', 'Three-month rates (OECD)', 'short_rates_monthly.csv', {
    us_3m: 'IR3TIB01USM156N',
    de_3m: 'IR3TIB01DEM156N',
    jp_3m: 'IR3TIB01JPM156N',
    ez_3m: 'IR3TIB01EZM156N',
  }),
];
