import { ETP, SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { portfolioGroups } from '../margin/portfolio-requirement.ts';
import type { RevaluedOption, RevaluedShare } from '../margin/portfolio-requirement.ts';
import type { PortfolioMarginRule } from '../margin/portfolio-rule.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { spxSliceOf, vixExpiryOf } from '../pricing/expiry-market.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { isFuture, multiplier } from './valuation.ts';

/** The short-term VX fund: moves with the VIX range, but nets with nothing but itself. */
const FUND = 'short-term VX fund';

/**
 * Portfolio margin of the options of a book at a market, dollars: each leg keeps its implied
 * volatility (sticky strike) while its underlying moves through the ten points. SPX and XSP are one
 * group; VIX options and the VX fund are others, without offset.
 */
export function portfolioRequirementOf(
  legs: LegColumns,
  market: MarketSnapshot,
  rule: PortfolioMarginRule,
): number {
  const options: RevaluedOption[] = [];
  const shares: RevaluedShare[] = [];
  for (let slot = 0; slot < legs.count; slot += 1) {
    const kind = legs.kind[slot] ?? -1;
    const quantity = legs.quantity[slot] ?? 0;
    if (quantity === 0 || isFuture(kind)) continue;
    if (kind === ETP) {
      const price = legs.mark[slot] ?? Number.NaN;
      shares.push({ group: 'volatility', underlying: FUND, price, quantity, multiplier: 1 });
    } else options.push(revalued(legs, slot, market));
  }
  return portfolioGroups(options, shares, rule).reduce((sum, group) => sum + group.requirement, 0);
}

function revalued(legs: LegColumns, slot: number, market: MarketSnapshot): RevaluedOption {
  const kind = legs.kind[slot] ?? -1;
  const strike = legs.strike[slot] ?? Number.NaN;
  const expiry = legs.expiry[slot] ?? 0;
  const settlement = legs.settlement[slot] ?? -1;
  const held = {
    right: legs.right[slot] ?? -1,
    strike,
    quantity: legs.quantity[slot] ?? 0,
    multiplier: multiplier(kind),
  };
  if (kind === VIX_OPTION) {
    const { forward, discount, slice } = vixExpiryOf(market, expiry, settlement);
    const totalVol = vixSliceTotalVol(slice, forward, strike);
    return { ...held, group: 'volatility', underlying: 'VIX', forward, discount, totalVol };
  }
  const scale = kind === SPX_OPTION ? 1 : kind === XSP_OPTION ? 10 : Number.NaN;
  const slice = spxSliceOf(market, expiry, settlement);
  return {
    ...held,
    group: 'broad-index',
    underlying: 'SPX',
    forward: slice.forward / scale,
    discount: slice.discount,
    totalVol: sliceTotalVol(slice, strike * scale),
  };
}
