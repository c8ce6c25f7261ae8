import { asEpochDay, civilDate, epochDay } from '../time/epoch-day.ts';

/** A mark on an axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Round numbers from at or below `low` to at or above `high`, about `count` steps apart. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
  const span = high - low;
  if (!(span > 0)) return low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, low)];
  const step = roundStep(span / count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step + 0);
}

/** The round number (1, 2, 2.5, 5 times a power of ten) at or above a raw step > 0. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 2.5, 5, 10];
  return (steps.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/** First days of months or years between two epoch days, at most `most` of them. */
export function dateTicks(first: number, last: number, most: number): readonly Tick[] {
  const from = civilDate(asEpochDay(first));
  const months = (last - first) / 30.44;
  const step = MONTH_STEPS.find((each) => months / each <= most) ?? 480;
  const ticks: Tick[] = [];
  const start = from.year * 12 + from.month - 1;
  for (let month = Math.ceil(start / step) * step; ; month += step) {
    const year = Math.floor(month / 12);
    const at = epochDay(year, (month % 12) + 1, 1);
    if (at > last) return ticks;
    if (at < first) continue;
    const label =
      step >= 12 ? String(year) : `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
    ticks.push({ at, label });
  }
}

/** Whole months or years since the first day, at most `most` of them; for simulated time. */
export function elapsedTicks(first: number, last: number, most: number): readonly Tick[] {
  const months = (last - first) / 30.4375;
  const step = MONTH_STEPS.find((each) => months / each <= most) ?? 480;
  const ticks: Tick[] = [];
  for (let month = 0; month <= months; month += step) {
    const label = step >= 12 ? `${month / 12} y` : `${month} m`;
    ticks.push({ at: first + month * 30.4375, label });
  }
  return ticks;
}
