import { AM, NO_RIGHT, VX_FUTURE, XSP_OPTION } from '../contracts/contract-kind.ts';
import { isListed } from '../contracts/listing.ts';
import { normalInverse } from '../math/normal.ts';
import { EXPECTED_MOVE_RULE, expectedMoveBand } from '../pricing/expected-move.ts';
import { actionTable } from '../strategy/false-binary.ts';
import type { ThreatAction, ThreatRow } from '../strategy/false-binary.ts';
import type { IntentLeg } from '../strategy/intent.ts';
import { nearestNode } from '../strategy/nearest-node.ts';
import type { FalseBinaryRule } from '../strategy/policy.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { AccountState } from './account-state.ts';
import { executableCost, tradeValue } from './base-position.ts';
import { candidateMids } from './candidate.ts';
import type { EngineContext } from './context.ts';
import { coreOrder } from './core-candidate.ts';
import { futureInitial } from './layer-view.ts';
import type { OpenTrade } from './open-trade.ts';
import { standaloneRequirementOf } from './propose.ts';
import { quoteOpen } from './trading.ts';
import { multiplier } from './valuation.ts';

/** Equally likely outcomes of SPX that stand for its distribution: two are the 5 % tail. */
const OUTCOMES = 40;

/** Standard normal quantiles in the middle of each outcome. */
const QUANTILES: readonly number[] = Array.from({ length: OUTCOMES }, (_unused, i) =>
  normalInverse((i + 0.5) / OUTCOMES),
);

/**
 * The action table of an open base position at this close: hold to expiry, close, close and open
 * what an entry would, or hold and add VX. SPX at expiry is lognormal with the at-the-money
 * volatility around the CAPM centre; a VX moves by its slope on SPX. Actions that are not to be had
 * (no candidate, VX not listed, size zero) are left out.
 */
export function actionsOf(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  at: { readonly rule: FalseBinaryRule; readonly session: number },
): readonly ThreatRow[] {
  const { close } = context;
  const units = trade.unitsOpen;
  const spots = spotsAt(context, trade.legs[0]?.expiry ?? 0, trade.legs[0]?.settlement ?? AM);
  const value = tradeValue(account, trade);
  const margin = standaloneRequirementOf(context, trade.legs) * units;
  const held = spots.map((spot) => payoff(trade.legs, spot) * units - value);
  const closing = executableCost(context, account, trade) + value;
  const hedge = hedgeOf(context, account, trade, at.session);
  return actionTable(
    [
      { action: 'hold', outcomes: held, margin, cost: 0 },
      { action: 'close', outcomes: [-closing], margin: 0, cost: closing },
      ...rollOf(context, account, units, closing),
      ...(hedge === undefined
        ? []
        : [
            {
              action: 'add-hedge' as const,
              outcomes: held.map(
                (pnl, i) => pnl + hedge.perPercent * percent(spots[i], close.spot) - hedge.cost,
              ),
              margin: margin + hedge.margin,
              cost: hedge.cost,
            },
          ]),
    ],
    at.rule,
  );
}

/** Change of SPX, percent. */
function percent(spot: number | undefined, from: number): number {
  return 100 * ((spot ?? Number.NaN) / from - 1);
}

/** SPX at an expiry in each outcome, points. */
function spotsAt({ close }: EngineContext, expiry: number, settlement: number): readonly number[] {
  const { centre, upper } = expectedMoveBand(close, expiry, settlement, EXPECTED_MOVE_RULE);
  const totalVol = Math.log(upper / centre);
  return QUANTILES.map((z) => centre * Math.exp(totalVol * z - 0.5 * totalVol * totalVol));
}

/** Value at expiry of one unit of legs, dollars. */
function payoff(legs: readonly IntentLeg[], spot: number): number {
  let value = 0;
  for (const { kind, right, strike, ratio } of legs) {
    const index = kind === XSP_OPTION ? spot / 10 : spot;
    value += ratio * Math.max(0, right === 0 ? index - strike : strike - index) * multiplier(kind);
  }
  return value;
}

/** Closing, and opening as many units of what an entry would open now; none without a candidate. */
function rollOf(
  context: EngineContext,
  account: AccountState,
  units: number,
  closing: number,
): readonly ThreatAction[] {
  const order = coreOrder(context, account, context.policy.timeShift ?? context.policy.entry);
  if (typeof order === 'string') return [];
  const { legs } = order.one;
  const opened = Math.min(units, order.wanted.units);
  const mids = candidateMids(context, legs, context.close);
  const quote = quoteOpen(context, legs, mids);
  if (!quote.tradable) return [];
  const spread = quote.legs.reduce(
    (sum, { leg, mid, price }) =>
      sum + Math.abs(leg.ratio) * Math.abs(price - mid) * multiplier(leg.kind),
    0,
  );
  const cost = closing + (spread + quote.feesPerUnit) * opened;
  const credit = (quote.premiumPerUnit - quote.feesPerUnit) * opened;
  const spots = spotsAt(context, legs[0]?.expiry ?? 0, legs[0]?.settlement ?? AM);
  return [
    {
      action: 'roll',
      outcomes: spots.map((spot) => credit + payoff(legs, spot) * opened - closing),
      margin: standaloneRequirementOf(context, legs) * opened,
      cost,
    },
  ];
}

/** VX as the medium layer would size them for this position alone; undefined when there are none. */
function hedgeOf(
  context: EngineContext,
  account: AccountState,
  trade: OpenTrade,
  session: number,
): { readonly perPercent: number; readonly margin: number; readonly cost: number } | undefined {
  const { close, plan, policy, options } = context;
  const rule = policy.layers.medium;
  if (!options.counterfactual && !isListed('vx-future', asEpochDay(close.day))) return undefined;
  const expiries = [...close.vxExpiry.subarray(0, close.vxCount)];
  const expiry = expiries[nearestNode(expiries, close.day, rule)];
  const slope = Math.max(plan.signals.vxSlope90[session] ?? Number.NaN, rule.slopeFloor);
  if (expiry === undefined || Number.isNaN(slope)) return undefined;
  const scale = multiplier(VX_FUTURE);
  const loss = trade.onePercentLossPerUnit * trade.unitsOpen;
  const count = Math.round((rule.deltaShare * loss) / (slope * scale));
  if (!(count >= 1)) return undefined;
  const leg = { kind: VX_FUTURE, right: NO_RIGHT, strike: 0, expiry, settlement: AM, ratio: 1 };
  const quote = quoteOpen(context, [leg], candidateMids(context, [leg], close));
  const [one] = quote.legs;
  if (one === undefined || !quote.tradable) return undefined;
  return {
    perPercent: -slope * scale * count,
    margin: futureInitial(context, account, VX_FUTURE, expiry) * count,
    cost: (Math.abs(one.price - one.mid) * scale + quote.feesPerUnit) * count,
  };
}
