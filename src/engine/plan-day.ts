import { XSP_OPTION } from '../contracts/contract-kind.ts';
import { probabilityBetween } from '../pricing/terminal-probability.ts';
import type { LayerPhase, LayerStep } from '../strategy/hedge-layer.ts';
import type { HurdleState } from '../strategy/hurdle.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { applyShock, moveVix } from '../volatility/market-shock.ts';
import { copySnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { LAYERS } from './account-state.ts';
import type { AccountState, LayerName } from './account-state.ts';
import { RecordingSink } from './audit-sink.ts';
import { bookGreeks } from './book-greeks.ts';
import type { BookGreeks } from './book-greeks.ts';
import { hurdleAt } from './condor-hurdle.ts';
import type { EngineContext, Probe } from './context.ts';
import { assessEntry } from './entry-checks.ts';
import type { EntryAssessment } from './entry-checks.ts';
import { spentThisYear } from './layer-view.ts';
import { marginFigures } from './margin-figures.ts';
import type { MarginFigures } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { runPolicy } from './run-policy.ts';
import type { RunInput } from './run-policy.ts';
import type { AuditEvent, TradeRecord } from './run-record.ts';
import { equityAtMarks, multiplier } from './valuation.ts';

/** A trade the policy opens at the planned close. */
export interface PlannedOpening {
  readonly trade: OpenTrade;
  /** Dollars, received > 0, and what the fill gives up against mid, and fees. */
  readonly premium: number;
  readonly spreadCost: number;
  readonly fees: number;
  /** Base positions: SPX points between which it gains at expiry, credit net of fees. */
  readonly breakEvens: readonly [number, number] | undefined;
  /** Risk-neutral probability of ending between them. */
  readonly profitProbability: number | undefined;
}

/** Units the policy closes at the planned close. */
export interface PlannedClosing {
  readonly trade: OpenTrade;
  readonly units: number;
  readonly reason: string;
}

/** A layer after the planned close. */
export interface PlannedLayer {
  readonly name: LayerName;
  readonly phase: LayerPhase;
  readonly trigger: LayerStep['trigger'];
  readonly note: string;
  readonly budget: number;
  readonly spent: number;
  readonly trade: OpenTrade | undefined;
}

/** The account's margin after a coordinated shock; dollars. */
export interface StressedMargin {
  /** SPX over today's, 0.9 = -10 %. */
  readonly spotRatio: number;
  readonly vix: number;
  readonly equity: number;
  readonly figures: MarginFigures;
}

/** Profit and loss of the whole book, dollars, now at other markets. */
export interface ProfitGrid {
  readonly spotRatios: readonly number[];
  readonly vixRatios: readonly number[];
  /** Shape: [vix ratio][spot ratio]. */
  readonly pnl: readonly (readonly number[])[];
}

/** What the policy does at the last close of a path, and why. */
export interface DayPlan {
  readonly day: EpochDay;
  readonly spot: number;
  readonly vix: number;
  readonly equity: number;
  readonly entry: EntryAssessment;
  readonly openings: readonly PlannedOpening[];
  readonly closings: readonly PlannedClosing[];
  /** Trades closed since the path's start, this close included, in order of closing. */
  readonly closed: readonly TradeRecord[];
  /** Trades held after it, the new ones included. */
  readonly held: readonly OpenTrade[];
  readonly layers: readonly PlannedLayer[];
  readonly before: MarginFigures;
  readonly after: MarginFigures;
  readonly stressed: readonly StressedMargin[];
  readonly greeks: BookGreeks;
  readonly profit: ProfitGrid;
  readonly events: readonly AuditEvent[];
  /** Base positions closed since the account began, this close included. */
  readonly closedCondors: readonly TradeRecord[];
  /** What they earned against what their capital costs. */
  readonly hurdle: HurdleState;
  /** The close as it is priced. */
  readonly market: MarketSnapshot;
}

/** SPX ratios of the stressed margin. */
const STRESSES: readonly number[] = [0.9, 0.8];
const SPOT_RATIOS: readonly number[] = [0.8, 0.85, 0.9, 0.95, 0.975, 1, 1.025, 1.05, 1.1];
const VIX_RATIOS: readonly number[] = [0.8, 1, 1.5, 2];

/**
 * Runs a policy to the last close of a path by the same steps as any run, and returns what it does
 * there. A path whose `start` is its last session plans a fresh account; an earlier start carries
 * the account's history into the plan.
 */
export function planDay(input: Omit<RunInput, 'sink' | 'observe' | 'probe'>): DayPlan {
  const last = input.path.length - 1;
  const sink = new RecordingSink();
  const seen: Partial<Seen> = {};
  const probe: Probe = (moment, context, account, session) => {
    if (session !== last) return;
    if (moment === 'marked') {
      seen.units = new Map(account.trades.map((trade) => [trade, trade.unitsOpen]));
      seen.before = marginFigures(context, account, context.close);
    } else seen.entry = assessEntry(context, account, session);
  };
  let plan: DayPlan | undefined;
  runPolicy({
    ...input,
    sink,
    probe,
    observe: (context, account, session) => {
      if (session === last) plan = planOf(context, account, { seen, sink, session });
    },
  });
  if (plan === undefined) throw new Error('Invariant: a path has a last session');
  return plan;
}

/** What was seen before the decisions. */
interface Seen {
  units: ReadonlyMap<OpenTrade, number>;
  before: MarginFigures;
  entry: EntryAssessment;
}

const NO_ENTRY: EntryAssessment = {
  checks: [],
  votes: [],
  order: undefined,
  intent: undefined,
  quote: undefined,
  blockedBy: 'account-ended',
};

function planOf(
  context: EngineContext,
  account: AccountState,
  ran: { readonly seen: Partial<Seen>; readonly sink: RecordingSink; readonly session: number },
): DayPlan {
  const { close } = context;
  const { seen, sink, session } = ran;
  const after = marginFigures(context, account, close);
  const day = asEpochDay(close.day);
  return {
    day,
    spot: close.spot,
    vix: close.vix,
    equity: account.ledger.equity / 100,
    entry: seen.entry ?? NO_ENTRY,
    openings: account.trades
      .filter(({ openedSession }) => openedSession === session)
      .map((trade) => openingOf(context, trade)),
    closings: closingsOf(seen.units ?? new Map(), sink, close.day),
    closed: sink.trades.slice(),
    held: account.trades.slice(),
    layers: plannedLayers(context, account),
    before: seen.before ?? after,
    after,
    greeks: bookGreeks(context, account, session),
    events: sink.events.filter((event) => event.day === day),
    closedCondors: sink.trades.filter(({ sleeve }) => sleeve === 'core'),
    hurdle: hurdleAt(context, account),
    market: close,
    ...markedElsewhere(context, account),
  };
}

function openingOf(context: EngineContext, trade: OpenTrade): PlannedOpening {
  const premium = trade.premiumCents / 100;
  const fees = trade.feeCents / 100;
  const costs = { trade, premium, spreadCost: trade.spreadCents / 100, fees };
  const [leg] = trade.legs;
  if (trade.sleeve !== 0 || leg === undefined) {
    return { ...costs, breakEvens: undefined, profitProbability: undefined };
  }
  const scale = (leg.kind === XSP_OPTION ? 10 : 1) / multiplier(leg.kind);
  const credit = ((premium - fees) / trade.units) * scale;
  const lower = trade.shortPut - credit;
  const upper = trade.shortCall + credit;
  return {
    ...costs,
    breakEvens: [lower, upper],
    profitProbability: probabilityBetween(
      context.close,
      trade.expiry,
      leg.settlement,
      lower,
      upper,
    ),
  };
}

function closingsOf(
  units: ReadonlyMap<OpenTrade, number>,
  sink: RecordingSink,
  day: number,
): readonly PlannedClosing[] {
  const closings: PlannedClosing[] = [];
  for (const [trade, before] of units) {
    const closed = before - trade.unitsOpen;
    if (closed <= 0) continue;
    const record = sink.trades.find(({ id, closedDay }) => id === trade.id && closedDay === day);
    closings.push({ trade, units: closed, reason: record?.closeReason ?? 'harvest' });
  }
  return closings;
}

/** The layers of the policy as they stand after a close. */
export function plannedLayers(
  context: EngineContext,
  account: AccountState,
): readonly PlannedLayer[] {
  return LAYERS.filter((name) => context.policy.layers[name].enabled).map((name) =>
    layerOf(context, account, name),
  );
}

function layerOf(context: EngineContext, account: AccountState, name: LayerName): PlannedLayer {
  const track = account.layers[name];
  return {
    name,
    phase: track.state.phase,
    trigger: track.lastTrigger,
    note: track.lastNote,
    budget: track.budget,
    spent: spentThisYear(context, account, name),
    trade: account.findTrade(track.trade),
  };
}

/** Figures at other markets. Marks the book elsewhere and leaves it marked at the close. */
function markedElsewhere(
  context: EngineContext,
  account: AccountState,
): Pick<DayPlan, 'stressed' | 'profit'> {
  const { close, down, marker } = context;
  const { book } = account;
  const equity = account.ledger.equity / 100;
  const equityAfter = (move: () => void): number => {
    copySnapshot(close, down);
    move();
    marker.mark(book, down, book.mark);
    return equityAtMarks(account, book.mark);
  };
  const stressed = STRESSES.map((spotRatio): StressedMargin => {
    const shockedEquity = equityAfter(() => applyShock(spotRatio, down));
    return {
      spotRatio,
      vix: down.vix,
      equity: shockedEquity,
      figures: marginFigures(context, account, down),
    };
  });
  const pnl = VIX_RATIOS.map((vixRatio) =>
    SPOT_RATIOS.map(
      (spotRatio) =>
        equityAfter(() => {
          down.spot *= spotRatio;
          moveVix(down.vix * vixRatio, down);
        }) - equity,
    ),
  );
  marker.mark(book, close, book.mark);
  return { stressed, profit: { spotRatios: SPOT_RATIOS, vixRatios: VIX_RATIOS, pnl } };
}
