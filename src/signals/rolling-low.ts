import { rollingExtreme } from './rolling-extreme.ts';

/** Flag code: the condition does not hold. */
export const FLAG_NO = 0;
/** Flag code: the condition holds. */
export const FLAG_YES = 1;
/** Flag code: an input has no data, so the condition is unknown. */
export const FLAG_NO_DATA = 2;

/**
 * Whether each row is the lowest of the `sessions` rows that end with it, as a flag code.
 *
 * A tie with an earlier row of the window counts as a low. FLAG_NO_DATA when the window is not
 * complete or holds a NaN.
 */
export function rollingLow(values: Float64Array, sessions: number): Uint8Array {
  const out = new Uint8Array(values.length).fill(FLAG_NO_DATA);
  const low = rollingExtreme(values, sessions, 'low');
  for (let i = 0; i < values.length; i += 1) {
    const lowest = low[i] ?? Number.NaN;
    if (!Number.isNaN(lowest)) out[i] = lowest === values[i] ? FLAG_YES : FLAG_NO;
  }
  return out;
}
