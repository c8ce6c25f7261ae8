import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { ContractKind } from './contract-kind.ts';

/** An all-in fee per contract and side: commission, exchange, clearing and regulatory. */
export interface FeeRow {
  readonly kind: ContractKind;
  readonly from: EpochDay;
  /** Applies to premiums below this, points. */
  readonly premiumBelow: number;
  /** Dollars. */
  readonly fee: number;
  readonly source: string;
}

const ANY = Number.POSITIVE_INFINITY;

/** Fees, newest first within a kind; the first row that fits applies. */
export const FEE_SCHEDULE: readonly FeeRow[] = [
  {
    kind: 'spx-option',
    from: epochDay(2006, 1, 1),
    premiumBelow: ANY,
    fee: 1.25,
    source: 'IBKR 0.65 + Cboe 0.36-0.45 + surcharge, ORF, OCC (2024 levels), rounded',
  },
  {
    kind: 'spx-option',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 2.5,
    source: 'assumption: twice the later level before electronic brokerage',
  },
  {
    kind: 'xsp-option',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 0.75,
    source: 'IBKR 0.65 + ORF, OCC; Cboe free below 10 contracts (2024)',
  },
  {
    kind: 'vix-option',
    from: epochDay(1900, 1, 1),
    premiumBelow: 1,
    fee: 0.95,
    source: 'IBKR 0.65 + Cboe VIX 0.10-0.25 + ORF, OCC (2024)',
  },
  {
    kind: 'vix-option',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 1.15,
    source: 'IBKR 0.65 + Cboe VIX 0.40-0.45 + ORF, OCC (2024)',
  },
  {
    kind: 'vx-future',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 2.4,
    source: 'IBKR 0.85 + CFE 1.51 + NFA 0.02 (2024)',
  },
  {
    kind: 'vxm-future',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 0.5,
    source: 'IBKR 0.25 + CFE 0.20 + NFA 0.02 (2024)',
  },
];

/** Fee of one contract in dollars at a premium on a day; NaN when no row fits. */
export function feePerContract(kind: ContractKind, day: EpochDay, premium: number): number {
  for (const row of FEE_SCHEDULE) {
    if (row.kind === kind && day >= row.from && premium < row.premiumBelow) return row.fee;
  }
  return Number.NaN;
}
