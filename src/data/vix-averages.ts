import { ewma, halfLifeWeight } from '../signals/ewma.ts';

/** EWMAs of ln VIX by session, half-lives of 21 and 126 sessions. */
export interface VixAverages {
  readonly ewma21: Float64Array;
  readonly ewma126: Float64Array;
}

/** The averages of ln VIX behind the term-structure regressions; VIX in points by session. */
export function vixAverages(vix: Float64Array): VixAverages {
  const logVix = vix.map(Math.log);
  return {
    ewma21: ewma(logVix, halfLifeWeight(21)),
    ewma126: ewma(logVix, halfLifeWeight(126)),
  };
}
