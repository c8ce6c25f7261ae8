import { describe, expect, it } from 'vitest';
import { sketchMarket } from '../engine/sketched-market.fixture.ts';
import type { MarketPath } from '../market/market-path.ts';
import { epochDay } from '../time/epoch-day.ts';
import { MID_TERM, SHORT_TERM, shortTermVxIndex } from '../volatility/vx-roll-index.ts';
import { replicateVxRoll } from './replicate-vx-roll.ts';

/** A year from a settlement on, with VX by session and days to expiry; bills pay nothing. */
function vxMarket(
  vx: (session: number, days: number) => number,
  billRate = 0,
  sessions = 250,
): MarketPath {
  return sketchMarket({
    first: epochDay(2023, 1, 18),
    sessions,
    spx: () => 5000,
    vix: () => 20,
    vx,
    billRate: () => billRate,
  });
}

const RULES = [SHORT_TERM, MID_TERM];

describe('replicateVxRoll', () => {
  it.each(RULES)('$name stays level on a flat curve', (rule) => {
    const { excessReturn } = replicateVxRoll(
      vxMarket(() => 20),
      rule,
    );
    expect(excessReturn.every((level) => Math.abs(level - 100) < 1e-9)).toBe(true);
  });

  it.each(RULES)('$name loses the slope of a curve in contango', (rule) => {
    const slope = Math.log(1.05) / 30;
    const path = vxMarket((_session, days) => 15 * Math.exp(slope * days));
    const { excessReturn, day } = replicateVxRoll(path, rule);
    const days = (day.at(-1) ?? 0) - (day[0] ?? 0);
    expect(Math.log((excessReturn.at(-1) ?? 0) / 100)).toBeCloseTo(-slope * days, 2);
  });

  it.each(RULES)('$name moves in proportion to its curve', (rule) => {
    const path = vxMarket((session) => (session < 100 ? 20 : 26));
    const { excessReturn } = replicateVxRoll(path, rule);
    expect((excessReturn[100] ?? 0) / (excessReturn[99] ?? 1)).toBeCloseTo(1.3, 12);
  });

  it('earns bills on top', () => {
    const path = vxMarket(() => 20, 0.05);
    const { totalReturn, day } = replicateVxRoll(path, SHORT_TERM);
    const years = ((day.at(-1) ?? 0) - (day[0] ?? 0)) / 365;
    expect((totalReturn.at(-1) ?? 0) / 100).toBeCloseTo(Math.exp(0.05 * years), 9);
  });

  it('holds none of a month on its last day, and of the nearest the more the longer it lives', () => {
    // Only contracts with more than a day to live keep their price; a last day doubles it.
    const spiked = vxMarket((_session, days) => (days <= 0 ? 40 : 20));
    expect(replicateVxRoll(spiked, SHORT_TERM).excessReturn.at(-1)).toBeCloseTo(100, 9);
  });

  it('mid-term is deaf to the three nearest months and to the eighth', () => {
    const quiet = vxMarket(
      (session, days) => {
        const isHeld = days > 75 && days < 235;
        return session >= 60 && !isHeld ? 40 : 20;
      },
      0,
      61,
    );
    expect(replicateVxRoll(quiet, MID_TERM).excessReturn.at(-1)).toBeCloseTo(100, 9);
  });

  it('is the index that funds of the simulation hold', () => {
    const path = vxMarket((session, days) => 20 + 5 * Math.sin(session / 20) + 0.02 * days);
    const held = shortTermVxIndex(path);
    const { excessReturn } = replicateVxRoll(path, SHORT_TERM);
    const ratio = (held.at(-1) ?? 0) / (held[0] ?? 1) / ((excessReturn.at(-1) ?? 0) / 100);
    expect(ratio).toBeCloseTo(1, 12);
  });

  it('is unknown without enough months', () => {
    const path = { ...vxMarket(() => 20), vxCount: new Uint8Array(250).fill(6) };
    expect(replicateVxRoll(path, SHORT_TERM).excessReturn.at(-1)).toBe(100);
    const short = { ...path, vxCount: new Uint8Array(250).fill(1) };
    expect(replicateVxRoll(short, SHORT_TERM).totalReturn.at(-1)).toBeNaN();
    expect(replicateVxRoll(path, MID_TERM).totalReturn.at(-1)).toBeNaN();
  });
});
