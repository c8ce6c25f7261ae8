import type { EpochDay } from '../time/epoch-day.ts';
import type { MarginRules } from './house-rule.ts';
import type { BrokerName } from './margin-profile.ts';
import type { PortfolioGroup } from './portfolio-requirement.ts';

/** What a position may be. */
export type MarginPositionKind =
  | 'spx-option'
  | 'xsp-option'
  | 'vix-option'
  | 'equity-option'
  | 'vx-future'
  | 'vxm-future'
  | 'etp'
  | 'equity';

/** A position to margin; validated: whole non-zero quantity, finite numbers, not expired. */
export interface MarginPosition {
  readonly kind: MarginPositionKind;
  readonly right?: 'call' | 'put';
  readonly strike?: number;
  readonly expiry?: { readonly day: EpochDay; readonly settlement: 'AM' | 'PM' };
  /** Contracts or shares, signed. */
  readonly quantity: number;
  /** Current price, points. */
  readonly price: number;
  readonly impliedVol?: number;
  readonly forward?: number;
  /** Name of a share, fund or the underlying of an equity option. */
  readonly underlying?: string;
  /** Leverage of a fund, 1 unless told. */
  readonly leverage?: number;
  /** Equity options on a fund of a broad index carry 15/10 instead of 20/10. */
  readonly broadIndex?: boolean;
}

/** What to margin, under which rules. */
export interface MarginRequest {
  readonly regime: 'reg-t' | 'portfolio';
  readonly broker: BrokerName;
  readonly day: EpochDay;
  /** Levels by name: SPX, VIX, and each other underlying; points. */
  readonly spot: ReadonlyMap<string, number>;
  readonly positions: readonly MarginPosition[];
  /** VIX closes before the day, oldest first: they decide the volatility regime of a house. */
  readonly vixCloses?: readonly number[];
  /** Levels in the place of the broker's own. */
  readonly rules?: MarginRules;
}

/** Positions margined together. */
export interface StatementGroup {
  readonly rule: string;
  readonly source: string;
  /** Places in the request's positions. */
  readonly legs: readonly number[];
  /** Contracts or shares of each of them, signed; a position may be split between groups. */
  readonly quantities: readonly number[];
  /** Dollars to open and to hold, gross of premium. */
  readonly requirement: number;
  readonly maintenance: number;
  /** The points and charges behind portfolio margin. */
  readonly portfolio?: PortfolioGroup;
}

/** Name under which a position's level is given: SPX, VIX or its own underlying. */
export function underlyingOf({ kind, underlying }: MarginPosition): string {
  switch (kind) {
    case 'spx-option':
      return 'SPX';
    case 'xsp-option':
      return 'XSP';
    case 'vix-option':
    case 'vx-future':
    case 'vxm-future':
      return 'VIX';
    case 'equity-option':
    case 'etp':
    case 'equity':
      return underlying ?? 'unnamed';
  }
}
