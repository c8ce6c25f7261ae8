import { multiplierOf } from '../contracts/contract-spec.ts';
import { weightAt } from '../engine/layer-budgets.ts';
import type { DayPlan } from '../engine/plan-day.ts';
import { cohortFlows, internalRateOfReturn } from '../evaluation/internal-rate-of-return.ts';
import type { NoRate } from '../evaluation/internal-rate-of-return.ts';
import { runSecondEngine } from '../engine/second-engine.ts';
import { spreadMultiple } from '../execution/cost-model.ts';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { priceContract } from '../pricing/mark-legs.ts';
import { histogramOverPrice } from '../signals/stress-scores.ts';
import type { SignalFrame } from '../signals/signal-frame.ts';
import type { SessionPlan } from '../engine/session-plan.ts';
import type { StressInput } from '../strategy/budget-weight.ts';
import type { ConceptName } from '../strategy/method-table.ts';
import type { Policy } from '../strategy/policy.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { votesInFavour } from '../strategy/soft-votes.ts';
import { vxPrice } from '../volatility/vx-curve.ts';

/** A value a concept looks at; NaN = NO DATA with its reason. */
export interface ConceptInput {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reason?: string;
  /** Shown beside what the rule rests on: without it the concept still stands. */
  readonly beside?: true;
}

/** A planned close with the market and signals behind it. */
export interface MethodView {
  readonly path: MarketPath;
  readonly sessions: SessionPlan;
  readonly plan: DayPlan;
  readonly policy: Policy;
  /** Inputs of slow series by concept, read point-in-time elsewhere. */
  readonly slow: ReadonlyMap<ConceptName, readonly ConceptInput[]>;
  /** Inputs measured on more history than the plan's path, by concept. */
  readonly measured: ReadonlyMap<ConceptName, readonly ConceptInput[]>;
}

/** What the inputs of a concept are read from: the view, its signals, and the last row. */
interface InputView extends MethodView {
  readonly signals: SignalFrame;
  /** Last value of a column. */
  readonly at: (column: ArrayLike<number>) => number;
}

type InputsOf = (view: InputView) => readonly ConceptInput[];

