import { describe, expect, it } from 'vitest';
import { approve, approveClose } from './approve.ts';
import type { ApprovalView } from './approve.ts';
import type { OpenIntent } from './intent.ts';

const GUARDS = { quickRatioBlock: 1, maxMarginUse: 0.65, votes: null };
const INTENT: OpenIntent = {
  kind: 'open',
  sleeve: 0,
  structure: 'condor',
  legs: [],
  units: 1,
  reason: 'weekly-entry',
  centre: 5000,
  shortPut: 4800,
  shortCall: 5200,
};
const SOUND: ApprovalView = {
  availableFunds: 100_000,
  fundsNeeded: 8000,
  equityWithLoan: 120_000,
  maintenanceAfter: 30_000,
  futuresInitialAfter: 0,
  futuresCash: 0,
  quickRatio: 2,
};

function verdict(changes: Partial<ApprovalView>, guards: typeof GUARDS | null = GUARDS): string {
  const approval = approve(INTENT, { ...SOUND, ...changes }, guards);
  return approval.approved ? 'approved' : approval.reason;
}

describe('approve', () => {
  it('hands the very intent back when every check holds', () => {
    const approval = approve(INTENT, SOUND, GUARDS);
    expect(approval.approved && approval.intent).toBe(INTENT);
  });

  it.each([
    ['funds just enough', { fundsNeeded: 100_000, maintenanceAfter: 0 }, 'approved'],
    ['funds one cent short', { fundsNeeded: 100_000.01 }, 'available-funds'],
    ['futures drawn from what is left', { futuresInitialAfter: 60_000 }, 'approved'],
    ['futures beyond what is left', { futuresInitialAfter: 92_001 }, 'futures-funds'],
    ['a futures segment in debt', { futuresCash: -92_001 }, 'futures-funds'],
    ['securities use at 65 %', { maintenanceAfter: 78_000 }, 'approved'],
    ['securities use above', { maintenanceAfter: 78_001 }, 'margin-use'],
    ['futures use above 65 %', { futuresInitialAfter: 79_000 }, 'margin-use'],
    ['quick ratio at 1', { quickRatio: 1 }, 'approved'],
    ['quick ratio below 1', { quickRatio: 0.999 }, 'quick-ratio'],
  ])('%s: %s', (_name, changes, expected) => {
    expect(verdict(changes)).toBe(expected);
  });

  it('asks the guards only of policies that carry them', () => {
    expect(verdict({ maintenanceAfter: 119_000, quickRatio: 0.1 }, null)).toBe('approved');
    expect(verdict({ fundsNeeded: 100_001 }, null)).toBe('available-funds');
  });

  it.each([
    ['availableFunds', 'not-a-number'],
    ['fundsNeeded', 'not-a-number'],
    ['maintenanceAfter', 'not-a-number'],
    ['futuresInitialAfter', 'not-a-number'],
    ['futuresCash', 'futures-funds'],
    ['equityWithLoan', 'margin-use'],
    ['quickRatio', 'quick-ratio'],
  ] as const)('refuses when %s is not a number', (key, reason) => {
    expect(verdict({ [key]: Number.NaN })).toBe(reason);
  });

  it('approves every closing', () => {
    const close = { kind: 'close' as const, trade: 3, units: 1, reason: 'time-exit' };
    expect(approveClose(close)).toBe(close);
  });
});

describe('approve with equity with loan at or below zero', () => {
  // A broker's view cannot reach the negative ones: funds are checked before.
  it('refuses zero, of which nothing is a share', () => {
    expect(verdict({ equityWithLoan: 0, availableFunds: 100_000 })).toBe('margin-use');
  });

  // Known defect: a share of negative equity is negative, and so below any limit.
  it.each([-1, -50_000])('refuses under guards when it is %d', (equity) => {
    expect(verdict({ equityWithLoan: equity, availableFunds: 100_000 })).toBe('margin-use');
  });
});
