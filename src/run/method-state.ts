import { weightAt } from '../engine/layer-budgets.ts';
import type { DayPlan, PlannedLayer } from '../engine/plan-day.ts';
import { heldMultiplier } from '../strategy/budget-weight.ts';
import type { StressInput } from '../strategy/budget-weight.ts';
import { isPriceSpike } from '../strategy/budget-transfer.ts';
import { METHOD_TABLE } from '../strategy/method-table.ts';
import type { Concept, ConceptName } from '../strategy/method-table.ts';
import { conceptInputs, governanceOf } from './concept-inputs.ts';
import type { ConceptInput, MethodView } from './concept-inputs.ts';

/** A concept as it stands at one close. */
export interface ConceptState {
  readonly concept: Concept;
  readonly inputs: readonly ConceptInput[];
  readonly state: string;
  readonly decision: string;
  readonly reason: string;
}

/** What a concept shows beside its inputs. */
type Standing = Pick<ConceptState, 'state' | 'decision' | 'reason'>;

/** Every concept of the method at one close, in the order of the method table. */
export function methodState(view: MethodView): readonly ConceptState[] {
  return METHOD_TABLE.map((concept) => {
    const inputs = conceptInputs(concept.concept, view);
    return { concept, inputs, ...standingOf(concept, inputs, view) };
  });
}

function standingOf(concept: Concept, inputs: readonly ConceptInput[], view: MethodView): Standing {
  const layer = layerOf(concept.concept, view.plan);
  if (layer !== undefined) return layerStanding(layer);
  const missing = inputs.find(({ value, beside }) => Number.isNaN(value) && beside !== true);
  const own = OWN[concept.concept];
  if (own !== undefined) return own(view, inputs);
  if (missing !== undefined) {
    const reason = `${missing.name}: ${missing.reason ?? 'unknown'}`;
    return { state: 'NO DATA', decision: 'none', reason };
  }
  return { state: concept.role, decision: decisionOf(concept), reason: concept.limits };
}

/** Concepts that say more than their role. */
const OWN: Readonly<
  Partial<Record<ConceptName, (view: MethodView, inputs: readonly ConceptInput[]) => Standing>>
> = {
  condor: ({ plan }) => entryStanding(plan),
  'quick-ratio': ({ plan }) => guardStanding(plan, ['quick-ratio', 'margin-use']),
  'multi-sig': ({ plan }) => guardStanding(plan),
  clustering: (_view, inputs) => clusteringStanding(inputs),
  'big-top': (_view, inputs) => labelStanding(inputs),
  macd: (view, inputs) => weightStanding('macd', view, inputs),
  'price-to-earnings': (view, inputs) => weightStanding('priceToEarnings', view, inputs),
  cpi: spikeStanding,
  wacc: hurdleStanding,
  martingale: ({ policy }) =>
    policy.sizing.kind === 'martingale'
      ? { state: 'on', decision: 'doubles after a loss', reason: 'sizing.kind is martingale' }
      : { state: 'off', decision: 'never grows after a loss', reason: 'sizing.kind is fixed-risk' },
};

function decisionOf({ role }: Concept): string {
  switch (role) {
    case 'orders':
      return 'feeds an order rule';
    case 'guards':
      return 'binds every order';
    case 'measures':
      return 'shown, weight 0';
  }
}

function layerOf(name: ConceptName, { layers }: DayPlan): PlannedLayer | undefined {
  const of: Partial<Record<ConceptName, PlannedLayer['name']>> = {
    'fomc-call-spread': 'near',
    'vix-futures-90': 'medium',
    'rsi-advance-decline': 'medium',
    'long-180': 'long',
  };
  return layers.find((layer) => layer.name === of[name]);
}

function layerStanding({ phase, trigger, note, trade }: PlannedLayer): Standing {
  return {
    state: phase,
    decision: trade === undefined ? 'holds nothing' : `holds ${trade.unitsOpen} ${trade.structure}`,
    reason: note === '' ? `trigger ${trigger.replaceAll('-', ' ')}` : note,
  };
}

function entryStanding({ entry, openings }: DayPlan): Standing {
  if (openings.some(({ trade }) => trade.sleeve === 0)) {
    return { state: 'TRADE', decision: 'opens a position', reason: 'every entry rule passes' };
  }
  return { state: 'NO TRADE', decision: 'none', reason: entry.blockedBy ?? 'nothing to do' };
}

/** What the governance rules of some names, or all of them, say of the entry. */
function guardStanding(plan: DayPlan, names?: readonly string[]): Standing {
  const rules = governanceOf(plan).filter(({ id }) => names?.includes(id) !== false);
  if (rules.length === 0) {
    const reason = plan.entry.blockedBy ?? 'no candidate';
    return { state: 'not asked', decision: 'none', reason: `no order to judge: ${reason}` };
  }
  const failed = rules.find(({ outcome }) => outcome !== 'PASS');
  return failed === undefined
    ? { state: 'PASS', decision: 'allows', reason: 'every rule of it passes' }
    : { state: 'FAIL', decision: 'refuses', reason: failed.id };
}

