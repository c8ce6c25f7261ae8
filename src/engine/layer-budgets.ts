import { heldMultiplier, budgetWeight } from '../strategy/budget-weight.ts';
import type { BudgetWeight } from '../strategy/budget-weight.ts';
import {
  cheaperLayer,
  isPriceSpike,
  moveNearBudget,
  NOTHING_MOVED,
  returnUnspent,
} from '../strategy/budget-transfer.ts';
import type { LongerLayer, SpentBudget } from '../strategy/budget-transfer.ts';
import { hurdleBudget } from '../strategy/hurdle.ts';
import { timeValuePerVegaDay } from '../strategy/time-value.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { ofLayer } from './account-state.ts';
import type { AccountState, LayerName } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { hurdleAt } from './condor-hurdle.ts';
import { layerView, spentThisYear } from './layer-view.ts';
import type { SharedView } from './layer-view.ts';
import type { AuditEvent } from './run-record.ts';

/** Change of the multiplier, since it was last told, that is worth a line in the audit. */
const TOLD_STEP = 0.1;

/**
 * Sets every enabled layer's budget at this close: its share of the year's, times the multiplier of
 * the market's stress, plus or minus what a price spike moves. Their sum never exceeds the year's.
 */
export function setBudgets(
  context: EngineContext,
  account: AccountState,
  shared: SharedView,
): void {
  const { session } = shared;
  const state = account.budgets;
  if (context.plan.firstOfYear[session] === 1 || Number.isNaN(state.yearly)) {
    startYear(context, account, session);
  }
  const weight = weightAt(context, session);
  const own = ownBudgets(context, account, weight);
  moveOnSpike(context, account, shared, own);
  const { medium, long } = state.moved;
  give(context, account, 'near', Math.max(0, own.near - medium - long));
  give(context, account, 'medium', own.medium + medium);
  give(context, account, 'long', own.long + long);
  tellWeight(context, account, weight);
}

/** What the market's stress makes of the budgets at a session. */
export function weightAt({ policy, plan, path }: BudgetInputs, session: number): BudgetWeight {
  return budgetWeight(policy.budgets.weighting, {
    macdZ: plan.signals.macdZ[session] ?? Number.NaN,
    priceToEarningsZ: path.priceToEarningsZ?.[session] ?? Number.NaN,
    // No public point-in-time series of cash flows exists.
    priceToCashFlowZ: Number.NaN,
  });
}

/** What the multiplier of a session rests on. */
type BudgetInputs = Pick<EngineContext, 'policy' | 'plan' | 'path'>;

function startYear(context: EngineContext, account: AccountState, session: number): void {
  const { budgets } = context.policy;
  const state = account.budgets;
  if (context.plan.firstOfYear[session] === 1) {
    state.moved = NOTHING_MOVED;
    state.onSpike = false;
  }
  const before = Number.isNaN(state.yearly) ? budgets.yearly : state.yearly;
  if (budgets.mode === 'fixed') {
    state.yearly = budgets.yearly;
    return;
  }
  const hurdle = hurdleAt(context, account);
  state.yearly = hurdleBudget(budgets.hurdle, hurdle, account.yearStartEquity, before);
  if (state.yearly === before) return;
  tell(context, 'core', 'budget-weighted', 'hurdle', {
    yearlyShare: state.yearly,
    expectedReturn: hurdle.expectedReturn,
    wacc: hurdle.wacc,
    trades: hurdle.trades,
  });
}

function ownBudgets(
  context: EngineContext,
  account: AccountState,
  { multiplier }: BudgetWeight,
): Readonly<Record<LayerName, number>> {
  const { budgets } = context.policy;
  const equity = Math.max(0, account.yearStartEquity);
  const held = heldMultiplier(multiplier, budgets);
  const of = (share: number): number => equity * account.budgets.yearly * share * held;
  return { near: of(budgets.near), medium: of(budgets.medium), long: of(budgets.long) };
}

/** Moves near budget when a spike begins, and gives back what is unspent when it is over. */
function moveOnSpike(
  context: EngineContext,
  account: AccountState,
  shared: SharedView,
  own: Readonly<Record<LayerName, number>>,
): void {
  const { priceSpike } = context.policy.budgets;
  const state = account.budgets;
  const z = context.path.cpiSurpriseZ?.[shared.session] ?? Number.NaN;
  const spike = isPriceSpike(priceSpike, z);
  const spentOf = (name: LayerName): SpentBudget => ({
    budget: own[name],
    spent: spentThisYear(context, account, name),
  });
  if (!spike && state.moved !== NOTHING_MOVED) {
    const kept = returnUnspent(state.moved, { medium: spentOf('medium'), long: spentOf('long') });
    state.moved = kept.medium === 0 && kept.long === 0 ? NOTHING_MOVED : kept;
  }
  if (spike === state.onSpike) return;
  if (!spike || priceSpike === null) {
    state.onSpike = false;
    tell(context, 'near', 'budget-moved', 'price-spike-over', moves(state.moved, z));
    return;
  }
  const to = cheaperLayer({
    medium: timeValueOf(context, account, shared, 'medium'),
    long: timeValueOf(context, account, shared, 'long'),
  });
  // Nothing to move to is asked again at the next close.
  if (to === undefined || !context.policy.layers.near.enabled) return;
  state.moved = moveNearBudget(state.moved, spentOf('near'), to, priceSpike.share);
  state.onSpike = true;
  tell(context, 'near', 'budget-moved', `price-spike: to ${to}`, moves(state.moved, z));
}

function moves(
  { medium, long }: AccountState['budgets']['moved'],
  cpiSurpriseZ: number,
): AuditEvent['values'] {
  return { toMedium: medium, toLong: long, cpiSurpriseZ };
}

/** Time value per vega-day of a longer layer; NaN when it is off, not listed or has no price. */
function timeValueOf(
  context: EngineContext,
  account: AccountState,
  shared: SharedView,
  name: LongerLayer,
): number {
  const rule = context.policy.layers[name];
  if (!rule.enabled) return Number.NaN;
  const view = layerView(account, name, shared);
  return view.listed ? timeValuePerVegaDay(view, rule, context.close.vix) : Number.NaN;
}

function give(
  context: EngineContext,
  account: AccountState,
  name: LayerName,
  dollars: number,
): void {
  if (!ofLayer(context.policy.layers, name).enabled) return;
  const track = ofLayer(account.layers, name);
  track.budget = dollars;
  track.budgetHigh = Math.max(track.budgetHigh, dollars);
}

/** A line when the multiplier has moved by a tenth, or other scores are missing than before. */
function tellWeight(context: EngineContext, account: AccountState, weight: BudgetWeight): void {
  const state = account.budgets;
  const missing = weight.missing.length === 0 ? '' : weight.missing.join(' and ');
  const moved = Math.abs(weight.multiplier - state.toldMultiplier) >= TOLD_STEP;
  if (!moved && missing === state.toldMissing) return;
  state.toldMultiplier = weight.multiplier;
  state.toldMissing = missing;
  tell(
    context,
    'core',
    'budget-weighted',
    missing === '' ? 'stress-score' : `stress-score: NO DATA for ${missing}`,
    { multiplier: weight.multiplier, score: weight.score },
  );
}

function tell(
  context: EngineContext,
  sleeve: AuditEvent['sleeve'],
  kind: 'budget-weighted' | 'budget-moved',
  reason: string,
  values: AuditEvent['values'],
): void {
  if (!context.sink.recording || context.layers.length === 0) return;
  context.sink.event({ day: asEpochDay(context.close.day), kind, sleeve, reason, values });
}
