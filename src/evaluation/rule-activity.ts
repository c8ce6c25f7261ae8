import type { RunRecord, TradeRecord } from '../engine/run-record.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';

/** How one part of a policy changed what was ordered; counts are of openings that were closed. */
export interface PartActivity {
  /** First close at which the account differs without the part; undefined = it never acted. */
  readonly goldenDay: EpochDay | undefined;
  /** Openings only there with the part, with another size or strikes, and only there without it. */
  readonly created: number;
  readonly changed: number;
  readonly vetoed: number;
}

/** How often a layer was looked at, and what came of it; sessions unless said. */
export interface LayerActivity {
  readonly sleeve: string;
  /** Sessions on which its instrument was listed. */
  readonly evaluated: number;
  readonly noData: number;
  readonly notListed: number;
  /** Firings of the trigger. */
  readonly triggers: number;
  readonly openings: number;
  readonly refusals: number;
}

/** Entries skipped and orders refused, by the rule that did it. */
export interface BlockCount {
  readonly reason: string;
  readonly count: number;
}

/**
 * What a part did to the order list: the run with it against the run without it, on one market.
 *
 * After the first difference the two accounts differ, so that later counts hold the part's
 * consequences too. The first difference is read from equity at the close, which a fill changes by
 * its spread and fees on its own day.
 */
export function partActivity(withPart: RunRecord, without: RunRecord): PartActivity {
  const ours = openings(withPart);
  const theirs = openings(without);
  let created = 0;
  let changed = 0;
  for (const [key, terms] of ours) {
    const other = theirs.get(key);
    if (other === undefined) created += 1;
    else if (other !== terms) changed += 1;
  }
  const vetoed = [...theirs.keys()].filter((key) => !ours.has(key)).length;
  return { goldenDay: firstDifference(withPart, without), created, changed, vetoed };
}

/** What each layer of a run did. */
export function layerActivity({ columns, layers }: RunRecord): readonly LayerActivity[] {
  return layers.map(({ sleeve, noData, notListed, triggers, openings: opened, refusals }) => ({
    sleeve,
    evaluated: columns.day.length - notListed,
    noData,
    notListed,
    triggers,
    openings: opened,
    refusals,
  }));
}

/** Entries skipped of a run by reason, most frequent first, then by name. */
export function blockCounts({ skips }: RunRecord): readonly BlockCount[] {
  return inOrder(Object.entries(skips).map(([reason, count]) => ({ reason, count })));
}

/** Counts of the same parts on two markets, added up; days of different markets are no golden day. */
export function addParts<P extends PartActivity>(a: readonly P[], b: readonly P[]): readonly P[] {
  return a.map((part, i) => {
    const other = b[i] ?? part;
    return {
      ...part,
      goldenDay: undefined,
      created: part.created + other.created,
      changed: part.changed + other.changed,
      vetoed: part.vetoed + other.vetoed,
    };
  });
}

/** Counts of the same layers on two markets, added up. */
export function addLayers(
  a: readonly LayerActivity[],
  b: readonly LayerActivity[],
): readonly LayerActivity[] {
  return a.map((layer, i) => {
    const other = b[i] ?? layer;
    return {
      sleeve: layer.sleeve,
      evaluated: layer.evaluated + other.evaluated,
      noData: layer.noData + other.noData,
      notListed: layer.notListed + other.notListed,
      triggers: layer.triggers + other.triggers,
      openings: layer.openings + other.openings,
      refusals: layer.refusals + other.refusals,
    };
  });
}

/** Entries skipped on two markets by reason, added up. */
export function addBlocks(
  a: readonly BlockCount[],
  b: readonly BlockCount[],
): readonly BlockCount[] {
  const counts = new Map(a.map(({ reason, count }) => [reason, count]));
  for (const { reason, count } of b) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return inOrder([...counts].map(([reason, count]) => ({ reason, count })));
}

function inOrder(counts: readonly BlockCount[]): readonly BlockCount[] {
  return counts.toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** Terms of each opening by what it is: sleeve, structure and day. */
function openings({ trades }: RunRecord): ReadonlyMap<string, string> {
  return new Map(trades.map((trade) => [openingKey(trade), openingTerms(trade)]));
}

function openingKey({ sleeve, structure, openedDay }: TradeRecord): string {
  return `${sleeve} ${structure} ${openedDay}`;
}

function openingTerms({ quantity, legs }: TradeRecord): string {
  const contracts = legs.map(({ kind, strike, expiry }) => `${kind} ${strike} ${expiry}`);
  return `${quantity} ${contracts.join(' ')}`;
}

function firstDifference(a: RunRecord, b: RunRecord): EpochDay | undefined {
  const rows = a.columns.day.length;
  for (let row = 0; row < rows; row += 1) {
    if (a.columns.equityClose[row] === b.columns.equityClose[row]) continue;
    return asEpochDay(a.columns.day[row] ?? Number.NaN);
  }
  return undefined;
}