/** Inputs that come from the market path, the signals and the plan. */
const INPUTS: Readonly<Partial<Record<ConceptName, InputsOf>>> = {
  condor: ({ plan }) => [
    input('openCondors', plan.held.filter(({ sleeve }) => sleeve === 0).length, 'positions'),
    input('credit', plan.entry.quote?.premiumPerUnit ?? Number.NaN, '$ a unit', 'no candidate'),
  ],
  'expected-move-capm': ({ plan }) => [
    input('spx', plan.spot, 'points'),
    input('shortPut', plan.entry.intent?.shortPut ?? Number.NaN, 'points', 'no candidate'),
    input('shortCall', plan.entry.intent?.shortCall ?? Number.NaN, 'points', 'no candidate'),
  ],
  'fomc-call-spread': ({ sessions, at }) => {
    const count = (name: string, ahead: number): ConceptInput =>
      input(name, ahead < 0 ? Number.NaN : ahead, 'sessions', 'no date known');
    return [
      count('sessionsToFomc', at(sessions.sessionsToFomc)),
      { ...count('sessionsToCpi', at(sessions.sessionsToCpi)), beside: true },
    ];
  },
  'vix-futures-90': ({ signals, at }) => [
    input('vxSlope90', at(signals.vxSlope90), 'VX points per -1 % SPX', 'too little history'),
    input('standardError', at(signals.vxSlope90StandardError), 'VX points', 'too little history'),
  ],
  'rsi-advance-decline': ({ path, signals, at }) => [
    input('rsi14', at(signals.rsi14), '0..100', 'too little history'),
    input('rsi14Min3', at(signals.rsi14Min3), '0..100', 'too little history'),
    input('spxLow20', flag(at(signals.spxLow20)), 'flag', 'too little history'),
    input('breadthLow20', flag(at(signals.breadthLow20)), 'flag', 'breadth ends in 2015'),
    input('aboveFiftyDay', at(path.aboveFiftyDay), 'percent', 'series ended or absent'),
  ],
  'long-180': ({ path, policy, at }) => [
    input(
      'largestZ',
      largest(at(path.reerChangeZ), at(path.rateDifferentialZ)),
      'deviations',
      'no macro score',
    ),
    input('threshold', policy.layers.long.zThreshold, 'deviations'),
  ],
  'exchange-rate': ({ path, at }) => [
    input('reerChangeZ', at(path.reerChangeZ), 'deviations', 'older than 75 days or absent'),
  ],
  'rate-differential': ({ path, at }) => [
    input(
      'rateDifferentialZ',
      at(path.rateDifferentialZ),
      'deviations',
      'older than 75 days or absent',
    ),
  ],
  'volatility-etf': ({ path }) => [
    input('roll', rollOf(path, path.length - 1), 'share, VX2 over VX1', 'no VX nodes'),
  ],
  macd: (view) => [
    input(
      'histogramOverPrice',
      view.at(histogramOverPrice(view.path.spxClose)),
      'fraction',
      'too little history',
    ),
    input('macdZ', view.at(view.signals.macdZ), 'deviations of 10 years', 'too little history'),
    ...weightInputs(view, 'macd'),
  ],
  'price-to-earnings': (view) => [
    input('priceToEarnings', lastOf(view.path.priceToEarnings, view), 'ratio', NO_EARNINGS),
    input(
      'priceToEarningsZ',
      lastOf(view.path.priceToEarningsZ, view),
      'deviations of 10 years',
      NO_EARNINGS,
    ),
    ...weightInputs(view, 'priceToEarnings'),
    ...(view.slow.get('price-to-earnings') ?? []),
  ],
  'price-to-cash-flow': (view) => [
    ...(view.slow.get('price-to-cash-flow') ?? []),
    ...weightInputs(view, 'priceToCashFlow'),
  ],
  cpi: ({ path, policy, ...view }) => [
    input(
      'surpriseZ',
      lastOf(path.cpiSurpriseZ, view),
      'deviations of 60 first releases (days of release approximate)',
      'cpi_vintages.csv is not there, or no vintage young enough',
    ),
    input('threshold', policy.budgets.priceSpike?.z ?? Number.NaN, 'deviations', 'off: null'),
  ],
  'quick-ratio': ({ plan }) => [
    input('quickRatioAfterEntry', checkValue(plan, 'quick-ratio'), 'ratio', 'no candidate'),
    input('excessLiquidity', plan.after.margin.excessLiquidity, '$'),
  ],
  'multi-sig': ({ plan }) => {
    const rules = governanceOf(plan);
    const passed = rules.filter(({ outcome }) => outcome === 'PASS').length;
    const votes = plan.entry.votes;
    return [
      input('passed', passed, 'rules'),
      input('asked', rules.length, 'rules'),
      input(
        'inFavour',
        votes.length === 0 ? Number.NaN : votesInFavour(votes),
        'votes',
        'not asked',
      ),
    ];
  },
  hft: ({ plan }) => [
    input('spreadMultiple', spreadMultiple(plan.vix), 'times the calm half-spread'),
  ],
  'extrinsic-value': ({ plan }) => extrinsicInputs(plan),
  'mev-defi': () => [],
  'steward-promoter': ({ policy }) => [
    input('riskPerTrade', policy.sizing.riskPerTrade, 'share of equity'),
    input('maxOpenRisk', policy.sizing.maxOpenRisk, 'share of equity'),
  ],
  'break-even': ({ plan }) => {
    const [opening] = plan.openings.filter(({ breakEvens }) => breakEvens !== undefined);
    return [
      input('lower', opening?.breakEvens?.[0] ?? Number.NaN, 'points', 'no entry today'),
      input('upper', opening?.breakEvens?.[1] ?? Number.NaN, 'points', 'no entry today'),
    ];
  },
  'dividend-discount': ({ path, at }) => [
    input('dividendYield', at(path.dividendYield), 'a year', 'no dividend series'),
  ],
  'big-top': ({ path, signals, at }) => bigTopInputs(path, at(signals.rsi14)),
  wacc: ({ path, plan, at }) => [
    input('bill', at(path.billRate), 'a year', 'no bill series'),
    input('wacc', plan.hurdle.wacc, 'a year', 'no bill series'),
    input('expectedReturn', plan.hurdle.expectedReturn, 'a year on risk capital', TOO_FEW),
    input('closedCondors', plan.hurdle.trades, 'trades'),
  ],
  irr: ({ plan }) => {
    const rate = internalRateOfReturn(cohortFlows(plan.closedCondors));
    return [
      rate.ok
        ? input('irr', rate.value, 'a year on risk capital')
        : input('irr', Number.NaN, 'a year', refusalOf(rate.error, plan.closedCondors.length)),
    ];
  },
  'second-engine': ({ policy, path }) => {
    const { secondEngine: rule } = policy;
    if (rule === null) return [input('leverage', Number.NaN, 'times', 'off: null')];
    const { equityClose, capital } = runSecondEngine(path, rule, ENGINE_DEPOSIT);
    return [
      input('leverage', rule.leverage, 'times'),
      input('growth', (equityClose.at(-1) ?? Number.NaN) / capital - 1, 'since the account began'),
    ];
  },
  'false-binary': ({ plan, policy }) => [
    input(
      'tables',
      plan.events.filter(({ kind }) => kind === 'threat-actions').length,
      'told at this close',
    ),
    input('tailWeight', policy.falseBinary?.tailWeight ?? Number.NaN, 'weight', 'off: null'),
  ],
  'time-shift': ({ plan, policy }) => [
    input('rolled', plan.closed.filter(({ chain }) => chain !== undefined).length, 'trades'),
    input('maxRolls', policy.timeShift?.maxRolls ?? 0, 'of a chain'),
  ],
  martingale: ({ policy }) => [
    input('doubling', policy.sizing.kind === 'martingale' ? 1 : 0, 'flag'),
  ],
  'dao-independence': ({ plan }) =>
    plan.layers.map(({ name: layer, budget, spent }) =>
      input(`${layer}BudgetLeft`, budget - spent, '$'),
    ),
};

