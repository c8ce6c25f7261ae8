import type { CloseIntent, OpenIntent } from '../strategy/intent.ts';
import type { ChainState } from '../strategy/time-shift.ts';
import type { LayerName } from './account-state.ts';
import type { CoreCandidate } from './core-candidate.ts';

/** A decision of one close that is filled at the next (`fill: next-close`). */
export type PendingOrder =
  | CloseIntent
  | { readonly kind: 'entry'; readonly one: CoreCandidate; readonly intent: OpenIntent }
  | { readonly kind: 'layer-open'; readonly name: LayerName; readonly intent: OpenIntent }
  | { readonly kind: 'shift'; readonly trade: number };

/** The opening half of a roll; units are the most that its chain leaves. */
export interface ShiftOrder {
  readonly one: CoreCandidate;
  readonly intent: OpenIntent;
  readonly chain: ChainState;
}
