import { invariant } from '../core/invariant.ts';

/** How futures are drawn in which rare events are less rare: plain data. */
export interface RareTilt {
  /** How many times as often joint jumps come at rest under the law of jumps, > 1. */
  readonly jumps: number;
  /** How far the return's uniforms lean under the laws of falls and rises: exp(-lean u), lean > 0,
   * over a quarter; over a longer span less, such that the sum moves as many deviations. */
  readonly lean: number;
}

/**
 * Laws of which paths are drawn: every even path by the plain law, the odd ones in turn by jumps that
 * come more often, and by returns that lean down, or up, over one span of sessions each. A path's
 * weight compares the plain law with the mixture of all, of which the plain one is half: at most 2.
 */
export interface RareLaws {
  readonly tilt: RareTilt;
  /** Every quarter, and all of the path. */
  readonly spans: readonly LeaningSpan[];
}

/** Sessions from the first one traded, over which returns lean so far. */
interface LeaningSpan {
  readonly from: number;
  readonly sessions: number;
  readonly lean: number;
}

/** A law by which a path is drawn. */
export type RareLaw =
  | { readonly kind: 'plain' | 'jumps' }
  /** The span over which returns lean, by its place, and where to: 1 down, −1 up. */
  | { readonly kind: 'lean'; readonly span: number; readonly sign: 1 | -1 };

/** Sessions of a quarter. */
const QUARTER = 63;

const PLAIN: RareLaw = { kind: 'plain' };
const JUMPS: RareLaw = { kind: 'jumps' };

/** The laws of paths of so many sessions. Domain: jumps > 1, lean > 0, sessions >= 1. */
export function createRareLaws(tilt: RareTilt, sessions: number): RareLaws {
  invariant(tilt.jumps > 1 && tilt.lean > 0, 'a tilt is above 1, a lean above 0');
  const quarters = Array.from({ length: Math.ceil(sessions / QUARTER) }, (_, quarter) => {
    const from = QUARTER * quarter;
    return { from, sessions: Math.min(QUARTER, sessions - from), lean: tilt.lean };
  });
  const whole = { from: 0, sessions, lean: tilt.lean * Math.sqrt(QUARTER / sessions) };
  return { tilt, spans: [...quarters, whole] };
}

/** The law of a path. */
export function lawOfPath({ spans }: RareLaws, index: number): RareLaw {
  if (index % 2 === 0) return PLAIN;
  const place = ((index - 1) / 2) % (1 + 2 * spans.length);
  if (place === 0) return JUMPS;
  return { kind: 'lean', span: Math.floor((place - 1) / 2), sign: place % 2 === 1 ? 1 : -1 };
}

/**
 * The return's uniform of a session (counted from the first one traded) under the law of its path;
 * it is added to the sums of the spans that hold the session.
 */
export function drawByLaw(
  { spans }: RareLaws,
  law: RareLaw,
  session: number,
  uniform: number,
  sums: Float64Array,
): number {
  const leaning = law.kind === 'lean' ? spans[law.span] : undefined;
  const drawn =
    law.kind === 'lean' && leaning !== undefined && isWithin(leaning, session)
      ? leaningUniform(uniform, leaning.lean, law.sign)
      : uniform;
  for (let place = 0; place < spans.length; place += 1) {
    const span = spans[place];
    if (span !== undefined && isWithin(span, session)) sums[place] = (sums[place] ?? 0) + drawn;
  }
  return drawn;
}

function isWithin({ from, sessions }: LeaningSpan, session: number): boolean {
  return session >= from && session < from + sessions;
}

/**
 * The uniform under the density lean exp(-lean u) / (1 - exp(-lean)) at the same probability; mirrored
 * for sign −1.
 */
export function leaningUniform(uniform: number, lean: number, sign: 1 | -1): number {
  const share = sign === 1 ? uniform : 1 - uniform;
  const leaning = -Math.log1p(share * Math.expm1(-lean)) / lean;
  return sign === 1 ? leaning : 1 - leaning;
}

/**
 * Plain density of a path over that of the mixture.
 *
 * @param jumpRatio ln of the density under the law of jumps over the plain one.
 * @param sums Sum of the return's uniforms over each span, as `drawByLaw` left them.
 * Source: balance heuristic, Veach and Guibas (1995); defensive mixture, Hesterberg (1995).
 */
export function rareWeight(laws: RareLaws, jumpRatio: number, sums: Float64Array): number {
  const { spans } = laws;
  let tilted = Math.exp(jumpRatio);
  for (const [place, { sessions, lean }] of spans.entries()) {
    const sum = sums[place] ?? Number.NaN;
    const scale = sessions * Math.log(lean / -Math.expm1(-lean));
    tilted += Math.exp(scale - lean * sum) + Math.exp(scale - lean * (sessions - sum));
  }
  return 1 / (0.5 + (0.5 * tilted) / (1 + 2 * spans.length));
}
