import { describe, expect, it } from 'vitest';
import { AM, CALL, VIX_OPTION } from '../contracts/contract-kind.ts';
import type { LayerEvent, LayerState, LayerView } from './hedge-layer.ts';
import { NEAR_RULE, outcome, quietView, stateIn, tradeOf, VIEW_DAY } from './layer-view.fixture.ts';
import { stepNearLayer } from './near-layer.ts';

const AHEAD = { sessionsToFomc: 4, fomcDay: VIEW_DAY + 6 };
const OVER = { sessionsToFomc: 0, fomcDay: VIEW_DAY };
const NEXT_MEETING = { sessionsToFomc: 31, fomcDay: VIEW_DAY + 45 };

interface Row {
  readonly row: string;
  readonly from: LayerState;
  readonly event: LayerEvent;
  readonly view: Partial<LayerView>;
  readonly to: readonly string[];
}

// 8000 a year / 8 = 1000 an event; a spread costs 150: six of them.
const ROWS: readonly Row[] = [
  {
    row: 'IDLE, close: decision within four sessions',
    from: stateIn('IDLE'),
    event: 'close',
    view: AHEAD,
    to: ['ARMED', 'open 6'],
  },
  {
    row: 'ARMED, close: decision still ahead',
    from: stateIn('ARMED'),
    event: 'close',
    view: { ...AHEAD, sessionsToFomc: 1 },
    to: ['ARMED', 'open 6'],
  },
  {
    row: 'ARMED, close: no condor',
    from: stateIn('ARMED'),
    event: 'close',
    view: { ...AHEAD, condorsOpen: 0 },
    to: ['IDLE'],
  },
  {
    row: 'ARMED, close: decision day reached without a fill',
    from: stateIn('ARMED'),
    event: 'close',
    view: OVER,
    to: ['IDLE'],
  },
  {
    row: 'ARMED, close: decision passed',
    from: stateIn('ARMED'),
    event: 'close',
    view: NEXT_MEETING,
    to: ['IDLE'],
  },
  { row: 'ARMED, filled', from: stateIn('ARMED'), event: 'filled', view: AHEAD, to: ['OPEN'] },
  { row: 'ARMED, refused', from: stateIn('ARMED'), event: 'refused', view: AHEAD, to: ['ARMED'] },
  {
    row: 'OPEN, close on the decision day',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...OVER, trade: tradeOf() },
    to: ['OPEN', 'close 4 of 7: event-over'],
  },
  {
    row: 'OPEN, first close after a decision day without one',
    from: stateIn('OPEN'),
    event: 'close',
    view: { ...NEXT_MEETING, trade: tradeOf() },
    to: ['OPEN', 'close 4 of 7: event-over'],
  },
  { row: 'OPEN, closed', from: stateIn('OPEN'), event: 'closed', view: OVER, to: ['COOLDOWN'] },
  {
    row: 'COOLDOWN, close',
    from: stateIn('COOLDOWN'),
    event: 'close',
    view: NEXT_MEETING,
    to: ['IDLE'],
  },
];

const BOTH = { ...NEAR_RULE, events: ['fomc', 'cpi'] as const };
const CPI_AHEAD = { sessionsToCpi: 3, cpiDay: VIEW_DAY + 5 };

