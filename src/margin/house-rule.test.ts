import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { marginRulesOf } from './house-rule.ts';
import type { MarginPosition } from './margin-position.ts';
import type { BrokerName } from './margin-profile.ts';
import { marginStatement } from './margin-statement.ts';
import type { MarginStatement } from './margin-statement.ts';

const BROKERS = ['exchange', 'ibkr', 'tastytrade', 'traditional'] as const;
const DAY = epochDay(2024, 6, 3);
const SPOT = new Map([
  ['XYZ', 100],
  ['UVXY', 100],
]);

function statement(
  positions: readonly MarginPosition[],
  broker: BrokerName = 'exchange',
  day = DAY,
): MarginStatement {
  return marginStatement({ regime: 'reg-t', broker, day, spot: SPOT, positions });
}

const CALL: MarginPosition = {
  kind: 'equity-option',
  underlying: 'XYZ',
  right: 'call',
  strike: 100,
  expiry: { day: epochDay(2024, 7, 19), settlement: 'PM' },
  quantity: -1,
  price: 3,
};
const FAR_PUT: MarginPosition = { ...CALL, right: 'put', strike: 50, price: 0 };

describe('uncovered options on shares and funds', () => {
  // Cboe Rule 10.3: 20 % and at least 10 %; 15 % and 10 % for a fund of a broad index; Regulatory
  // Notice 09-53: both shares times leverage. tastytrade: 100 % and 75 % on volatility funds.
  it.each([
    ['a share', {}, [2300, 2300, 2300, 2300], [500, 500, 500, 500]],
    [
      'a fund of a broad index',
      { broadIndex: true },
      [1800, 1800, 1800, 1800],
      [500, 500, 500, 500],
    ],
    ['a fund of twice', { leverage: 2 }, [4300, 4300, 4300, 4300], [1000, 1000, 1000, 1000]],
    [
      'a broad fund of three times',
      { leverage: 3, broadIndex: true },
      [4800, 4800, 4800, 4800],
      [1500, 1500, 1500, 1500],
    ],
    [
      'a volatility fund',
      { underlying: 'UVXY' },
      [2300, 2300, 10_300, 2300],
      [500, 500, 5000, 500],
    ],
  ])('on %s: a call at the money, a put half way down', (_name, change, calls, puts) => {
    for (const [place, broker] of BROKERS.entries()) {
      const ofCall = statement([{ ...CALL, ...change }], broker).initial;
      expect(ofCall, broker).toBeCloseTo(calls[place] ?? Number.NaN, 6);
      const ofPut = statement([{ ...FAR_PUT, ...change }], broker).initial;
      expect(ofPut, broker).toBeCloseTo(puts[place] ?? Number.NaN, 6);
    }
  });

  it('at 75 % of the strike where a volatility fund is far out of the money at tastytrade', () => {
    // 100 % of 100 less 88 out of the money is 12, 75 % of the strike 9; a put loses 12 at most.
    const put = { ...FAR_PUT, underlying: 'UVXY', strike: 12 };
    expect(statement([put], 'tastytrade').initial).toBeCloseTo(1200, 6);
    // A call: 100 % less 50 out of the money against 75 %.
    const call = { ...CALL, underlying: 'UVXY', strike: 150 };
    expect(statement([call], 'tastytrade').initial).toBeCloseTo(300 + 7500, 6);
  });

  it('say in their source that leverage counted', () => {
    const source = (leverage: number): string =>
      statement([{ ...CALL, leverage }]).groups[0]?.source ?? '';
    expect(source(2)).toContain('(leverage 2)');
    expect(source(1)).not.toContain('(leverage');
    expect(source(1)).toContain('Cboe Rule 10.3: 20/10');
  });

  it('cover each other over expiries, and no spread has a least charge', () => {
    const later = { day: epochDay(2024, 8, 16), settlement: 'PM' as const };
    const spread = [CALL, { ...CALL, strike: 101, quantity: 1, expiry: later }];
    for (const broker of BROKERS) expect(statement(spread, broker).initial, broker).toBe(100);
  });
});

