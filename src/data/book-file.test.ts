import { describe, expect, it } from 'vitest';
import {
  AM,
  CALL,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VX_FUTURE,
} from '../contracts/contract-kind.ts';
import { epochDay } from '../time/epoch-day.ts';
import { parseBook } from './book-file.ts';
import { parseBrokerPositions } from './broker-positions.ts';

const EXPIRY = { date: '2024-06-21', settlement: 'AM' };
const PUT_LEG = {
  kind: 'spx-option',
  right: 'put',
  strike: 5000,
  expiry: EXPIRY,
  quantity: -2,
  price: 12.3,
};

describe('a book in JSON', () => {
  it('becomes legs by contract code', () => {
    const future = { kind: 'vx-future', expiry: EXPIRY, quantity: 1, price: 14.05 };
    expect(parseBook({ cash: 1000, positions: [PUT_LEG, future] })).toEqual({
      cash: 1000,
      yearStartEquity: undefined,
      spent: {},
      legs: [
        {
          kind: SPX_OPTION,
          right: PUT,
          strike: 5000,
          expiry: epochDay(2024, 6, 21),
          settlement: AM,
          quantity: -2,
          price: 12.3,
        },
        {
          kind: VX_FUTURE,
          right: NO_RIGHT,
          strike: 0,
          expiry: epochDay(2024, 6, 21),
          settlement: AM,
          quantity: 1,
          price: 14.05,
        },
      ],
    });
  });

  it.each([
    ['a fraction of a contract', { ...PUT_LEG, quantity: 1.5 }, 'quantity'],
    ['no contract', { ...PUT_LEG, quantity: 0 }, 'quantity'],
    [
      'a day that does not exist',
      { ...PUT_LEG, expiry: { ...EXPIRY, date: '2024-02-30' } },
      'date',
    ],
    ['an unknown product', { ...PUT_LEG, kind: 'ndx-option' }, 'kind'],
    ['an option without a right', { ...PUT_LEG, right: undefined }, 'right'],
    ['a future with a strike', { ...PUT_LEG, kind: 'vx-future' }, 'right'],
    ['a negative price', { ...PUT_LEG, price: -1 }, 'price'],
    ['a mistyped key', { ...PUT_LEG, striek: 1 }, 0],
  ])('refuses %s at its place', (_name, leg, at) => {
    const found = parseBook({ positions: [leg] });
    expect(found).toHaveProperty('path');
    expect('path' in found ? found.path.at(-1) : undefined).toBe(at);
  });
});

describe('a position export', () => {
  const text = [
    'Symbol,Type,Quantity,Trade Price,Mark',
    'SPXW  240621P05000000,Option,-2,"1,012.30",9',
    'VIX240717C00022500,Option,(3),$1.25,1',
    ',,,,',
  ].join('\r\n');

  it('reads OCC symbols, signed quantities and prices', () => {
    expect(parseBrokerPositions('p.csv', text)).toEqual([
      {
        kind: SPX_OPTION,
        right: PUT,
        strike: 5000,
        expiry: epochDay(2024, 6, 21),
        settlement: PM,
        quantity: -2,
        price: 1012.3,
      },
      {
        kind: VIX_OPTION,
        right: CALL,
        strike: 22.5,
        expiry: epochDay(2024, 7, 17),
        settlement: AM,
        quantity: -3,
        price: 1.25,
      },
    ]);
  });

  it.each([
    ['AAPL  240621P00200000,Option,1,2,2', 'p.csv:2:1: symbol must be an OCC option symbol'],
    ['SPXW  240621P05000000,Option,x,2,2', 'p.csv:2:3: quantity must be a whole number'],
    ['SPXW  240621P05000000,Option,1,,2', 'p.csv:2:4: price must be >= 0'],
  ])('refuses %s', (row, message) => {
    expect(() =>
      parseBrokerPositions('p.csv', `Symbol,Type,Quantity,Trade Price,Mark\n${row}`),
    ).toThrow(message);
  });

  it('names the column it misses', () => {
    expect(() => parseBrokerPositions('p.csv', 'Symbol,Amount\n')).toThrow(
      'header must name the quantity',
    );
  });
});
