import { describe, expect, it } from 'vitest';
import { SPX_OPTION } from '../contracts/contract-kind.ts';
import { SLEEVE } from '../portfolio/sleeve.ts';
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
import type { StandingRule } from './policy.ts';
import { stepStandingLayer } from './standing-layer.ts';

const BUDGET: StandingRule = {
  targetDays: 110,
  minDays: 80,
  maxDays: 140,
  rollAtDays: 60,
  onlyWithCondors: true,
  size: { by: 'budget', share: 0.25 },
  takeProfitMultiple: 3,
  trail: 0.2,
};
const PER_CONDORS: StandingRule = { ...BUDGET, size: { by: 'condors', contracts: 4, condors: 10 } };

function step(
  state: LayerState,
  event: LayerEvent,
  view: Partial<LayerView>,
  standing = BUDGET,
): ReturnType<typeof stepStandingLayer> {
  const held = { rule: LONG_RULE, standing, sleeve: SLEEVE.long };
  return stepStandingLayer(state, event, quietView(view), held);
}

interface Row {
  readonly row: string;
  readonly from: LayerState;
  readonly event: LayerEvent;
  readonly view: Partial<LayerView>;
  readonly to: readonly string[];
}

const aged = { trade: tradeOf({ expiry: VIEW_DAY + 60 }) };
// 8000 a year, a quarter an opening: 2000; a call costs 300: six of them.
const ROWS: readonly Row[] = [
  { row: 'IDLE, close', from: stateIn('IDLE'), event: 'close', view: {}, to: ['ARMED', 'open 6'] },
  {
    row: 'ARMED, close: the same',
    from: stateIn('ARMED'),
    event: 'close',
    view: {},
    to: ['ARMED', 'open 6'],
  },
  {
    row: 'ARMED, close: no condor',
    from: stateIn('ARMED'),
    event: 'close',
    view: { condorsOpen: 0 },
    to: ['IDLE'],
  },
  {
    row: 'ARMED, close: not listed',
    from: stateIn('ARMED'),
    event: 'close',
    view: { listed: false },
    to: ['IDLE'],
  },
  { row: 'ARMED, filled', from: stateIn('ARMED'), event: 'filled', view: {}, to: ['OPEN'] },
  { row: 'ARMED, refused', from: stateIn('ARMED'), event: 'refused', view: {}, to: ['ARMED'] },
  {
    row: 'OPEN, close: three times the outlay',
    from: stateIn('OPEN'),
    event: 'close',
    view: { trade: tradeOf({ profit: 2000 }) },
    to: ['HARVEST', 'close 2 of 7: take-profit'],
  },
  {
    row: 'OPEN, close: aged',
    from: stateIn('OPEN'),
    event: 'close',
    view: aged,
    to: ['OPEN', 'close 4 of 7: roll'],
  },
  {
    row: 'OPEN, close: neither',
    from: stateIn('OPEN'),
    event: 'close',
    view: { trade: tradeOf() },
    to: ['OPEN'],
  },
  {
    row: 'HARVEST, close: a fifth off the best gain',
    from: stateIn('HARVEST', { peak: 1000 }),
    event: 'close',
    view: { trade: tradeOf({ profit: 800 }) },
    to: ['HARVEST', 'close 4 of 7: trailing-stop'],
  },
  {
    row: 'HARVEST, close: less than a fifth off',
    from: stateIn('HARVEST', { peak: 1000 }),
    event: 'close',
    view: { trade: tradeOf({ profit: 801 }) },
    to: ['HARVEST'],
  },
  {
    row: 'OPEN, close: a dollar below three times the outlay',
    from: stateIn('OPEN'),
    event: 'close',
    view: { trade: tradeOf({ profit: 1999 }) },
    to: ['OPEN'],
  },
  {
    row: 'OPEN, close: a day younger',
    from: stateIn('OPEN'),
    event: 'close',
    view: { trade: tradeOf({ expiry: VIEW_DAY + 61 }) },
    to: ['OPEN'],
  },
  { row: 'OPEN, closed', from: stateIn('OPEN'), event: 'closed', view: {}, to: ['COOLDOWN'] },
  {
    row: 'COOLDOWN, close the same session',
    from: stateIn('COOLDOWN', { since: VIEW_SESSION }),
    event: 'close',
    view: {},
    to: ['COOLDOWN'],
  },
  {
    row: 'COOLDOWN, close the next session',
    from: stateIn('COOLDOWN'),
    event: 'close',
    view: {},
    to: ['ARMED', 'open 6'],
  },
];

describe('standing layer', () => {
  it.each(ROWS)('$row', ({ from, event, view, to }) => {
    expect(outcome(step(from, event, view))).toEqual(to);
  });

  it.each([
    [40, ['ARMED', 'open 16']],
    [9, ['ARMED', 'open 4']],
    [1, ['ARMED']],
    [0, ['ARMED']],
    [400, ['ARMED', 'open 26']],
  ])('sized by condors: 4 for 10, of %d, within the budget of 8000', (lastEntryUnits, to) => {
    expect(outcome(step(stateIn('IDLE'), 'close', { lastEntryUnits }, PER_CONDORS))).toEqual(to);
  });

  it('needs no condor where none is asked for', () => {
    const always = { ...BUDGET, onlyWithCondors: false };
    expect(outcome(step(stateIn('IDLE'), 'close', { condorsOpen: 0 }, always))).toEqual([
      'ARMED',
      'open 6',
    ]);
  });

  it('buys listed SPX puts by moneyness, and none where none is listed', () => {
    const rule = {
      ...LONG_RULE,
      instrument: 'spx-put' as const,
      moneyness: 0.95,
      standing: BUDGET,
    };
    const held = { rule, standing: BUDGET, sleeve: SLEEVE.medium };
    const put = { expiry: VIEW_DAY + 108, settlement: 0, strike: 4750, cost: 900 };
    const seen: unknown[] = [];
    const view = quietView({
      vxExpiries: [],
      spxPut: (tenor, moneyness) => {
        seen.push(tenor.targetDays, moneyness);
        return put;
      },
    });
    const bought = stepStandingLayer(stateIn('IDLE'), 'close', view, held);
    expect(bought.intents).toMatchObject([
      {
        structure: 'spx-put',
        units: 2,
        legs: [{ kind: SPX_OPTION, strike: 4750, expiry: VIEW_DAY + 108 }],
      },
    ]);
    expect(seen).toEqual([110, 0.95]);
    const none = stepStandingLayer(stateIn('IDLE'), 'close', quietView(), held);
    expect([...outcome(none), none.note]).toEqual(['ARMED', 'budget-below-one-unit']);
  });
});
