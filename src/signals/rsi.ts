/**
 * Relative strength index of each row, 0..100; NaN for the first `sessions` rows.
 *
 * The average gain and loss are seeded with the simple average of the first `sessions` changes and
 * then smoothed with weight 1 / sessions. No average loss gives 100, a flat series included. A NaN
 * price ends the series; a new one is seeded after it.
 *
 * Source: Wilder (1978), New Concepts in Technical Trading Systems, section VI.
 */
export function rsi(prices: Float64Array, sessions: number): Float64Array {
  const out = new Float64Array(prices.length).fill(Number.NaN);
  let gain = 0;
  let loss = 0;
  let changes = 0;
  for (let i = 1; i < prices.length; i += 1) {
    const change = (prices[i] ?? Number.NaN) - (prices[i - 1] ?? Number.NaN);
    if (Number.isNaN(change)) {
      gain = 0;
      loss = 0;
      changes = 0;
      continue;
    }
    changes += 1;
    const up = Math.max(change, 0);
    const down = Math.max(-change, 0);
    if (changes <= sessions) {
      gain += up / sessions;
      loss += down / sessions;
    } else {
      gain += (up - gain) / sessions;
      loss += (down - loss) / sessions;
    }
    if (changes >= sessions) out[i] = loss === 0 ? 100 : (100 * gain) / (gain + loss);
  }
  return out;
}
