import { describe, expect, it } from 'vitest';
import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import type { LayerEvent, LayerState, LayerView } from './hedge-layer.ts';
import {
  LONG_RULE,
  outcome,
  quietView,
  stateIn,
  tradeOf,
  VIEW_DAY,
  VIEW_SESSION,
} from './layer-view.fixture.ts';
import { longTrigger, stepLongLayer } from './long-layer.ts';

const TURBULENT = { reerChangeZ: -1.5 };

interface Row {
  readonly row: string;
  readonly from: LayerState;
  readonly event: LayerEvent;
  readonly view: Partial<LayerView>;
  readonly to: readonly string[];
}

// Half of 8000 a year buys thirteen calls at 300.
const ROWS: readonly Row[] = [
  {
    row: 'IDLE, close: |z| at the threshold',
    from: stateIn('IDLE'),
    event: 'close',
    view: TURBULENT,
    to: ['ARMED', 'open 13'],
  },
  {
    row: 'ARMED, close: |z| still there',
    from: stateIn('ARMED'),
    event: 'close',
    view: { rateDifferentialZ: 2 },
    to: ['ARMED', 'open 13'],
  },
  {
    row: 'ARMED, close: trigger clear',
    from: stateIn('ARMED'),
    event: 'close',
    view: {},
    to: ['IDLE'],
  },
  {
    row: 'ARMED, close: no condor',
    from: stateIn('ARMED'),
    event: 'close',
    view: { ...TURBULENT, condorsOpen: 0 },
    to: ['IDLE'],
  },
  { row: 'ARMED, filled', from: stateIn('ARMED'), event: 'filled', view: {}, to: ['OPEN'] },
  { row: 'ARMED, refused', from: stateIn('ARMED'), event: 'refused', view: {}, to: ['ARMED'] },
  {
    row: 'OPEN, close: value at three times the premium',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ profit: 2000 }) },
    to: ['HARVEST', 'close 2 of 7: take-profit'],
  },
  {
    row: 'OPEN, close: trigger clear for the twentieth session',
    from: stateIn('OPEN', { clear: 19 }),
    event: 'close',
    view: { trade: tradeOf() },
    to: ['OPEN', 'close 4 of 7: trigger-clear'],
  },
  {
    row: 'OPEN, close: 120 days left',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ expiry: VIEW_DAY + 120 }) },
    to: ['OPEN', 'close 4 of 7: days-left'],
  },
  {
    row: 'HARVEST, close: 20 % off the best gain',
    from: stateIn('HARVEST', { peak: 3000 }),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ units: 2, profit: 2400 }) },
    to: ['HARVEST', 'close 2 of 7: trailing-stop'],
  },
  {
    row: 'HARVEST, close: less than 20 % off',
    from: stateIn('HARVEST', { peak: 3000 }),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ units: 2, profit: 2401 }) },
    to: ['HARVEST'],
  },
  {
    row: 'OPEN, close: a dollar below three times the premium',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ profit: 1999 }) },
    to: ['OPEN'],
  },
  {
    row: 'OPEN, close: 121 days left',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...TURBULENT, trade: tradeOf({ expiry: VIEW_DAY + 121 }) },
    to: ['OPEN'],
  },
  {
    row: 'HARVEST, close: an exit of OPEN',
    from: stateIn('HARVEST', { peak: 3000, clear: 19 }),
    event: 'close',
    view: { trade: tradeOf({ units: 2, profit: 2900 }) },
    to: ['HARVEST', 'close 2 of 7: trigger-clear'],
  },
  { row: 'OPEN, closed', from: stateIn('OPEN'), event: 'closed', view: {}, to: ['COOLDOWN'] },
  { row: 'HARVEST, closed', from: stateIn('HARVEST'), event: 'closed', view: {}, to: ['COOLDOWN'] },
  {
    row: 'COOLDOWN, close before its end',
    from: stateIn('COOLDOWN', { since: VIEW_SESSION - 19 }),
    event: 'close',
    view: TURBULENT,
    to: ['COOLDOWN'],
  },
  {
    row: 'COOLDOWN, close after it',
    from: stateIn('COOLDOWN', { since: VIEW_SESSION - 20 }),
    event: 'close',
    view: {},
    to: ['IDLE'],
  },
];

describe('long layer', () => {
  it.each(ROWS)('$row', ({ from, event, view, to }) => {
    expect(outcome(stepLongLayer(from, event, quietView(view), LONG_RULE))).toEqual(to);
  });

  it('buys the call nearest to 180 days at the strike of its delta, fully paid', () => {
    const [intent] = stepLongLayer(
      stateIn('IDLE'),
      'close',
      quietView(TURBULENT),
      LONG_RULE,
    ).intents;
    const leg = { kind: VIX_OPTION, right: CALL, expiry: VIEW_DAY + 177, settlement: AM };
    expect(intent).toMatchObject({ legs: [{ ...leg, strike: 21, ratio: 1 }] });
  });

  it('stays IDLE before VIX options were listed', () => {
    const view = quietView({ ...TURBULENT, listed: false });
    const step = stepLongLayer(stateIn('IDLE'), 'close', view, LONG_RULE);
    expect([...outcome(step), step.note]).toEqual(['IDLE', 'not-listed']);
  });

  it.each([
    ['no-expiry-in-range', { vxExpiries: [VIEW_DAY + 149, VIEW_DAY + 216] }],
    ['budget-below-one-unit', { budgetLeft: 299 }],
    ['budget-below-one-unit', { vixCallCost: () => Number.NaN }],
  ])('is armed without an intent: %s', (note, changes) => {
    const view = quietView({ ...TURBULENT, ...changes });
    const step = stepLongLayer(stateIn('IDLE'), 'close', view, LONG_RULE);
    expect([...outcome(step), step.note]).toEqual(['ARMED', note]);
  });

  it('counts clear sessions from the last turbulent one, and keeps the best gain', () => {
    const held = stateIn('OPEN', { clear: 7, peak: 500 });
    const of = (view: Partial<LayerView>): LayerState =>
      stepLongLayer(held, 'close', quietView(view), LONG_RULE).state;
    expect(of({ ...TURBULENT, trade: tradeOf({ profit: 200 }) })).toMatchObject({
      clear: 0,
      peak: 500,
    });
    expect(of({ trade: tradeOf({ profit: 700 }) })).toMatchObject({ clear: 8, peak: 700 });
  });

  it('counts an unknown trigger as clear, so that a position is not held on no data', () => {
    const unknown = { reerChangeZ: Number.NaN, rateDifferentialZ: Number.NaN, trade: tradeOf() };
    const step = stepLongLayer(
      stateIn('OPEN', { clear: 19 }),
      'close',
      quietView(unknown),
      LONG_RULE,
    );
    expect([...outcome(step), step.trigger]).toEqual([
      'OPEN',
      'close 4 of 7: trigger-clear',
      'no-data',
    ]);
  });
});

describe('longTrigger', () => {
  it.each([
    [1.5, 0, 'true'],
    [0, -1.5, 'true'],
    [1.49, -1.49, 'false'],
    [Number.NaN, 1.6, 'true'],
    [Number.NaN, 0.4, 'false'],
    [Number.NaN, Number.NaN, 'no-data'],
  ])('REER z %d and rate z %d: %s', (reerChangeZ, rateDifferentialZ, expected) => {
    expect(longTrigger(quietView({ reerChangeZ, rateDifferentialZ }), LONG_RULE)).toBe(expected);
  });
});
