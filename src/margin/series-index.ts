import { CALL, PUT, VIX_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';
import { expiresOnOrAfter, sameSeries } from './margin-lots.ts';

/**
 * Series (underlying, expiry, settlement) of option legs with their long and short contracts, as
 * growing columns. Reused: `load` overwrites it. Legs of a series are chained in slot order.
 */
export class SeriesIndex {
  count = 0;
  /** First leg of each series. */
  lead: Int32Array = new Int32Array(16);
  /** Next leg of the same series after a leg, or -1. */
  next: Int32Array = new Int32Array(64);
  private last: Int32Array = new Int32Array(16);
  /** Contracts by series and right: [series][CALL, PUT]. */
  private longs: Int32Array = new Int32Array(32);
  private shorts: Int32Array = new Int32Array(32);

  /** Indexes every option leg that has contracts. */
  load(legs: LegColumns): void {
    this.count = 0;
    if (this.next.length < legs.count) this.next = new Int32Array(legs.count * 2);
    for (let slot = 0; slot < legs.count; slot += 1) {
      const quantity = legs.quantity[slot] ?? 0;
      if (quantity === 0 || !((legs.kind[slot] ?? Number.NaN) <= VIX_OPTION)) continue;
      const series = this.find(legs, slot);
      this.next[slot] = -1;
      if (series === this.count) this.open(series, slot);
      else this.next[this.last[series] ?? 0] = slot;
      this.last[series] = slot;
      const side = quantity > 0 ? this.longs : this.shorts;
      const place = 2 * series + (legs.right[slot] === PUT ? PUT : CALL);
      side[place] = (side[place] ?? 0) + Math.abs(quantity);
    }
  }

  /** Long contracts of a right in a series. */
  longOf(series: number, right: number): number {
    return this.longs[2 * series + right] ?? 0;
  }

  /** Short contracts of a right in a series, >= 0. */
  shortOf(series: number, right: number): number {
    return this.shorts[2 * series + right] ?? 0;
  }

  /** The leg's series, or `count` if it is a new one; neighbours mostly share it. */
  private find(legs: LegColumns, slot: number): number {
    for (let series = this.count - 1; series >= 0; series -= 1) {
      if (sameSeries(legs, this.lead[series] ?? 0, slot)) return series;
    }
    return this.count;
  }

  private open(series: number, slot: number): void {
    if (series === this.lead.length) this.grow();
    this.lead[series] = slot;
    this.longs.fill(0, 2 * series, 2 * series + 2);
    this.shorts.fill(0, 2 * series, 2 * series + 2);
    this.count = series + 1;
  }

  private grow(): void {
    const { lead, last, longs, shorts } = this;
    this.lead = new Int32Array(lead.length * 2);
    this.last = new Int32Array(last.length * 2);
    this.longs = new Int32Array(longs.length * 2);
    this.shorts = new Int32Array(shorts.length * 2);
    this.lead.set(lead);
    this.last.set(last);
    this.longs.set(longs);
    this.shorts.set(shorts);
  }
}

/**
 * Whether longs of a kind must be assigned to shorts one by one: some short could use a long of
 * its own series in unequal number, or a long of another series that is not spoken for.
 */
export function needsAssignment(
  index: SeriesIndex,
  legs: LegColumns,
  kind: number,
  cover: 'on-or-after' | 'same-expiry',
): boolean {
  for (let short = 0; short < index.count; short += 1) {
    if (legs.kind[index.lead[short] ?? 0] !== kind) continue;
    for (let right = CALL; right <= PUT; right += 1) {
      const shorts = index.shortOf(short, right);
      if (shorts === 0) continue;
      const own = index.longOf(short, right);
      if (own > 0 && own !== shorts) return true;
      if (cover === 'on-or-after' && hasOtherCover(index, legs, short, right)) return true;
    }
  }
  return false;
}

function hasOtherCover(
  index: SeriesIndex,
  legs: LegColumns,
  short: number,
  right: number,
): boolean {
  const lead = index.lead[short] ?? 0;
  const covered = index.longOf(short, right) === index.shortOf(short, right);
  for (let long = 0; long < index.count; long += 1) {
    const other = index.lead[long] ?? 0;
    const longs = index.longOf(long, right);
    if (long === short || longs === 0 || legs.kind[other] !== legs.kind[lead]) continue;
    if (covered && longs <= index.shortOf(long, right)) continue;
    if (expiresOnOrAfter(legs, other, lead)) return true;
  }
  return false;
}
