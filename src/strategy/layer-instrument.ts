import {
  AM,
  CALL,
  ETP,
  NO_EXPIRY,
  NO_RIGHT,
  PM,
  PUT,
  SPX_OPTION,
  VIX_OPTION,
  VXM_FUTURE,
  VX_FUTURE,
} from '../contracts/contract-kind.ts';
import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import type { LayerTrade, LayerView } from './hedge-layer.ts';
import type { IntentLeg, OpenIntent } from './intent.ts';
import type { InstrumentRule } from './policy.ts';

/** One unit of what a layer may hold, and what it costs and hedges. */
export interface LayerUnit {
  readonly structure: OpenIntent['structure'];
  readonly legs: readonly IntentLeg[];
  /** Dollars that one unit ties up: premium or price paid, or the initial margin of a future. */
  readonly outlay: number;
  /** Dollars one unit gains when the VX of its own tenor rises by a point. */
  readonly perVxPoint: number;
}

/**
 * Units of the layer's instrument at an expiry, the largest first: VX before VXM, else one.
 *
 * Units: expiry is an EpochDay, ignored by an ETP. An unknown price gives NaN in `outlay`, which
 * buys nothing.
 */
export function layerUnits(
  view: LayerView,
  rule: InstrumentRule,
  expiry: number,
): readonly LayerUnit[] {
  switch (rule.instrument) {
    case 'vx':
      return view.miniListed
        ? [future(view, VX_FUTURE, expiry), future(view, VXM_FUTURE, expiry)]
        : [future(view, VX_FUTURE, expiry)];
    case 'vix-call':
      return [call(view, rule, expiry)];
    case 'vix-call-spread':
      return [callSpread(view, rule, expiry)];
    case 'etp':
      return [share(view)];
    case 'spx-put':
      return indexPut(view, rule);
  }
}

function future(view: LayerView, kind: number, expiry: number): LayerUnit {
  return {
    structure: 'vx-future',
    legs: [{ kind, right: NO_RIGHT, strike: 0, expiry, settlement: AM, ratio: 1 }],
    outlay: view.futureInitial(kind, expiry),
    perVxPoint: MULTIPLIERS[kind] ?? Number.NaN,
  };
}

function call(view: LayerView, rule: InstrumentRule, expiry: number): LayerUnit {
  const strike = lowerStrike(view, rule, expiry);
  return {
    structure: 'vix-call',
    legs: [vixCall(strike, expiry, 1)],
    outlay: view.vixCallCost(expiry, strike, undefined),
    perVxPoint: view.vixCallDelta(expiry, strike) * optionMultiplier(),
  };
}

function callSpread(view: LayerView, rule: InstrumentRule, expiry: number): LayerUnit {
  const lower = lowerStrike(view, rule, expiry);
  const upper = view.vixStrike(Math.max(view.vxPrice(expiry) * rule.upperMultiple, lower + 1));
  const delta = view.vixCallDelta(expiry, lower) - view.vixCallDelta(expiry, upper);
  return {
    structure: 'vix-call-spread',
    legs: [vixCall(lower, expiry, 1), vixCall(upper, expiry, -1)],
    outlay: view.vixCallCost(expiry, lower, upper),
    perVxPoint: delta * optionMultiplier(),
  };
}

/** A share counted at its price now; it moves with the 30-day VX in proportion. */
function share(view: LayerView): LayerUnit {
  const { level, price, vx30 } = view.etp;
  return {
    structure: 'etp',
    legs: [
      { kind: ETP, right: NO_RIGHT, strike: level, expiry: NO_EXPIRY, settlement: PM, ratio: 1 },
    ],
    outlay: price,
    perVxPoint: price / vx30,
  };
}

/** A put on the index of the standing tenor; it follows SPX, not VX, and hedges no VX point. */
function indexPut(view: LayerView, rule: InstrumentRule): readonly LayerUnit[] {
  const { standing, moneyness } = rule;
  const put =
    standing === null || moneyness === null ? undefined : view.spxPut(standing, moneyness);
  if (put === undefined) return [];
  const { strike, expiry, settlement, cost } = put;
  return [
    {
      structure: 'spx-put',
      legs: [{ kind: SPX_OPTION, right: PUT, strike, expiry, settlement, ratio: 1 }],
      outlay: cost,
      perVxPoint: Number.NaN,
    },
  ];
}

function lowerStrike(view: LayerView, rule: InstrumentRule, expiry: number): number {
  return rule.delta === null
    ? view.vixStrike(view.vxPrice(expiry))
    : view.vixStrikeForDelta(expiry, rule.delta);
}

function vixCall(strike: number, expiry: number, ratio: number): IntentLeg {
  return { kind: VIX_OPTION, right: CALL, strike, expiry, settlement: AM, ratio };
}

function optionMultiplier(): number {
  return MULTIPLIERS[VIX_OPTION] ?? Number.NaN;
}

/** The largest unit of which an amount of dollars buys at least one, and how many. */
export function unitsWithin(
  units: readonly LayerUnit[],
  dollars: number,
): { readonly unit: LayerUnit; readonly count: number } | undefined {
  for (const unit of units) {
    const count = Math.floor(dollars / unit.outlay);
    if (unit.outlay > 0 && count >= 1) return { unit, count };
  }
  return undefined;
}

/** True for instruments whose whole outlay is spent when they are bought. */
export function isPremium(rule: InstrumentRule): boolean {
  return rule.instrument !== 'vx';
}

/** True when the held call's delta has left the rule's band (known delta and band only). */
export function outsideDeltaBand(
  view: LayerView,
  trade: LayerTrade,
  rule: InstrumentRule,
): boolean {
  if (rule.deltaBand === null || rule.instrument !== 'vix-call') return false;
  const delta = view.vixCallDelta(trade.expiry, trade.strike);
  return delta < rule.deltaBand[0] || delta > rule.deltaBand[1];
}
