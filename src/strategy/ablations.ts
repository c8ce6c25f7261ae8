import { STRESS_INPUTS } from './budget-weight.ts';
import type { StressInput } from './budget-weight.ts';
import type { Policy } from './policy.ts';

/** What kind of part an ablation takes away. */
export type AblatedKind = 'layer' | 'guard' | 'signal' | 'exit';

/** A pair of policies that differ in one part: their difference is what the part is worth. */
export interface Ablation {
  readonly id: string;
  readonly kind: AblatedKind;
  /** What differs, in words. */
  readonly part: string;
  readonly with: Policy;
  readonly without: Policy;
}

const LAYERS = ['near', 'medium', 'long'] as const;

/** Any macro score opens the layer: below every score there is. */
const ANY_SCORE = -1e6;

/** RSI never exceeds it. */
const ANY_RSI = 100;

/**
 * Every part of a policy that can be taken away: each layer beside the others and alone, each guard,
 * each signal and each exit. Parts that the policy does not have are left out.
 */
export function ablationsOf(policy: Policy): readonly Ablation[] {
  const bare = LAYERS.reduce(withoutLayer, policy);
  const together = LAYERS.map((layer): Ablation => ({
    id: `${layer}-layer`,
    kind: 'layer',
    part: `${layer} layer, beside the others`,
    with: policy,
    without: withoutLayer(policy, layer),
  }));
  const alone = LAYERS.map((layer): Ablation => ({
    id: `${layer}-layer-alone`,
    kind: 'layer',
    part: `${layer} layer, alone`,
    with: LAYERS.filter((other) => other !== layer).reduce(withoutLayer, policy),
    without: bare,
  }));
  const all: Ablation = {
    id: 'all-layers',
    kind: 'layer',
    part: 'all layers',
    with: policy,
    without: bare,
  };
  return [all, ...together, ...alone, ...ruleAblations(policy)].filter(
    (ablation) => JSON.stringify(ablation.with) !== JSON.stringify(ablation.without),
  );
}

function ruleAblations(policy: Policy): readonly Ablation[] {
  return [...guardAblations(policy), ...signalAblations(policy), ...budgetAblations(policy)];
}

/** The policy beside itself with one change. */
function without(
  policy: Policy,
  part: Pick<Ablation, 'id' | 'kind' | 'part'>,
  change: Partial<Policy>,
): Ablation {
  return { ...part, with: policy, without: { ...policy, ...change } };
}

/** Exits, sizing and guards; what a policy does not have differs in nothing and is left out later. */
function guardAblations(policy: Policy): readonly Ablation[] {
  const { sizing, guards, exits } = policy;
  const exit = (id: string, part: string, change: Partial<Policy['exits']>): Ablation =>
    without(policy, { id, kind: 'exit', part }, { exits: { ...exits, ...change } });
  const guard = (id: string, part: string, change: Partial<Policy>): Ablation =>
    without(policy, { id, kind: 'guard', part }, change);
  return [
    guard('no-escalation', 'no larger risk after a loss (R-21)', {
      sizing: { ...sizing, noEscalation: false },
    }),
    exit('profit-target', 'profit target', { profitTarget: null }),
    exit('time-exit', 'exit by days to expiry', { closeAtDays: null }),
    exit('loss-stop', 'stop at a multiple of the credit', { stopCreditMultiple: null }),
    without(
      policy,
      { id: 'time-shift', kind: 'exit', part: 'rolls of threatened condors' },
      { timeShift: null },
    ),
    ...(policy.falseBinary?.mode === 'choose'
      ? [
          without(
            policy,
            { id: 'best-action', kind: 'exit', part: 'best of hold, close, roll and add hedge' },
            { falseBinary: { ...policy.falseBinary, mode: 'record' } },
          ),
        ]
      : []),
    guard('vix-gate', 'no entry above a VIX', { entry: { ...policy.entry, vixMax: null } }),
    guard('credit-floor', 'least credit of an entry', {
      entry: { ...policy.entry, minCreditShare: null },
    }),
    guard('guards', 'quick ratio, margin use and votes', { guards: null }),
    ...(guards === null
      ? []
      : [
          guard('quick-ratio', 'quick ratio', { guards: { ...guards, quickRatioBlock: 0 } }),
          guard('votes', 'votes of the timeframes', { guards: { ...guards, votes: null } }),
        ]),
  ];
}

