import { epochDay } from '../time/epoch-day.ts';
import type { DatedLevels } from './replicate-vx-fund.ts';

/** A published change of an index that a replica must meet. */
export interface ReplicaAnchor {
  readonly index: string;
  /** EpochDay; sessions at or before them count. */
  readonly from: number;
  readonly to: number;
  /** Total change over the span, fraction. */
  readonly published: number;
  /** Allowed difference of yearly growth, or of the total change. */
  readonly tolerance: { readonly kind: 'a-year' | 'total'; readonly within: number };
  readonly source: string;
}

/** Published levels of indices, as changes. */
export const REPLICA_ANCHORS: readonly ReplicaAnchor[] = [
  {
    index: 'vxth',
    from: epochDay(2006, 3, 31),
    to: epochDay(2014, 9, 5),
    published: 0.8883,
    tolerance: { kind: 'a-year', within: 0.02 },
    source: 'Cboe VXTH dashboard: 188.83 in early September 2014, 100 on 2006-03-31',
  },
  {
    index: 'vxth',
    from: epochDay(2018, 10, 31),
    to: epochDay(2023, 10, 31),
    published: 0.986,
    tolerance: { kind: 'total', within: 0.15 },
    source: 'Cboe, 2023-11-06: +98.6 % from October 2018 to October 2023',
  },
];

/** A replica held against an anchor. */
export interface AnchorCheck {
  readonly anchor: ReplicaAnchor;
  /** Total change of the replica over the span, fraction. */
  readonly replicated: number;
  /** Replica minus published, in the tolerance's terms. */
  readonly difference: number;
  readonly isWithin: boolean;
}

/** The anchors of an index whose span the replica covers, checked. */
export function checkAnchors(index: string, replica: DatedLevels): readonly AnchorCheck[] {
  return REPLICA_ANCHORS.filter(
    (anchor) =>
      anchor.index === index &&
      anchor.from >= (replica.day[0] ?? Number.POSITIVE_INFINITY) &&
      anchor.to <= (replica.day.at(-1) ?? Number.NEGATIVE_INFINITY),
  ).map((anchor) => {
    const ratio = levelAt(replica, anchor.to) / levelAt(replica, anchor.from);
    const years = (anchor.to - anchor.from) / 365.25;
    const difference =
      anchor.tolerance.kind === 'total'
        ? ratio - 1 - anchor.published
        : ratio ** (1 / years) - (1 + anchor.published) ** (1 / years);
    const isWithin = Math.abs(difference) <= anchor.tolerance.within;
    return { anchor, replicated: ratio - 1, difference, isWithin };
  });
}

function levelAt({ day, level }: DatedLevels, when: number): number {
  return level[day.findLastIndex((each) => each <= when)] ?? Number.NaN;
}
