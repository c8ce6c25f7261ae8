import { asEpochDay, civilDate, epochDay } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { vixWeeklyExpiriesAfter } from '../../time/vx-expiry.ts';
import { listedVxExpiries, VX_LISTED } from '../vx-listing.ts';
import type { PulledRow, PulledText, RawPart } from './pull-source.ts';
import { ascending, columnPlace, isoOf, pulledTable, refusal, tableRows } from './pulled-rows.ts';

/** First day on which VX was quoted in VIX points; before, ten times as high. Source: CFE. */
export const VX_RESCALED: EpochDay = epochDay(2007, 3, 26);
/** Expiries from here on have a file named by their day. Source: Cboe. */
const NAMED_BY_DAY = epochDay(2013, 1, 16);
/** Day before the first weekly expiry that is asked for; weeklies were listed on 2015-07-23. */
const WEEKLIES_AFTER = epochDay(2015, 8, 4);
/** Days after an expiry from which its file is taken as final. */
const SETTLED = 7;
/** Monthly and weekly contracts listed at a time. */
const MONTHS_AHEAD = 9;
const WEEKS_AHEAD = 6;
/** A price of the old era above this is in tenths; VX was 9.9 to 25 VIX points then. */
const TENFOLD_FROM = 60;
/** Prices outside are misprints and blanked, VIX points. */
const PLAUSIBLE = { least: 5, most: 150 } as const;

/** The archive ends in 2019; so many months from the listing reach beyond it. */
const ARCHIVED_MONTHS = 240;

const MONTH_CODES = 'FGHJKMNQUVXZ';
const MONTH_NAMES = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

const HISTORY = 'https://cdn.cboe.com/data/us/futures/market_statistics/historical_data/VX';
const ARCHIVE = 'https://cdn.cboe.com/resources/futures/archive/volume-and-price';
/** Name of the archive of final settlements among the parts. */
export const FINAL_ARCHIVE = 'CFE_FinalSettlement_Archive.csv';

/** One request for each monthly contract ever listed up to a day, and one for final settlements. */
export function monthlyParts(today: EpochDay): readonly RawPart[] {
  const months = Math.ceil((today - VX_LISTED) / 28) + MONTHS_AHEAD;
  const all = listedVxExpiries(VX_LISTED, Math.max(MONTHS_AHEAD, months));
  const expired = all.filter((expiry) => expiry <= today).length;
  return [
    {
      key: FINAL_ARCHIVE,
      url: `${ARCHIVE}/${FINAL_ARCHIVE}`,
      optional: true,
      mayBeEmpty: false,
      finalOn: epochDay(2020, 1, 1),
    },
    ...all.slice(0, expired + MONTHS_AHEAD).map(contractPart),
  ];
}

/** One request for each weekly contract that may have been listed up to a day. */
export function weeklyParts(today: EpochDay): readonly RawPart[] {
  const weeks = Math.ceil((today - WEEKLIES_AFTER) / 7) + WEEKS_AHEAD;
  if (weeks <= 0) return [];
  const expiries = vixWeeklyExpiriesAfter(WEEKLIES_AFTER, weeks);
  const monthly = new Set(listedVxExpiries(WEEKLIES_AFTER, Math.ceil(weeks / 4) + 2));
  return expiries.filter((expiry) => !monthly.has(expiry)).map(contractPart);
}

function contractPart(expiry: EpochDay): RawPart {
  const { year, month } = civilDate(expiry);
  const byDay = `VX_${isoOf(expiry)}.csv`;
  const byMonth = `CFE_${MONTH_CODES[month - 1] ?? ''}${String(year % 100).padStart(2, '0')}_VX.csv`;
  const key = expiry >= NAMED_BY_DAY ? byDay : byMonth;
  return {
    key,
    url: `${expiry >= NAMED_BY_DAY ? HISTORY : ARCHIVE}/${key}`,
    // Not every month was listed in 2004 and 2005, and not every week is.
    optional: true,
    mayBeEmpty: true,
    finalOn: asEpochDay(expiry + SETTLED),
    through: expiry,
    expiry,
  };
}

