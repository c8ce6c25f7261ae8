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
  {
    kind: 'etp',
    from: epochDay(1900, 1, 1),
    premiumBelow: ANY,
    fee: 0.005,
    source: 'IBKR fixed, a share (2024)',
  },
];

/** One part of an all-in fee: the lowest and highest level it takes, dollars a contract and side. */
export interface FeeComponent {
  readonly kinds: readonly ContractKind[];
  readonly part: 'commission' | 'exchange' | 'surcharge' | 'clearing' | 'regulatory';
  readonly range: readonly [number, number];
  readonly source: string;
}

const OPTIONS: readonly ContractKind[] = ['spx-option', 'xsp-option', 'vix-option'];
const SPX: readonly ContractKind[] = ['spx-option'];
const XSP: readonly ContractKind[] = ['xsp-option'];
const VIX: readonly ContractKind[] = ['vix-option'];
const VX: readonly ContractKind[] = ['vx-future'];
const VXM: readonly ContractKind[] = ['vxm-future'];

type ComponentRow = readonly [
  readonly ContractKind[],
  FeeComponent['part'],
  number,
  number,
  string,
];

const COMPONENTS: readonly ComponentRow[] = [
  [OPTIONS, 'commission', 0.65, 0.65, 'IBKR, up to 10,000 contracts a month, premium >= 0.10'],
  [OPTIONS, 'clearing', 0.02, 0.025, 'OCC clearing fee, level assumed'],
  [OPTIONS, 'regulatory', 0.02815, 0.02815, 'ORF of all exchanges, 2025-03-03'],
  [SPX, 'exchange', 0.36, 0.45, 'Cboe fee schedule 2024-11-01: premium < 1, >= 1'],
  [SPX, 'surcharge', 0.13, 0.21, 'Cboe SPXW and SPX execution surcharge, level assumed'],
  [XSP, 'exchange', 0, 0.07, 'Cboe fee schedule 2024-11-01: below 10 contracts, from 10'],
  [VIX, 'exchange', 0.1, 0.45, 'Cboe fee schedule 2024-11-01: 0.10, 0.25, 0.40, 0.45 by premium'],
  [VX, 'commission', 0.85, 0.85, 'IBKR, first tier of VX'],
  [VX, 'exchange', 1.47, 1.51, 'CFE fee page, customer'],
  [VX, 'regulatory', 0.02, 0.02, 'NFA assessment'],
  [VXM, 'commission', 0.25, 0.25, 'IBKR, first tier of VXM'],
  [VXM, 'exchange', 0.2, 0.2, 'CFE fee page, customer'],
  [VXM, 'regulatory', 0.02, 0.02, 'NFA assessment'],
];

/** The published and assumed parts behind the all-in fees. */
export const FEE_COMPONENTS: readonly FeeComponent[] = COMPONENTS.map(
  ([kinds, part, low, high, source]): FeeComponent => ({ kinds, part, range: [low, high], source }),
);

/** Fee of one contract in dollars at a premium on a day; NaN when no row fits. */
export function feePerContract(kind: ContractKind, day: EpochDay, premium: number): number {
  for (const row of FEE_SCHEDULE) {
    if (row.kind === kind && day >= row.from && premium < row.premiumBelow) return row.fee;
  }
  return Number.NaN;
}
