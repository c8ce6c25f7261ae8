import { describe, expect, it } from 'vitest';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { isSession } from '../time/cboe-calendar.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { shortTermVxIndex } from './vx-roll-index.ts';

const SETTLEMENTS = [
  epochDay(2023, 1, 18),
  epochDay(2023, 2, 15),
  epochDay(2023, 3, 22),
  epochDay(2023, 4, 19),
  epochDay(2023, 5, 17),
];

/** A path of VX only: the settlement of each month is `price(expiry - day)`. */
function vxPath(price: (tau: number) => number): MarketPath {
  const days: number[] = [];
  for (let day = epochDay(2023, 1, 18) as number; day < epochDay(2023, 3, 31); day += 1) {
    if (isSession(asEpochDay(day))) days.push(day);
  }
  const vxExpiry = new Int32Array(days.length * VX_NODES);
  const vxSettle = new Float64Array(days.length * VX_NODES).fill(Number.NaN);
  const vixSettlement = new Float64Array(days.length).fill(Number.NaN);
  days.forEach((day, session) => {
    if (SETTLEMENTS.some((expiry) => expiry === day)) vixSettlement[session] = price(0);
    SETTLEMENTS.filter((expiry) => expiry > day).forEach((expiry, node) => {
      vxExpiry[session * VX_NODES + node] = expiry;
      vxSettle[session * VX_NODES + node] = price(expiry - day);
    });
  });
  return {
    length: days.length,
    day: Int32Array.from(days),
    vxCount: new Uint8Array(days.length).fill(2),
    vxExpiry,
    vxSettle,
    vixSettlement,
  } as unknown as MarketPath;
}

describe('shortTermVxIndex', () => {
  it('stays level on a flat curve, through two rolls', () => {
    const level = shortTermVxIndex(vxPath(() => 20));
    expect(level.every((value) => Math.abs(value - 100_000) < 1e-6)).toBe(true);
  });

  it('loses the slope of a curve in contango: ln 1.1 a month is about 10 % a month', () => {
    const level = shortTermVxIndex(vxPath((tau) => 15 * Math.exp((Math.log(1.1) * tau) / 30)));
    const [first = Number.NaN] = level;
    const last = level.at(-1) ?? Number.NaN;
    const days = epochDay(2023, 3, 30) - epochDay(2023, 1, 18);
    expect(Math.log(last / first)).toBeCloseTo((-Math.log(1.1) * days) / 30, 2);
  });

  it('is NaN until two months have a price', () => {
    const path = { ...vxPath(() => 20), vxCount: new Uint8Array(60) };
    expect(shortTermVxIndex(path).every(Number.isNaN)).toBe(true);
  });
});