/** What the centre of the strikes and the triggers of the layers look at. */
function signalAblations(policy: Policy): readonly Ablation[] {
  const { shortStrikes, layers } = policy;
  const { near, medium, long } = layers;
  const signal = (id: string, part: string, change: Partial<Policy>): Ablation =>
    without(policy, { id, kind: 'signal', part }, change);
  const found: Ablation[] = [];
  if (shortStrikes.selector === 'em') {
    found.push(
      signal('capm-drift', 'CAPM drift in the centre of the strikes', {
        shortStrikes: { ...shortStrikes, capmTilt: 0 },
      }),
    );
  }
  if (near.enabled && near.standing === null && near.events.includes('fomc')) {
    found.push(
      signal('cpi-events', 'CPI releases beside FOMC decisions', {
        layers: { ...layers, near: { ...near, events: ['fomc'] } },
      }),
    );
  }
  if (medium.enabled && medium.standing === null) {
    found.push(
      signal('rsi', 'RSI in the medium trigger', {
        layers: { ...layers, medium: { ...medium, rsi: ANY_RSI } },
      }),
      signal('breadth', 'breadth in the medium trigger', {
        layers: { ...layers, medium: { ...medium, breadth: 'rsi-only' } },
      }),
    );
  }
  if (long.enabled && long.standing === null) {
    found.push(
      signal('macro-score', 'macro score in the long trigger', {
        layers: { ...layers, long: { ...long, zThreshold: ANY_SCORE } },
      }),
    );
  }
  return found;
}

/** What moves the budgets; left out where no layer spends them, or a weight is 0 already. */
function budgetAblations(policy: Policy): readonly Ablation[] {
  const { budgets, layers } = policy;
  const { weighting, priceSpike, mode } = budgets;
  const moved = (id: string, part: string, change: Partial<Policy['budgets']>): Ablation =>
    without(policy, { id, kind: 'signal', part }, { budgets: { ...budgets, ...change } });
  const found: Ablation[] = [];
  if (mode === 'hurdle') {
    found.push(moved('hurdle', 'return over the WACC in budget and size', { mode: 'fixed' }));
  }
  if (!LAYERS.some((name) => layers[name].enabled)) return found;
  const weighted = weighting === null ? [] : STRESS_INPUTS.filter((name) => weighting[name] > 0);
  if (weighting !== null && weighted.length > 0) {
    found.push(
      moved('dynamic-weighting', 'dynamic weights of the budgets', { weighting: null }),
      ...weighted.map((name) =>
        moved(`${STRESS_IDS[name]}-weight`, `${STRESS_WORDS[name]} in the budget weights`, {
          weighting: { ...weighting, [name]: 0 },
        }),
      ),
    );
  }
  if (priceSpike !== null) {
    found.push(moved('price-spike', 'near budget moved on a CPI spike', { priceSpike: null }));
  }
  return found;
}

/** Ids and words of the scores that weight budgets. */
const STRESS_IDS: Readonly<Record<StressInput, string>> = {
  macd: 'macd',
  priceToEarnings: 'price-to-earnings',
  priceToCashFlow: 'price-to-cash-flow',
};
const STRESS_WORDS: Readonly<Record<StressInput, string>> = {
  macd: 'MACD',
  priceToEarnings: 'P/E',
  priceToCashFlow: 'P/CF',
};

function withoutLayer(policy: Policy, layer: (typeof LAYERS)[number]): Policy {
  const { layers } = policy;
  return { ...policy, layers: { ...layers, [layer]: { ...layers[layer], enabled: false } } };
}
