import { VXM_FUTURE } from '../contracts/contract-kind.ts';
import type { LayerPhase, LayerState, LayerStep, LayerTrade, LayerView } from './hedge-layer.ts';
import type { LongLayerRule, MediumLayerRule, NearLayerRule, SizingRule } from './policy.ts';

/** Near layer of the method: four sessions ahead, upper strike 1.25 x future, an eighth a time. */
export const NEAR_RULE: NearLayerRule = {
  enabled: true,
  instrument: 'vix-call-spread',
  delta: null,
  upperMultiple: 1.25,
  moneyness: null,
  deltaBand: null,
  onDeltaBand: 'propose',
  standing: null,
  events: ['fomc'],
  sessionsBefore: 4,
  budgetShare: 0.125,
};

/** Medium layer of the method. */
export const MEDIUM_RULE: MediumLayerRule = {
  enabled: true,
  instrument: 'vx',
  delta: 0.5,
  upperMultiple: 1.25,
  moneyness: null,
  deltaBand: null,
  onDeltaBand: 'propose',
  standing: null,
  targetDays: 90,
  minDays: 75,
  maxDays: 105,
  rsi: 30,
  breadth: 'proxy',
  deltaShare: 0.35,
  slopeFloor: 0.15,
  clearSessions: 5,
  maxSessions: 20,
  exitDays: 60,
  trail: 0.2,
  cooldownSessions: 10,
};

/** Long layer of the method. */
export const LONG_RULE: LongLayerRule = {
  enabled: true,
  instrument: 'vix-call',
  delta: 0.5,
  upperMultiple: 1.25,
  moneyness: null,
  deltaBand: [0.45, 0.55],
  onDeltaBand: 'propose',
  standing: null,
  targetDays: 180,
  minDays: 150,
  maxDays: 215,
  zThreshold: 1.5,
  budgetShare: 0.5,
  clearSessions: 20,
  exitDays: 120,
  takeProfitMultiple: 3,
  trail: 0.2,
  cooldownSessions: 20,
};

/** Fixed-risk sizing of the method: 2 % a trade, 10 % in all. */
export const SIZING_RULE: SizingRule = {
  kind: 'fixed-risk',
  riskPerTrade: 0.02,
  maxOpenRisk: 0.1,
  noEscalation: true,
  maxDoublings: null,
  overlap: 'sequential',
  onRefusal: 'stop',
};

/** Session and EpochDay of `quietView`. */
export const VIEW_SESSION = 500;
/** EpochDay of `quietView`. */
export const VIEW_DAY = 20_000;

/** A close on which no layer wants anything but could trade: one condor open, budgets full. */
export function quietView(changes: Partial<LayerView> = {}): LayerView {
  return {
    session: VIEW_SESSION,
    day: VIEW_DAY,
    condorsOpen: 1,
    putThreat: false,
    onePercentLoss: 0,
    sessionsToFomc: 20,
    fomcDay: VIEW_DAY + 28,
    sessionsToCpi: -1,
    cpiDay: 0,
    rsiMin3: 50,
    spxLow20: 0,
    breadthLow20: 0,
    fewAboveFifty: 0,
    vxSlope: 0.5,
    reerChangeZ: 0.2,
    rateDifferentialZ: -0.3,
    vxExpiries: [16, 44, 86, 107, 135, 177, 198].map((days) => VIEW_DAY + days),
    liquidWeeklies: [],
    budgetLeft: 8000,
    budgetYear: 8000,
    listed: true,
    miniListed: false,
    trade: undefined,
    vixCallCost: (_expiry, _lower, upper) => (upper === undefined ? 300 : 150),
    vixStrikeForDelta: () => 21,
    vixStrike: (strike) => Math.round(strike),
    vxPrice: (expiry) => 16 + (expiry - VIEW_DAY) / 50,
    vixCallDelta: (_expiry, strike) => (strike <= 21 ? 0.5 : 0.25),
    futureInitial: (kind) => (kind === VXM_FUTURE ? 700 : 7000),
    spxPut: () => undefined,
    lastEntryUnits: 0,
    etp: { level: 5000, price: 20, vx30: 17 },
    ...changes,
  };
}

/** A state in a phase since a session, with what else is said. */
export function stateIn(phase: LayerPhase, changes: Partial<LayerState> = {}): LayerState {
  return { phase, since: VIEW_SESSION - 1, clear: 0, peak: 0, ...changes };
}

/** A layer's trade opened ten sessions ago with 170 days left, flat so far. */
export function tradeOf(changes: Partial<LayerTrade> = {}): LayerTrade {
  return {
    id: 7,
    units: 4,
    profit: 0,
    outlay: 1000,
    expiry: VIEW_DAY + 170,
    strike: 21,
    openedSession: VIEW_SESSION - 10,
    ...changes,
  };
}

/** A step in short: the phase it leads to, and its intents as `open 3`, `close 4: reason`. */
export function outcome(step: LayerStep): readonly string[] {
  const intents = step.intents.map((intent) =>
    intent.kind === 'open'
      ? `open ${intent.units}`
      : `close ${intent.units} of ${intent.trade}: ${intent.reason}`,
  );
  return [step.state.phase, ...intents];
}
