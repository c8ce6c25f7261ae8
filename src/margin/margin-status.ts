import type { AccountMargin } from './account.ts';
import type { MarginLifecycle, MarginProfile } from './margin-profile.ts';

/** Where an account stands with its broker. DEFICIT: a call is out; LIQUIDATE: positions are sold. */
export type MarginStatus = 'OK' | 'WARNING' | 'DEFICIT' | 'LIQUIDATE';

/** What a margin check finds. `overdue`: a deficit past the due date of its call. */
export type MarginCondition = 'sound' | 'thin' | 'deficit' | 'overdue';

/** One row of the lifecycle: what a condition makes of any status. */
export interface MarginTransition {
  readonly lifecycle: MarginLifecycle;
  readonly condition: MarginCondition;
  readonly from: readonly MarginStatus[];
  readonly to: MarginStatus;
  readonly source: string;
}

const ANY: readonly MarginStatus[] = ['OK', 'WARNING', 'DEFICIT', 'LIQUIDATE'];
const IBKR_SOURCE = 'Interactive Brokers knowledge base 199: no call, liquidation in real time';
const CALL_SOURCE = 'FINRA Rule 4210(f)(6): a call, met by its due date';

/** Every transition; each lifecycle, condition and status has exactly one row. */
export const MARGIN_TRANSITIONS: readonly MarginTransition[] = [
  { lifecycle: 'auto', condition: 'sound', from: ANY, to: 'OK', source: IBKR_SOURCE },
  { lifecycle: 'auto', condition: 'thin', from: ANY, to: 'WARNING', source: IBKR_SOURCE },
  { lifecycle: 'auto', condition: 'deficit', from: ANY, to: 'LIQUIDATE', source: IBKR_SOURCE },
  { lifecycle: 'auto', condition: 'overdue', from: ANY, to: 'LIQUIDATE', source: IBKR_SOURCE },
  { lifecycle: 'call', condition: 'sound', from: ANY, to: 'OK', source: CALL_SOURCE },
  { lifecycle: 'call', condition: 'thin', from: ANY, to: 'WARNING', source: CALL_SOURCE },
  {
    lifecycle: 'call',
    condition: 'deficit',
    from: ['OK', 'WARNING', 'DEFICIT'],
    to: 'DEFICIT',
    source: CALL_SOURCE,
  },
  {
    lifecycle: 'call',
    condition: 'deficit',
    from: ['LIQUIDATE'],
    to: 'LIQUIDATE',
    source: CALL_SOURCE,
  },
  {
    lifecycle: 'call',
    condition: 'overdue',
    from: ['DEFICIT', 'LIQUIDATE'],
    to: 'LIQUIDATE',
    source: CALL_SOURCE,
  },
  {
    lifecycle: 'call',
    condition: 'overdue',
    from: ['OK', 'WARNING'],
    to: 'DEFICIT',
    source: 'a deficit without a call begins with a call',
  },
];

/**
 * What a check of the account finds, before any due date: a deficit no segment covers, a cushion
 * below the profile's warning, or neither. An unknown (NaN) figure is a deficit.
 */
export function marginCondition(
  account: AccountMargin,
  profile: MarginProfile,
): Exclude<MarginCondition, 'overdue'> {
  if (!(account.deficit <= 0)) return 'deficit';
  return account.cushion >= profile.warningCushion ? 'sound' : 'thin';
}

/** The status after a check that found the condition; see MARGIN_TRANSITIONS. */
export function nextMarginStatus(
  status: MarginStatus,
  condition: MarginCondition,
  lifecycle: MarginLifecycle,
): MarginStatus {
  const row = MARGIN_TRANSITIONS.find(
    (transition) =>
      transition.lifecycle === lifecycle &&
      transition.condition === condition &&
      transition.from.includes(status),
  );
  return row?.to ?? 'LIQUIDATE';
}
