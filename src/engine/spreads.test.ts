import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { OPTIONS, record } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const path = sketchMarket({
  first: epochDay(2021, 1, 4),
  sessions: 200,
  spx: (i) => 4000 + 2 * i + 90 * Math.sin(i / 11),
  vix: (i) => 20 - 5 * Math.sin(i / 11),
});

describe('a multiple of the spreads', () => {
  const at = (spreads: number): { readonly costs: number; readonly trades: number } => {
    const { trades } = record(path, CONDORS, { ...OPTIONS, spreads });
    const costs = trades.reduce((sum, trade) => sum + trade.spreadCost / trade.quantity, 0);
    return { costs: costs / trades.length, trades: trades.length };
  };

  it('leaves everything as it is at one', () => {
    expect(record(path, CONDORS, { ...OPTIONS, spreads: 1 })).toEqual(record(path, CONDORS));
  });

  it('costs nothing but rounding to cents at nought, and about twice as much at two', () => {
    const stated = at(1);
    expect(stated.trades).toBeGreaterThan(5);
    // Eight fills of a condor, each rounded against the trader by less than a cent a share.
    expect(at(0).costs).toBeLessThan(8);
    expect(at(2).costs / stated.costs).toBeGreaterThan(1.6);
    expect(at(2).costs / stated.costs).toBeLessThan(2.2);
  });
});
