/** Sessions a year by which a daily volatility is scaled. */
export const SESSIONS_A_YEAR = 252;

/** Daily bars in index points, one row a session. */
export interface DailyBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * Close-to-close volatility of the `sessions` log returns that end with each row, per year (0.20 =
 * 20 %): sample deviation (n - 1) times sqrt(252).
 *
 * Domain: sessions >= 2. NaN while the window is not complete or holds a close that is NaN or <= 0.
 * Source: Hull (2018), Options, Futures and Other Derivatives, section 15.4.
 */
export function closeToCloseVolatility(close: Float64Array, sessions: number): Float64Array {
  const returns = logReturns(close);
  return returns.map((_return, row) => {
    if (row < sessions) return Number.NaN;
    const window = returns.subarray(row - sessions + 1, row + 1);
    const mean = meanOf(window);
    let squares = 0;
    for (const value of window) squares += (value - mean) ** 2;
    return Math.sqrt((squares / (sessions - 1)) * SESSIONS_A_YEAR);
  });
}

/**
 * Range volatility of the `sessions` rows that end with each row, per year:
 * sigma^2 = mean ln(H/L)^2 / (4 ln 2). It sees nothing of the night.
 *
 * Domain: NaN while the window is not complete or holds a NaN. Source: Parkinson (1980), eq. 5.
 */
export function parkinsonVolatility(
  bars: Pick<DailyBars, 'high' | 'low'>,
  sessions: number,
): Float64Array {
  const daily = bars.high.map((high, row) => {
    const range = Math.log(high / (bars.low[row] ?? Number.NaN));
    return (range * range) / (4 * Math.LN2);
  });
  return annualised(daily, sessions);
}

/**
 * Open-high-low-close volatility of the `sessions` rows that end with each row, per year:
 * sigma^2 = mean of 0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2. It sees nothing of the night.
 *
 * Domain: NaN while the window is not complete or holds a NaN. Source: Garman and Klass (1980), the
 * practical estimator sigma_5.
 */
export function garmanKlassVolatility(bars: DailyBars, sessions: number): Float64Array {
  return annualised(sessionVariance(bars), sessions);
}

/**
 * Volatility of each session, night included, not annualised (0.01 = 1 % a day):
 * sqrt(ln(O / prior C)^2 + the Garman-Klass variance of the session). The daily input of a HAR
 * forecast where no intraday returns are at hand.
 *
 * Domain: NaN in the first row and where a price is NaN.
 */
export function dailyVolatility(bars: DailyBars): Float64Array {
  const session = sessionVariance(bars);
  return session.map((variance, row) => {
    const night = Math.log((bars.open[row] ?? Number.NaN) / (bars.close[row - 1] ?? Number.NaN));
    return Math.sqrt(night * night + variance);
  });
}

/** Log returns of a column of prices; NaN in the first row and beside a price that is NaN or <= 0. */
export function logReturns(close: Float64Array): Float64Array {
  return close.map((now, row) => {
    const before = close[row - 1] ?? Number.NaN;
    return now > 0 && before > 0 ? Math.log(now / before) : Number.NaN;
  });
}

function sessionVariance({ open, high, low, close }: DailyBars): Float64Array {
  return high.map((top, row) => {
    const range = Math.log(top / (low[row] ?? Number.NaN));
    const body = Math.log((close[row] ?? Number.NaN) / (open[row] ?? Number.NaN));
    return 0.5 * range * range - (2 * Math.LN2 - 1) * body * body;
  });
}

function annualised(dailyVariance: Float64Array, sessions: number): Float64Array {
  return dailyVariance.map((_variance, row) => {
    if (row + 1 < sessions) return Number.NaN;
    const mean = meanOf(dailyVariance.subarray(row - sessions + 1, row + 1));
    return Math.sqrt(mean * SESSIONS_A_YEAR);
  });
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
