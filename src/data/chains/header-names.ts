import type { ChainLayoutName } from './chain-plan.ts';

/** A layout that is read by the names of its columns: role -> names, the first present counts. */
export interface NamedLayout {
  readonly layout: ChainLayoutName;
  /** Names that a header of this layout has, all of them. */
  readonly marks: readonly string[];
  /** Roles of a record; in wide layouts side roles are written `call.bid`, `put.bid`. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

const SOLD_DAILY: NamedLayout['roles'] = {
  underlying: ['underlying'],
  spot: ['underlying_last'],
  contract: ['optionalias', 'optionroot'],
  right: ['type'],
  expiry: ['expiration'],
  day: ['quotedate'],
  strike: ['strike'],
  last: ['last'],
  bid: ['bid'],
  ask: ['ask'],
  volume: ['volume'],
  openInterest: ['openinterest'],
  vol: ['impliedvol'],
  delta: ['delta'],
};

/** Known layouts, the more particular first; names in lower case, without brackets. */
export const NAMED_LAYOUTS: readonly NamedLayout[] = [
  {
    layout: 'alvh',
    marks: ['underlying', 'quote_day', 'settlement', 'source_vol'],
    roles: {
      underlying: ['underlying'],
      day: ['quote_day'],
      minute: ['quote_minute'],
      spot: ['spot'],
      root: ['root'],
      expiry: ['expiry'],
      right: ['right'],
      strike: ['strike'],
      bid: ['bid'],
      ask: ['ask'],
      last: ['last'],
      volume: ['volume'],
      openInterest: ['open_interest'],
      vol: ['source_vol'],
      delta: ['source_delta'],
    },
  },
  {
    layout: 'optionsdx',
    marks: ['quote_date', 'expire_date', 'c_bid', 'p_bid', 'strike'],
    roles: {
      day: ['quote_date'],
      hours: ['quote_time_hours'],
      spot: ['underlying_last'],
      underlying: ['underlying', 'symbol'],
      expiry: ['expire_date'],
      strike: ['strike'],
      ...Object.fromEntries(
        (['call', 'put'] as const).flatMap((side) =>
          (['bid', 'ask', 'last', 'volume', 'iv', 'delta'] as const).map((role) => [
            `${side}.${role === 'iv' ? 'vol' : role}`,
            [`${side === 'call' ? 'c' : 'p'}_${role}`],
          ]),
        ),
      ),
    },
  },
  {
    layout: 'cboe-datashop-eod',
    marks: ['underlying_symbol', 'quote_date', 'expiration', 'strike', 'option_type'],
    roles: {
      underlying: ['underlying_symbol'],
      day: ['quote_date'],
      root: ['root'],
      expiry: ['expiration'],
      strike: ['strike'],
      right: ['option_type'],
      bid: ['bid_eod', 'bid_1545', 'bid'],
      ask: ['ask_eod', 'ask_1545', 'ask'],
      last: ['close', 'last'],
      volume: ['trade_volume', 'volume'],
      openInterest: ['open_interest'],
      vol: ['implied_volatility_1545', 'implied_volatility'],
      delta: ['delta_1545', 'delta'],
      spot: ['underlying_close', 'active_underlying_price_eod'],
      spotBid: ['underlying_bid_eod', 'underlying_bid_1545', 'underlying_bid'],
      spotAsk: ['underlying_ask_eod', 'underlying_ask_1545', 'underlying_ask'],
    },
  },
  {
    layout: 'ivolatility-rawiv',
    marks: ['symbol', 'date', 'option_symbol', 'option_expiration', 'strike', 'call/put'],
    roles: {
      underlying: ['symbol'],
      day: ['date'],
      spot: ['stock_price_close', 'stock_price_for_iv'],
      contract: ['option_symbol'],
      expiry: ['option_expiration'],
      strike: ['strike'],
      right: ['call/put'],
      bid: ['bid'],
      ask: ['ask'],
      volume: ['volume'],
      openInterest: ['open_interest'],
      vol: ['iv'],
      delta: ['delta'],
    },
  },
  {
    layout: 'lean-universe',
    marks: ['#expiry', 'strike', 'right', 'close'],
    roles: {
      expiry: ['#expiry'],
      strike: ['strike'],
      right: ['right'],
      last: ['close'],
      volume: ['volume'],
      openInterest: ['open_interest'],
      vol: ['implied_volatility'],
      delta: ['delta'],
    },
  },
  {
    layout: 'pyql',
    marks: ['pbid', 'pask', 'type', 'strike', 'dtexpiry', 'dttrade'],
    roles: {
      bid: ['pbid'],
      ask: ['pask'],
      right: ['type'],
      strike: ['strike'],
      expiry: ['dtexpiry'],
      day: ['dttrade'],
      spot: ['spot'],
      vol: ['ivmid'],
      delta: ['quickdelta'],
    },
  },
  {
    layout: 'historicaloptiondata',
    marks: ['underlying', 'underlying_last', 'type', 'expiration', 'quotedate', 'strike', 'theta'],
    roles: SOLD_DAILY,
  },
  {
    layout: 'optionsbacktester',
    marks: ['underlying', 'underlying_last', 'type', 'expiration', 'quotedate', 'strike'],
    roles: SOLD_DAILY,
  },
];
