import type { Frequency } from '../evaluation/frequency.ts';
import { formatNumber, formatPercent } from './format-number.ts';

/** Estimate with its 95 % interval, `0.6 % (0.3–1.0)`; zero events are `< 0.15 %`. */
export function formatEstimate(frequency: Frequency): string {
  const { estimate, low, high, count } = frequency;
  if (estimate === null || low === null || high === null) return 'n/a (no trial)';
  if (count === 0) return `<\u00A0${percentOf(high)}`;
  return `${percentOf(estimate)} (${bare(low)}–${bare(high)})`;
}

/** Count among trials, `12 in 2,000`. */
export function formatAmong(frequency: Frequency): string {
  return `${formatNumber(frequency.count)} in ${formatNumber(frequency.trials)}`;
}

/** Decimals follow the size, so that a rare event does not read as 0.0 %. */
function percentOf(fraction: number): string {
  return formatPercent(fraction, decimalsFor(fraction));
}

function bare(fraction: number): string {
  return formatNumber(fraction * 100, decimalsFor(fraction));
}

function decimalsFor(fraction: number): number {
  if (fraction < 0.01 && fraction > 0) return 2;
  return 1;
}
