import { CALL, PUT } from '../contracts/contract-kind.ts';
import { PILLAR_DAYS, PILLARS } from '../market/market-path.ts';
import { expectedMoveBand } from '../pricing/expected-move.ts';
import { bestAction } from '../strategy/false-binary.ts';
import type { ThreatActionName } from '../strategy/false-binary.ts';
import type { FalseBinaryRule, ThreatRule, TimeShiftRule } from '../strategy/policy.ts';
import { votesInFavour } from '../strategy/soft-votes.ts';
import { callThreatened, putThreatened } from '../strategy/threat.ts';
import { startChain, stepTimeShift } from '../strategy/time-shift.ts';
import type { ShiftView } from '../strategy/time-shift.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import { executableCost, shortDelta } from './base-position.ts';
import { spreadsOf } from './context.ts';
import type { EngineContext } from './context.ts';
import { coreOrder, entryIntent, putVerticalLoss } from './core-candidate.ts';
import type { CoreOrder } from './core-candidate.ts';
import { marginFigures } from './margin-figures.ts';
import type { OpenTrade } from './open-trade.ts';
import { noteRefusal, propose, standaloneRequirementOf } from './propose.ts';
import { actionsOf } from './threat-actions.ts';
import { closeTrade, openTrade, placeClose } from './trading.ts';
import { noteVotes, votesAt } from './votes.ts';

/** Keeps the action table of threatened base positions and rolls those that their chain allows. */
export function faceThreats(context: EngineContext, account: AccountState, session: number): void {
  const { policy, sink } = context;
  const { timeShift, falseBinary } = policy;
  const table = falseBinary?.mode === 'choose' || sink.recording ? falseBinary : null;
  if (timeShift === null && table === null) return;
  for (const trade of account.trades.slice()) {
    if (trade.sleeve !== 0 || trade.structure === 'other' || isLeaving(account, trade)) continue;
    const chosen =
      table !== null && isThreatened(context, account, trade, policy.threat)
        ? choose(context, account, trade, { rule: table, session })
        : undefined;
    if (chosen === 'close' && table?.mode === 'choose') {
      const units = trade.unitsOpen;
      placeClose(context, account, {
        kind: 'close',
        trade: trade.id,
        units,
        reason: 'best-action',
      });
    } else if (timeShift !== null) considerShift(context, account, trade, session);
  }
}

/** True while a close decided before waits for its fill. */
function isLeaving({ pending }: AccountState, { id }: OpenTrade): boolean {
  return pending.some(
    (order) => (order.kind === 'close' || order.kind === 'shift') && order.trade === id,
  );
}

/** Either side of a position threatened by a rule. */
export function isThreatened(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  rule: ThreatRule,
): boolean {
  const { centre, shortPut, shortCall } = trade;
  const view = {
    spot: context.close.spot,
    centre,
    shortPut,
    shortCall,
    putDelta: () => shortDelta(context, account, trade, PUT),
    callDelta: () => shortDelta(context, account, trade, CALL),
  };
  return putThreatened(view, rule) || callThreatened(view, rule);
}

/** The best action now; told when the threat begins and whenever another one is the best. */
function choose(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  at: { readonly rule: FalseBinaryRule; readonly session: number },
): ThreatActionName {
  const rows = actionsOf(context, account, trade, at);
  const held = standaloneRequirementOf(context, trade.legs) * trade.unitsOpen;
  const { excessLiquidity } = marginFigures(context, account, context.close).margin;
  const best = bestAction(rows, excessLiquidity + held);
  if (trade.toldAction === best) return best;
  trade.toldAction = best;
  if (!context.sink.recording) return best;
  const values = rows.flatMap(({ action, expected, tail, margin, cost }) => [
    [`${action}: expected`, expected] as const,
    [`${action}: tail`, tail] as const,
    [`${action}: margin`, margin] as const,
    [`${action}: cost`, cost] as const,
  ]);
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'threat-actions',
    sleeve: 'core',
    reason: best,
    values: { trade: trade.id, ...Object.fromEntries(values) },
  });
  return best;
}

/** Asks the chain of a position, and starts the roll it wants at this close or the next. */
function considerShift(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  session: number,
): void {
  const { timeShift, fill } = context.policy;
  if (timeShift === null) return;
  const chain = trade.chain ?? startChain(trade.id, trade.riskPerUnit * trade.unitsOpen);
  const seen = viewOf(context, account, trade, { rule: timeShift, session });
  const step = stepTimeShift(chain, 'close', seen.view, timeShift);
  if (step.note !== '' && step.intent === 'none' && chain.phase === 'HELD') {
    tell(context, trade, step.note, { rolls: chain.rolls });
  }
  if (step.intent !== 'close') {
    trade.chain = step.chain;
    return;
  }
  if (fill === 'next-close') {
    trade.chain = chain;
    account.pending.push({ kind: 'shift', trade: trade.id });
  } else shiftTrade(context, account, trade.id, session);
}

/**
 * The first half of a roll: closes a position for good and leaves the opening, if the realised loss
 * leaves a unit of it, to `openShifted`. A position that no longer has a later opening stays.
 */
