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
  const { sizing, guards, exits, layers, shortStrikes } = policy;
  const { medium, long } = layers;
  const without = (
    id: string,
    kind: AblatedKind,
    part: string,
    change: Partial<Policy>,
  ): Ablation => ({ id, kind, part, with: policy, without: { ...policy, ...change } });
  const found = [
    without('no-escalation', 'guard', 'no larger risk after a loss (R-21)', {
      sizing: { ...sizing, noEscalation: false },
    }),
    without('profit-target', 'exit', 'profit target', { exits: { ...exits, profitTarget: null } }),
    without('time-exit', 'exit', 'exit by days to expiry', {
      exits: { ...exits, closeAtDays: null },
    }),
    without('loss-stop', 'exit', 'stop at a multiple of the credit', {
      exits: { ...exits, stopCreditMultiple: null },
    }),
    without('vix-gate', 'guard', 'no entry above a VIX', {
      entry: { ...policy.entry, vixMax: null },
    }),
    without('credit-floor', 'guard', 'least credit of an entry', {
      entry: { ...policy.entry, minCreditShare: null },
    }),
    without('guards', 'guard', 'quick ratio and margin use', { guards: null }),
  ];
  if (guards !== null) {
    found.push(
      without('quick-ratio', 'guard', 'quick ratio', {
        guards: { ...guards, quickRatioBlock: 0 },
      }),
    );
  }
  if (shortStrikes.selector === 'em') {
    found.push(
      without('capm-drift', 'signal', 'CAPM drift in the centre of the strikes', {
        shortStrikes: { ...shortStrikes, capmTilt: 0 },
      }),
    );
  }
  const { near } = layers;
  if (near.enabled && near.standing === null && near.events.length > 1) {
    found.push(
      without('cpi-events', 'signal', 'CPI releases beside FOMC decisions', {
        layers: { ...layers, near: { ...near, events: ['fomc'] } },
      }),
    );
  }
  if (medium.enabled && medium.standing === null) {
    found.push(
      without('rsi', 'signal', 'RSI in the medium trigger', {
        layers: { ...layers, medium: { ...medium, rsi: ANY_RSI } },
      }),
      without('breadth', 'signal', 'breadth in the medium trigger', {
        layers: { ...layers, medium: { ...medium, breadth: 'rsi-only' } },
      }),
    );
  }
  if (long.enabled && long.standing === null) {
    found.push(
      without('macro-score', 'signal', 'macro score in the long trigger', {
        layers: { ...layers, long: { ...long, zThreshold: ANY_SCORE } },
      }),
    );
  }
  return [...found, ...budgetAblations(policy)];
}

/** What moves the budgets; left out where no layer spends them, or a weight is 0 already. */
function budgetAblations(policy: Policy): readonly Ablation[] {
  const { budgets, layers } = policy;
  const { weighting, priceSpike, mode } = budgets;
  const without = (id: string, part: string, change: Partial<Policy['budgets']>): Ablation => ({
    id,
    kind: 'signal',
    part,
    with: policy,
    without: { ...policy, budgets: { ...budgets, ...change } },
  });
  const found: Ablation[] = [];
  if (mode === 'hurdle') {
    found.push(without('hurdle', 'return over the WACC in budget and size', { mode: 'fixed' }));
  }
  if (!LAYERS.some((name) => layers[name].enabled)) return found;
  const weighted = weighting === null ? [] : STRESS_INPUTS.filter((name) => weighting[name] > 0);
  if (weighting !== null && weighted.length > 0) {
    found.push(
      without('dynamic-weighting', 'dynamic weights of the budgets', { weighting: null }),
      ...weighted.map((name) =>
        without(`${STRESS_IDS[name]}-weight`, `${STRESS_WORDS[name]} in the budget weights`, {
          weighting: { ...weighting, [name]: 0 },
        }),
      ),
    );
  }
  if (priceSpike !== null) {
    found.push(without('price-spike', 'near budget moved on a CPI spike', { priceSpike: null }));
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
