import { CALL, PUT } from '../contracts/contract-kind.ts';
import { fillLots } from './cover-state.ts';
import type { CoverState } from './cover-state.ts';
import { NAKED } from './margin-lots.ts';

/** Values that differ by less are one value, points times contracts. */
const SAME_VALUE = 1e-9;

/** Excess below which it is rounding, dollars. */
const LEAST_EXCESS = 1e-6;

/** Levels at which each series is looked at: the outer strikes, and the ends of the largest loss. */
const LEVELS = 4;

/**
 * What a change of the netted lots of a series can gain at most, judged by a few index levels: the
 * loss after the change is no less than at those.
 *
 * Every requirement is at least the largest loss plus that of the naked shorts; where a house asks
 * more, all of the excess might go. A gain is that of one contract; where it is not above 0 no number
 * of contracts gains, because gains grow ever more slowly with their number.
 */
export class CoverBounds {
  private readonly state: CoverState;
  /** Index levels and the loss there, dollars: [series][level]. */
  private readonly levels: Float64Array;
  private readonly losses: Float64Array;
  /** Largest loss, dollars, and what the requirement is above loss and naked shorts; by series. */
  private readonly loss: Float64Array;
  private readonly excess: Float64Array;
  /** Whether a short of the series is not covered. */
  private readonly naked: Uint8Array;
  /** Least requirement of a naked short that is covered now, dollars; by series. */
  private readonly cheapest: Float64Array;
  /** Distance of the outer netted strikes, dollars; by side. */
  private readonly span: Float64Array;

  constructor(state: CoverState) {
    const count = state.leads.length;
    this.state = state;
    this.levels = new Float64Array(LEVELS * count);
    this.losses = new Float64Array(LEVELS * count);
    this.loss = new Float64Array(count);
    this.excess = new Float64Array(count);
    this.naked = new Uint8Array(count);
    this.cheapest = new Float64Array(count);
    this.span = new Float64Array(2 * count);
    for (let series = 0; series < count; series += 1) this.renew(series);
  }

  /** Looks at the series again after a change. */
  renew(series: number): void {
    const { state } = this;
    const { problem, lots } = state;
    this.findLosses(series);
    fillLots(state, series, lots);
    const hasNaked = lots.has(NAKED);
    const excess =
      (state.costs[series] ?? 0) - (this.loss[series] ?? 0) - (hasNaked ? problem.naked(lots) : 0);
    // Below 0 where the shorts alone require less than the spread.
    this.excess[series] = excess <= LEAST_EXCESS ? 0 : excess;
    this.naked[series] = hasNaked ? 1 : 0;
    let cheapest = Number.POSITIVE_INFINITY;
    for (const rank of state.held[series] ?? []) {
      if ((state.series[rank] ?? -1) >= 0) cheapest = Math.min(cheapest, state.alone[rank] ?? 0);
    }
    this.cheapest[series] = cheapest;
    this.findSpan(2 * series + CALL);
    this.findSpan(2 * series + PUT);
  }

