import { ETP, SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { portfolioGroups } from '../margin/portfolio-requirement.ts';
import type { PortfolioMarginRule } from '../margin/portfolio-rule.ts';
import { addScanRow, createScanColumns, scannedRequirement } from '../margin/portfolio-scan.ts';
import type { ScanColumns } from '../margin/portfolio-scan.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import {
  cachedSlice,
  cachedVixExpiry,
  createSmileCache,
  resetSmiles,
} from '../pricing/smile-cache.ts';
import type { SmileCache } from '../pricing/smile-cache.ts';
import { sliceTotalVol } from '../volatility/ssvi-surface.ts';
import { vixSliceTotalVol } from '../volatility/vix-smile.ts';
import { isFuture, multiplier } from './valuation.ts';

/** The short-term VX fund: moves with the VIX range, but nets with nothing but itself. */
const FUND = 'short-term VX fund';

/** Scratch of one requirement at a time. */
const scratch: {
  readonly smiles: SmileCache;
  readonly spx: ScanColumns;
  readonly vix: ScanColumns;
} = { smiles: createSmileCache(), spx: createScanColumns(), vix: createScanColumns() };

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
  const { spx, vix, smiles } = scratch;
  resetSmiles(smiles);
  spx.count = 0;
  vix.count = 0;
  let shares = 0;
  for (let slot = 0; slot < legs.count; slot += 1) {
    const kind = legs.kind[slot] ?? -1;
    const quantity = legs.quantity[slot] ?? 0;
    if (quantity === 0 || isFuture(kind)) continue;
    if (kind === ETP) shares += 1;
    else if (kind === VIX_OPTION) addVixRow(legs, slot, market);
    else addSpxRow(legs, slot, market);
  }
  return (
    (spx.count === 0 ? 0 : scannedRequirement(spx, 'broad-index', rule)) +
    (vix.count === 0 ? 0 : scannedRequirement(vix, 'volatility', rule)) +
    (shares === 0 ? 0 : fundRequirement(legs, rule))
  );
}

function addVixRow(legs: LegColumns, slot: number, market: MarketSnapshot): void {
  const strike = legs.strike[slot] ?? Number.NaN;
  const { forward, discount, slice } = cachedVixExpiry(
    scratch.smiles,
    market,
    legs.expiry[slot] ?? 0,
    legs.settlement[slot] ?? -1,
  );
  const row = addOption(scratch.vix, legs, slot, discount);
  scratch.vix.forward[row] = forward;
  scratch.vix.totalVol[row] = vixSliceTotalVol(slice, forward, strike);
}

function addSpxRow(legs: LegColumns, slot: number, market: MarketSnapshot): void {
  const kind = legs.kind[slot] ?? -1;
  const scale = kind === SPX_OPTION ? 1 : kind === XSP_OPTION ? 10 : Number.NaN;
  const slice = cachedSlice(
    scratch.smiles,
    market,
    legs.expiry[slot] ?? 0,
    legs.settlement[slot] ?? -1,
  );
  const row = addOption(scratch.spx, legs, slot, slice.discount);
  scratch.spx.forward[row] = slice.forward / scale;
  scratch.spx.totalVol[row] = sliceTotalVol(slice, (legs.strike[slot] ?? Number.NaN) * scale);
}

/** A row with all that does not depend on the smile. */
function addOption(columns: ScanColumns, legs: LegColumns, slot: number, discount: number): number {
  const row = addScanRow(columns);
  const quantity = legs.quantity[slot] ?? 0;
  const scale = multiplier(legs.kind[slot] ?? -1);
  columns.right[row] = legs.right[slot] ?? -1;
  columns.strike[row] = legs.strike[slot] ?? Number.NaN;
  columns.dollars[row] = quantity * scale * discount;
  columns.size[row] = Math.abs(quantity) * scale;
  return row;
}

/** The fund's shares by themselves: few accounts hold them. */
function fundRequirement(legs: LegColumns, rule: PortfolioMarginRule): number {
  const shares = [];
  for (let slot = 0; slot < legs.count; slot += 1) {
    if (legs.kind[slot] !== ETP) continue;
    const price = legs.mark[slot] ?? Number.NaN;
    const quantity = legs.quantity[slot] ?? 0;
    shares.push({ group: 'volatility', underlying: FUND, price, quantity, multiplier: 1 } as const);
  }
  return portfolioGroups([], shares, rule).reduce((sum, group) => sum + group.requirement, 0);
}
