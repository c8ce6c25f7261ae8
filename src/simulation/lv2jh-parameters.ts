import type { Lv2jParameters } from '../kernels/lv2j.ts';
import { LOG_LEVEL, PRICING_SETS } from './pricing-sets.ts';

/**
 * Parameters of LV2J-H under the physical measure, per session (1/252 year) unless said: ln VIX =
 * level + x + y + u with a fast factor x, a slow one y and a transient u, self-exciting joint jumps
 * and Hansen skew-t innovations. Loadings were fitted to SPX, VIX and VX settlements of 2006-2017.
 */
export interface Lv2jhParameters {
  /** m: log level of VIX. */
  readonly level: number;
  readonly innovation: Innovation;
  readonly jump: JumpLaw;
  /** Degrees of freedom of the factor shocks, which have variance 1. */
  readonly shockShape: number;
  /** Pull to `mean` at `speed` per year, `convexity` times faster per unit above it. */
  readonly x: Loadings & {
    readonly speed: number;
    readonly mean: number;
    readonly convexity: number;
  };
  /** Pull to `mean` at `speed` per year, reflected at `floor`. */
  readonly y: Loadings & { readonly speed: number; readonly mean: number; readonly floor: number };
  /** Share kept from session to session. */
  readonly u: Loadings & { readonly persistence: number };
  /** Drift of SPX per year at VIX `driftVix`, proportional to VIX. */
  readonly drift: number;
  readonly driftVix: number;
  /** Standard deviation of z, for the Jensen term of the drift. */
  readonly standardScale: number;
  /** Share of daily variance that falls overnight. */
  readonly overnightShare: number;
  /** Log change of VIX per log return of SPX within a day. */
  readonly vixSlope: number;
  /** Log standard deviation of the VIX settlement value around the VIX opening. */
  readonly settlementNoise: number;
  /** VIX curve under the pricing measure. */
  readonly pricing: Lv2jParameters;
  /** VVIX of the VIX smile and SKEW of the SPX surface in all sessions; points. */
  readonly vvix: number;
  readonly skewIndex: number;
  /** Continuous rates per year. */
  readonly billRate: number;
  readonly dividendYield: number;
}

/** Law of the return innovation, in units of the daily standard deviation VIX foretells. */
export interface Innovation {
  readonly scale: number;
  /** Hansen's degrees of freedom and skew. */
  readonly shape: number;
  readonly skew: number;
}

/** Self-exciting joint jumps of SPX and VIX. */
export interface JumpLaw {
  /** Intensity per year at rest, and its long-run mean. */
  readonly rest: number;
  readonly mean: number;
  /** Sessions in which an excess intensity falls to 1/e, and the branching ratio. */
  readonly decaySessions: number;
  readonly excitation: number;
  /** Mean jump of the return, in daily standard deviations foretold by VIX. */
  readonly returnSize: number;
  /** VIX above which the jump of VIX shrinks as damping / VIX. */
  readonly damping: number;
}

/** Loadings of a factor on the negative and positive innovation, its own shock, and the jump. */
export interface Loadings {
  readonly down: number;
  readonly up: number;
  readonly shock: number;
  readonly jump: number;
}

/**
 * The shipped parameter set.
 *
 * VX curve: pricing set B, whose contango (5.9 % a month), M1 / VIX and mean VX returns come
 * nearest to 2006-2024. VVIX: mean of Cboe closes 2006-03 … 2024-06, 92.6; set B alone implies 84.
 */
export const LV2JH_PARAMETERS: Lv2jhParameters = {
  level: LOG_LEVEL,
  innovation: { scale: 0.8, shape: 12, skew: -0.16 },
  jump: {
    rest: 1.1,
    mean: 2.0,
    decaySessions: 15,
    excitation: 0.45,
    returnSize: 1.1,
    damping: 45,
  },
  shockShape: 4.5,
  x: { down: -0.04, up: -0.033, shock: 0.025, jump: 0.13, speed: 6, mean: -0.1, convexity: 0.5 },
  y: {
    down: -0.0165,
    up: -0.0155,
    shock: 0.0135,
    jump: 0.02,
    speed: 0.3,
    mean: -0.34,
    floor: -0.5,
  },
  u: { down: -0.036, up: -0.002, shock: 0.023, jump: 0.06, persistence: 0.778 },
  drift: 0.085,
  driftVix: 19,
  standardScale: 0.809,
  overnightShare: 0.35,
  vixSlope: -4.5,
  settlementNoise: 0.025,
  pricing: PRICING_SETS.B.curve,
  vvix: 92.6,
  skewIndex: 125,
  billRate: 0.03,
  dividendYield: 0.014,
};