/** Any deposit gives the same growth but for cents. */
const ENGINE_DEPOSIT = 1_000_000;

const NO_EARNINGS = 'no earnings series, or its newest known value is too old';
const TOO_FEW = 'fewer closed condors than budgets.hurdle.minTrades since the account began';

/** Last value of a column that a market may lack. */
function lastOf(column: Float64Array | undefined, { at }: Pick<InputView, 'at'>): number {
  return column === undefined ? Number.NaN : at(column);
}

/** The weight of a score in the budgets, and the multiplier that all of them make. */
function weightInputs(
  { policy, path, sessions }: MethodView,
  name: StressInput,
): readonly ConceptInput[] {
  const { weighting } = policy.budgets;
  const { multiplier } = weightAt({ policy, path, plan: sessions }, path.length - 1);
  return [
    input('weight', weighting?.[name] ?? 0, 'of the score'),
    input('budgetMultiplier', multiplier, 'times'),
  ];
}

function refusalOf(error: NoRate, trades: number): string {
  if (trades === 0) return 'no condor has closed since the account began: see --since';
  switch (error.kind) {
    case 'no-sign-change':
      return 'refused: the flows never change sign';
    case 'signs-change-again':
      return `refused: the flows change sign ${error.changes} times`;
    case 'no-convergence':
      return 'refused: no rate within reach';
  }
}

/** What a concept looks at on the planned close; NO DATA where nothing is read for it. */
export function conceptInputs(name: ConceptName, view: MethodView): readonly ConceptInput[] {
  const { path, sessions } = view;
  const at = (column: ArrayLike<number>): number => column[path.length - 1] ?? Number.NaN;
  const own = INPUTS[name]?.({ ...view, signals: sessions.signals, at });
  const inputs = [...(own ?? view.slow.get(name) ?? []), ...(view.measured.get(name) ?? [])];
  const isRead = own !== undefined || inputs.length > 0;
  return isRead ? inputs : [input(name, Number.NaN, '', 'not read')];
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
    input('vx2OverVx1', rollOf(path, path.length - 1), 'share', 'no VX nodes'),
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

const GOVERNANCE: readonly string[] = [
  'available-funds',
  'futures-funds',
  'margin-use',
  'quick-ratio',
  'no-escalation',
  'votes',
];

/** The governance checks among those of an entry. */
export function governanceOf({ entry }: DayPlan): readonly RuleCheck[] {
  return entry.checks.filter(({ id }) => GOVERNANCE.includes(id));
}
