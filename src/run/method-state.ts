import type { DayPlan, PlannedLayer } from '../engine/plan-day.ts';
import type { SessionPlan } from '../engine/session-plan.ts';
import { multiplierOf } from '../contracts/contract-spec.ts';
import { spreadMultiple } from '../execution/cost-model.ts';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { priceContract } from '../pricing/mark-legs.ts';
import { macd } from '../signals/macd.ts';
import { METHOD_TABLE } from '../strategy/method-table.ts';
import type { Concept, ConceptName } from '../strategy/method-table.ts';
import type { Policy } from '../strategy/policy.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { vxPrice } from '../volatility/vx-curve.ts';

/** A value a concept looks at; NaN = NO DATA with its reason. */
export interface ConceptInput {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reason?: string;
}

/** A concept as it stands at one close. */
export interface ConceptState {
  readonly concept: Concept;
  readonly inputs: readonly ConceptInput[];
  readonly state: string;
  readonly decision: string;
  readonly reason: string;
}

/** A planned close with the market and signals behind it. */
export interface MethodView {
  readonly path: MarketPath;
  readonly sessions: SessionPlan;
  readonly plan: DayPlan;
  readonly policy: Policy;
  /** Inputs of slow series by concept, read point-in-time elsewhere. */
  readonly slow: ReadonlyMap<ConceptName, readonly ConceptInput[]>;
}

/** What a concept shows beside its inputs. */
type Standing = Pick<ConceptState, 'state' | 'decision' | 'reason'>;

/** Every concept of the method at one close, in the order of the method table. */
export function methodState(view: MethodView): readonly ConceptState[] {
  return METHOD_TABLE.map((concept) => {
    const inputs = inputsOf(concept.concept, view);
    return { concept, inputs, ...standingOf(concept, inputs, view) };
  });
}

function inputsOf(name: ConceptName, view: MethodView): readonly ConceptInput[] {
  const { path, sessions, plan, policy } = view;
  const last = path.length - 1;
  const { signals } = sessions;
  const at = (column: ArrayLike<number>): number => column[last] ?? Number.NaN;
  switch (name) {
    case 'condor':
      return [
        input('openCondors', plan.held.filter(({ sleeve }) => sleeve === 0).length, 'positions'),
        input('credit', plan.entry.quote?.premiumPerUnit ?? Number.NaN, '$ a unit', 'no candidate'),
      ];
    case 'expected-move-capm':
      return [
        input('spx', plan.spot, 'points'),
        input('shortPut', plan.entry.intent?.shortPut ?? Number.NaN, 'points', 'no candidate'),
        input('shortCall', plan.entry.intent?.shortCall ?? Number.NaN, 'points', 'no candidate'),
      ];
    case 'fomc-call-spread': {
      const ahead = at(sessions.sessionsToFomc);
      return [input('sessionsToFomc', ahead < 0 ? Number.NaN : ahead, 'sessions', 'no date known')];
    }
    case 'vix-futures-90':
      return [
        input('vxSlope90', at(signals.vxSlope90), 'VX points per -1 % SPX', 'too little history'),
        input(
          'standardError',
          at(signals.vxSlope90StandardError),
          'VX points',
          'too little history',
        ),
      ];
    case 'rsi-advance-decline':
      return [
        input('rsi14', at(signals.rsi14), '0..100', 'too little history'),
        input('rsi14Min3', at(signals.rsi14Min3), '0..100', 'too little history'),
        input('spxLow20', flag(at(signals.spxLow20)), 'flag', 'too little history'),
        input('breadthLow20', flag(at(signals.breadthLow20)), 'flag', 'breadth ends in 2015'),
        input('aboveFiftyDay', at(path.aboveFiftyDay), 'percent', 'series ended or absent'),
      ];
    case 'long-180':
      return [
        input(
          'largestZ',
          largest(at(path.reerChangeZ), at(path.rateDifferentialZ)),
          'deviations',
          'no macro score',
        ),
        input('threshold', policy.layers.long.zThreshold, 'deviations'),
      ];
    case 'exchange-rate':
      return [
        input('reerChangeZ', at(path.reerChangeZ), 'deviations', 'older than 75 days or absent'),
      ];
    case 'rate-differential':
      return [
        input(
          'rateDifferentialZ',
          at(path.rateDifferentialZ),
          'deviations',
          'older than 75 days or absent',
        ),
      ];
    case 'volatility-etf':
      return [input('roll', rollOf(path, last), 'share, VX2 over VX1', 'no VX nodes')];
    case 'macd': {
      const { histogram } = macd(path.spxClose);
      return [
        input('histogramOverPrice', at(histogram) / plan.spot, 'fraction', 'too little history'),
      ];
    }
    case 'quick-ratio':
      return [
        input('quickRatioAfterEntry', checkValue(plan, 'quick-ratio'), 'ratio', 'no candidate'),
        input('excessLiquidity', plan.after.margin.excessLiquidity, '$'),
      ];
    case 'multi-sig': {
      const rules = governanceOf(plan);
      const passed = rules.filter(({ outcome }) => outcome === 'PASS').length;
      return [input('passed', passed, 'rules'), input('asked', rules.length, 'rules')];
    }
    case 'hft':
      return [input('spreadMultiple', spreadMultiple(plan.vix), 'times the calm half-spread')];
    case 'extrinsic-value':
      return extrinsicInputs(plan);
    case 'mev-defi':
      return [];
    case 'steward-promoter':
      return [
        input('riskPerTrade', policy.sizing.riskPerTrade, 'share of equity'),
        input('maxOpenRisk', policy.sizing.maxOpenRisk, 'share of equity'),
      ];
    case 'break-even': {
      const [opening] = plan.openings.filter(({ breakEvens }) => breakEvens !== undefined);
      return [
        input('lower', opening?.breakEvens?.[0] ?? Number.NaN, 'points', 'no entry today'),
        input('upper', opening?.breakEvens?.[1] ?? Number.NaN, 'points', 'no entry today'),
      ];
    }
    case 'dividend-discount':
      return [input('dividendYield', at(path.dividendYield), 'a year', 'no dividend series')];
    case 'big-top':
      return bigTopInputs(path, at(signals.rsi14));
    case 'wacc':
      return [input('bill', at(path.billRate), 'a year', 'no bill series')];
    case 'martingale':
      return [input('doubling', policy.sizing.kind === 'martingale' ? 1 : 0, 'flag')];
    case 'dao-independence':
      return plan.layers.map(({ name: layer, budget, spent }) =>
        input(`${layer}BudgetLeft`, budget - spent, '$'),
      );
    default:
      return view.slow.get(name) ?? [input(name, Number.NaN, '', 'not read')];
  }
}

