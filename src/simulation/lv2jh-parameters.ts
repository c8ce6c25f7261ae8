import { TWO_FACTOR_PARAMETERS } from '../volatility/two-factor-curve.ts';
import type { TwoFactorParameters } from '../volatility/two-factor-curve.ts';

/**
 * Parameters of LV2J-H under the physical measure, per session (1/252 year) unless said: ln VIX =
 * level + x + y + u with a fast factor x, a slow one y and a transient u, self-exciting joint jumps
 * and Hansen skew-t innovations. Loadings were fitted to SPX, VIX and VX settlements of 2006-2017.
 */
export interface Lv2jhParameters {
  /** m: log level of VIX. */
  readonly level: number;
  readonly innovation: { readonly scale: number; readonly shape: number; readonly skew: number };
  /** Jumps: intensity per year at rest, mean intensity, decay in sessions, excitation, sizes. */
  readonly jump: {
    readonly rest: number;
    readonly mean: number;
    readonly decaySessions: number;
    readonly excitation: number;
    readonly returnSize: number;
    /** VIX above which the volatility jump shrinks as level / VIX. */
    readonly damping: number;
  };
  /** Degrees of freedom of the factor shocks. */
  readonly shockShape: number;
  readonly x: Factor & {
    readonly speed: number;
    readonly mean: number;
    readonly convexity: number;
  };
  readonly y: Factor & { readonly speed: number; readonly mean: number; readonly floor: number };
  readonly u: Factor & { readonly persistence: number };
  /** Drift of SPX per year at VIX 19, proportional to VIX. */
  readonly drift: number;
  readonly driftVix: number;
  /** Share of daily variance that falls overnight. */
  readonly overnightShare: number;
  /** Log change of VIX per log return of SPX within a day. */
  readonly vixSlope: number;
  /** Parameters of the VX curve under the pricing measure; its log level is `level`. */
  readonly pricing: TwoFactorParameters;
  /** VVIX of that pricing set, and SKEW of the SPX surface; points. */
  readonly vvix: number;
  readonly skewIndex: number;
  /** Continuous rates per year. */
  readonly billRate: number;
  readonly dividendYield: number;
}

/** Loadings of a factor on the negative and positive innovation, its own shock, and the jump. */
export interface Factor {
  readonly down: number;
  readonly up: number;
  readonly shock: number;
  readonly jump: number;
}

const LEVEL = 3.22;

/** The shipped parameter set. */
export const LV2JH_PARAMETERS: Lv2jhParameters = {
  level: LEVEL,
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
  overnightShare: 0.35,
  vixSlope: -4.5,
  pricing: { ...TWO_FACTOR_PARAMETERS, logLevel: LEVEL },
  vvix: 96.5,
  skewIndex: 125,
  billRate: 0.03,
  dividendYield: 0.014,
};