describe('near layer before CPI releases', () => {
  it.each([
    ['a release within four sessions opens', BOTH, CPI_AHEAD, ['ARMED', 'open 6'], 'cpi-ahead'],
    ['the nearer event counts', BOTH, { ...AHEAD, ...CPI_AHEAD }, ['ARMED', 'open 6'], 'cpi-ahead'],
    [
      'FOMC where both share a day',
      BOTH,
      { ...AHEAD, sessionsToCpi: 4, cpiDay: VIEW_DAY + 6 },
      ['ARMED', 'open 6'],
      'fomc-ahead',
    ],
    ['a rule of FOMC alone leaves it', NEAR_RULE, CPI_AHEAD, ['IDLE'], ''],
    ['a release five sessions off is far', BOTH, { sessionsToCpi: 5, cpiDay: 9 }, ['IDLE'], ''],
    ['without a schedule there is none', BOTH, { sessionsToCpi: -1 }, ['IDLE'], ''],
  ] as const)('%s', (_name, rule, view, to, note) => {
    const step = stepNearLayer(stateIn('IDLE'), 'close', quietView(view), rule);
    expect(outcome(step)).toEqual(to);
    expect(step.note).toBe(note);
  });

  it('is out at the close of the release, also while a decision is near', () => {
    const view = quietView({ ...AHEAD, sessionsToCpi: 0, cpiDay: VIEW_DAY, trade: tradeOf() });
    const step = stepNearLayer(stateIn('OPEN'), 'close', view, BOTH);
    expect(step.intents).toMatchObject([{ kind: 'close', reason: 'event-over' }]);
    expect(stepNearLayer(stateIn('OPEN'), 'close', view, NEAR_RULE).intents).toEqual([]);
  });

  it('expires strictly after the release', () => {
    const view = quietView({ sessionsToCpi: 2, cpiDay: VIEW_DAY + 16 });
    const [intent] = stepNearLayer(stateIn('IDLE'), 'close', view, BOTH).intents;
    expect(intent).toMatchObject({ legs: [{ expiry: VIEW_DAY + 44 }, { expiry: VIEW_DAY + 44 }] });
  });
});

describe('near layer', () => {
  it.each(ROWS)('$row', ({ from, event, view, to }) => {
    expect(outcome(stepNearLayer(from, event, quietView(view), NEAR_RULE))).toEqual(to);
  });

  it.each([
    ['five sessions ahead', { sessionsToFomc: 5 }],
    ['no scheduled decision known', { sessionsToFomc: -1 }],
    ['no condor', { ...AHEAD, condorsOpen: 0 }],
    ['not listed', { ...AHEAD, listed: false }],
  ])('stays IDLE without an intent: %s', (_name, view) => {
    expect(outcome(stepNearLayer(stateIn('IDLE'), 'close', quietView(view), NEAR_RULE))).toEqual([
      'IDLE',
    ]);
  });

  it('holds an open spread while the decision is ahead', () => {
    const view = quietView({ ...AHEAD, trade: tradeOf() });
    expect(outcome(stepNearLayer(stateIn('OPEN'), 'close', view, NEAR_RULE))).toEqual(['OPEN']);
  });

  it('buys at the future and sells 1.25 times above, expiring strictly after the decision', () => {
    // The decision falls on the first node's own day, so the second node is the first after it.
    const view = quietView({ sessionsToFomc: 2, fomcDay: VIEW_DAY + 16 });
    const [intent] = stepNearLayer(stateIn('IDLE'), 'close', view, NEAR_RULE).intents;
    const leg = { kind: VIX_OPTION, right: CALL, expiry: VIEW_DAY + 44, settlement: AM };
    expect(intent).toMatchObject({
      legs: [
        { ...leg, strike: 17, ratio: 1 },
        { ...leg, strike: 21, ratio: -1 },
      ],
    });
  });

  it.each([
    ['the year is spent', { budgetLeft: 100 }, 'budget-below-one-unit'],
    ['the price is unknown', { vixCallCost: () => Number.NaN }, 'budget-below-one-unit'],
    ['nothing expires after it', { vxExpiries: [] }, 'no-expiry-after-decision'],
  ])('is armed without an intent when %s', (_name, changes, note) => {
    const step = stepNearLayer(
      stateIn('IDLE'),
      'close',
      quietView({ ...AHEAD, ...changes }),
      NEAR_RULE,
    );
    expect(outcome(step)).toEqual(['ARMED']);
    expect(step.note).toBe(note);
  });

  it('spends what is left when that is less than an event may cost', () => {
    const view = quietView({ ...AHEAD, budgetLeft: 460 });
    expect(outcome(stepNearLayer(stateIn('IDLE'), 'close', view, NEAR_RULE))).toEqual([
      'ARMED',
      'open 3',
    ]);
  });
});
