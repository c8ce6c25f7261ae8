import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL,
  NO_RIGHT,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VX_FUTURE,
  VXM_FUTURE,
  XSP_OPTION,
} from '../contracts/contract-kind.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { FillInput } from './cost-model.ts';
import { fillPrice, halfSpread, spreadMultiple } from './cost-model.ts';

const CALM: FillInput = {
  kind: SPX_OPTION,
  right: PUT,
  mid: 10,
  side: 'buy',
  vix: 15,
  day: epochDay(2020, 1, 6),
  stress: 1,
};

describe('spreadMultiple', () => {
  it.each([
    [9, 1],
    [20, 1],
    [25, Math.sqrt(3)],
    [30, 3],
    [37.5, Math.sqrt(15)],
    [45, 5],
    [60, 8],
    [82, 8],
  ])('at VIX %d is %d', (vix, multiple) => {
    expect(spreadMultiple(vix)).toBeCloseTo(multiple, 12);
  });

  it('of an unknown VIX is unknown', () => {
    expect(spreadMultiple(Number.NaN)).toBeNaN();
  });
});

describe('halfSpread', () => {
  it('of an SPX leg is 2 % of mid, at least half a tick', () => {
    expect(halfSpread(CALM)).toBeCloseTo(0.2, 12);
    expect(halfSpread({ ...CALM, mid: 0.5 })).toBeCloseTo(0.025, 12);
    expect(halfSpread({ ...CALM, mid: 0 })).toBeCloseTo(0.025, 12);
  });

  it('widens with VIX and in a forced liquidation', () => {
    expect(halfSpread({ ...CALM, vix: 45 })).toBeCloseTo(1, 12);
    expect(halfSpread({ ...CALM, stress: 3 })).toBeCloseTo(0.6, 12);
  });

  it('of an SPX leg is twice as wide before 2008, with ticks of a sixteenth before 2001', () => {
    expect(halfSpread({ ...CALM, day: epochDay(2007, 12, 31) })).toBeCloseTo(0.4, 12);
    expect(halfSpread({ ...CALM, day: epochDay(2008, 1, 1) })).toBeCloseTo(0.2, 12);
    expect(halfSpread({ ...CALM, mid: 1, day: epochDay(2000, 1, 3) })).toBe(2 / 32);
  });

  it('of a VIX option is 3 % of mid, at least 0.03, and widens', () => {
    const vix = { ...CALM, kind: VIX_OPTION, right: CALL };
    expect(halfSpread({ ...vix, mid: 2 })).toBeCloseTo(0.06, 12);
    expect(halfSpread({ ...vix, mid: 0.4 })).toBeCloseTo(0.03, 12);
    expect(halfSpread({ ...vix, mid: 2, vix: 30 })).toBeCloseTo(0.18, 12);
  });

  it('of a VX future is 0.05 at any VIX', () => {
    const vx = { ...CALM, kind: VX_FUTURE, right: NO_RIGHT, mid: 20 };
    expect(halfSpread(vx)).toBe(0.05);
    expect(halfSpread({ ...vx, vix: 80 })).toBe(0.05);
    expect(halfSpread({ ...vx, vix: 80, stress: 3 })).toBeCloseTo(0.15, 12);
  });
});

describe('fillPrice', () => {
  it('rounds to the cent against the trader', () => {
    expect(fillPrice({ ...CALM, mid: 10.333 })).toBeCloseTo(10.54, 12);
    expect(fillPrice({ ...CALM, mid: 10.333, side: 'sell' })).toBeCloseTo(10.12, 12);
  });

  it('rounds to sixteenths and eighths before decimals', () => {
    const early = { ...CALM, day: epochDay(1998, 1, 5) };
    expect(fillPrice({ ...early, mid: 1.01 })).toBe(1.125);
    expect(fillPrice({ ...early, mid: 1.01, side: 'sell' })).toBe(0.9375);
    expect(fillPrice({ ...early, mid: 10 })).toBe(10.5);
  });

  it('buys a worthless option at the least offer and cannot sell it', () => {
    expect(fillPrice({ ...CALM, mid: 0 })).toBe(0.05);
    expect(fillPrice({ ...CALM, mid: 0, kind: XSP_OPTION })).toBe(0.01);
    expect(fillPrice({ ...CALM, mid: 0.02, side: 'sell' })).toBeNaN();
    expect(fillPrice({ ...CALM, mid: 0.04, side: 'sell' })).toBeCloseTo(0.01, 12);
  });

  it('of futures keeps their ticks', () => {
    const vx = { ...CALM, kind: VX_FUTURE, right: NO_RIGHT, mid: 20.02 };
    expect(fillPrice(vx)).toBeCloseTo(20.1, 12);
    expect(fillPrice({ ...vx, side: 'sell' })).toBeCloseTo(19.95, 12);
    expect(fillPrice({ ...vx, kind: VXM_FUTURE })).toBeCloseTo(20.07, 12);
  });

  it('of anything unknown is unknown', () => {
    expect(fillPrice({ ...CALM, mid: Number.NaN })).toBeNaN();
    expect(fillPrice({ ...CALM, vix: Number.NaN })).toBeNaN();
    expect(fillPrice({ ...CALM, kind: 9 })).toBeNaN();
  });

  it('never favours the trader, and wider spreads never help', () => {
    const kinds = fc.constantFrom(SPX_OPTION, XSP_OPTION, VIX_OPTION, VX_FUTURE, VXM_FUTURE);
    const amount = fc.double({ min: 0, max: 500, noNaN: true });
    const level = fc.double({ min: 9, max: 90, noNaN: true });
    const years = fc.integer({ min: 1991, max: 2026 });
    fc.assert(
      fc.property(kinds, amount, level, level, years, (kind, mid, a, b, year) => {
        const input = { ...CALM, kind, mid, day: epochDay(year, 6, 1) };
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const offer = fillPrice({ ...input, vix: low });
        expect(offer).toBeGreaterThanOrEqual(mid);
        expect(fillPrice({ ...input, vix: high })).toBeGreaterThanOrEqual(offer);
        const bid = fillPrice({ ...input, vix: low, side: 'sell' });
        const wider = fillPrice({ ...input, vix: high, side: 'sell' });
        if (Number.isNaN(bid)) expect(wider).toBeNaN();
        else expect(bid).toBeLessThanOrEqual(mid + 1e-9);
        if (!Number.isNaN(wider)) expect(wider).toBeLessThanOrEqual(bid);
      }),
    );
  });
});
