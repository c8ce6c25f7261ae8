import { reproductionParts } from '../execution/liquidation-rounds.ts';
import type {
  LiquidationCourse,
  LiquidationRound,
  ReproductionParts,
} from '../execution/liquidation-rounds.ts';
import type { MarginCallType } from '../margin/margin-profile.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { MarginRegime } from './context.ts';

/** What changes excess liquidity, in the fixed order in which the changes are told apart. */
export type MarginFactor =
  | 'trades'
  | 'cash'
  | 'spreads'
  | 'expiry'
  | 'spot'
  | 'size'
  | 'cascade'
  | 'level'
  | 'variation'
  | 'sweep'
  | 'remainder';

/** Every factor with what it means, in order. */
export const MARGIN_FACTORS: Readonly<Record<MarginFactor, string>> = {
  trades: 'positions opened and closed at the close before, at model mids, undoubled',
  cash: 'fees and interest, also on a debit',
  spreads: 'the spread crossed by those trades',
  expiry: 'legs that expired, and what they left without a cover',
  spot: 'the index and time, at the old implied volatility, on the undoubled size',
  size: 'what units doubled after losses added to the entries and to the spot move',
  cascade: 'implied volatility and the VX curve, on all open positions',
  level: 'margin levels: of futures at new prices and after a VIX spike, and ranges that widen',
  variation: 'variation paid and due on futures',
  sweep: 'cash moved between the segments',
  remainder: 'rounding to cents',
};

/** Cents of excess liquidity by factor; they add up to its change, to the cent. */
export type MarginAttribution = Readonly<Record<MarginFactor, number>>;

/** A margin call, or a liquidation with its rounds; dollars unless said. */
export interface MarginEvent {
  readonly day: EpochDay;
  /** Marks at which it happened: SPX low with VIX high, the opposite, or the close. */
  readonly moment: 'down' | 'up' | 'close';
  readonly kind: 'call' | 'liquidation';
  readonly type: MarginCallType;
  readonly regime: MarginRegime;
  /** Last day to meet the call; undefined for a liquidation. */
  readonly due: EpochDay | undefined;
  /** Day and excess liquidity, cents, from which the change is told. */
  readonly since: EpochDay;
  readonly excessCentsBefore: number;
  /** Excess liquidity at the event, cents, before any liquidation. */
  readonly excessCents: number;
  /** Cents. */
  readonly attribution: MarginAttribution;
  /** The factor that took most; undefined when none took anything. */
  readonly mechanism: MarginFactor | undefined;
  readonly rounds: readonly LiquidationRound[];
  /** `called`: a call; else how the liquidation ended. */
  readonly outcome: 'called' | LiquidationCourse['outcome'];
  /** Spread and fees, and loss of taking combinations apart. */
  readonly cost: number;
  readonly leggingLoss: number;
  /** Reproduction number; NaN when the orders cured nothing, or for a call. */
  readonly reproduction: number;
  /** Net liquidation value below zero afterwards, owed to the broker: cents >= 0, never clipped. */
  readonly debtCents: number;
}

/** The parts in which an event reproduced itself; NaN for a call. */
export function partsOf({ rounds }: MarginEvent): ReproductionParts {
  return reproductionParts(rounds);
}
