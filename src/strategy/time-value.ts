import { MULTIPLIERS } from '../contracts/contract-spec.ts';
import { VIX_OPTION } from '../contracts/contract-kind.ts';
import type { LayerView } from './hedge-layer.ts';
import { layerUnits } from './layer-instrument.ts';
import type { LayerUnit } from './layer-instrument.ts';
import { nearestNode } from './nearest-node.ts';
import type { LongLayerRule, MediumLayerRule } from './policy.ts';

/** Tenor of the VX that a short-term fund follows, calendar days. */
const FUND_DAYS = 30;

/**
 * Time value that a layer's instrument costs for each VX point and calendar day it hedges, dollars
 * per (dollar per VX point times day); NaN when it has no price, no expiry in range or no vega.
 *
 * Time value is what the position loses by its expiry when VIX stays where it is: of calls the
 * premium above their value at today's VIX, of a future or a fund its basis over VIX (negative in
 * backwardation). One measure for options and futures; the smaller the better.
 * Source: R-12 (extrinsic per vega-day); the reading for futures is ours.
 */
export function timeValuePerVegaDay(
  view: LayerView,
  rule: MediumLayerRule | LongLayerRule,
  vix: number,
): number {
  const tenor = rule.standing ?? rule;
  const expiry = view.vxExpiries[nearestNode(view.vxExpiries, view.day, tenor)];
  if (expiry === undefined) return Number.NaN;
  const [unit] = layerUnits(view, rule, expiry);
  if (unit === undefined || !(unit.perVxPoint > 0)) return Number.NaN;
  switch (rule.instrument) {
    case 'vx':
      return (view.vxPrice(expiry) - vix) / (expiry - view.day);
    case 'etp':
      return (view.etp.vx30 - vix) / FUND_DAYS;
    case 'vix-call':
    case 'vix-call-spread':
      return (unit.outlay - worthAt(unit, vix)) / (unit.perVxPoint * (expiry - view.day));
    case 'spx-put':
      return Number.NaN;
  }
}

/** Dollars that VIX options would pay at a VIX. */
function worthAt({ legs }: LayerUnit, vix: number): number {
  const points = legs.reduce(
    (total, { strike, ratio }) => total + ratio * Math.max(0, vix - strike),
    0,
  );
  return points * (MULTIPLIERS[VIX_OPTION] ?? Number.NaN);
}
