import { describe, expect, it } from 'vitest';
import { VX_FUTURE, VXM_FUTURE } from '../contracts/contract-kind.ts';
import type { LayerEvent, LayerState, LayerView } from './hedge-layer.ts';
import {
  MEDIUM_RULE,
  outcome,
  quietView,
  stateIn,
  tradeOf,
  VIEW_DAY,
  VIEW_SESSION,
} from './layer-view.fixture.ts';
import { mediumTrigger, stepMediumLayer } from './medium-layer.ts';

const WEAK = { rsiMin3: 28, spxLow20: 1, breadthLow20: 1 };
// k L1 / (b 1000) = 0.35 x 5000 / 500 = 3.5, rounded to 4.
const THREAT = { putThreat: true, onePercentLoss: 5000 };
const HELD = { ...THREAT, trade: tradeOf() };

interface Row {
  readonly row: string;
  readonly from: LayerState;
  readonly event: LayerEvent;
  readonly view: Partial<LayerView>;
  readonly to: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    row: 'IDLE, close: put-side threat',
    from: stateIn('IDLE'),
    event: 'close',
    view: THREAT,
    to: ['ARMED'],
  },
  {
    row: 'IDLE, close: put-side threat and trigger',
    from: stateIn('IDLE'),
    event: 'close',
    view: { ...THREAT, ...WEAK },
    to: ['ARMED', 'open 4'],
  },
  {
    row: 'ARMED, close: threat over',
    from: stateIn('ARMED'),
    event: 'close',
    view: WEAK,
    to: ['IDLE'],
  },
  {
    row: 'ARMED, close: RSI and breadth',
    from: stateIn('ARMED'),
    event: 'close',
    view: { ...THREAT, ...WEAK },
    to: ['ARMED', 'open 4'],
  },
  { row: 'ARMED, filled', from: stateIn('ARMED'), event: 'filled', view: THREAT, to: ['OPEN'] },
  { row: 'ARMED, refused', from: stateIn('ARMED'), event: 'refused', view: THREAT, to: ['ARMED'] },
  {
    row: 'OPEN, close: gain of the initial margin',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ profit: 1000 }) },
    to: ['HARVEST', 'close 2 of 7: gain-of-initial-margin'],
  },
  {
    row: 'OPEN, close: threat clear for the fifth session',
    from: stateIn('OPEN', { clear: 4 }),
    event: 'close',
    view: { ...HELD, putThreat: false },
    to: ['OPEN', 'close 4 of 7: threat-clear'],
  },
  {
    row: 'OPEN, close: no condor left',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, condorsOpen: 0 },
    to: ['OPEN', 'close 4 of 7: threat-clear'],
  },
  {
    row: 'OPEN, close: twenty sessions',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ openedSession: VIEW_SESSION - 20 }) },
    to: ['OPEN', 'close 4 of 7: max-sessions'],
  },
  {
    row: 'OPEN, close: sixty days left',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ expiry: VIEW_DAY + 60 }) },
    to: ['OPEN', 'close 4 of 7: days-left'],
  },
  {
    row: 'OPEN, close: budget hit',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, budgetLeft: 0 },
    to: ['OPEN', 'close 4 of 7: budget-hit'],
  },
  {
    row: 'HARVEST, close: 20 % off the best gain',
    from: stateIn('HARVEST', { peak: 2000 }),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ units: 2, profit: 1600 }) },
    to: ['HARVEST', 'close 2 of 7: trailing-stop'],
  },
  {
    row: 'HARVEST, close: less than 20 % off',
    from: stateIn('HARVEST', { peak: 2000 }),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ units: 2, profit: 1601 }) },
    to: ['HARVEST'],
  },
  {
    row: 'OPEN, close: a dollar below the initial margin',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ profit: 999 }) },
    to: ['OPEN'],
  },
  {
    row: 'OPEN, close: threat clear for the fourth session',
    from: stateIn('OPEN', { clear: 3 }),
    event: 'close',
    view: { ...HELD, putThreat: false },
    to: ['OPEN'],
  },
  {
    row: 'OPEN, close: nineteen sessions',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ openedSession: VIEW_SESSION - 19 }) },
    to: ['OPEN'],
  },
  {
    row: 'OPEN, close: sixty-one days left',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ expiry: VIEW_DAY + 61 }) },
    to: ['OPEN'],
  },
  {
    row: 'HARVEST, close: an exit of OPEN',
    from: stateIn('HARVEST', { peak: 2000 }),
    event: 'close',
    view: { ...HELD, trade: tradeOf({ units: 2, profit: 1900, expiry: VIEW_DAY + 59 }) },
    to: ['HARVEST', 'close 2 of 7: days-left'],
  },
  { row: 'OPEN, closed', from: stateIn('OPEN'), event: 'closed', view: {}, to: ['COOLDOWN'] },
  { row: 'HARVEST, closed', from: stateIn('HARVEST'), event: 'closed', view: {}, to: ['COOLDOWN'] },
  {
    row: 'COOLDOWN, close before its end',
    from: stateIn('COOLDOWN', { since: VIEW_SESSION - 9 }),
    event: 'close',
    view: { ...THREAT, ...WEAK },
    to: ['COOLDOWN'],
  },
  {
    row: 'COOLDOWN, close after it',
    from: stateIn('COOLDOWN', { since: VIEW_SESSION - 10 }),
    event: 'close',
    view: {},
    to: ['IDLE'],
  },
];