const PRICES = ['open', 'high', 'low', 'close', 'settle'] as const;

/**
 * Rows of a VX contract file in VIX points and contracts: `open, high, low, close, settle, volume,
 * oi`. Prices of before 2007-03-26 are divided by ten, where they are not in VIX points already; 0
 * means no trade or no settlement and is blank, and so is a price that VX never had.
 *
 * Errors: DataError `bad-data`, also for rows of another contract month.
 * Source: CFE, `Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest`.
 */
export function parseVxContract(pulled: PulledText, part: RawPart): readonly PulledRow[] {
  if (part.key === FINAL_ARCHIVE) return parseFinalArchive(pulled);
  const table = pulledTable(pulled, 'trade date');
  const label = columnPlace(table, 'futures');
  for (const { line, fields } of table.records) {
    checkMonth(pulled.file, line, fields[label] ?? '', part.expiry);
  }
  const read = tableRows(table, [...PRICES, 'total volume', 'open interest']);
  const rows = read.map(({ day, cells }) => {
    const prices = PRICES.map((name) => [name, vxPoints(day, cells[name] ?? Number.NaN)] as const);
    return {
      day,
      cells: {
        ...Object.fromEntries(prices),
        volume: cells['total volume'] ?? Number.NaN,
        oi: cells['open interest'] ?? Number.NaN,
      },
    };
  });
  return ascending(rows, pulled.file);
}

/** A quoted VX price in VIX points; NaN where there is none or it cannot be one. */
export function vxPoints(day: number, quoted: number): number {
  const points = day < VX_RESCALED && quoted >= TENFOLD_FROM ? quoted / 10 : quoted;
  return points >= PLAUSIBLE.least && points <= PLAUSIBLE.most ? points : Number.NaN;
}

function checkMonth(file: string, line: number, label: string, expiry: number | undefined): void {
  const match = /\(([A-Za-z]{3})\w* (\d{2}|\d{4})\)/.exec(label);
  if (match === null || expiry === undefined) return;
  const { year, month } = civilDate(asEpochDay(expiry));
  const named = MONTH_NAMES.indexOf((match[1] ?? '').toLowerCase()) + 1;
  const namedYear = Number(match[2]) % 100;
  if (named === month && namedYear === year % 100) return;
  throw refusal(file, {
    line,
    rule: `Futures must be the contract that expires on ${isoOf(expiry)}`,
    value: label,
  });
}

/**
 * Final settlements of monthly VX contracts, keyed by their expiry, as SettlementDate is blank there.
 * A month without a price that VX can have, or with two, is left out: its contract file has it.
 */
function parseFinalArchive(pulled: PulledText): readonly PulledRow[] {
  const table = pulledTable(pulled, 'symbol');
  const column = (name: string): number => columnPlace(table, name);
  const [product, month, year] = [
    column('producttype'),
    column('settlementmonth'),
    column('settlementyear'),
  ];
  const price = column('settlementprice');
  const monthKey = (of: { readonly year: number; readonly month: number }): number =>
    of.year * 12 + of.month;
  const expiries = new Map(
    listedVxExpiries(VX_LISTED, ARCHIVED_MONTHS).map((expiry) => [
      monthKey(civilDate(expiry)),
      expiry,
    ]),
  );
  const prices = new Map<number, number>();
  for (const { fields } of table.records) {
    if (fields[0] !== 'VX' || fields[product]?.toLowerCase() !== 'standard') continue;
    const of = { year: Number(fields[year]), month: Number(fields[month]) };
    const expiry = expiries.get(monthKey(of));
    if (expiry === undefined) continue;
    const final = vxPoints(expiry, Number(fields[price] ?? Number.NaN));
    const before = prices.get(expiry) ?? final;
    prices.set(expiry, before === final ? final : Number.NaN);
  }
  const rows = [...prices].map(([day, final]) => ({ day, cells: { final } }));
  return ascending(
    rows.filter(({ cells }) => !Number.isNaN(cells.final)),
    pulled.file,
  );
}
