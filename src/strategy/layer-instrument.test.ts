import { describe, expect, it } from 'vitest';
import { ETP, VIX_OPTION, VXM_FUTURE, VX_FUTURE } from '../contracts/contract-kind.ts';
import {
  LONG_RULE,
  MEDIUM_RULE,
  NEAR_RULE,
  outcome,
  quietView,
  stateIn,
  tradeOf,
  VIEW_DAY,
} from './layer-view.fixture.ts';
import { layerUnits, outsideDeltaBand, unitsWithin } from './layer-instrument.ts';
import { stepLongLayer } from './long-layer.ts';
import { stepMediumLayer } from './medium-layer.ts';
import { stepNearLayer } from './near-layer.ts';

const EXPIRY = VIEW_DAY + 100;
const MINIS = quietView({ miniListed: true });

describe('layerUnits', () => {
  it('of VX: the full contract before the mini, each with its initial margin', () => {
    const units = layerUnits(MINIS, { ...LONG_RULE, instrument: 'vx' }, EXPIRY);
    expect(
      units.map(({ legs, outlay, perVxPoint }) => [legs[0]?.kind, outlay, perVxPoint]),
    ).toEqual([
      [VX_FUTURE, 7000, 1000],
      [VXM_FUTURE, 700, 100],
    ]);
  });

  it('of calls: strike by delta, or at the future when no delta is given', () => {
    const [byDelta] = layerUnits(MINIS, { ...LONG_RULE, delta: 0.5 }, EXPIRY);
    const [atFuture] = layerUnits(MINIS, { ...LONG_RULE, delta: null }, EXPIRY);
    // The view's curve: 16 + 100/50 = 18.
    expect([byDelta?.legs[0]?.strike, atFuture?.legs[0]?.strike]).toEqual([21, 18]);
    expect([byDelta?.outlay, byDelta?.perVxPoint]).toEqual([300, 50]);
  });

  it('of spreads: upper strike by multiple of the future, delta of both legs', () => {
    const [unit] = layerUnits(MINIS, { ...NEAR_RULE, upperMultiple: 1.25 }, EXPIRY);
    expect(unit?.legs.map(({ kind, strike, ratio }) => [kind, strike, ratio])).toEqual([
      [VIX_OPTION, 18, 1],
      [VIX_OPTION, 23, -1],
    ]);
    expect(unit?.perVxPoint).toBe(25);
  });

  it('of an ETP: a share at its counted price that remembers the index level', () => {
    const [unit] = layerUnits(MINIS, { ...LONG_RULE, instrument: 'etp' }, EXPIRY);
    expect(unit?.legs).toMatchObject([{ kind: ETP, strike: 5000, ratio: 1 }]);
    expect([unit?.outlay, unit?.perVxPoint]).toEqual([20, 20 / 17]);
  });
});

describe('unitsWithin', () => {
  const units = layerUnits(MINIS, { ...LONG_RULE, instrument: 'vx' }, EXPIRY);

  it.each([
    [14_500, VX_FUTURE, 2],
    [6999, VXM_FUTURE, 9],
  ])('%d dollars', (dollars, kind, count) => {
    const bought = unitsWithin(units, dollars);
    expect([bought?.unit.legs[0]?.kind, bought?.count]).toEqual([kind, count]);
  });

  it.each([699, Number.NaN])('%d dollars buy nothing', (dollars) => {
    expect(unitsWithin(units, dollars)).toBeUndefined();
  });
});