describe('medium layer', () => {
  it.each(ROWS)('$row', ({ from, event, view, to }) => {
    expect(outcome(stepMediumLayer(from, event, quietView(view), MEDIUM_RULE))).toEqual(to);
  });

  it.each([
    ['a trigger without a threat (a call-side threat is none)', WEAK],
    ['no condor', { ...THREAT, ...WEAK, condorsOpen: 0 }],
    ['not listed', { ...THREAT, ...WEAK, listed: false }],
  ])('stays IDLE: %s', (_name, view) => {
    const step = stepMediumLayer(stateIn('IDLE'), 'close', quietView(view), MEDIUM_RULE);
    expect(outcome(step)).toEqual(['IDLE']);
  });

  it('keeps the best gain, and counts the clear sessions from the last threat', () => {
    const held = stateIn('OPEN', { clear: 3, peak: 500 });
    const view = quietView({ putThreat: true, trade: tradeOf({ profit: 200 }) });
    const again = stepMediumLayer(held, 'close', view, MEDIUM_RULE).state;
    expect([again.clear, again.peak]).toEqual([0, 500]);
    const quiet = quietView({ trade: tradeOf({ profit: 700 }) });
    const { state } = stepMediumLayer(held, 'close', quiet, MEDIUM_RULE);
    expect([state.clear, state.peak]).toEqual([4, 700]);
  });

  it('opens and stays open while a cent of the budget is left: a future costs no premium', () => {
    const little = { ...THREAT, ...WEAK, budgetLeft: 0.01 };
    expect(
      outcome(stepMediumLayer(stateIn('ARMED'), 'close', quietView(little), MEDIUM_RULE)),
    ).toEqual(['ARMED', 'open 4']);
    const held = quietView({ ...HELD, budgetLeft: 0.01 });
    expect(outcome(stepMediumLayer(stateIn('OPEN'), 'close', held, MEDIUM_RULE))).toEqual(['OPEN']);
  });

  it('sells the only contract when the gain is reached', () => {
    const view = quietView({ ...THREAT, trade: tradeOf({ units: 1, profit: 1500 }) });
    expect(outcome(stepMediumLayer(stateIn('OPEN'), 'close', view, MEDIUM_RULE))).toEqual([
      'HARVEST',
      'close 1 of 7: gain-of-initial-margin',
    ]);
  });

  it.each([
    ['budget-spent', { budgetLeft: 0 }],
    ['no-future-in-range', { vxExpiries: [VIEW_DAY + 74, VIEW_DAY + 106] }],
    ['no-slope', { vxSlope: Number.NaN }],
    ['size-rounds-to-zero', { onePercentLoss: 700 }],
    ['size-rounds-to-zero', { onePercentLoss: Number.NaN }],
  ])('is armed without an intent: %s', (note, changes) => {
    const view = quietView({ ...THREAT, ...WEAK, ...changes });
    const step = stepMediumLayer(stateIn('ARMED'), 'close', view, MEDIUM_RULE);
    expect([...outcome(step), step.note]).toEqual(['ARMED', note]);
  });

  it('takes the future nearest to 90 days and floors the slope at 0.15', () => {
    const view = quietView({ ...THREAT, ...WEAK, vxSlope: 0.01 });
    const [intent] = stepMediumLayer(stateIn('ARMED'), 'close', view, MEDIUM_RULE).intents;
    // 0.35 x 5000 / (0.15 x 1000) = 11.67.
    expect(intent).toMatchObject({ units: 12, legs: [{ expiry: VIEW_DAY + 86, kind: VX_FUTURE }] });
  });

  it('takes minis, once listed, when the size in VX rounds to zero', () => {
    // 0.35 x 700 / 500 = 0.49 VX = 4.9 VXM.
    const view = quietView({ ...THREAT, ...WEAK, onePercentLoss: 700, miniListed: true });
    const [intent] = stepMediumLayer(stateIn('ARMED'), 'close', view, MEDIUM_RULE).intents;
    expect(intent).toMatchObject({ units: 5, legs: [{ kind: VXM_FUTURE }] });
  });
});

describe('mediumTrigger', () => {
  const strict = { ...MEDIUM_RULE, breadth: 'strict' as const };
  const rsiOnly = { ...MEDIUM_RULE, breadth: 'rsi-only' as const };

  it.each([
    ['both lows and RSI', MEDIUM_RULE, WEAK, 'true'],
    ['RSI at 30', MEDIUM_RULE, { ...WEAK, rsiMin3: 30 }, 'true'],
    ['RSI above 30', MEDIUM_RULE, { ...WEAK, rsiMin3: 30.01 }, 'false'],
    ['SPX not at its low', MEDIUM_RULE, { ...WEAK, spxLow20: 0 }, 'false'],
    ['breadth not at its low', MEDIUM_RULE, { ...WEAK, breadthLow20: 0 }, 'false'],
    ['RSI unknown', MEDIUM_RULE, { ...WEAK, rsiMin3: Number.NaN }, 'no-data'],
    ['SPX low unknown', MEDIUM_RULE, { ...WEAK, spxLow20: Number.NaN }, 'no-data'],
    [
      'no A/D line, few above the average',
      MEDIUM_RULE,
      { ...WEAK, breadthLow20: Number.NaN, fewAboveFifty: 1 },
      'true',
    ],
    [
      'neither breadth',
      MEDIUM_RULE,
      { ...WEAK, breadthLow20: Number.NaN, fewAboveFifty: Number.NaN },
      'no-data',
    ],
    ['strict: A/D line', strict, WEAK, 'true'],
    [
      'strict: no stand-in',
      strict,
      { ...WEAK, breadthLow20: Number.NaN, fewAboveFifty: 1 },
      'no-data',
    ],
    ['RSI alone', rsiOnly, { rsiMin3: 28, spxLow20: 0, breadthLow20: Number.NaN }, 'true'],
    ['RSI alone, not low', rsiOnly, { rsiMin3: 31 }, 'false'],
  ] as const)('%s', (_name, rule, changes, expected) => {
    expect(mediumTrigger(quietView(changes), rule)).toBe(expected);
  });
});
