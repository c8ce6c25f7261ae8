import { AM, CALL, NO_RIGHT, PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import type { LegColumns } from '../contracts/leg-columns.ts';

/** One leg in short: right, strike, quantity, mark; SPX, day 100 and PM unless said. */
export interface LegSketch {
  readonly right: 'call' | 'put' | 'future';
  readonly strike: number;
  readonly quantity: number;
  readonly mark?: number;
  readonly kind?: number;
  readonly expiry?: number;
  readonly settlement?: 'AM' | 'PM';
}

const RIGHTS = { call: CALL, put: PUT, future: NO_RIGHT } as const;

/** Leg columns of sketched legs, slot = place in the list. */
export function legsOf(sketches: readonly LegSketch[]): LegColumns {
  return {
    count: sketches.length,
    kind: Uint8Array.from(sketches, ({ kind }) => kind ?? SPX_OPTION),
    right: Uint8Array.from(sketches, ({ right }) => RIGHTS[right]),
    strike: Float64Array.from(sketches, ({ strike }) => strike),
    expiry: Int32Array.from(sketches, ({ expiry }) => expiry ?? 100),
    settlement: Uint8Array.from(sketches, ({ settlement }) => (settlement === 'AM' ? AM : PM)),
    quantity: Int32Array.from(sketches, ({ quantity }) => quantity),
    mark: Float64Array.from(sketches, ({ mark }) => mark ?? 0),
  };
}

/** A credit iron condor: short put and call, wings `width` away, `quantity` times. */
export function condorOf(
  shortPut: number,
  shortCall: number,
  width: number,
  quantity: number,
): readonly LegSketch[] {
  return [
    { right: 'put', strike: shortPut - width, quantity },
    { right: 'put', strike: shortPut, quantity: -quantity },
    { right: 'call', strike: shortCall, quantity: -quantity },
    { right: 'call', strike: shortCall + width, quantity },
  ];
}
