import { describe, expect, it } from 'vitest';
import { AM, CALL, NO_RIGHT, SPX_OPTION, VX_FUTURE } from '../contracts/contract-kind.ts';
import { LEDGER } from '../portfolio/ledger.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { marginFigures } from './margin-figures.ts';
import { CASH, CONDORS } from './policies.fixture.ts';
import { force, record, watch } from './run-sketch.fixture.ts';
import { sketchMarket } from './sketched-market.fixture.ts';
import type { Sketch } from './sketched-market.fixture.ts';

const FIRST = epochDay(2024, 6, 3);
const STRANGLE = { ...CONDORS, name: 'strangle', base: 'strangle' as const, guards: null };

/** A fall of SPX on session 30 with VIX at `fear` from then on. */
function crash(fall: number, fear: number): ReturnType<typeof sketchMarket> {
  return sketchMarket({
    first: FIRST,
    sessions: 45,
    spx: (i) => (i < 30 ? 5000 : 5000 * (1 + fall)),
    vix: (i) => (i < 30 ? 16 : fear),
  });
}

describe('short strangles', () => {
  it('are liquidated at stressed prices when a fall takes their margin', () => {
    const path = crash(-0.2, 70);
    const run = record(path, STRANGLE);
    expect(run.forcedLiquidations).toBeGreaterThan(0);
    expect(run.marginCalls).toBe(run.forcedLiquidations);
    const forced = run.trades.filter((trade) => trade.closeReason === 'forced-liquidation');
    expect(forced.length).toBeGreaterThan(0);
    expect(forced.every((trade) => trade.maxLoss === null)).toBe(true);
    expect(run.events.some((event) => event.kind === 'forced-liquidation')).toBe(true);
  });

  it.each([
    [-0.06, 35],
    [-0.12, 55],
    [-0.2, 70],
    [-0.3, 90],
    [0.1, 30],
  ])('leave no deficit after a move of %d with VIX at %d, or no equity', (move, fear) => {
    const calls: number[] = [];
    watch(crash(move, fear), STRANGLE, (context, account) => {
      const figures = marginFigures(context, account, context.close);
      const shortfall = Math.max(0, figures.futuresMaintenance - figures.futuresCash);
      const bare = account.book.count === 0 && account.ledger.equity <= 0;
      expect(figures.margin.excessLiquidity - shortfall >= 0 || bare).toBe(true);
      calls.push(account.counts.liquidations);
      account.ledger.check();
    });
    expect(calls).toHaveLength(45);
  });

  it('leave a debt that is kept, and pays interest', () => {
    const run = record(crash(-0.3, 90), STRANGLE);
    const { equityClose, ledger } = run.columns;
    expect(run.ruined).toBe(true);
    expect(run.endedBy).toBe('ruined');
    expect(run.endedDay).toBe(run.ruinDay);
    const after = equityClose.slice(30);
    expect(after[0]).toBeLessThan(0);
    for (let i = 1; i < after.length; i += 1) {
      expect(after[i]).toBeLessThan(after[i - 1] ?? Number.NaN);
    }
    const interest = (row: number): number => ledger[row * 8 + LEDGER.interest] ?? Number.NaN;
    expect(interest(44)).toBeLessThan(interest(30));
    expect(run.trades.filter((trade) => trade.openedDay > (run.ruinDay ?? 0))).toEqual([]);
  });
});

/** One value before a session, another from it on. */
function jump(session: number, before: number, after: number): Sketch {
  return (i) => (i < session ? before : after);
}

