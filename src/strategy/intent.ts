import type { Brand } from '../core/brand.ts';

/** A leg of one unit of a structure. Codes as in contract-kind. */
export interface IntentLeg {
  readonly kind: number;
  readonly right: number;
  readonly strike: number;
  /** EpochDay. */
  readonly expiry: number;
  readonly settlement: number;
  /** Contracts per unit, signed: sell < 0. */
  readonly ratio: number;
}

/** A wish to open a position: not an order until governance approves it. */
export interface OpenIntent {
  readonly kind: 'open';
  /** Sleeve code that pays. */
  readonly sleeve: number;
  readonly structure:
    | 'condor'
    | 'strangle'
    | 'vix-call-spread'
    | 'vx-future'
    | 'vix-call'
    | 'etp'
    | 'spx-put'
    | 'other';
  readonly legs: readonly IntentLeg[];
  /** Units wanted, >= 1. */
  readonly units: number;
  readonly reason: string;
  /** Condor and strangle: centre of the band and short strikes, index points. */
  readonly centre: number;
  readonly shortPut: number;
  readonly shortCall: number;
}

/** An opening of a hedge: units of a structure that has no band of its own. */
export function openingIntent(
  sleeve: number,
  unit: Pick<OpenIntent, 'structure' | 'legs'>,
  units: number,
  reason: string,
): OpenIntent {
  return {
    kind: 'open',
    sleeve,
    structure: unit.structure,
    legs: unit.legs,
    units,
    reason,
    centre: 0,
    shortPut: 0,
    shortCall: 0,
  };
}

/** A wish to close all or half of a trade; reducing risk needs no approval. */
export interface CloseIntent {
  readonly kind: 'close';
  readonly trade: number;
  /** Units to close. */
  readonly units: number;
  readonly reason: string;
}

/** What strategy asks of execution. */
export type Intent = OpenIntent | CloseIntent;

/** An intent that governance let through; only `approve` constructs it. */
export type Approved<T extends Intent> = Brand<T, 'Approved'>;