export function shiftTrade(
  context: EngineContext,
  account: AccountState,
  id: number,
  session: number,
): void {
  const { timeShift } = context.policy;
  const trade = account.findTrade(id);
  if (trade === undefined || timeShift === null) return;
  const { view, order } = viewOf(context, account, trade, { rule: timeShift, session });
  const before = trade.chain ?? startChain(id, trade.riskPerUnit * trade.unitsOpen);
  const asked = stepTimeShift(before, 'close', view, timeShift);
  trade.chain = asked.chain;
  if (asked.intent !== 'close' || order === undefined) return;
  const debit = executableCost(context, account, trade);
  const units = trade.unitsOpen;
  closeTrade(context, account, trade, {
    units,
    reason: 'time-shift',
    vix: context.close.vix,
    stress: spreadsOf(context),
    moment: 'close',
  });
  const closingLoss = -trade.cashCents / 100;
  const step = stepTimeShift(asked.chain, 'closed', { ...view, units, closingLoss }, timeShift);
  const opened = Math.min(step.units, order.wanted.units);
  tell(context, trade, step.note, {
    rolls: step.chain.rolls,
    realisedLoss: step.chain.realisedLoss,
    requiredCredit: debit * (1 + timeShift.cushion),
    units: opened,
  });
  if (step.intent !== 'open' || !(opened >= 1)) return;
  const intent = { ...entryIntent(context, order), units: opened, reason: 'time-shift' };
  account.shifts.push({ one: order.one, intent, chain: step.chain });
}

/** The second half of this close's rolls: openings that pass every rule of an entry by themselves. */
export function openShifted(context: EngineContext, account: AccountState, session: number): void {
  const { timeShift } = context.policy;
  if (account.shifts.length === 0 || timeShift === null) return;
  for (const { one, intent, chain } of account.shifts.splice(0)) {
    const cast = votesAt(context, session);
    if (cast !== undefined) noteVotes(context, cast);
    const { approval, quote } = propose(context, account, intent, cast && votesInFavour(cast));
    if (!approval.approved || !quote.tradable || account.endedDay !== undefined) {
      const reason = approval.approved ? (quote.obstacle ?? 'account-ended') : approval.reason;
      noteRefusal(context, intent, reason);
      continue;
    }
    openTrade(
      context,
      account,
      { intent: approval.intent, quote },
      {
        maxLossPerUnit: context.policy.base === 'condor' ? one.condorLoss : undefined,
        riskPerUnit: one.condorLoss,
        outlay: 0,
        onePercentLossPerUnit: putVerticalLoss(context, one),
        chain: stepTimeShift(chain, 'filled', NOTHING_SEEN, timeShift).chain,
      },
      session,
    );
  }
}

/** What a chain sees, and the later opening behind it. */
function viewOf(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  at: { readonly rule: TimeShiftRule; readonly session: number },
): { readonly view: ShiftView; readonly order: CoreOrder | undefined } {
  const { rule, session } = at;
  const touch = { expectedMoveUsed: 1, shortDelta: rule.shortDelta };
  const threatened = isThreatened(context, account, trade, touch);
  const seen = {
    ...NOTHING_SEEN,
    threatened,
    dailyRange: dailyRange(context, session),
    vix: context.close.vix,
    units: trade.unitsOpen,
  };
  if (!threatened) return { view: seen, order: undefined };
  const order = laterOrder(context, account, trade, rule);
  const closingLoss = executableCost(context, account, trade) - trade.cashCents / 100;
  return typeof order === 'string'
    ? { view: { ...seen, closingLoss, obstacle: order }, order: undefined }
    : { view: { ...seen, closingLoss, offeredLoss: order.one.condorLoss }, order };
}

const NOTHING_SEEN: ShiftView = {
  threatened: false,
  dailyRange: Number.NaN,
  vix: Number.NaN,
  units: 0,
  closingLoss: Number.NaN,
  offeredLoss: undefined,
  obstacle: '',
};

/** The opening of a roll: an entry by the entry's rules, later, and outside the expected move. */
function laterOrder(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  rule: TimeShiftRule,
): CoreOrder | string {
  const order = coreOrder(context, account, rule);
  if (typeof order === 'string') return order;
  const [leg] = order.one.legs;
  if (leg === undefined || !(leg.expiry > trade.expiry)) return 'not-later';
  const { shortPut, shortCall } = entryIntent(context, order);
  const { selector } = context.policy.shortStrikes;
  const tilt = selector === 'em' ? context.policy.shortStrikes : NO_TILT;
  const band = expectedMoveBand(context.close, leg.expiry, leg.settlement, {
    ...tilt,
    multiple: rule.minMoves,
  });
  return shortPut <= band.lower && shortCall >= band.upper ? order : 'inside-expected-move';
}

const NO_TILT = { capmTilt: 0, beta: 0, equityRiskPremium: 0 };

/** Expected daily range over spot from the volatility at 9 days, fraction. */
function dailyRange({ path }: EngineContext, session: number): number {
  const variance = path.theta[session * PILLARS] ?? Number.NaN;
  return Math.sqrt((variance * 365) / (PILLAR_DAYS[0] ?? Number.NaN) / 252);
}

function tell(
  context: EngineContext,
  trade: OpenTrade,
  reason: string,
  values: Readonly<Record<string, number>>,
): void {
  if (!context.sink.recording) return;
  context.sink.event({
    day: asEpochDay(context.close.day),
    kind: 'time-shift',
    sleeve: 'core',
    reason,
    values: { trade: trade.id, ...values },
  });
}
