import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TradeRecord } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { cohortFlows, internalRateOfReturn } from './internal-rate-of-return.ts';

describe('internalRateOfReturn', () => {
  it('is the growth of one deposit', () => {
    const rate = internalRateOfReturn([
      { years: 0, dollars: -100 },
      { years: 2, dollars: 121 },
    ]);
    expect(rate).toMatchObject({ ok: true });
    expect(rate.ok ? rate.value : Number.NaN).toBeCloseTo(0.1, 9);
  });

  it('solves its equation for any single change of sign', () => {
    // Brealey and Myers (Principles of Corporate Finance), ch. 5: -4, 2, 4 has a rate of 28 %.
    const rate = internalRateOfReturn([
      { years: 0, dollars: -4000 },
      { years: 1, dollars: 2000 },
      { years: 2, dollars: 4000 },
    ]);
    expect(rate.ok ? rate.value : Number.NaN).toBeCloseTo(0.2808, 4);
    assert(
      property(double({ min: 1, max: 400, noNaN: true }), (back) => {
        const flows = [
          { years: 0, dollars: -100 },
          { years: 0.1, dollars: back / 2 },
          { years: 0.3, dollars: back / 2 },
        ];
        const found = internalRateOfReturn(flows);
        expect(found.ok).toBe(true);
        const growth = 1 + (found.ok ? found.value : Number.NaN);
        const left = flows.reduce((sum, { years, dollars }) => sum + dollars / growth ** years, 0);
        expect(Math.abs(left)).toBeLessThan(1e-5);
      }),
    );
  });

  it('is refused when signs change more than once, and absent when they never do', () => {
    // -100, 230, -132 is solved by 10 % and by 20 %.
    const twice = [-100, 230, -132].map((dollars, years) => ({ years, dollars }));
    expect(internalRateOfReturn(twice)).toEqual({
      ok: false,
      error: { kind: 'signs-change-again', changes: 2 },
    });
    const paid = [-100, 0, -5].map((dollars, years) => ({ years, dollars }));
    expect(internalRateOfReturn(paid)).toEqual({ ok: false, error: { kind: 'no-sign-change' } });
    expect(internalRateOfReturn([])).toMatchObject({ ok: false });
  });

  it('counts flows of one moment as one', () => {
    const flows = [
      { years: 0, dollars: -100 },
      { years: 1, dollars: 250 },
      { years: 1, dollars: -145 },
    ];
    const rate = internalRateOfReturn(flows);
    expect(rate.ok ? rate.value : Number.NaN).toBeCloseTo(0.05, 9);
  });
});

const TRADE: TradeRecord = {
  id: 1,
  sleeve: 'core',
  structure: 'condor',
  openedDay: asEpochDay(100),
  closedDay: asEpochDay(465),
  quantity: 1,
  legs: [],
  premium: 0,
  fees: 0,
  spreadCost: 0,
  maxLoss: 1000,
  pnl: 50,
  openReason: '',
  closeReason: '',
};

describe('a cohort of closed trades', () => {
  it('earns its profit on the margin it had out, whenever each was opened', () => {
    const later = { ...TRADE, openedDay: asEpochDay(200), closedDay: asEpochDay(565) };
    const rate = internalRateOfReturn(cohortFlows([TRADE, later]));
    expect(rate.ok ? rate.value : Number.NaN).toBeCloseTo(0.05, 9);
  });

  it('leaves out what has no largest loss, and refuses a loss beyond the margin', () => {
    expect(cohortFlows([{ ...TRADE, maxLoss: null }])).toEqual([]);
    const beyond = { ...TRADE, pnl: -1200 };
    expect(internalRateOfReturn(cohortFlows([beyond])).ok).toBe(false);
  });
});
