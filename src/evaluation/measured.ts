/** A figure that may be unknown; then the reason says why. */
export type Measured =
  | { readonly value: number; readonly reason?: undefined }
  | { readonly value: null; readonly reason: string };

/** The figure when it is finite, otherwise unknown for the reason given. */
export function measured(value: number, reason: string): Measured {
  return Number.isFinite(value) ? { value } : { value: null, reason };
}

/** An unknown figure and why. */
export function unknown(reason: string): Measured {
  return { value: null, reason };
}
