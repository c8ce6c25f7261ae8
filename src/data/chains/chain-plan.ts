import type { EpochDay } from '../../time/epoch-day.ts';

/** Layouts of chain files that are known by their header. */
export type ChainLayoutName =
  | 'alvh'
  | 'cboe-quotedata'
  | 'cboe-quotedata-2011'
  | 'cboe-datashop-eod'
  | 'historicaloptiondata'
  | 'ivolatility-rawiv'
  | 'lean-universe'
  | 'optionsbacktester'
  | 'optionsdx'
  | 'pyql'
  | 'mapped';

/** Place of a column that a file does not have. */
export const ABSENT = -1;

/** Columns of one right, by place from 0; ABSENT where the file has none. */
export interface SideColumns {
  readonly contract: number;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly volume: number;
  readonly openInterest: number;
  readonly vol: number;
  readonly delta: number;
}

/** Columns that a record has once, by place from 0; ABSENT where the file has none. */
export interface SharedColumns {
  readonly underlying: number;
  readonly spot: number;
  /** Underlying bid and ask, for files that have no last price of it. */
  readonly spotBid: number;
  readonly spotAsk: number;
  readonly day: number;
  /** Hours after midnight as a decimal. */
  readonly hours: number;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly root: number;
  readonly expiry: number;
  /** C, P, call or put. */
  readonly right: number;
  readonly strike: number;
}

/** What a file says once, above its header or in its name. */
export interface FixedValues {
  readonly underlying: string | undefined;
  readonly day: EpochDay | undefined;
  readonly minute: number | undefined;
  /** NaN when not given. */
  readonly spot: number;
  readonly root: string | undefined;
}

/** How the records of one file become rows. */
export interface ChainPlan {
  readonly layout: ChainLayoutName;
  /** Line of the header, from 1. */
  readonly headerLine: number;
  /** Byte at which the records start. */
  readonly dataAt: number;
  /** Byte between fields. */
  readonly delimiter: number;
  /** Byte of the decimal point. */
  readonly point: number;
  readonly shared: SharedColumns;
  /** One side: a row has one right. Two: call and put stand side by side. */
  readonly sides: readonly SideColumns[];
  readonly fixed: FixedValues;
}

/** What the caller knows that the file may not say. */
export interface ChainReadOptions {
  /** Session of the quotes, where the file has no date. */
  readonly day?: EpochDay;
  /** Underlying, where the file does not name it. */
  readonly underlying?: string;
  /** Columns of a layout that is not known. */
  readonly mapping?: ColumnMapping;
}

/** Header names by role, for files of any other layout; roles of each side carry its name. */
export interface ColumnMapping {
  readonly columns: Readonly<Record<string, string>>;
  readonly underlying?: string | undefined;
  readonly root?: string | undefined;
  /** Decimal point of the numbers. */
  readonly decimal?: ',' | '.' | undefined;
}

/** Roles of columns that a record has once. */
export const SHARED_ROLES: readonly (keyof SharedColumns)[] = [
  'underlying',
  'spot',
  'spotBid',
  'spotAsk',
  'day',
  'hours',
  'minute',
  'root',
  'expiry',
  'right',
  'strike',
];

/** Roles of columns that each right has. */
export const SIDE_ROLES: readonly (keyof SideColumns)[] = [
  'contract',
  'bid',
  'ask',
  'last',
  'volume',
  'openInterest',
  'vol',
  'delta',
];
