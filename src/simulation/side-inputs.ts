import { normalInverse } from '../math/normal.ts';
import type { MarketPath } from '../market/market-path.ts';
import { asEpochDay, civilDate } from '../time/epoch-day.ts';

/** Correlation of daily breadth with the return, and issues per unit of standard return. */
const BREADTH_CORRELATION = 0.85;
const BREADTH_ISSUES = 900;

/** Monthly persistence of the macro scores, and the day of month on which they become known. */
const MACRO_PERSISTENCE = 0.92;
const MACRO_DAY = 25;

/** Sessions of the average that `aboveFiftyDay` looks at. */
const AVERAGE_SESSIONS = 50;

/**
 * Breadth as known at the close: the advance-decline line through the session before, and a share
 * of stocks above their 50-day average that follows the index's own distance from it (assumption).
 */
export function writeBreadth(
  path: MarketPath,
  i: number,
  standardReturn: number,
  uniform: number,
): void {
  const own = normalInverse(uniform);
  const rest = Math.sqrt(1 - BREADTH_CORRELATION * BREADTH_CORRELATION);
  const net = BREADTH_ISSUES * (BREADTH_CORRELATION * standardReturn + rest * own);
  const line = i === 0 ? 0 : (path.advanceDeclineLine[i] ?? 0);
  if (i === 0) path.advanceDeclineLine[0] = 0;
  if (i + 1 < path.length) path.advanceDeclineLine[i + 1] = line + net;
  path.aboveFiftyDay[i] = i < AVERAGE_SESSIONS + 1 ? Number.NaN : shareAbove(path, i - 1);
}

function shareAbove(path: MarketPath, i: number): number {
  let sum = 0;
  for (let back = 0; back < AVERAGE_SESSIONS; back += 1) sum += path.spxClose[i - back] ?? 0;
  const distance = ((path.spxClose[i] ?? Number.NaN) * AVERAGE_SESSIONS) / sum - 1;
  return 100 / (1 + Math.exp(-40 * distance));
}

/** Macro z-scores: independent monthly AR(1), new on the first session from the 25th on. */
export function writeMacro(path: MarketPath, i: number, reer: number, rates: number): void {
  if (i === 0) {
    path.reerChangeZ[0] = normalInverse(reer);
    path.rateDifferentialZ[0] = normalInverse(rates);
    return;
  }
  const before = path.reerChangeZ[i - 1] ?? Number.NaN;
  const beforeRates = path.rateDifferentialZ[i - 1] ?? Number.NaN;
  const isNew = macroIsNew(path, i);
  path.reerChangeZ[i] = isNew ? nextScore(before, reer) : before;
  path.rateDifferentialZ[i] = isNew ? nextScore(beforeRates, rates) : beforeRates;
}

function macroIsNew(path: MarketPath, i: number): boolean {
  const today = civilDate(asEpochDay(path.day[i] ?? 0));
  const yesterday = civilDate(asEpochDay(path.day[i - 1] ?? 0));
  if (today.day < MACRO_DAY) return false;
  return yesterday.day < MACRO_DAY || yesterday.month !== today.month;
}

function nextScore(before: number, uniform: number): number {
  const noise = Math.sqrt(1 - MACRO_PERSISTENCE * MACRO_PERSISTENCE);
  return MACRO_PERSISTENCE * before + noise * normalInverse(uniform);
}
