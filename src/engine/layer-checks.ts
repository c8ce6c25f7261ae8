import { checkRule } from '../strategy/rule-check.ts';
import type { RuleCheck, RuleTerms } from '../strategy/rule-check.ts';
import type { LayerView } from '../strategy/hedge-layer.ts';
import { nearestEvent } from '../strategy/near-layer.ts';
import type { AccountState } from './account-state.ts';
import { threatSummary } from './base-position.ts';
import type { EngineContext } from './context.ts';
import { layerView, sharedView } from './layer-view.ts';

/**
 * What the trigger of each enabled layer sees at a close: value, threshold and outcome of every
 * condition. A layer that is always held has none.
 */
export function layerChecks(
  context: EngineContext,
  account: AccountState,
  session: number,
): readonly RuleCheck[] {
  const { near, medium, long } = context.policy.layers;
  const shared = sharedView(context, account, threatSummary(context, account), session);
  const terms: RuleTerms[] = [];
  if (near.enabled && near.standing === null) {
    terms.push(...nearTerms(layerView(account, 'near', shared), near));
  }
  if (medium.enabled && medium.standing === null) {
    terms.push(...mediumTerms(layerView(account, 'medium', shared), medium));
  }
  if (long.enabled && long.standing === null) {
    terms.push(...longTerms(layerView(account, 'long', shared), long));
  }
  return terms.map(checkRule);
}

type Layers = EngineContext['policy']['layers'];

function nearTerms(view: LayerView, rule: Layers['near']): readonly RuleTerms[] {
  const { name, sessions } = nearestEvent(view, rule);
  return [
    {
      id: 'near-event',
      rule: `sessions to the next scheduled event (${name}; opens from 1 on)`,
      value: sessions < 0 ? Number.NaN : sessions,
      threshold: rule.sessionsBefore,
      relation: '<=',
      unit: 'sessions',
    },
  ];
}

function mediumTerms(view: LayerView, rule: Layers['medium']): readonly RuleTerms[] {
  const breadth =
    Number.isNaN(view.breadthLow20) && rule.breadth === 'proxy'
      ? view.fewAboveFifty
      : view.breadthLow20;
  const flag = (id: string, text: string, value: number): RuleTerms => ({
    id,
    rule: text,
    value,
    threshold: 1,
    relation: '=',
    unit: 'flag',
  });
  return [
    flag('medium-threat', 'an open condor is threatened on its put side', view.putThreat ? 1 : 0),
    {
      id: 'medium-rsi',
      rule: 'lowest RSI(14) of SPX of three sessions',
      value: view.rsiMin3,
      threshold: rule.rsi,
      relation: '<=',
      unit: '0..100',
    },
    ...(rule.breadth === 'rsi-only'
      ? []
      : [
          flag('medium-spx-low', 'SPX closes at a 20-session low', view.spxLow20),
          flag('medium-breadth', `breadth confirms (${rule.breadth})`, breadth),
        ]),
  ];
}

function longTerms(view: LayerView, rule: Layers['long']): readonly RuleTerms[] {
  const score = (id: string, text: string, value: number): RuleTerms => ({
    id,
    rule: `${text}, 12-month change, either may arm`,
    value: Math.abs(value),
    threshold: rule.zThreshold,
    relation: '>=',
    unit: 'deviations',
  });
  return [
    score('long-exchange-rate', '|z| of the real effective exchange rate', view.reerChangeZ),
    score('long-rate-differential', '|z| of the rate differential', view.rateDifferentialZ),
  ];
}