describe('shares', () => {
  const share = (quantity: number, leverage?: number): MarginPosition => ({
    kind: 'equity',
    underlying: 'XYZ',
    quantity,
    price: 100,
    ...(leverage === undefined ? {} : { leverage }),
  });

  // 12 CFR 220.12(a), (c): half to open; FINRA Rule 4210(c): 25 % long, 30 % short to hold;
  // Regulatory Notice 09-53: the latter times leverage, at most all of the value.
  it.each([
    ['long', 10, undefined, 500, 250],
    ['short', -10, undefined, 500, 300],
    ['long, twice', 10, 2, 500, 500],
    ['short, twice', -10, 2, 600, 600],
    ['long, three times', 10, 3, 750, 750],
    ['short, three times', -10, 3, 900, 900],
    ['long, five times', 10, 5, 1000, 1000],
    ['short, four times', -10, 4, 1000, 1000],
    ['long, inverse', 10, -1, 500, 250],
    ['long, half inverse', 10, -0.5, 500, 125],
    ['long, three times inverse', 10, -3, 750, 750],
  ])('%s', (_name, quantity, leverage, initial, maintenance) => {
    for (const broker of BROKERS) {
      const found = statement([share(quantity, leverage)], broker);
      expect(found.initial).toBeCloseTo(initial, 9);
      expect(found.maintenance).toBeCloseTo(maintenance, 9);
      expect(found.groups[0]?.rule).toBe(quantity > 0 ? 'long-share' : 'short-share');
    }
  });

  it('are dated by Regulatory Notice 09-53, options by the universal spread rule', () => {
    for (const broker of BROKERS) {
      const { house } = marginRulesOf(broker);
      expect(house.shares.effective).toBe(epochDay(2009, 12, 1));
      for (const { effective } of [
        house.equity,
        house.broadFund,
        house.volatilityFund,
        house.longOption,
      ]) {
        expect(effective).toBe(epochDay(2012, 10, 26));
      }
    }
  });
});

describe('long options that cover nothing', () => {
  const long = (year: number, month: number, day: number, quantity = 1): MarginPosition => ({
    ...CALL,
    quantity,
    price: 8,
    expiry: { day: epochDay(year, month, day), settlement: 'PM' },
  });

  // Cboe Rule 10.3, FINRA Rule 4210(f)(2): a quarter is lent where more than nine months are left.
  it.each([
    ['opened in January', epochDay(2024, 1, 15), [2024, 10, 15], [2024, 10, 16]],
    ['opened in March', epochDay(2024, 3, 15), [2024, 12, 15], [2024, 12, 16]],
    ['opened in April', epochDay(2024, 4, 15), [2025, 1, 15], [2025, 1, 16]],
    ['opened in December', epochDay(2024, 12, 15), [2025, 9, 15], [2025, 9, 16]],
  ] as const)('%s', (_name, day, nine, more) => {
    const of = ([year, month, date]: readonly [number, number, number]): number =>
      statement([long(year, month, date)], 'exchange', day).loanValue;
    expect(of(nine)).toBe(0);
    expect(of(more)).toBe(200);
  });

  it('lend by contracts and price, and lower what buying takes', () => {
    const found = statement([long(2026, 1, 16, 3), long(2024, 7, 19)]);
    expect(found).toMatchObject({ initial: 0, premium: -3200, loanValue: 600 });
    expect(found.buyingPowerEffect).toBe(3200 - 600);
  });

  it('lend nothing at a broker, whose pages name no loan', () => {
    for (const broker of ['ibkr', 'tastytrade', 'traditional'] as const) {
      expect(statement([long(2026, 1, 16)], broker).loanValue).toBe(0);
    }
  });
});