/** Largest p-value at which results are said to depend on the one before. */
const DEPENDENT = 0.05;

function clusteringStanding(inputs: readonly ConceptInput[]): Standing {
  const of = (name: string): ConceptInput | undefined => inputs.find((each) => each.name === name);
  const rate = of('lossRate');
  const decision = 'shown, weight 0';
  if (rate === undefined || Number.isNaN(rate.value)) {
    return { state: 'NO DATA', decision, reason: rate?.reason ?? 'not read' };
  }
  const after = of('lossAfterLoss')?.value ?? Number.NaN;
  const p = of('independencePValue')?.value ?? Number.NaN;
  const rates = `a loss follows a loss in ${percentText(after)}, any result in ${percentText(rate.value)}`;
  return p <= DEPENDENT && after > rate.value
    ? {
        state: 'CLUSTERED',
        decision,
        reason: `${rates}; independence has p ${p < 0.001 ? 'below 0.001' : p.toFixed(3)}`,
      }
    : { state: 'none shown', decision, reason: `${rates}; independence is not refuted` };
}

function percentText(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** within 2 % of the year's high, curve up 8 %, VIX in its lower 40 %, RSI at 65 or more. */
function labelStanding(inputs: readonly ConceptInput[]): Standing {
  const value = (name: string): number =>
    inputs.find((each) => each.name === name)?.value ?? Number.NaN;
  const holds =
    value('ofYearHigh') >= 0.98 &&
    value('vx2OverVx1') >= 0.08 &&
    value('vixPercentile') <= 40 &&
    value('rsi14') >= 65;
  const missing = inputs.find((each) => Number.isNaN(each.value));
  if (missing !== undefined) {
    return {
      state: 'NO DATA',
      decision: 'no label',
      reason: `${missing.name}: ${missing.reason ?? ''}`,
    };
  }
  return holds
    ? { state: 'BIG TOP', decision: 'label; size stays', reason: 'all four conditions hold' }
    : { state: 'none', decision: 'no label', reason: 'not all four conditions hold' };
}

/** A score that weights the layers' budgets: off, without data, or at work. */
function weightStanding(
  name: StressInput,
  { policy, path, sessions }: MethodView,
  inputs: readonly ConceptInput[],
): Standing {
  const { weighting } = policy.budgets;
  if (weighting === null || weighting[name] === 0) {
    return { state: 'off', decision: 'shown, weight 0', reason: `budgets.weighting.${name} is 0` };
  }
  const { multiplier, missing } = weightAt({ policy, path, plan: sessions }, path.length - 1);
  if (missing.includes(name)) {
    const lacking = inputs.find(({ value }) => Number.isNaN(value));
    const reason = `${lacking?.name ?? name}: ${lacking?.reason ?? 'unknown'}`;
    return { state: 'NO DATA', decision: 'its weight goes to the others', reason };
  }
  const held = heldMultiplier(multiplier, policy.budgets);
  return {
    state: `x ${multiplier.toFixed(2)}`,
    decision: `budgets times ${held.toFixed(2)}`,
    reason: held < multiplier ? 'held to the budget of the year' : 'score of the market’s stress',
  };
}

function spikeStanding({ policy, path }: MethodView, inputs: readonly ConceptInput[]): Standing {
  const { priceSpike } = policy.budgets;
  if (priceSpike === null) {
    return { state: 'off', decision: 'shown, moves nothing', reason: 'budgets.priceSpike is null' };
  }
  const z = path.cpiSurpriseZ?.[path.length - 1] ?? Number.NaN;
  if (Number.isNaN(z)) {
    return { state: 'NO DATA', decision: 'none', reason: inputs[0]?.reason ?? 'unknown' };
  }
  return isPriceSpike(priceSpike, z)
    ? { state: 'SPIKE', decision: 'near budget moves to a longer layer', reason: 'z >= threshold' }
    : { state: 'none', decision: 'none', reason: 'z below the threshold' };
}

function hurdleStanding({ policy, plan }: MethodView): Standing {
  if (policy.budgets.mode === 'fixed') {
    return { state: 'off', decision: 'shown, weight 0', reason: 'budgets.mode is fixed' };
  }
  const { expectedReturn, wacc } = plan.hurdle;
  if (Number.isNaN(expectedReturn - wacc)) {
    return { state: 'NO DATA', decision: 'none', reason: 'too few condors have closed' };
  }
  return expectedReturn > wacc
    ? { state: 'above', decision: 'sets the year’s budget', reason: 'E[R] above the WACC' }
    : { state: 'below', decision: 'condors are smaller', reason: 'E[R] at or below the WACC' };
}
