import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { futuresStatement } from './futures-statement.ts';
import type { MarginPosition, StatementGroup } from './margin-position.ts';
import type { BrokerName } from './margin-profile.ts';

const DAY = epochDay(2024, 6, 3);
const JUNE = epochDay(2024, 6, 18);
const JULY = epochDay(2024, 7, 17);
const AUGUST = epochDay(2024, 8, 21);
/** 35 % of 20,000 dollars, what one VX at 20 requires where no level is known. */
const OUTRIGHT = 7000;

function future(quantity: number, day: EpochDay, price = 20): MarginPosition {
  return { kind: 'vx-future', expiry: { day, settlement: 'AM' }, quantity, price };
}

function mini(quantity: number, day: EpochDay): MarginPosition {
  return { ...future(quantity, day), kind: 'vxm-future' };
}

function statement(
  positions: readonly MarginPosition[],
  broker: BrokerName = 'exchange',
  day = DAY,
): readonly StatementGroup[] {
  return futuresStatement({ regime: 'reg-t', broker, day, spot: new Map(), positions });
}

describe('futures of one expiry', () => {
  it.each([
    ['one VX', [future(1, JULY)], OUTRIGHT],
    ['short or long', [future(-1, JULY)], OUTRIGHT],
    ['three VX', [future(3, JULY)], 3 * OUTRIGHT],
    ['at 30', [future(1, JULY, 30)], 1.5 * OUTRIGHT],
    ['one mini', [mini(1, JULY)], OUTRIGHT / 10],
    ['VX and minis of one side', [future(2, JULY), mini(5, JULY)], 2.5 * OUTRIGHT],
    ['nine minis against one VX', [future(1, JULY), mini(-9, JULY)], 0.1 * OUTRIGHT],
    ['eleven minis against one VX', [future(1, JULY), mini(-11, JULY)], 0.1 * OUTRIGHT],
    ['two VX against one', [future(2, JULY), future(-1, JULY)], OUTRIGHT],
  ])('%s', (_name, positions, expected) => {
    const [group] = statement(positions);
    expect(group?.rule).toBe('futures-outright');
    expect(group?.maintenance).toBeCloseTo(expected, 6);
    expect(group?.requirement).toBeCloseTo(1.1 * expected, 6);
    expect(group?.source).not.toContain('calendar');
  });

  it('require nothing where minis offset all of it', () => {
    const [group] = statement([future(1, JULY), mini(-10, JULY)]);
    expect(group).toMatchObject({ rule: 'futures-offset', requirement: 0, maintenance: 0 });
  });

  it('weigh each price by what is left of its expiry', () => {
    // Two at 20 and one sold at 30: a third of 7,000 + 7,000 + 10,500 stays.
    const [group] = statement([future(2, JULY), future(-1, JULY, 30)]);
    expect(group?.maintenance).toBeCloseTo(24_500 / 3, 6);
  });
});

describe('futures of several expiries', () => {
  // One calendar spread requires 0.6 of an outright (CFE RG13-019: 2,700-3,650 against 5,000).
  it.each([
    ['one against one', [future(1, JULY), future(-1, AUGUST)], 0.6],
    ['two against two', [future(2, JULY), future(-2, AUGUST)], 1.2],
    ['three against one', [future(3, JULY), future(-1, AUGUST)], 2.6],
    ['one against three', [future(-1, JULY), future(3, AUGUST)], 2.6],
    ['a butterfly', [future(1, JUNE), future(-2, JULY), future(1, AUGUST)], 1.2],
    ['minis of the next', [future(1, JULY), mini(-10, AUGUST)], 0.6],
    ['a mini against a mini', [mini(1, JULY), mini(-1, AUGUST)], 0.06],
    ['half in minis', [future(1, JULY), mini(-5, AUGUST)], 0.5 + 0.5 * 0.6],
    ['what minis left', [future(1, JULY), mini(-4, JULY), mini(-6, AUGUST)], 0.6 * 0.6],
  ])('%s', (_name, positions, outrights) => {
    const [group] = statement(positions);
    expect(group?.rule).toBe('futures-calendar');
    expect(group?.maintenance).toBeCloseTo(outrights * OUTRIGHT, 6);
    expect(group?.requirement).toBeCloseTo(1.1 * outrights * OUTRIGHT, 6);
    expect(group?.source).toContain('calendar spreads 2,700-3,650');
  });

  it('of one side add up, without a credit', () => {
    const [group] = statement([future(1, JULY), future(2, AUGUST)]);
    expect(group?.rule).toBe('futures-outright');
    expect(group?.maintenance).toBeCloseTo(3 * OUTRIGHT, 6);
  });
});

describe('the statement of futures', () => {
  it('names the places of futures among other positions, in their order', () => {
    const share: MarginPosition = { kind: 'equity', underlying: 'XYZ', quantity: 5, price: 10 };
    const groups = statement([share, future(1, AUGUST), share, future(-1, JULY), mini(3, AUGUST)]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ legs: [1, 3, 4], quantities: [1, -1, 3] });
  });

  it('is empty without futures', () => {
    expect(statement([])).toEqual([]);
  });

  it('takes the published level of its day, and the ratio of the broker', () => {
    const then = epochDay(2013, 9, 3);
    const of = (broker: BrokerName): readonly number[] =>
      statement([future(1, JULY)], broker, then).map(({ requirement }) => requirement);
    // CFE RG13-019 prints 5,500 / 5,000; Interactive Brokers asks 125 % to open.
    expect(of('exchange')).toEqual([5500]);
    expect(of('ibkr')).toEqual([6250]);
    expect(statement([mini(2, JULY)], 'exchange', then)[0]?.maintenance).toBe(1000);
  });

  it('is unknown where a price is', () => {
    expect(statement([future(1, JULY, Number.NaN)])[0]?.maintenance).toBeNaN();
  });
});
