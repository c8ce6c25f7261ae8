import { describe, expect, it } from 'vitest';
import { accountState } from './account.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';
import { MARGIN_TRANSITIONS, marginCondition, nextMarginStatus } from './margin-status.ts';
import type { MarginCondition, MarginStatus } from './margin-status.ts';

const STATUSES: readonly MarginStatus[] = ['OK', 'WARNING', 'DEFICIT', 'LIQUIDATE'];
const CONDITIONS: readonly MarginCondition[] = ['sound', 'thin', 'deficit', 'overdue'];

function accountWith(cash: number, requirement: number): ReturnType<typeof accountState> {
  return accountState({
    securitiesCash: cash,
    optionMarketValue: 0,
    strategyInitial: requirement,
    strategyMaintenance: requirement,
    futuresCash: 0,
    futuresOptionValue: 0,
    futuresInitial: 0,
    futuresMaintenance: 0,
  });
}

describe('marginCondition', () => {
  it.each([
    ['room of a tenth of net liquidation value', 10_000, 9000, 'sound'],
    ['a dollar less', 10_000, 9001, 'thin'],
    ['excess of exactly zero', 10_000, 10_000, 'thin'],
    ['a cent short', 10_000, 10_000.01, 'deficit'],
    ['an unknown requirement', 10_000, Number.NaN, 'deficit'],
  ])('%s: %d against %d is %s', (_, cash, requirement, expected) => {
    expect(marginCondition(accountWith(cash, requirement), IBKR_PROFILE)).toBe(expected);
  });
});

describe('nextMarginStatus', () => {
  it('has exactly one row for each lifecycle, condition and status', () => {
    for (const lifecycle of ['auto', 'call'] as const) {
      for (const condition of CONDITIONS) {
        for (const status of STATUSES) {
          const rows = MARGIN_TRANSITIONS.filter(
            (row) =>
              row.lifecycle === lifecycle &&
              row.condition === condition &&
              row.from.includes(status),
          );
          expect([lifecycle, condition, status, rows.length]).toEqual([
            lifecycle,
            condition,
            status,
            1,
          ]);
        }
      }
    }
  });

  it('Interactive Brokers warns, then liquidates without a call', () => {
    const { lifecycle } = IBKR_PROFILE;
    expect(nextMarginStatus('OK', 'thin', lifecycle)).toBe('WARNING');
    expect(nextMarginStatus('WARNING', 'deficit', lifecycle)).toBe('LIQUIDATE');
    expect(nextMarginStatus('OK', 'deficit', lifecycle)).toBe('LIQUIDATE');
    expect(nextMarginStatus('LIQUIDATE', 'sound', lifecycle)).toBe('OK');
  });

  it('a broker with calls waits for the due date', () => {
    const { lifecycle } = EXCHANGE_PROFILE;
    expect(nextMarginStatus('WARNING', 'deficit', lifecycle)).toBe('DEFICIT');
    expect(nextMarginStatus('DEFICIT', 'deficit', lifecycle)).toBe('DEFICIT');
    expect(nextMarginStatus('DEFICIT', 'overdue', lifecycle)).toBe('LIQUIDATE');
    expect(nextMarginStatus('DEFICIT', 'sound', lifecycle)).toBe('OK');
    expect(nextMarginStatus('OK', 'overdue', lifecycle)).toBe('DEFICIT');
  });
});
