import papaparse from 'papaparse';
import {
  AM,
  CALL,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { epochDay } from '../time/epoch-day.ts';
import { DataError } from './data-error.ts';

/** Names under which brokers export the columns a book needs. */
const COLUMNS: Readonly<Record<'symbol' | 'quantity' | 'price', readonly string[]>> = {
  symbol: ['Symbol', 'Financial Instrument', 'Instrument', 'Contract'],
  quantity: ['Quantity', 'Position', 'Qty'],
  price: ['Trade Price', 'Cost Price', 'Average Open Price', 'Avg Price', 'Average Price'],
};

/** What a root trades as. Source: Cboe symbol directory. */
const ROOTS: Readonly<Record<string, readonly [kind: number, settlement: number]>> = {
  SPX: [SPX_OPTION, AM],
  SPXW: [SPX_OPTION, PM],
  XSP: [XSP_OPTION, PM],
  VIX: [VIX_OPTION, AM],
  VIXW: [VIX_OPTION, AM],
};

/** OCC symbol: root padded to six, yymmdd, C or P, strike in thousandths. */
const OCC = /^\.?([A-Z]{1,6}) *(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

/**
 * Option legs of a position export (Interactive Brokers, tastytrade, or any CSV with the same
 * columns): OCC symbols, signed quantities, prices in points. Rows without a symbol (totals, cash)
 * are passed over.
 *
 * Errors: DataError with the place for a missing column, a symbol that is no index option, a
 * quantity or price that is no number.
 */
export function parseBrokerPositions(file: string, text: string): readonly Leg[] {
  const { data } = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter: ',',
    skipEmptyLines: false,
  });
  const [header = [], ...rows] = data;
  const at = {
    symbol: columnOf(file, header, 'symbol'),
    quantity: columnOf(file, header, 'quantity'),
    price: columnOf(file, header, 'price'),
  };
  const legs: Leg[] = [];
  for (const [index, row] of rows.entries()) {
    const symbol = (row[at.symbol] ?? '').trim();
    if (symbol === '') continue;
    const fault = (column: number, rule: string, remedy: string): DataError =>
      new DataError({
        code: 'bad-data',
        file,
        line: index + 2,
        column: column + 1,
        rule,
        value: `'${row[column] ?? ''}'`,
        remedy,
      });
    const series = seriesOf(symbol);
    if (series === undefined) {
      throw fault(
        at.symbol,
        'symbol must be an OCC option symbol of SPX, SPXW, XSP, VIX or VIXW',
        'take other positions out, or write the book as JSON',
      );
    }
    const quantity = numberOf(row[at.quantity]);
    if (!Number.isInteger(quantity) || quantity === 0) {
      throw fault(at.quantity, 'quantity must be a whole number, not 0', 'correct the row');
    }
    const price = numberOf(row[at.price]);
    if (!(price >= 0)) throw fault(at.price, 'price must be >= 0 points', 'correct the row');
    legs.push({ ...series, quantity, price });
  }
  return legs;
}

function columnOf(file: string, header: readonly string[], name: keyof typeof COLUMNS): number {
  const known = COLUMNS[name].map((each) => each.toLowerCase());
  const at = header.findIndex((each) => known.includes(each.trim().toLowerCase()));
  if (at >= 0) return at;
  throw new DataError({
    code: 'bad-data',
    file,
    line: 1,
    column: 1,
    rule: `the header must name the ${name}: one of ${COLUMNS[name].join(', ')}`,
    value: header.join(','),
    remedy: 'export positions with that column, or write the book as JSON',
  });
}

function seriesOf(symbol: string): Omit<Leg, 'quantity' | 'price'> | undefined {
  const parts = OCC.exec(symbol);
  const root = ROOTS[parts?.[1] ?? ''];
  if (parts === null || root === undefined) return undefined;
  const [, , year, month, day, right, strike] = parts;
  const [kind, settlement] = root;
  return {
    kind,
    settlement,
    right: right === 'C' ? CALL : PUT,
    strike: Number(strike) / 1000,
    expiry: epochDay(2000 + Number(year), Number(month), Number(day)),
  };
}

/** A number as brokers write it: thousands separators, parentheses for negatives, a dollar sign. */
function numberOf(text: string | undefined): number {
  const bare = (text ?? '').trim().replaceAll(/[$,]/g, '');
  if (bare === '') return Number.NaN;
  const negative = /^\((.*)\)$/.exec(bare);
  return negative === null ? Number(bare) : -Number(negative[1]);
}
