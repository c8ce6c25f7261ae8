import type { CoverState } from './cover-state.ts';
import { netLong, netShort, seriesCost, uncoverAll } from './cover-state.ts';
import { PUT } from '../contracts/contract-kind.ts';

/** Which covers come first: the greatest saving wherever it is, or those of the own series. */
export type CoverOrder = 'saving-first' | 'own-series-first';

/**
 * A first assignment: again and again the short and the long that together save most of a naked
 * requirement; ties go to the own series, then to the strike of more intrinsic value. A long that
 * saves nothing is left free.
 *
 * Source: FINRA Rule 4210(f)(2)(A), definition of spread (equal contracts within a type); SEC Rel.
 * 34-67752.
 */
export function startCovers(state: CoverState, order: CoverOrder): void {
  uncoverAll(state);
  if (order === 'own-series-first') coverGreedily(state, true);
  coverGreedily(state, false);
  for (let series = 0; series < state.leads.length; series += 1) {
    state.costs[series] = seriesCost(state, series);
  }
}

/** For each short, as columns: the best long, -1 for none, and what it saves, dollars a contract. */
interface Offers {
  readonly short: Int32Array;
  readonly long: Int32Array;
  readonly saving: Float64Array;
}

function coverGreedily(state: CoverState, ownOnly: boolean): void {
  const { open, series } = state;
  const short = Int32Array.from(state.shorts.flat().filter((rank) => (open[rank] ?? 0) > 0));
  const { length } = short;
  const long = new Int32Array(length);
  const saving = new Float64Array(length);
  for (let at = 0; at < length; at += 1) renew(state, { short, long, saving }, at, ownOnly);
  for (;;) {
    const best = greatest(saving);
    if (best < 0) return;
    const covered = short[best] ?? -1;
    const by = long[best] ?? -1;
    const contracts = Math.min(open[covered] ?? 0, open[by] ?? 0);
    netLong(state, series[covered] ?? -1, by, contracts);
    netShort(state, covered, contracts);
    if ((open[covered] ?? 0) === 0) saving[best] = 0;
    if ((open[by] ?? 0) > 0) continue;
    for (let at = 0; at < length; at += 1) {
      if (long[at] === by && (saving[at] ?? 0) > 0) {
        renew(state, { short, long, saving }, at, ownOnly);
      }
    }
  }
}

/** Place of the greatest saving, the first of equals; -1 where nothing is saved. */
function greatest(saving: Float64Array): number {
  let best = -1;
  let most = 0;
  for (let at = 0; at < saving.length; at += 1) {
    const own = saving[at] ?? 0;
    if (own <= most) continue;
    most = own;
    best = at;
  }
  return best;
}

/** The best of the longs that are free, if any saves something. */
function renew(state: CoverState, offers: Offers, at: number, ownOnly: boolean): void {
  const { open, strike, right, alone, series, problem } = state;
  const short = offers.short[at] ?? -1;
  const naked = alone[short] ?? Number.NaN;
  const own = series[short] ?? -1;
  const sign = right[short] === PUT ? 1 : -1;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  let bestIsOwn = false;
  for (const long of state.longs[2 * own + (right[short] ?? 0)] ?? []) {
    if ((open[long] ?? 0) === 0) continue;
    const points = sign * ((strike[short] ?? Number.NaN) - (strike[long] ?? Number.NaN));
    const width = Math.max(0, points) * problem.terms.multiplier;
    // The longs have the most intrinsic value first: those that follow are no nearer.
    if (width > least || (bestIsOwn && width === least)) break;
    const isOwn = isOfSeries(state, long, short);
    if ((ownOnly && !isOwn) || (width === least && !isOwn)) continue;
    best = long;
    least = width;
    bestIsOwn = isOwn;
  }
  offers.long[at] = best;
  // An unknown naked requirement is worth any cover.
  const saved = Number.isNaN(naked) ? Number.POSITIVE_INFINITY : naked - least;
  offers.saving[at] = best < 0 ? 0 : saved;
}

function isOfSeries({ problem, slot }: CoverState, long: number, short: number): boolean {
  const { expiry, settlement } = problem.legs;
  const a = slot[long] ?? -1;
  const b = slot[short] ?? -1;
  return expiry[a] === expiry[b] && settlement[a] === settlement[b];
}
