import { CONTRACT_KINDS } from '../contracts/contract-kind.ts';
import type { ContractKind } from '../contracts/contract-kind.ts';
import { roundToTick, tickSize } from '../contracts/contract-spec.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** Calm half-spread of one product: the greatest of three, before any multiple. */
export interface SpreadRule {
  /** Share of an outright tick. */
  readonly ticks: number;
  /** Points. */
  readonly points: number;
  /** Share of the mid, 0.02 = 2 %. */
  readonly relative: number;
  /** Whether the multiple for VIX applies. */
  readonly widens: boolean;
  /** Multiples before a day; all that apply are taken. */
  readonly eras: readonly SpreadEra[];
  /** Least price to buy at, points. */
  readonly leastOffer: number;
  /** Price step of a fill from a day on; before it, the outright tick. */
  readonly step: { readonly from: EpochDay; readonly points: number; readonly source: string };
  readonly source: string;
}

/** A multiple of the half-spread at a level of VIX. */
export interface SpreadKnot {
  readonly vix: number;
  readonly multiple: number;
  readonly source: string;
}

/** A multiple of the half-spread before a day. */
export interface SpreadEra {
  readonly before: EpochDay;
  readonly multiple: number;
  readonly source: string;
}

/** Assumptions about what it costs to trade at once; replace any field for a sensitivity run. */
export interface CostModel {
  readonly spreads: Readonly<Record<ContractKind, SpreadRule>>;
  /** Ascending in VIX; log-linear between, constant outside. */
  readonly knots: readonly SpreadKnot[];
  readonly source: string;
}

const ASSUMED = 'assumption; median spread of condor legs is 3 to 4 % of mid in calm markets';
const DECIMALS = epochDay(2001, 4, 9);
const COMPLEX_LEG = {
  from: DECIMALS,
  points: 0.01,
  source: 'Cboe complex orders: legs trade in cents; fractions until decimalisation, 2001',
};
const INDEX_OPTION: SpreadRule = {
  ticks: 0.5,
  points: 0,
  relative: 0.02,
  widens: true,
  eras: [
    { before: epochDay(2008, 1, 1), multiple: 2, source: 'assumption: before electronic quoting' },
  ],
  leastOffer: 0.05,
  step: COMPLEX_LEG,
  source: ASSUMED,
};
const FUTURE: SpreadRule = {
  ticks: 0,
  points: 0.05,
  relative: 0,
  widens: false,
  eras: [],
  leastOffer: 0,
  step: { from: DECIMALS, points: 0.05, source: 'CFE VX specification: outright tick' },
  source: 'assumption: one VX tick',
};

/** The cost model that every headline uses. */
export const COST_MODEL: CostModel = {
  spreads: {
    'spx-option': INDEX_OPTION,
    'xsp-option': { ...INDEX_OPTION, leastOffer: 0.01 },
    'vix-option': {
      ticks: 0,
      points: 0.03,
      relative: 0.03,
      widens: true,
      eras: [],
      leastOffer: 0.05,
      step: COMPLEX_LEG,
      source: 'assumption; VIX verticals give up about 0.03',
    },
    'vx-future': FUTURE,
    'vxm-future': {
      ...FUTURE,
      step: { from: DECIMALS, points: 0.01, source: 'CFE VXM specification: outright tick' },
    },
    etp: {
      ticks: 0.5,
      points: 0.01,
      relative: 0.0005,
      widens: true,
      eras: [],
      leastOffer: 0.01,
      step: { from: DECIMALS, points: 0.01, source: 'SEC Rule 612: one cent' },
      source: 'assumption: a cent or 5 basis points of a liquid fund',
    },
  },
  knots: [
    { vix: 20, multiple: 1, source: 'calm quotes, 2023 to 2025' },
    { vix: 30, multiple: 3, source: 'assumption between calm and stress' },
    { vix: 45, multiple: 5, source: 'SPX on 2018-02-06: about +400 % in price (Hanweck)' },
    { vix: 60, multiple: 8, source: 'SPX on 2020-02-28: implied-vol width x 10 (ORATS)' },
  ],
  source: 'assumption, labelled as such in every report',
};

/** One unit to be traded. */
export interface FillInput {
  /** Contract code. */
  readonly kind: number;
  /** CALL, PUT or NO_RIGHT; spreads do not depend on it. */
  readonly right: number;
  /** Model mid, points. */
  readonly mid: number;
  readonly side: 'buy' | 'sell';
  /** Points. */
  readonly vix: number;
  readonly day: EpochDay;
  /** Multiple of the half-spread: 1, or more in a forced liquidation. */
  readonly stress: number;
}

/**
 * Multiple of the calm half-spread at a level of VIX: log-linear between the model's knots.
 *
 * Domain: VIX in points; NaN gives NaN.
 */
export function spreadMultiple(vix: number, model: CostModel = COST_MODEL): number {
  let below: SpreadKnot | undefined;
  for (const knot of model.knots) {
    if (vix <= knot.vix) {
      if (below === undefined) return knot.multiple;
      const weight = (vix - below.vix) / (knot.vix - below.vix);
      return below.multiple * (knot.multiple / below.multiple) ** weight;
    }
    below = knot;
  }
  return vix > (below?.vix ?? Number.NaN) ? (below?.multiple ?? Number.NaN) : Number.NaN;
}

/**
 * Half of the bid-ask spread of one unit, points, before rounding to a tick.
 *
 * Domain: mid >= 0 for an option; NaN in mid or (for options) in VIX gives NaN.
 */
export function halfSpread(input: FillInput, model: CostModel = COST_MODEL): number {
  const kind = CONTRACT_KINDS[input.kind];
  if (kind === undefined) return Number.NaN;
  const { mid, day, stress } = input;
  const rule = model.spreads[kind];
  const tick = tickSize(kind, mid, day);
  const calm = Math.max(rule.ticks * tick, rule.points, rule.relative * mid);
  let multiple = rule.widens ? spreadMultiple(input.vix, model) : 1;
  for (const era of rule.eras) if (day < era.before) multiple *= era.multiple;
  return calm * multiple * stress;
}

/**
 * Executable price of one unit, points: mid and half-spread, rounded to the price step against the
 * trader. NaN when there is no bid to sell at, or when an input is unknown.
 */
export function fillPrice(input: FillInput, model: CostModel = COST_MODEL): number {
  const kind = CONTRACT_KINDS[input.kind];
  if (kind === undefined) return Number.NaN;
  const { leastOffer, step } = model.spreads[kind];
  const half = halfSpread(input, model);
  const price = input.side === 'buy' ? input.mid + half : input.mid - half;
  const points = input.day >= step.from ? step.points : tickSize(kind, price, input.day);
  if (input.side === 'buy') return Math.max(leastOffer, roundToTick(price, points, 'up'));
  const bid = roundToTick(price, points, 'down');
  return bid > 0 ? bid : Number.NaN;
}
