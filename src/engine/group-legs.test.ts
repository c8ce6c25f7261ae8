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
import { groupLegs } from './group-legs.ts';
import type { Leg } from '../contracts/leg-columns.ts';

function spx(right: number, strike: number, quantity: number, expiry = 20_000): Leg {
  return { kind: SPX_OPTION, right, strike, expiry, settlement: PM, quantity, price: 1 };
}
function vix(right: number, strike: number, quantity: number): Leg {
  return { kind: VIX_OPTION, right, strike, expiry: 20_100, settlement: AM, quantity, price: 1 };
}

const CONDOR = [spx(PUT, 4000, 4), spx(PUT, 4100, -4), spx(CALL, 4900, -4), spx(CALL, 5000, 4)];

describe('groupLegs', () => {
  it.each([
    ['a condor', CONDOR, 'condor', 'core', 4],
    ['a strangle', [spx(PUT, 4100, -2), spx(CALL, 4900, -2)], 'strangle', 'core', 2],
    ['a vertical', [spx(PUT, 4000, 3), spx(PUT, 4100, -3)], 'other', 'core', 3],
    [
      'a condor of unequal sides',
      [...CONDOR.slice(0, 2), spx(CALL, 4900, -2), spx(CALL, 5000, 2)],
      'other',
      'core',
      2,
    ],
    [
      'calls above puts swapped',
      [spx(PUT, 5000, 1), spx(PUT, 4900, -1), spx(CALL, 4100, -1), spx(CALL, 4000, 1)],
      'other',
      'core',
      1,
    ],
    ['VIX calls', [vix(CALL, 20, 6)], 'vix-call', 'long', 6],
    ['a VIX call spread', [vix(CALL, 20, 6), vix(CALL, 25, -6)], 'vix-call-spread', 'near', 6],
    ['a VIX credit spread', [vix(CALL, 20, -6), vix(CALL, 25, 6)], 'other', 'long', 6],
    ['VIX puts', [vix(PUT, 20, 6)], 'other', 'long', 6],
  ])('%s', (_name, legs, structure, sleeve, units) => {
    const groups = groupLegs(legs);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ structure, sleeve, units });
    expect(groups[0]?.legs.map(({ ratio }) => ratio * units)).toEqual(
      legs.map(({ quantity }) => quantity),
    );
  });

  it('separates expiries and products', () => {
    const future = { ...vix(CALL, 0, 1), kind: VX_FUTURE, right: NO_RIGHT };
    const groups = groupLegs([
      ...CONDOR,
      ...CONDOR.map((leg) => ({ ...leg, expiry: 20_007 })),
      future,
    ]);
    expect(groups.map(({ structure, sleeve }) => [structure, sleeve])).toEqual([
      ['condor', 'core'],
      ['condor', 'core'],
      ['vx-future', 'medium'],
    ]);
  });
});