  private findSpan(side: number): void {
    const { held, strike, right, problem } = this.state;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const rank of held[side >> 1] ?? []) {
      if (right[rank] !== side % 2) continue;
      least = Math.min(least, strike[rank] ?? Number.NaN);
      most = Math.max(most, strike[rank] ?? Number.NaN);
    }
    this.span[side] = Math.max(0, most - least) * problem.terms.multiplier;
  }

  /** What a series gains at most when a leg takes the place of a netted one, dollars. */
  gain(series: number, out: number, into: number): number {
    const loss = this.loss[series] ?? 0;
    let after = 0;
    for (let at = LEVELS * series; at < LEVELS * series + LEVELS; at += 1) {
      after = Math.max(after, (this.losses[at] ?? 0) - this.rise(at, out, into));
    }
    return (this.excess[series] ?? 0) + loss - after;
  }

  /** The same when a cover is taken away: its short is to be paid for. */
  gainOfNaked(series: number, long: number, short: number): number {
    const paid = this.naked[series] === 1 ? 0 : (this.state.alone[short] ?? 0);
    return this.gain(series, long, short) - paid;
  }

  /** The same when two covers are taken away together. */
  gainOfTwo(series: number, longs: readonly number[], shorts: readonly number[]): number {
    const [long = 0, long2 = 0] = longs;
    const [short = 0, short2 = 0] = shorts;
    const { alone } = this.state;
    let after = 0;
    for (let at = LEVELS * series; at < LEVELS * series + LEVELS; at += 1) {
      const rise = this.rise(at, long, short) + this.rise(at, long2, short2);
      after = Math.max(after, (this.losses[at] ?? 0) - rise);
    }
    const paid = this.naked[series] === 1 ? 0 : Math.max(alone[short] ?? 0, alone[short2] ?? 0);
    return (this.excess[series] ?? 0) + (this.loss[series] ?? 0) - after - paid;
  }

  /** What taking away a cover and any other one of a side of the series gains at most, dollars. */
  gainOfPair(series: number, [long, short]: readonly [number, number], other: number): number {
    const { strike, alone, problem } = this.state;
    const width = Math.abs((strike[long] ?? Number.NaN) - (strike[short] ?? Number.NaN));
    const rise = width * problem.terms.multiplier + (this.span[other] ?? 0);
    const paid = this.naked[series] === 1 ? 0 : (alone[short] ?? 0);
    return (this.excess[series] ?? 0) + rise - paid;
  }

  /** What any change that leaves one or two more shorts of a series naked gains at most, dollars. */
  gainOfAnyNaked(series: number): number {
    const paid = this.naked[series] === 1 ? 0 : (this.cheapest[series] ?? 0);
    return (this.excess[series] ?? 0) + (this.loss[series] ?? 0) - paid;
  }

  /** Whether a short of the series is not covered. */
  hasNaked(series: number): boolean {
    return this.naked[series] === 1;
  }

  /** Dollars that a series requires above its largest loss and its naked shorts. */
  excessOf(series: number): number {
    return this.excess[series] ?? 0;
  }

  /**
   * Intrinsic value of a leg at one of the ends (0 or 1) of the largest loss, dollars; 0 where the
   * series has no loss.
   */
  valueAt(series: number, end: number, rank: number): number {
    if (!((this.loss[series] ?? 0) > 0)) return 0;
    const level = this.levels[LEVELS * series + end] ?? 0;
    return this.intrinsic(rank, level) * this.state.problem.terms.multiplier;
  }

  private rise(at: number, out: number, into: number): number {
    const level = this.levels[at] ?? 0;
    const points = this.intrinsic(into, level) - this.intrinsic(out, level);
    return points * this.state.problem.terms.multiplier;
  }

  private intrinsic(rank: number, level: number): number {
    const { strike, right } = this.state;
    const above = level - (strike[rank] ?? Number.NaN);
    return Math.max(0, right[rank] === PUT ? -above : above);
  }

  /** Equal numbers are long and short of each right: beyond the outer strikes nothing changes. */
  private findLosses(series: number): void {
    const { count, net, held, strike, right, problem } = this.state;
    const ranks = held[series] ?? [];
    const row = series * count;
    const first = LEVELS * series;
    this.levels.fill(0, first, first + LEVELS);
    this.losses.fill(0, first, first + LEVELS);
    let value = 0;
    let slope = 0;
    for (const rank of ranks) {
      if (right[rank] !== PUT) continue;
      const contracts = net[row + rank] ?? 0;
      value += contracts * (strike[rank] ?? Number.NaN);
      slope -= contracts;
    }
    const { multiplier } = problem.terms;
    const note = (place: number, level: number): void => {
      this.levels[first + place] = level;
      this.losses[first + place] = -value * multiplier;
    };
    let level = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (const [place, rank] of ranks.entries()) {
      const at = strike[rank] ?? Number.NaN;
      value += slope * (at - level);
      slope += net[row + rank] ?? 0;
      level = at;
      if (place === 0) note(2, at);
      if (value < worst - SAME_VALUE) {
        worst = value;
        note(0, at);
      }
      if (value <= worst + SAME_VALUE) note(1, at);
    }
    if (ranks.length > 0) note(3, level);
    this.loss[series] = worst < 0 ? -worst * multiplier : 0;
  }
}
