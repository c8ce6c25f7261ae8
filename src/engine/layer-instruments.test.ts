import { describe, expect, it } from 'vitest';
import { ETP_SHARE } from '../contracts/contract-kind.ts';
import type { LayerInstrument, Policy } from '../strategy/policy.ts';
import { epochDay } from '../time/epoch-day.ts';
import { shortTermVxIndex } from '../volatility/vx-roll-index.ts';
import { CONDORS } from './policies.fixture.ts';
import { record } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const PATH = sketchMarket({
  first: epochDay(2021, 1, 4),
  sessions: 420,
  spx: (i) => 4000 + 2 * i + 60 * Math.sin(i / 11),
  vix: (i) => 20 - 4 * Math.sin(i / 11),
});

function hedgedWith(instrument: LayerInstrument, onDeltaBand: 'propose' | 'roll'): Policy {
  const { layers } = CONDORS;
  const change = { enabled: true, instrument, onDeltaBand };
  return {
    ...CONDORS,
    name: instrument,
    layers: {
      near: { ...layers.near, ...change, budgetShare: 0.5 },
      medium: { ...layers.medium, ...change },
      long: { ...layers.long, ...change },
    },
    guards: null,
  };
}

describe.each(['vx', 'vix-call', 'vix-call-spread', 'etp'] as const)(
  'layers of %s',
  (instrument) => {
    const run = record(PATH, hedgedWith(instrument, 'propose'));

    it('open, and add up: ledger entries, sleeves and equity at every close', () => {
      // The sketch never falls far enough for the medium layer.
      const opened = run.layers.filter(({ openings }) => openings > 0).map(({ sleeve }) => sleeve);
      expect(opened).toEqual(['near', 'long']);
      const { columns } = run;
      const kinds = columns.ledger.length / columns.day.length;
      columns.equityClose.forEach((equity, row) => {
        const entries = columns.ledger.subarray(row * kinds, (row + 1) * kinds);
        const cents = entries.reduce((sum, value) => sum + value, 0);
        expect(cents).toBe(Math.round(equity * 100));
      });
    });

    it('hold nothing but their instrument', () => {
      const held = new Set(
        run.trades.filter(({ sleeve }) => sleeve !== 'core').map(({ structure }) => structure),
      );
      expect([...held]).toEqual([instrument === 'vx' ? 'vx-future' : instrument]);
    });
  },
);

describe('a share of the short-term VX fund', () => {
  it('earns what the index earns on its dollars, less spread and fees', () => {
    const index = shortTermVxIndex(PATH);
    const rowOf = new Map(Array.from(PATH.day, (day, row) => [day, row]));
    const level = (day: number): number => index[rowOf.get(day) ?? -1] ?? Number.NaN;
    const shares = record(PATH, hedgedWith('etp', 'propose')).trades.filter(
      ({ structure }) => structure === 'etp',
    );
    expect(shares.length).toBeGreaterThan(3);
    for (const trade of shares) {
      const growth = level(trade.closedDay) / level(trade.openedDay);
      const gross = trade.quantity * ETP_SHARE * (growth - 1);
      // Half of a trade may be sold on another day: whole trades only.
      if (trade.closeReason === 'trailing-stop') continue;
      expect(trade.pnl).toBeCloseTo(gross - trade.spreadCost - trade.fees, 0);
    }
  });
});

describe('a delta band', () => {
  it('is proposed once a trade, and rolls only where the rule says so', () => {
    const proposed = record(PATH, hedgedWith('vix-call', 'propose'));
    const rolled = record(PATH, hedgedWith('vix-call', 'roll'));
    const long = (run: typeof proposed): (typeof proposed.layers)[number] | undefined =>
      run.layers.find(({ sleeve }) => sleeve === 'long');
    const events = proposed.events.filter(
      ({ kind, sleeve }) => kind === 'roll-proposed' && sleeve === 'long',
    );
    expect(events).toHaveLength(long(proposed)?.rollsProposed ?? -1);
    expect(events.length).toBeGreaterThan(0);
    expect(events.length).toBeLessThanOrEqual(long(proposed)?.openings ?? -1);
    expect(proposed.trades.some(({ closeReason }) => closeReason === 'delta-band')).toBe(false);
    expect(rolled.trades.some(({ closeReason }) => closeReason === 'delta-band')).toBe(true);
    expect(long(rolled)?.openings).toBeGreaterThan(long(proposed)?.openings ?? Infinity);
  });
});
