import { describe, expect, it } from 'vitest';
import { sketchMarket } from '../engine/sketched-market.fixture.ts';
import type { Sketch } from '../engine/sketched-market.fixture.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { levelStatistics, replicateCndr } from './replicate-cndr.ts';
import type { CndrMonth, CndrReplica } from './replicate-cndr.ts';

const FIRST = epochDay(2024, 3, 1);
/** Third Fridays of March to June 2024. */
const MARCH = epochDay(2024, 3, 15);
const APRIL = epochDay(2024, 4, 19);
const MAY = epochDay(2024, 5, 17);
const JUNE = epochDay(2024, 6, 21);

/** SPX at 5000, VIX at 16; the settlement of each third Friday as given, the closes calm. */
function replica(settlements: readonly number[], billRate = 0): CndrReplica {
  const market = sketchMarket({
    first: FIRST,
    sessions: 80,
    spx: () => 5000,
    vix: () => 16,
    billRate: () => billRate,
  });
  const set: Sketch = (i) => {
    const month = [APRIL, MAY, JUNE].indexOf(asEpochDay(market.day[i] ?? 0));
    return settlements[month] ?? 5000;
  };
  return replicateCndr({
    ...market,
    spxSettlement: market.spxSettlement.map((_value, i) => set(i)),
  });
}

function levelOn({ day, level }: CndrReplica, when: number): number {
  return level[day.indexOf(when)] ?? Number.NaN;
}

interface Wings {
  readonly longPut: number;
  readonly shortPut: number;
  readonly shortCall: number;
  readonly longCall: number;
  /** The wider wing, and the credit, points. */
  readonly wing: number;
  readonly credit: number;
}

function wingsOf(month: CndrMonth | undefined): Wings {
  const [longPut = NaN, shortPut = NaN, shortCall = NaN, longCall = NaN] = month?.strikes ?? [];
  const wing = Math.max(shortPut - longPut, longCall - shortCall);
  const credit = (month?.creditShare ?? NaN) * wing;
  return { longPut, shortPut, shortCall, longCall, wing, credit };
}

describe('replicateCndr', () => {
  it('stands at 100 until the first third Friday, and rolls on each one after it', () => {
    const run = replica([5000, 5000, 5000]);
    expect(run.level.slice(0, run.day.indexOf(MARCH) + 1).every((level) => level === 100)).toBe(
      true,
    );
    expect(run.months.map(({ sold, settled }) => [sold, settled])).toEqual([
      [MARCH, APRIL],
      [APRIL, MAY],
      [MAY, JUNE],
    ]);
  });

  it('sells 20 delta, buys 5 delta, on the grid, the put wing the wider', () => {
    const { longPut, shortPut, shortCall, longCall, credit, wing } = wingsOf(replica([]).months[0]);
    expect([longPut, shortPut, shortCall, longCall].every((strike) => strike % 5 === 0)).toBe(true);
    expect(longPut).toBeLessThan(shortPut);
    expect(shortPut).toBeLessThan(5000);
    expect(shortCall).toBeGreaterThan(5000);
    expect(longCall).toBeGreaterThan(shortCall);
    expect(shortPut - longPut).toBeGreaterThan(longCall - shortCall);
    expect(credit / wing).toBeGreaterThan(0.05);
    expect(credit / wing).toBeLessThan(0.25);
  });

  it('earns a tenth of credit over largest loss when it settles between its shorts', () => {
    const run = replica([5000]);
    const { credit, wing } = wingsOf(run.months[0]);
    expect(run.months[0]?.pnlOverMaxLoss).toBeCloseTo(credit / (wing - credit), 12);
    expect(levelOn(run, APRIL)).toBeCloseTo(100 * (1 + credit / (wing - credit) / 10), 9);
  });

  it('loses a tenth, no more, when it settles below its puts', () => {
    const run = replica([3000, 5000, 3000]);
    expect(run.months[0]?.pnlOverMaxLoss).toBeCloseTo(-1, 12);
    expect(levelOn(run, APRIL)).toBeCloseTo(90, 9);
    expect(run.months[2]?.pnlOverMaxLoss).toBeCloseTo(-1, 12);
    expect(levelOn(run, JUNE)).toBeCloseTo(0.9 * levelOn(run, MAY), 9);
  });

  it('loses the call wing less the credit when it settles above its calls', () => {
    const run = replica([5000, 8000]);
    const { shortCall, longCall, credit, wing } = wingsOf(run.months[1]);
    const pnl = (credit - (longCall - shortCall)) / (wing - credit);
    expect(run.months[1]?.pnlOverMaxLoss).toBeCloseTo(pnl, 12);
    expect(levelOn(run, MAY)).toBeCloseTo(levelOn(run, APRIL) * (1 + pnl / 10), 9);
  });

  it('pays point for point between the strikes', () => {
    const shortPut = wingsOf(replica([]).months[0]).shortPut;
    const run = replica([shortPut - 40]);
    const { credit, wing } = wingsOf(run.months[0]);
    expect(run.months[0]?.pnlOverMaxLoss).toBeCloseTo((credit - 40) / (wing - credit), 12);
  });

  it('earns the bill on its cash, the credit included', () => {
    const run = replica([3000], 0.05);
    const { credit, wing } = wingsOf(run.months[0]);
    const start = 100 * Math.exp((0.05 * (MARCH - FIRST)) / 365);
    const units = start / (10 * (wing - credit));
    const grown = (start + units * credit) * Math.exp((0.05 * (APRIL - MARCH)) / 365);
    expect(levelOn(run, MARCH)).toBeCloseTo(start, 9);
    expect(levelOn(run, APRIL)).toBeCloseTo(grown - units * wing, 9);
  });
});

/** Last day of the month `months` after December 2019. */
function monthEnd(months: number): number {
  return epochDay(2020 + Math.floor(months / 12), (months % 12) + 1, 0);
}

describe('levelStatistics', () => {
  it('compounds over calendar time: 10 % a year for four years', () => {
    const day = Int32Array.of(epochDay(2020, 1, 1), epochDay(2024, 1, 1));
    expect(levelStatistics(day, Float64Array.of(100, 146.41)).annualReturn).toBeCloseTo(0.1, 12);
  });

  it('annualises calendar months by the root of twelve, and returns calendar years', () => {
    const months = Array.from({ length: 25 }, (_unused, i) => monthEnd(i));
    const level = months.map((_day, i) => 100 * 1.02 ** Math.ceil(i / 2) * 0.98 ** (i >> 1));
    const found = levelStatistics(Int32Array.from(months), Float64Array.from(level));
    // +2 % and -2 % in turn: sample variance 24/23 x 0.02^2.
    expect(found.annualStdev).toBeCloseTo(0.02 * Math.sqrt((12 * 24) / 23), 12);
    const year = (1.02 * 0.98) ** 6 - 1;
    expect(found.years.map((each) => each.year)).toEqual([2020, 2021]);
    for (const each of found.years) expect(each.return).toBeCloseTo(year, 12);
  });
});
