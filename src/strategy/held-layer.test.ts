import { describe, expect, it } from 'vitest';
import { SLEEVE } from '../portfolio/sleeve.ts';
import { IDLE_LAYER } from './hedge-layer.ts';
import type { LayerEvent, LayerState, LayerStep, LayerView } from './hedge-layer.ts';
import {
  LONG_RULE,
  MEDIUM_RULE,
  NEAR_RULE,
  quietView,
  stateIn,
  tradeOf,
  VIEW_DAY,
} from './layer-view.fixture.ts';
import { stepLongLayer } from './long-layer.ts';
import { stepMediumLayer } from './medium-layer.ts';
import { stepNearLayer } from './near-layer.ts';
import type { StandingRule } from './policy.ts';
import { stepStandingLayer } from './standing-layer.ts';

const STANDING: StandingRule = {
  targetDays: 110,
  minDays: 80,
  maxDays: 140,
  rollAtDays: 60,
  onlyWithCondors: true,
  size: { by: 'budget', share: 0.25 },
  takeProfitMultiple: 3,
  trail: 0.2,
};

/** A close at which every layer would open, take a profit, and leave. */
const EVERYTHING = quietView({
  sessionsToFomc: 2,
  fomcDay: VIEW_DAY + 2,
  putThreat: true,
  onePercentLoss: 5000,
  rsiMin3: 20,
  spxLow20: 1,
  breadthLow20: 1,
  reerChangeZ: 3,
  trade: tradeOf({ profit: 5000, expiry: VIEW_DAY + 50 }),
});

type Step = (state: LayerState, event: LayerEvent, view: LayerView) => LayerStep;

const LAYERS: readonly (readonly [string, Step])[] = [
  ['near', (state, event, view) => stepNearLayer(state, event, view, NEAR_RULE)],
  ['medium', (state, event, view) => stepMediumLayer(state, event, view, MEDIUM_RULE)],
  ['long', (state, event, view) => stepLongLayer(state, event, view, LONG_RULE)],
  [
    'standing',
    (state, event, view) =>
      stepStandingLayer(state, event, view, {
        rule: LONG_RULE,
        standing: STANDING,
        sleeve: SLEEVE.long,
      }),
  ],
];

/** Events that concern a layer in each phase; others leave it as it is. */
const CONCERNS: Readonly<Record<LayerState['phase'], readonly LayerEvent[]>> = {
  IDLE: ['close'],
  ARMED: ['close', 'filled'],
  OPEN: ['close', 'closed'],
  HARVEST: ['close', 'closed'],
  COOLDOWN: ['close'],
};

describe.each(LAYERS)('the %s layer', (_name, step) => {
  it('begins idle, with nothing counted, and wants something at a close only', () => {
    expect(step(IDLE_LAYER, 'close', EVERYTHING).intents).toHaveLength(1);
    expect(IDLE_LAYER).toMatchObject({ phase: 'IDLE', clear: 0, peak: 0 });
  });

  it.each(Object.entries(CONCERNS))('in %s is moved by %j alone', (phase, events) => {
    const from = stateIn(phase as LayerState['phase'], { since: 1 });
    for (const event of ['close', 'filled', 'refused', 'closed'] as const) {
      if (events.includes(event)) continue;
      const { state, intents } = step(from, event, EVERYTHING);
      expect([event, state, intents]).toEqual([event, from, []]);
    }
  });

  it('holds a trade it knows nothing of at this close', () => {
    const view: LayerView = { ...EVERYTHING, trade: undefined };
    const { state, intents } = step(stateIn('OPEN'), 'close', view);
    expect([state.phase, intents]).toEqual(['OPEN', []]);
  });
});