/** Two VX bought at the first close, in an account of long calls and little cash. */
function holdVx(
  vx: Sketch,
  options: { readonly cash: number; readonly vix: Sketch; readonly calls: number },
  look: (context: EngineContext, account: AccountState, session: number) => void,
): ReturnType<typeof watch> {
  const path = sketchMarket({
    first: FIRST,
    sessions: 8,
    spx: () => 5000,
    vix: options.vix,
    vixHigh: options.vix,
    vixLow: options.vix,
    billRate: () => 0,
    vx: (i) => vx(i),
  });
  return watch(path, CASH, (context, account, session) => {
    if (session === 0) {
      const expiry = context.close.vxExpiry[2] ?? 0;
      const spx = { kind: SPX_OPTION, right: CALL, strike: 4500, settlement: AM, ratio: 1 };
      if (options.calls > 0) {
        force(context, account, session, {
          structure: 'vix-call',
          units: options.calls,
          sleeve: SLEEVE.puts,
          legs: [{ ...spx, expiry: epochDay(2024, 12, 20) }],
        });
      }
      account.ledger.post(
        LEDGER.deposit,
        SLEEVE.core,
        'securities',
        Math.round(options.cash * 100) - account.ledger.securities,
      );
      force(context, account, session, {
        structure: 'vx-future',
        units: 2,
        sleeve: SLEEVE.medium,
        legs: [{ kind: VX_FUTURE, right: NO_RIGHT, strike: 0, expiry, settlement: AM, ratio: 1 }],
      });
    }
    account.ledger.check();
    look(context, account, session);
  });
}

describe('the futures segment', () => {
  it('takes initial margin from securities and books variation every day', () => {
    const prices = [20, 21, 20.5, 22, 22, 22, 22, 22];
    const variation: number[] = [];
    const futures: number[] = [];
    const calm = { cash: 100_000, vix: () => 16, calls: 0 };
    const at = (i: number): number => prices[i] ?? Number.NaN;
    holdVx(at, calm, (_context, account) => {
      variation.push(account.ledger.byKind[LEDGER.variation] ?? Number.NaN);
      futures.push(account.ledger.futures);
    });
    // Bought at 20.05, marked at 20: the spread is the first variation.
    const dollars = [-100, 1900, 900, 3900, 3900, 3900, 3900, 3900];
    expect(variation).toEqual(dollars.map((each) => 100 * each));
    // Initial: 2 x 0.35 x F x 1000 x 125 %.
    expect(futures).toEqual(prices.map((price) => Math.round(875 * price * 100)));
  });

  it('liquidates VX when it falls below maintenance that securities cannot cover', () => {
    // Initial 17,500 and 8000 spare. VX at 8: 24,100 lost, so the segment stands at -6600 with
    // 5600 due, while long calls leave net liquidation value far above zero.
    const vx = jump(4, 20, 8);
    let worth = Number.NaN;
    const poor = { cash: 25_500, vix: () => 16, calls: 5 };
    const { sink, account } = holdVx(vx, poor, (_context, state) => {
      worth = state.ledger.equity / 100;
    });
    expect(sink.events.filter(({ kind }) => kind === 'forced-liquidation')).toMatchObject([
      { reason: 'futures-segment-deficit', sleeve: 'medium' },
    ]);
    const forced = sink.trades.filter((trade) => trade.closeReason === 'forced-liquidation');
    expect(forced.map((trade) => trade.structure)).toEqual(['vx-future']);
    expect(worth).toBeGreaterThan(100_000);
    expect(account.counts.liquidations).toBe(1);
    // The debt of the segment is paid out of securities, and the calls are still there.
    expect(account.ledger.futures).toBe(0);
    expect(account.trades.map((trade) => trade.structure)).toEqual(['vix-call']);
  });

  it('liquidates VX that gained, when a VIX spike lifts its margin beyond the cash there is', () => {
    // 0.80 x 26 x 1000 x 2 = 41,600 due from the next session; 17,500 + 11,900 + 8000 there.
    const vix = jump(3, 16, 24);
    const vx = jump(3, 20, 26);
    const poor = { cash: 25_500, vix, calls: 5 };
    const days: number[] = [];
    const { sink } = holdVx(vx, poor, (context, account) => {
      if (account.counts.liquidations > days.length) days.push(context.close.day);
    });
    const forced = sink.trades.filter((trade) => trade.closeReason === 'forced-liquidation');
    expect(forced.map((trade) => [trade.structure, trade.pnl > 0])).toEqual([['vx-future', true]]);
    // The spike of the fourth session (Thursday) is felt on the fifth.
    expect(days).toEqual([epochDay(2024, 6, 7)]);
  });

  it('sweeps back what it no longer needs', () => {
    const vx = jump(3, 20, 12);
    const rich = { cash: 200_000, vix: () => 16, calls: 0 };
    holdVx(vx, rich, (_context, account, session) => {
      expect(account.ledger.futures).toBe(session < 3 ? 1_750_000 : 1_050_000);
      expect(account.counts.liquidations).toBe(0);
    });
  });
});
