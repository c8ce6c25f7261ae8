import { describe, expect, it } from 'vitest';
import { SPX_OPTION, VX_FUTURE, VXM_FUTURE } from '../contracts/contract-kind.ts';
import { sessionsBetween } from '../time/cboe-calendar.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { FuturesMarginInput } from './futures-requirement.ts';
import { futuresMaintenance, futuresMargin, stressedSessionsAfter } from './futures-requirement.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';

const CALM: FuturesMarginInput = {
  kind: VX_FUTURE,
  price: 20,
  day: epochDay(2020, 1, 6),
  stressed: false,
  profile: EXCHANGE_PROFILE,
};

function at(year: number, month: number, day: number): number {
  return futuresMaintenance({ ...CALM, day: epochDay(year, month, day) });
}

describe('futuresMaintenance', () => {
  it('is 35 % of contract value, 80 % after a spike', () => {
    expect(futuresMaintenance(CALM)).toBeCloseTo(7000, 9);
    expect(futuresMaintenance({ ...CALM, stressed: true })).toBeCloseTo(16_000, 9);
  });

  it('of VXM is a tenth', () => {
    expect(futuresMaintenance({ ...CALM, kind: VXM_FUTURE })).toBeCloseTo(700, 9);
    const known = { ...CALM, kind: VXM_FUTURE, day: epochDay(2013, 9, 3) };
    expect(futuresMaintenance(known)).toBe(500);
  });

  it('is the published level while it is known, from the first day to the last', () => {
    expect(at(2013, 6, 26)).toBeCloseTo(7000, 9);
    expect(at(2013, 6, 27)).toBe(5000);
    expect(at(2014, 6, 24)).toBe(5000);
    expect(at(2014, 6, 25)).toBeCloseTo(7000, 9);
  });

  it('after a spike is no less than the stressed share, whatever was published', () => {
    const stressed = { ...CALM, day: epochDay(2013, 9, 3), stressed: true };
    expect(futuresMaintenance(stressed)).toBeCloseTo(16_000, 9);
    expect(futuresMaintenance({ ...stressed, price: 5 })).toBe(5000);
  });

  it('scales with the sensitivity factor', () => {
    const profile = {
      ...EXCHANGE_PROFILE,
      futures: { ...EXCHANGE_PROFILE.futures, sensitivity: 1.5 },
    };
    expect(futuresMaintenance({ ...CALM, profile })).toBeCloseTo(10_500, 9);
  });

  it('is unknown for an unknown price and for what is no future', () => {
    expect(futuresMaintenance({ ...CALM, price: Number.NaN })).toBeNaN();
    expect(futuresMaintenance({ ...CALM, kind: SPX_OPTION })).toBeNaN();
  });
});

describe('futuresMargin', () => {
  it('initial is 110 % at the exchange, 125 % at Interactive Brokers', () => {
    expect(futuresMargin(CALM).initial).toBeCloseTo(7700, 9);
    expect(futuresMargin({ ...CALM, profile: IBKR_PROFILE }).initial).toBeCloseTo(8750, 9);
    // CFE RG13-019 prints 5,500 / 5,000.
    expect(futuresMargin({ ...CALM, day: epochDay(2013, 9, 3) })).toEqual({
      initial: 5500,
      maintenance: 5000,
    });
  });
});

describe('published levels', () => {
  it('are taken as known for 250 sessions, their first included', () => {
    for (const { effective, until } of EXCHANGE_PROFILE.futures.levels) {
      expect(1 + sessionsBetween(effective, until)).toBe(250);
    }
  });
});

describe('stressedSessionsAfter', () => {
  const rule = EXCHANGE_PROFILE.futures;

  it('a VIX day of +30 % is felt for the ten sessions after it', () => {
    let left = stressedSessionsAfter(0, 0.3, rule);
    let stressed = 0;
    for (let session = 0; session < 20; session += 1) {
      if (left > 0) stressed += 1;
      left = stressedSessionsAfter(left, 0, rule);
    }
    expect(stressed).toBe(10);
  });

  it('a smaller rise and an unknown change are no spike', () => {
    expect(stressedSessionsAfter(0, 0.2999, rule)).toBe(0);
    expect(stressedSessionsAfter(3, Number.NaN, rule)).toBe(2);
  });
});
