import type { MarketPath } from '../market/market-path.ts';
import { VX_NODES } from '../market/market-path.ts';
import { totalReturns } from './replicate-spx-total-return.ts';
import { replicateVixCalls } from './replicate-vix-calls.ts';

/** Share of the S&P 500 in the base, the rest in bills; rebalanced daily. */
export const SZADO_EQUITY_SHARE = 0.6;

/** One of the overlays of the case study, with what it published for August to December 2008. */
export interface SzadoOverlay {
  readonly name: string;
  /** Long VX at a notional share, VIX calls at a premium share a month, or nothing. */
  readonly kind: 'none' | 'vx' | 'calls';
  readonly share: number;
  /** Strike of the calls over the same-expiry future; 1 = at the money. */
  readonly strikeRatio: number;
  /** Published return and largest drawdown, fractions; null where only the return is at hand. */
  readonly publishedReturn: number;
  readonly publishedDrawdown: number | null;
  readonly source: string;
}

const PAPER = 'Szado (2009), VIX Futures and Options: A Case Study; August to December 2008';

/** Overlays in the order of their published returns. */
export const SZADO_OVERLAYS: readonly SzadoOverlay[] = [
  overlay('base', 'none', 0, 1, [-0.1968, -0.3217]),
  overlay('2.5 % VX', 'vx', 0.025, 1, [-0.1585, -0.2772]),
  overlay('10 % VX', 'vx', 0.1, 1, [-0.0402, -0.14]),
  overlay('3 % at-the-money VIX calls', 'calls', 0.03, 1, [0.208, null]),
  overlay('3 % VIX calls 25 % out of the money', 'calls', 0.03, 1.25, [0.972, null]),
];

function overlay(
  name: string,
  kind: SzadoOverlay['kind'],
  share: number,
  strikeRatio: number,
  published: readonly [number, number | null],
): SzadoOverlay {
  const [publishedReturn, drawdown] = published;
  const publishedDrawdown = drawdown === null ? null : -drawdown;
  return { name, kind, share, strikeRatio, publishedReturn, publishedDrawdown, source: PAPER };
}

/** What an overlay did on our base. */
export interface SzadoResult {
  readonly overlay: SzadoOverlay;
  /** Over the traded sessions, fraction. */
  readonly return: number;
  /** Return minus that of the base, here and as published. */
  readonly gain: number;
  readonly publishedGain: number;
  /** Largest drawdown at closes, fraction >= 0. */
  readonly drawdown: number;
}

/**
 * The overlays on 60 % S&P 500 and 40 % bills over the traded sessions of a path. The published base
 * is another portfolio (stocks, bonds and alternatives), so that only the signs and the order of the gains over the base compare.
 *
 * VX: the nearest month bought at the close of each VIX settlement and held to the next. Calls: one
 * month, at model mid, held to settlement. No costs; the first session buys.
 */
export function replicateSzado(path: MarketPath): readonly SzadoResult[] {
  const { spx, bills } = totalReturns(path);
  const base = mixed(spx, bills);
  const ofBase = changeOf(base);
  return SZADO_OVERLAYS.map((each) => {
    const level = levelsOf(path, each, base, bills);
    return {
      overlay: each,
      return: changeOf(level),
      gain: changeOf(level) - ofBase,
      publishedGain: each.publishedReturn - (SZADO_OVERLAYS[0]?.publishedReturn ?? Number.NaN),
      drawdown: largestFall(level),
    };
  });
}

function changeOf(level: Float64Array): number {
  return (level.at(-1) ?? Number.NaN) / (level[0] ?? Number.NaN) - 1;
}

function mixed(spx: Float64Array, bills: Float64Array): Float64Array {
  let value = 1;
  return spx.map((index, i) => {
    if (i > 0) {
      const equity = index / (spx[i - 1] ?? Number.NaN);
      const cash = (bills[i] ?? Number.NaN) / (bills[i - 1] ?? Number.NaN);
      value *= SZADO_EQUITY_SHARE * equity + (1 - SZADO_EQUITY_SHARE) * cash;
    }
    return value;
  });
}

function levelsOf(
  path: MarketPath,
  each: SzadoOverlay,
  base: Float64Array,
  bills: Float64Array,
): Float64Array {
  switch (each.kind) {
    case 'none':
      return base;
    case 'vx':
      return withFutures(path, each.share, base, bills);
    case 'calls':
      return replicateVixCalls(path, {
        base,
        starts: 'first-session',
        initial: 1,
        order: (_snapshot, _expiry, forward) => ({
          weight: each.share,
          strike: each.strikeRatio * forward,
        }),
      }).level;
  }
}

/** 1 − share in the base; share in bills behind VX of that notional, reset when the month rolls. */
function withFutures(
  path: MarketPath,
  share: number,
  base: Float64Array,
  bills: Float64Array,
): Float64Array {
  const level = new Float64Array(base.length);
  let inBase = 1 - share;
  let inBills = share;
  let held = nearest(path, path.start);
  let contracts = share / held.price;
  for (let session = 0; session < base.length; session += 1) {
    const row = path.start + session;
    if (session > 0) {
      inBase *= (base[session] ?? Number.NaN) / (base[session - 1] ?? Number.NaN);
      inBills *= (bills[session] ?? Number.NaN) / (bills[session - 1] ?? Number.NaN);
      const settled = (path.day[row] ?? Number.NaN) >= held.expiry;
      const now = nearest(path, row);
      const price = settled ? (path.vixSettlement[row] ?? Number.NaN) : now.price;
      inBills += contracts * (price - held.price);
      held = settled ? now : { ...held, price };
      if (settled) {
        const value = inBase + inBills;
        inBase = (1 - share) * value;
        inBills = share * value;
        contracts = (share * value) / held.price;
      }
    }
    level[session] = inBase + inBills;
  }
  return level;
}

/** Nearest month after the close of a row. */
function nearest(
  path: MarketPath,
  row: number,
): { readonly expiry: number; readonly price: number } {
  return {
    expiry: path.vxExpiry[row * VX_NODES] ?? Number.NaN,
    price: path.vxSettle[row * VX_NODES] ?? Number.NaN,
  };
}

function largestFall(level: Float64Array): number {
  let peak = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (const value of level) {
    peak = Math.max(peak, value);
    largest = Math.max(largest, 1 - value / peak);
  }
  return largest;
}
