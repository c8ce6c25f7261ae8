import type { SecondEngineRecord } from '../engine/second-engine.ts';
import { drawdownsAtClose } from './drawdown.ts';
import { measured } from './measured.ts';
import type { Measured } from './measured.ts';

/** Sessions of the rolling correlation with the account, and the value above which it warns. */
export const ENGINE_CORRELATION: { readonly sessions: number; readonly warning: number } = {
  sessions: 60,
  warning: 0.5,
};

/** What the second engine earned, and how much it moves with the account. */
export interface SecondEngineFigures {
  readonly capital: number;
  readonly finalEquity: number;
  readonly maxDrawdown: number;
  readonly marginCalls: number;
  readonly stopped: boolean;
  /** Correlation of daily returns with the account over the last 60 sessions. */
  readonly correlation: Measured;
  /** Share of windows of 60 sessions above the warning: two short-volatility books are one. */
  readonly shareAboveWarning: Measured;
}

/** Figures of a second engine beside an account's equity at the same closes. Source: R-37. */
export function secondEngineFigures(
  engine: SecondEngineRecord,
  accountEquity: Float64Array,
): SecondEngineFigures {
  const { capital, equityClose } = engine;
  const mine = returnsOf(equityClose);
  const theirs = returnsOf(accountEquity);
  const { sessions, warning } = ENGINE_CORRELATION;
  const rolling: number[] = [];
  for (let end = sessions; end <= mine.length; end += 1) {
    rolling.push(
      correlation(mine.subarray(end - sessions, end), theirs.subarray(end - sessions, end)),
    );
  }
  const known = rolling.filter((value) => !Number.isNaN(value));
  const above = known.filter((value) => value > warning).length;
  const reason = `fewer than ${String(sessions)} sessions in which both moved`;
  return {
    capital,
    finalEquity: equityClose.at(-1) ?? capital,
    maxDrawdown: drawdownsAtClose(capital, equityClose).reduce((a, b) => Math.max(a, b), 0),
    marginCalls: engine.marginCalls,
    stopped: engine.stoppedRow >= 0,
    correlation: measured(rolling.at(-1) ?? Number.NaN, reason),
    shareAboveWarning: measured(above / known.length, reason),
  };
}

function returnsOf(equity: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, equity.length - 1) },
    (_unused, i) => (equity[i + 1] ?? Number.NaN) / (equity[i] ?? Number.NaN) - 1,
  );
}

/** Pearson correlation; NaN when either does not move. */
function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [da, db] = [value - ma, (b[i] ?? Number.NaN) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Number.NaN;
}
