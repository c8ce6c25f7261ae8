import { describe, expect, it } from 'vitest';
import { VIX_OPTION, VX_FUTURE, VXM_FUTURE, XSP_OPTION } from '../contracts/contract-kind.ts';
import { condorOf, legsOf } from '../margin/legs.fixture.ts';
import type { LegSketch } from '../margin/legs.fixture.ts';
import { settlementPrice, settlementValue } from './settlement.ts';

const VALUES = { spx: 4633.4, vix: 31.25 };

function settled(sketch: LegSketch): readonly [points: number, dollars: number] {
  const legs = legsOf([sketch]);
  return [settlementPrice(legs, 0, VALUES), settlementValue(legs, 0, VALUES)];
}

describe('settlement', () => {
  it.each<readonly [string, LegSketch, number, number]>([
    ['SPX put in the money', { right: 'put', strike: 4700, quantity: 1 }, 66.6, 6660],
    ['SPX call out of the money', { right: 'call', strike: 4700, quantity: 1 }, 0, 0],
    ['XSP put on a tenth', { right: 'put', strike: 470, quantity: 1, kind: XSP_OPTION }, 6.66, 666],
    ['VIX call', { right: 'call', strike: 25, quantity: 1, kind: VIX_OPTION }, 6.25, 625],
    ['VX', { right: 'future', strike: 0, quantity: 1, kind: VX_FUTURE }, 31.25, 31_250],
    ['VXM', { right: 'future', strike: 0, quantity: 1, kind: VXM_FUTURE }, 31.25, 3125],
  ])('%s', (_, sketch, points, dollars) => {
    expect(settled(sketch)[0]).toBeCloseTo(points, 9);
    expect(settled(sketch)[1]).toBeCloseTo(dollars, 6);
  });

  it('beyond a wing a condor pays its width', () => {
    const legs = legsOf(condorOf(4700, 5300, 50, 3));
    const cash = (spx: number): number =>
      [0, 1, 2, 3].reduce(
        (sum, slot) =>
          sum + (legs.quantity[slot] ?? 0) * settlementValue(legs, slot, { spx, vix: 20 }),
        0,
      );
    expect(cash(4000)).toBe(-15_000);
    expect(cash(5000)).toBe(0);
    expect(cash(9000)).toBe(-15_000);
  });

  it('without a settlement value is unknown, not worthless', () => {
    const legs = legsOf([{ right: 'put', strike: 4700, quantity: 1 }]);
    expect(settlementPrice(legs, 0, { spx: Number.NaN, vix: 20 })).toBeNaN();
    expect(settlementPrice(legs, 1, VALUES)).toBeNaN();
  });
});
