import { formatIsoDate } from '../time/epoch-day.ts';
import type { DayPlan, PlannedClosing, PlannedLayer, PlannedOpening } from '../engine/plan-day.ts';
import type { MarginFigures } from '../engine/margin-figures.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { expiryOf, limitOf, openingLegs, openingSentence, planVerdict } from './plan-view.ts';
import type { PlanReport } from './plan-view.ts';

/** The plan of a day as a document of schema `alvh/plan/1`; dollars and points. */
export function planJson(report: PlanReport): {
  readonly schema: string;
  readonly [key: string]: JsonValue;
} {
  const { plan } = report;
  const { decision, reasons } = planVerdict(plan);
  return {
    schema: 'alvh/plan/1',
    date: formatIsoDate(plan.day),
    policy: report.policy,
    decision,
    reasons,
    manifest: {
      codeVersion: report.manifest.codeVersion,
      configHash: report.manifest.configHash,
      dataHash: report.manifest.dataHash,
      node: report.manifest.node,
    },
    account: { from: report.account, netLiquidation: plan.equity },
    market: { spx: plan.spot, vix: plan.vix },
    rules: [...plan.entry.checks, ...plan.entry.votes].map(ruleJson),
    orders: [
      ...plan.openings.map((opening) => openingJson(opening, plan)),
      ...plan.closings.map(closingJson),
    ],
    layers: plan.layers.map(layerJson),
    margin: {
      before: marginJson(plan.before),
      after: marginJson(plan.after),
      stressed: plan.stressed.map(({ spotRatio, vix, equity, figures }) => ({
        spxChange: spotRatio - 1,
        vix,
        netLiquidation: equity,
        ...marginJson(figures),
      })),
    },
    greeks: { ...plan.greeks },
    profit: {
      spotRatios: plan.profit.spotRatios,
      vixRatios: plan.profit.vixRatios,
      pnl: plan.profit.pnl,
    },
    exits: report.exits,
    notes: report.notes,
  };
}

/** A rule with value, threshold and result. */
export function ruleJson(check: RuleCheck): JsonValue {
  return {
    id: check.id,
    rule: check.rule,
    ...figure('value', check.value, 'no data'),
    relation: check.relation,
    ...figure('threshold', check.threshold, 'unbounded'),
    unit: check.unit,
    result: check.outcome,
  };
}

function openingJson(opening: PlannedOpening, { spot, equity }: DayPlan): JsonValue {
  const { trade, breakEvens, profitProbability } = opening;
  const maxLoss =
    trade.maxLossPerUnit === undefined ? undefined : trade.maxLossPerUnit * trade.units;
  return {
    action: 'open',
    sleeve: trade.sleeve === 0 ? 'core' : 'hedge',
    structure: trade.structure,
    sentence: openingSentence(opening),
    legs: openingLegs(opening).map((leg) => ({ ...leg })),
    quantity: trade.units,
    limit: limitOf(opening),
    premium: opening.premium,
    fees: opening.fees,
    spreadCost: opening.spreadCost,
    ...figure('maxLoss', maxLoss, 'not bounded'),
    ...figure('maxLossShare', maxLoss === undefined ? undefined : maxLoss / equity, 'not bounded'),
    breakEvens: breakEvens === undefined ? null : [...breakEvens],
    breakEvensReason: breakEvens === undefined ? 'a hedge has none of its own' : undefined,
    breakEvenMoneyness:
      breakEvens === undefined ? undefined : breakEvens.map((level) => level / spot),
    ...figure('profitProbability', profitProbability, 'a hedge has none of its own'),
    reason: trade.openReason,
  };
}

function closingJson({ trade, units, reason }: PlannedClosing): JsonValue {
  return {
    action: 'close',
    sleeve: trade.sleeve === 0 ? 'core' : 'hedge',
    structure: trade.structure,
    expiry: expiryOf(trade),
    quantity: units,
    limit: null,
    limitReason: 'closed at the market of the close',
    legs: [],
    maxLoss: null,
    maxLossReason: 'reduces risk',
    reason,
  };
}

function layerJson(layer: PlannedLayer): JsonValue {
  return {
    name: layer.name,
    phase: layer.phase,
    trigger: layer.trigger,
    note: layer.note,
    budget: layer.budget,
    spent: layer.spent,
    left: layer.budget - layer.spent,
    holds:
      layer.trade === undefined
        ? null
        : {
            structure: layer.trade.structure,
            units: layer.trade.unitsOpen,
            expiry: expiryOf(layer.trade),
          },
    holdsReason: layer.trade === undefined ? 'nothing open' : undefined,
  };
}

function marginJson({ margin, requirement, ...futures }: MarginFigures): {
  readonly [key: string]: JsonValue;
} {
  return {
    netLiquidation: margin.netLiquidation,
    excessLiquidity: margin.excessLiquidity,
    availableFunds: margin.availableFunds,
    securities: { requirement, equityWithLoan: margin.equityWithLoan },
    futures: {
      cash: futures.futuresCash,
      maintenance: futures.futuresMaintenance,
      initial: futures.futuresInitial,
    },
  };
}
