import { reproductionNumber } from '../execution/liquidation-rounds.ts';
import type { LiquidationCourse } from '../execution/liquidation-rounds.ts';
import type { MarginCallType } from '../margin/margin-profile.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import type { EngineContext } from './context.ts';
import { attributeExcess, mechanismOf, NO_CHANGE } from './margin-attribution.ts';
import type { MarginEvent } from './margin-event.ts';
import { roomToHold } from './margin-figures.ts';
import type { MarginFigures } from './margin-figures.ts';

/** A call as it goes out. */
interface CallNotice {
  readonly figures: MarginFigures;
  readonly type: MarginCallType;
  /** Dollars. */
  readonly deficit: number;
  readonly due: EpochDay;
}

/** Tells the audit trail of a call, and why excess liquidity is below zero. */
export function tellCall(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  { figures, type, deficit, due }: CallNotice,
): void {
  const { margin } = figures;
  context.sink.event({
    day: asEpochDay(market.day),
    kind: 'margin-call',
    sleeve: type === 'futures' ? 'medium' : 'core',
    reason: type === 'futures' ? 'futures-segment-deficit' : 'securities-excess-below-zero',
    values: { deficit, due, netLiquidation: margin.netLiquidation },
  });
  context.sink.marginEvent({
    ...changeOf(context, account, market, figures),
    moment: 'close',
    kind: 'call',
    type,
    due,
    rounds: [],
    outcome: 'called',
    cost: 0,
    leggingLoss: 0,
    reproduction: Number.NaN,
    debtCents: 0,
  });
}

/**
 * Prepares the event of a liquidation: the change of excess liquidity is told apart now, while the
 * positions are there; the function that is returned tells the audit trail how it went.
 */
export function liquidationEvent(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  found: { readonly figures: MarginFigures; readonly moment: MarginEvent['moment'] },
): (course: LiquidationCourse) => void {
  const { figures, moment } = found;
  const change = changeOf(context, account, market, figures);
  const securities = context.options.regime === 'portfolio' ? 'portfolio' : 'house';
  return ({ rounds, outcome }) => {
    const event: MarginEvent = {
      ...change,
      moment,
      kind: 'liquidation',
      type: figures.margin.excessLiquidity >= 0 ? 'futures' : securities,
      due: undefined,
      rounds,
      outcome,
      cost: rounds.reduce((sum, { cost }) => sum + cost, 0),
      leggingLoss: rounds.reduce((sum, round) => sum + round.leggingLoss, 0),
      reproduction: reproductionNumber(rounds),
      debtCents: Math.max(0, -account.ledger.equity),
    };
    context.sink.marginEvent(event);
    tellRounds(context, event);
  };
}

type Change = Pick<
  MarginEvent,
  'day' | 'regime' | 'since' | 'excessCentsBefore' | 'excessCents' | 'attribution' | 'mechanism'
>;

function changeOf(
  context: EngineContext,
  account: AccountState,
  market: MarketSnapshot,
  { margin }: MarginFigures,
): Change {
  const excess = roomToHold(margin);
  const base = account.marginBase;
  const first = base.day === 0;
  const attribution = first ? NO_CHANGE : attributeExcess(context, account, market, excess);
  return {
    day: asEpochDay(market.day),
    regime: context.options.regime ?? 'reg-t',
    since: asEpochDay(first ? market.day : base.day),
    excessCentsBefore: first ? Math.round(excess * 100) : base.checked,
    excessCents: Math.round(excess * 100),
    attribution,
    mechanism: mechanismOf(attribution),
  };
}

function tellRounds({ sink }: EngineContext, event: MarginEvent): void {
  const { day, rounds, debtCents, type } = event;
  const sleeve = type === 'futures' ? 'medium' : 'core';
  for (const [index, round] of rounds.entries()) {
    const { units, cost, leggingLoss, excess, equity, requirement } = round;
    sink.event({
      day,
      kind: 'liquidation-round',
      sleeve,
      reason: `round-${index + 1}`,
      values: { units, cost, leggingLoss, excess, equity, requirement },
    });
  }
  if (debtCents > 0) {
    sink.event({
      day,
      kind: 'broker-debt',
      sleeve,
      reason: 'equity-below-zero',
      values: { debt: debtCents / 100 },
    });
  }
}
