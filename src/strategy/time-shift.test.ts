import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeShiftRule } from './policy.ts';
import { startChain, stepTimeShift } from './time-shift.ts';
import type { ChainEvent, ChainState, ShiftView } from './time-shift.ts';

const RULE: TimeShiftRule = {
  targetDays: 4,
  minDays: 2,
  maxDays: 7,
  shortDelta: 0.3,
  dailyRange: 0.0094,
  vix: 16,
  maxRolls: 2,
  minMoves: 1,
  cushion: 0.2,
};
const HELD = startChain(7, 10_000);
const SHIFTING: ChainState = { ...HELD, phase: 'SHIFTING' };
const VIEW: ShiftView = {
  threatened: true,
  dailyRange: 0.02,
  vix: 25,
  units: 4,
  closingLoss: 4000,
  offeredLoss: 1500,
  obstacle: '',
};

interface Row {
  readonly row: string;
  readonly from: ChainState;
  readonly event: ChainEvent;
  readonly view: Partial<ShiftView>;
  readonly to: readonly unknown[];
}

const ROWS: readonly Row[] = [
  ['HELD, close: not threatened', HELD, 'close', { threatened: false }, ['HELD', 'none', 0, '']],
  [
    'HELD, close: the regime is calm',
    HELD,
    'close',
    { dailyRange: 0.0094, vix: 16 },
    ['HELD', 'none', 0, ''],
  ],
  [
    'HELD, close: no data is no regime',
    HELD,
    'close',
    { dailyRange: Number.NaN, vix: Number.NaN },
    ['HELD', 'none', 0, ''],
  ],
  [
    'HELD, close: rolls used up',
    { ...HELD, rolls: 2 },
    'close',
    {},
    ['SPENT', 'none', 0, 'rolls-used-up'],
  ],
  [
    'HELD, close: no later opening stands',
    HELD,
    'close',
    { offeredLoss: undefined, obstacle: 'vix-gate' },
    ['HELD', 'none', 0, 'vix-gate'],
  ],
  [
    'HELD, close: no unit fits',
    HELD,
    'close',
    { closingLoss: 8501 },
    ['HELD', 'none', 0, 'chain-loss'],
  ],
  ['HELD, close: an opening stands', HELD, 'close', {}, ['SHIFTING', 'close', 0, 'time-shift']],
  [
    'HELD, close: a high VIX alone stirs',
    HELD,
    'close',
    { dailyRange: 0.005 },
    ['SHIFTING', 'close', 0, 'time-shift'],
  ],
  [
    'SHIFTING, closed: the loss leaves four',
    SHIFTING,
    'closed',
    {},
    ['SHIFTING', 'open', 4, 'time-shift'],
  ],
  [
    'SHIFTING, closed: the loss leaves one',
    SHIFTING,
    'closed',
    { closingLoss: 8000 },
    ['SHIFTING', 'open', 1, 'time-shift'],
  ],
  [
    'SHIFTING, closed: never more contracts than held',
    SHIFTING,
    'closed',
    { closingLoss: -9000 },
    ['SHIFTING', 'open', 4, 'time-shift'],
  ],
  [
    'SHIFTING, closed: it leaves none',
    SHIFTING,
    'closed',
    { closingLoss: 9000 },
    ['ENDED', 'none', 0, 'chain-loss'],
  ],
  ['SHIFTING, filled', SHIFTING, 'filled', {}, ['HELD', 'none', 0, 'time-shift-opened']],
  ['SHIFTING, refused', SHIFTING, 'refused', {}, ['ENDED', 'none', 0, 'time-shift-refused']],
  ['SPENT, close', { ...HELD, phase: 'SPENT' } as const, 'close', {}, ['SPENT', 'none', 0, '']],
].map(([row, from, event, view, to]) => ({ row, from, event, view, to }) as Row);

describe('time-shifting', () => {
  it.each(ROWS)('$row', ({ from, event, view, to }) => {
    const { chain, intent, units, note } = stepTimeShift(from, event, { ...VIEW, ...view }, RULE);
    expect([chain.phase, intent, units, note]).toEqual(to);
  });

  it('counts rolls and adds up what was realised', () => {
    const closed = stepTimeShift(SHIFTING, 'closed', VIEW, RULE).chain;
    expect(closed.realisedLoss).toBe(4000);
    expect(stepTimeShift(closed, 'filled', VIEW, RULE).chain).toMatchObject({
      phase: 'HELD',
      rolls: 1,
      realisedLoss: 4000,
      maxLoss: 10_000,
    });
  });

  it('never lets realised loss and what is opened exceed the first position’s largest loss', () => {
    const money = fc.double({ min: -5000, max: 12_000, noNaN: true });
    const rolls = fc.array(fc.tuple(money, fc.double({ min: 1, max: 9000, noNaN: true })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(rolls, fc.integer({ min: 1, max: 30 }), (steps, held) => {
        let chain: ChainState = startChain(1, 10_000);
        let units = held;
        for (const [closingLoss, offeredLoss] of steps) {
          const view = { ...VIEW, units, closingLoss, offeredLoss };
          const asked = stepTimeShift(chain, 'close', view, RULE);
          if (asked.intent !== 'close') break;
          const opened = stepTimeShift(asked.chain, 'closed', view, RULE);
          if (opened.intent !== 'open') break;
          expect(opened.units).toBeLessThanOrEqual(units);
          const atRisk = opened.chain.realisedLoss + opened.units * offeredLoss;
          expect(atRisk).toBeLessThanOrEqual(10_000 * (1 + 1e-12));
          units = opened.units;
          chain = stepTimeShift(opened.chain, 'filled', view, RULE).chain;
          expect(chain.rolls).toBeLessThanOrEqual(RULE.maxRolls);
        }
      }),
    );
  });
});
