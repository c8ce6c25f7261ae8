import { describe, expect, it } from 'vitest';
import type { Policy } from '../strategy/policy.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { record } from './run-sketch.fixture.ts';
import type { RunRecord } from './run-record.ts';
import { randomMarket } from './sketched-market.fixture.ts';

const SHIFTS: Policy = {
  ...CONDORS,
  timeShift: {
    targetDays: 45,
    minDays: 30,
    maxDays: 90,
    shortDelta: 0.3,
    dailyRange: 0.0094,
    vix: 16,
    maxRolls: 2,
    minMoves: 1,
    cushion: 0.2,
  },
};
const MARKETS = [1, 2, 3, 4, 5].map((seed) =>
  randomMarket(seed, asEpochDay(epochDay(2019, 1, 2)), 300),
);
const NEXT: Policy = { ...SHIFTS, fill: 'next-close' };

/** Trades of each chain that was rolled, in order. */
function chainsOf({ trades }: RunRecord): readonly RunRecord['trades'][] {
  const chains = new Map<number, RunRecord['trades'][number][]>();
  for (const trade of trades.toSorted((a, b) => a.id - b.id)) {
    if (trade.chain === undefined) continue;
    chains.set(trade.chain.id, [...(chains.get(trade.chain.id) ?? []), trade]);
  }
  return [...chains.values()];
}

describe.each([
  ['at the same close', SHIFTS],
  ['a close later', NEXT],
])('rolls filled %s', (_name, policy) => {
  const chains = MARKETS.flatMap((market) => chainsOf(record(market, policy)));

  it('happen in random markets', () => {
    expect(chains.filter((chain) => chain.length > 1).length).toBeGreaterThan(3);
  });

  it('book the loss, never grow contracts, never have more to lose than the first', () => {
    for (const chain of chains) {
      const [first] = chain;
      let realised = 0;
      let units = first?.quantity ?? 0;
      for (const [i, trade] of chain.entries()) {
        expect(trade.chain).toEqual({ id: first?.id, roll: i });
        expect(trade.quantity).toBeLessThanOrEqual(units);
        units = trade.quantity;
        const most = realised + (trade.maxLoss ?? Number.NaN);
        expect(most).toBeLessThanOrEqual((first?.maxLoss ?? Number.NaN) * (1 + 1e-9));
        realised -= trade.pnl;
      }
      expect(chain.length).toBeLessThanOrEqual(3);
    }
  });

  it('open on the close on which they closed, for a later expiry', () => {
    for (const chain of chains) {
      for (const [i, trade] of chain.entries()) {
        const before = chain[i - 1];
        if (before === undefined) continue;
        expect(before.closeReason).toBe('time-shift');
        expect(trade.openedDay).toBe(before.closedDay);
        expect(trade.legs[0]?.expiry).toBeGreaterThan(before.legs[0]?.expiry ?? Number.NaN);
      }
    }
  });
});

describe('the table of actions in a run', () => {
  const [market] = MARKETS;
  if (market === undefined) throw new Error('there are markets');
  const kept = record(market, { ...CONDORS, falseBinary: { mode: 'record', tailWeight: 0.25 } });
  const free = record(market, CONDORS);

  it('is kept in the audit and changes nothing', () => {
    expect(kept.trades).toEqual(free.trades);
    const tables = kept.events.filter(({ kind }) => kind === 'threat-actions');
    expect(tables.length).toBeGreaterThan(3);
    for (const { values, reason } of tables) {
      expect(values).toHaveProperty(['hold: expected']);
      expect(values['close: margin']).toBe(0);
      expect(values['close: tail']).toBe(values['close: expected']);
      expect(values['hold: tail']).toBeLessThanOrEqual(values['hold: expected'] ?? Number.NaN);
      expect(['hold', 'close', 'roll', 'add-hedge']).toContain(reason);
    }
  });

  it('closes threatened positions where it chooses, and only those', () => {
    const chosen = record(market, {
      ...CONDORS,
      falseBinary: { mode: 'choose', tailWeight: 0.25 },
    });
    const closed = chosen.trades.filter(({ closeReason }) => closeReason === 'best-action');
    expect(closed.length).toBeGreaterThan(0);
    const told = chosen.events.filter(
      ({ kind, reason }) => kind === 'threat-actions' && reason === 'close',
    );
    const days = new Set(told.map(({ day }) => day));
    expect(closed.filter(({ closedDay }) => !days.has(closedDay))).toEqual([]);
  });
});
