import type { ConceptName } from './method-table.ts';
import type { LayerInstrument, Policy } from './policy.ts';

/** A concept that orders nothing in the method's own policy, switched on there. */
export interface SwitchedOn {
  readonly concept: ConceptName;
  readonly id: string;
  /** What is switched on, in words. */
  readonly part: string;
  readonly on: (policy: Policy) => Policy;
}

const ROLLS: Policy['timeShift'] = {
  targetDays: 45,
  minDays: 30,
  maxDays: 60,
  shortDelta: 0.3,
  dailyRange: 0.0094,
  vix: 16,
  maxRolls: 2,
  minMoves: 1,
  cushion: 0.2,
};

/** Sizes of the promoter: a tenth of equity a trade, six tenths open. */
const promoter = (policy: Policy): Policy => ({
  ...policy,
  sizing: { ...policy.sizing, riskPerTrade: 0.1, maxOpenRisk: 0.6 },
});

const held = (layer: 'near' | 'medium', instrument: LayerInstrument) => {
  return (policy: Policy): Policy => ({
    ...policy,
    layers: { ...policy.layers, [layer]: { ...policy.layers[layer], instrument } },
  });
};

/** What is off, weighs nothing or never binds in `alvh-45`, each with the change that lets it act. */
export const SWITCHED_ON: readonly SwitchedOn[] = [
  {
    concept: 'wacc',
    id: 'hurdle-mode',
    part: 'the year’s budget and size by the hurdle',
    on: (policy) => ({ ...policy, budgets: { ...policy.budgets, mode: 'hurdle' } }),
  },
  {
    concept: 'false-binary',
    id: 'best-action',
    part: 'the best action instead of the exits’ own',
    on: (policy) => ({ ...policy, falseBinary: { mode: 'choose', tailWeight: 0.25 } }),
  },
  {
    concept: 'time-shift',
    id: 'rolls',
    part: 'rolls of threatened condors',
    on: (policy) => ({ ...policy, timeShift: ROLLS }),
  },
  {
    concept: 'volatility-etf',
    id: 'etp',
    part: 'the VX fund in the medium layer',
    on: held('medium', 'etp'),
  },
  {
    concept: 'martingale',
    id: 'doubling',
    part: 'doubling after a loss',
    on: (policy) => ({
      ...policy,
      sizing: { ...policy.sizing, kind: 'martingale', noEscalation: false },
    }),
  },
  {
    concept: 'steward-promoter',
    id: 'promoter',
    part: 'the promoter’s sizes',
    on: promoter,
  },
  {
    concept: 'quick-ratio',
    id: 'tight-quick-ratio',
    part: 'a quick ratio of at least 25',
    on: (policy) => ({
      ...policy,
      guards: policy.guards && { ...policy.guards, quickRatioBlock: 25 },
    }),
  },
  {
    concept: 'extrinsic-value',
    id: 'delta-band-rolls',
    part: 'rolls of calls out of their delta band',
    on: (policy) => {
      const { layers } = policy;
      return {
        ...policy,
        layers: { ...layers, long: { ...layers.long, onDeltaBand: 'roll' } },
      };
    },
  },
];
