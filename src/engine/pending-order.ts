import type { CloseIntent, OpenIntent } from '../strategy/intent.ts';
import type { LayerName } from './account-state.ts';
import type { CoreCandidate } from './core-candidate.ts';

/** A decision of one close that is filled at the next (`fill: next-close`). */
export type PendingOrder =
  | CloseIntent
  | { readonly kind: 'entry'; readonly one: CoreCandidate; readonly intent: OpenIntent }
  | { readonly kind: 'layer-open'; readonly name: LayerName; readonly intent: OpenIntent };
