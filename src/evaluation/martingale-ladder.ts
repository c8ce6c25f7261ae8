import { assertNever } from '../core/assert-never.ts';
import { MARGIN_FACTORS } from '../engine/margin-event.ts';
import type { EndReason, MartingaleStep, RunRecord } from '../engine/run-record.ts';
import { formatIsoDate } from '../time/epoch-day.ts';
import { maxMarginUsed } from './policy-metrics.ts';

/** How a doubling account fared under one structure and margin regime. */
export interface MartingaleLadder {
  readonly policy: string;
  /** For example 'condor', 'strangle'. */
  readonly structure: string;
  /** For example 'Reg T', 'portfolio margin'. */
  readonly regime: string;
  readonly startEquity: number;
  readonly finalEquity: number;
  readonly endedBy: EndReason;
  /** ISO date, or null when the account ran to the last session. */
  readonly endedDate: string | null;
  /** Ladders begun: entries at step 0 that were opened. */
  readonly ladders: number;
  /** Most consecutive losses before an entry. */
  readonly deepestStep: number;
  readonly largestUnits: number;
  /** Largest maintenance requirement at closes, dollars. */
  readonly peakMargin: number;
  readonly marginCalls: number;
  readonly forcedLiquidations: number;
  /** What ended the account, in words. */
  readonly mechanism: string;
  /** The ladder that ended the account, or the deepest one of an account that lived. */
  readonly steps: readonly MartingaleStep[];
}

/** Ladder of a doubling run; structure and regime are the row it stands for. */
export function martingaleLadder(
  record: RunRecord,
  row: { readonly structure: string; readonly regime: string },
): MartingaleLadder {
  const ladders = splitLadders(record.martingale);
  const all = record.martingale;
  return {
    policy: record.policy,
    structure: row.structure,
    regime: row.regime,
    startEquity: record.startEquity,
    finalEquity: record.columns.equityClose.at(-1) ?? record.startEquity,
    endedBy: record.endedBy,
    endedDate: record.endedDay === undefined ? null : formatIsoDate(record.endedDay),
    ladders: ladders.length,
    deepestStep: all.reduce((most, step) => Math.max(most, step.step), 0),
    largestUnits: all.reduce(
      (most, step) => (step.outcome === 'refused' ? most : Math.max(most, step.units)),
      0,
    ),
    peakMargin: maxMarginUsed(record),
    marginCalls: record.marginCalls,
    forcedLiquidations: record.forcedLiquidations,
    mechanism: mechanismOf(record),
    steps: record.endedBy === 'completed' ? deepest(ladders) : (ladders.at(-1) ?? []),
  };
}

/** Steps grouped into ladders; each ladder begins at step 0. */
function splitLadders(steps: readonly MartingaleStep[]): readonly (readonly MartingaleStep[])[] {
  const ladders: MartingaleStep[][] = [];
  for (const step of steps) {
    const current = ladders.at(-1);
    const continues = current !== undefined && step.step > 0;
    if (continues) current.push(step);
    else ladders.push([step]);
  }
  return ladders;
}

function deepest(ladders: readonly (readonly MartingaleStep[])[]): readonly MartingaleStep[] {
  let best: readonly MartingaleStep[] = [];
  for (const ladder of ladders) {
    if ((ladder.at(-1)?.step ?? 0) > (best.at(-1)?.step ?? -1)) best = ladder;
  }
  return best;
}

function mechanismOf(record: RunRecord): string {
  const last = record.martingale.at(-1);
  switch (record.endedBy) {
    case 'completed':
      return record.doublingRefused > 0
        ? 'lived to the last session with doublings refused on the way'
        : 'lived to the last session';
    case 'doubling-refused':
      return last === undefined
        ? 'the next doubling was refused for lack of funds'
        : `doubling ${last.step} refused: available funds did not cover its requirement`;
    case 'forced-liquidation':
      return `a margin call was met by forced liquidation${causeOf(record)}`;
    case 'ruined':
      return record.forcedLiquidations > 0
        ? `ruined after forced liquidation${causeOf(record)}`
        : 'ruined by losses, without a forced liquidation';
    default:
      return assertNever(record.endedBy);
  }
}

/** What took most of excess liquidity before the last liquidation, as the end of a sentence. */
function causeOf({ marginEvents }: RunRecord): string {
  const mechanism = marginEvents.findLast(({ kind }) => kind === 'liquidation')?.mechanism;
  return mechanism === undefined
    ? ''
    : `; most was taken by ${mechanism}: ${MARGIN_FACTORS[mechanism]}`;
}