describe('layers with another instrument', () => {
  const threat = {
    putThreat: true,
    onePercentLoss: 5000,
    rsiMin3: 25,
    spxLow20: 1,
    breadthLow20: 1,
  };

  it('medium with calls: the same hedge, 0.35 x 5000 / 0.5 / 50, capped by the budget', () => {
    const rule = { ...MEDIUM_RULE, instrument: 'vix-call' as const };
    const open = (budgetLeft: number): readonly string[] =>
      outcome(
        stepMediumLayer(stateIn('ARMED'), 'close', quietView({ ...threat, budgetLeft }), rule),
      );
    // 70 calls hedge it and cost 21,000; 8,000 buy 26.
    expect(open(30_000)).toEqual(['ARMED', 'open 70']);
    expect(open(8000)).toEqual(['ARMED', 'open 26']);
  });

  it('medium with calls holds on when the budget is spent: the premium is all it can lose', () => {
    const view = quietView({ putThreat: true, budgetLeft: 0, trade: tradeOf() });
    const calls = { ...MEDIUM_RULE, instrument: 'vix-call' as const };
    expect(outcome(stepMediumLayer(stateIn('OPEN'), 'close', view, calls))).toEqual(['OPEN']);
    expect(outcome(stepMediumLayer(stateIn('OPEN'), 'close', view, MEDIUM_RULE))).toEqual([
      'OPEN',
      'close 4 of 7: budget-hit',
    ]);
  });

  it('near takes a liquid weekly expiry before the monthly one, strictly after the decision', () => {
    const ahead = { sessionsToFomc: 4, fomcDay: VIEW_DAY + 6 };
    const expiry = (liquidWeeklies: readonly number[]): unknown => {
      const view = quietView({ ...ahead, liquidWeeklies });
      const [intent] = stepNearLayer(stateIn('IDLE'), 'close', view, NEAR_RULE).intents;
      return intent?.kind === 'open' ? intent.legs[0]?.expiry : undefined;
    };
    expect(expiry([])).toBe(VIEW_DAY + 16);
    expect(expiry([VIEW_DAY + 6, VIEW_DAY + 9])).toBe(VIEW_DAY + 9);
    expect(expiry([VIEW_DAY + 23])).toBe(VIEW_DAY + 16);
  });
});

describe('delta band', () => {
  const turbulent = { reerChangeZ: 2, trade: tradeOf({ strike: 30 }) };
  const HARVESTED = { reerChangeZ: 2, trade: tradeOf({ strike: 30, profit: 100 }) };
  const roll = { ...LONG_RULE, onDeltaBand: 'roll' as const };

  it('is left by a call of 0.25 and kept by one of 0.5; other instruments have none', () => {
    const view = quietView();
    expect(outsideDeltaBand(view, tradeOf({ strike: 30 }), LONG_RULE)).toBe(true);
    expect(outsideDeltaBand(view, tradeOf({ strike: 21 }), LONG_RULE)).toBe(false);
    expect(outsideDeltaBand(view, tradeOf({ strike: 30 }), { ...LONG_RULE, deltaBand: null })).toBe(
      false,
    );
    const spread = { ...LONG_RULE, instrument: 'vix-call-spread' as const };
    expect(outsideDeltaBand(view, tradeOf({ strike: 30 }), spread)).toBe(false);
    const unknown = quietView({ vixCallDelta: () => Number.NaN });
    expect(outsideDeltaBand(unknown, tradeOf({ strike: 30 }), LONG_RULE)).toBe(false);
  });

  it('proposes a roll and holds', () => {
    const step = stepLongLayer(stateIn('OPEN'), 'close', quietView(turbulent), LONG_RULE);
    expect([...outcome(step), step.rollProposed]).toEqual(['OPEN', true]);
  });

  it('rolls under `roll`: sells, and is armed for an opening of its own', () => {
    const step = stepLongLayer(stateIn('OPEN'), 'close', quietView(turbulent), roll);
    expect(outcome(step)).toEqual(['ARMED', 'close 4 of 7: delta-band']);
  });

  it.each([
    ['the trigger is clear', stateIn('OPEN'), { ...turbulent, reerChangeZ: 0 }],
    ['half is sold already', stateIn('HARVEST', { peak: 100 }), HARVESTED],
  ])('only proposes when %s', (_name, state, view) => {
    const step = stepLongLayer(state, 'close', quietView(view), roll);
    expect([...outcome(step), step.rollProposed]).toEqual([state.phase, true]);
  });
});
