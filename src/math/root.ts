import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';

/** Why no root was found: f does not change sign over the bracket, or the steps ran out. */
export type RootError =
  | { readonly kind: 'no-bracket'; readonly atLow: number; readonly atHigh: number }
  | { readonly kind: 'no-convergence'; readonly last: number; readonly steps: number };

/** When the search stops: bracket half-width at most `tolerance`, or `maxSteps` evaluations. */
export interface RootOptions {
  /** Absolute, in units of the argument; default 1e-12. */
  readonly tolerance?: number;
  /** Default 100. */
  readonly maxSteps?: number;
}

/** The bracket of a search: best point b, its counterpoint c across the root, last point a. */
interface Bracket {
  a: number;
  b: number;
  c: number;
  fa: number;
  fb: number;
  fc: number;
  step: number;
  lastStep: number;
}

/**
 * A root of a continuous function between low and high, where it changes sign.
 *
 * Errors: `no-bracket` unless f(low) and f(high) have opposite signs (NaN included),
 * `no-convergence` when maxSteps are spent or f gives NaN inside.
 * Accuracy: within tolerance + 4 units in the last place of a sign change.
 * Source: Brent (1973), ch. 4, algorithm zero.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  options: RootOptions = {},
): Result<number, RootError> {
  const { tolerance = 1e-12, maxSteps = 100 } = options;
  const atLow = f(low);
  const atHigh = f(high);
  if (atLow === 0) return ok(low);
  if (atHigh === 0) return ok(high);
  if (!(atLow < 0 ? atHigh > 0 : atLow > 0 && atHigh < 0)) {
    return err({ kind: 'no-bracket', atLow, atHigh });
  }
  const width = high - low;
  const bracket: Bracket = {
    a: low,
    b: high,
    c: low,
    fa: atLow,
    fb: atHigh,
    fc: atLow,
    step: width,
    lastStep: width,
  };
  for (let steps = 0; steps < maxSteps; steps += 1) {
    orient(bracket);
    const within = 2 * Number.EPSILON * Math.abs(bracket.b) + 0.5 * tolerance;
    const middle = 0.5 * (bracket.c - bracket.b);
    if (Math.abs(middle) <= within || bracket.fb === 0) return ok(bracket.b);
    chooseStep(bracket, middle, within);
    bracket.a = bracket.b;
    bracket.fa = bracket.fb;
    const { step } = bracket;
    bracket.b += Math.abs(step) > within ? step : Math.sign(middle) * within;
    bracket.fb = f(bracket.b);
    if (Number.isNaN(bracket.fb)) break;
  }
  return err({ kind: 'no-convergence', last: bracket.b, steps: maxSteps });
}

/** Keeps the root between b and c, and b the better of the two. */
function orient(bracket: Bracket): void {
  if (bracket.fb > 0 === bracket.fc > 0) {
    bracket.c = bracket.a;
    bracket.fc = bracket.fa;
    bracket.step = bracket.b - bracket.a;
    bracket.lastStep = bracket.step;
  }
  if (Math.abs(bracket.fc) < Math.abs(bracket.fb)) {
    bracket.a = bracket.b;
    bracket.b = bracket.c;
    bracket.c = bracket.a;
    bracket.fa = bracket.fb;
    bracket.fb = bracket.fc;
    bracket.fc = bracket.fa;
  }
}

/** Interpolation where it shrinks the bracket fast enough, else bisection. */
function chooseStep(bracket: Bracket, middle: number, within: number): void {
  const { a, b, c, fa, fb, fc, step, lastStep } = bracket;
  bracket.lastStep = middle;
  bracket.step = middle;
  if (Math.abs(lastStep) < within || Math.abs(fa) <= Math.abs(fb)) return;
  const s = fb / fa;
  let p = 2 * middle * s;
  let q = 1 - s;
  if (a !== c) {
    const u = fa / fc;
    const r = fb / fc;
    p = s * (2 * middle * u * (u - r) - (b - a) * (r - 1));
    q = (u - 1) * (r - 1) * (s - 1);
  }
  if (p > 0) q = -q;
  p = Math.abs(p);
  const limit = Math.min(3 * middle * q - Math.abs(within * q), Math.abs(lastStep * q));
  if (!(2 * p < limit)) return;
  bracket.lastStep = step;
  bracket.step = p / q;
}
