import { condorShare, hurdleState } from '../strategy/hurdle.ts';
import type { HurdleState } from '../strategy/hurdle.ts';
import type { SizingRule } from '../strategy/policy.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';

/** What condors earned, as known at this close, against what their capital costs. */
export function hurdleAt(
  { policy, close }: Pick<EngineContext, 'policy' | 'close'>,
  account: AccountState,
): HurdleState {
  return hurdleState(policy.budgets.hurdle, account.results, close.billRate);
}

/** The policy's sizing; under `mode: hurdle` a smaller risk a trade while condors miss the WACC. */
export function sizingAt(context: EngineContext, account: AccountState): SizingRule {
  const { budgets, sizing } = context.policy;
  if (budgets.mode === 'fixed') return sizing;
  const share = condorShare(budgets, hurdleAt(context, account));
  return { ...sizing, riskPerTrade: sizing.riskPerTrade * share };
}