function standingOf(concept: Concept, inputs: readonly ConceptInput[], view: MethodView): Standing {
  const layer = layerOf(concept.concept, view.plan);
  if (layer !== undefined) return layerStanding(layer);
  const missing = inputs.find(({ value }) => Number.isNaN(value));
  switch (concept.concept) {
    case 'condor':
      return entryStanding(view.plan);
    case 'quick-ratio':
    case 'multi-sig':
      return guardStanding(view.plan);
    case 'big-top':
      return labelStanding(inputs);
    case 'martingale':
      return view.policy.sizing.kind === 'martingale'
        ? { state: 'on', decision: 'doubles after a loss', reason: 'sizing.kind is martingale' }
        : {
            state: 'off',
            decision: 'never grows after a loss',
            reason: 'sizing.kind is fixed-risk',
          };
    default:
      if (concept.role === 'not built') {
        return { state: 'not built', decision: 'none', reason: concept.limits };
      }
      if (missing !== undefined) {
        return {
          state: 'NO DATA',
          decision: 'none',
          reason: `${missing.name}: ${missing.reason ?? 'unknown'}`,
        };
      }
      return { state: concept.role, decision: decisionOf(concept), reason: concept.limits };
  }
}

function decisionOf({ role }: Concept): string {
  switch (role) {
    case 'orders':
      return 'feeds an order rule';
    case 'guards':
      return 'binds every order';
    case 'measures':
      return 'shown, weight 0';
    case 'not built':
      return 'none';
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

function guardStanding(plan: DayPlan): Standing {
  const rules = governanceOf(plan);
  if (rules.length === 0) {
    const reason = plan.entry.blockedBy ?? 'no candidate';
    return { state: 'not asked', decision: 'none', reason: `no order to judge: ${reason}` };
  }
  const failed = rules.find(({ outcome }) => outcome !== 'PASS');
  return failed === undefined
    ? { state: 'PASS', decision: 'allows', reason: 'every governance rule passes' }
    : { state: 'FAIL', decision: 'refuses', reason: failed.id };
}

const GOVERNANCE: readonly string[] = [
  'available-funds',
  'futures-funds',
  'margin-use',
  'quick-ratio',
  'no-escalation',
];

function governanceOf({ entry }: DayPlan): readonly RuleCheck[] {
  return entry.checks.filter(({ id }) => GOVERNANCE.includes(id));
}

/** Time value of the VIX calls that layers hold, dollars. */
function extrinsicInputs({ held, market }: DayPlan): readonly ConceptInput[] {
  return held
    .filter(({ structure }) => structure === 'vix-call')
    .flatMap((trade) =>
      trade.legs.map((leg) => {
        const mark = priceContract(leg, market);
        const intrinsic = Math.max(0, vxPrice(market, leg.expiry) - leg.strike);
        const dollars = (mark - intrinsic) * trade.unitsOpen * multiplierOf(leg.kind);
        return input(`extrinsicOfTrade${trade.id}`, dollars, '$');
      }),
    );
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

const YEAR = 252;

function bigTopInputs(path: MarketPath, rsi14: number): readonly ConceptInput[] {
  const last = path.length - 1;
  const from = Math.max(0, last - YEAR + 1);
  const short = last - from + 1 < YEAR;
  const high = Math.max(...path.spxClose.subarray(from, last + 1));
  const year = path.vixClose.subarray(from, last + 1);
  const now = path.vixClose[last] ?? Number.NaN;
  const below = year.filter((vix) => vix <= now).length;
  const reason = 'too little history';
  return [
    input(
      'ofYearHigh',
      short ? Number.NaN : (path.spxClose[last] ?? Number.NaN) / high,
      'share',
      reason,
    ),
    input('vx2OverVx1', rollOf(path, last), 'share', 'no VX nodes'),
    input('vixPercentile', short ? Number.NaN : (100 * below) / year.length, 'percent', reason),
    input('rsi14', rsi14, '0..100', reason),
  ];
}

/** Second VX over the first, less 1. */
function rollOf(path: MarketPath, session: number): number {
  if (!((path.vxCount[session] ?? 0) >= 2)) return Number.NaN;
  const base = session * VX_NODES;
  return (path.vxSettle[base + 1] ?? Number.NaN) / (path.vxSettle[base] ?? Number.NaN) - 1;
}

function checkValue({ entry }: DayPlan, id: string): number {
  return entry.checks.find((each) => each.id === id)?.value ?? Number.NaN;
}

function largest(a: number, b: number): number {
  const known = [Math.abs(a), Math.abs(b)].filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : Math.max(...known);
}

function flag(code: number): number {
  return code === 0 || code === 1 ? code : Number.NaN;
}

function input(name: string, value: number, unit: string, reason?: string): ConceptInput {
  return reason === undefined ? { name, value, unit } : { name, value, unit, reason };
}
