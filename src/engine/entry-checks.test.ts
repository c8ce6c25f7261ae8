import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import type { Policy } from '../strategy/policy.ts';
import type { Probe } from './context.ts';
import { assessEntry } from './entry-checks.ts';
import { CONDORS } from './policies.fixture.ts';
import { OPTIONS } from './run-sketch.fixture.ts';
import { RecordingSink } from './audit-sink.ts';
import { runPolicy } from './run-policy.ts';
import { planSessions } from './session-plan.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

// A fall of a third in the middle, so that entries are skipped for every kind of reason.
const PATH = sketchMarket({
  first: epochDay(2019, 1, 2),
  sessions: 500,
  spx: (i) => 3000 * (i < 200 ? 1 + i / 2000 : 0.75 + Math.abs(i - 260) / 1500),
  vix: (i) => (i > 195 && i < 300 ? 55 - (i - 195) / 3 : 17),
});

/** Per session: what the checks said just before the entry, and whether a position was opened. */
function decisions(
  policy: Policy,
): readonly { readonly passes: boolean; readonly opened: boolean }[] {
  const passes = new Map<number, boolean>();
  const opened = new Set<number>();
  const probe: Probe = (moment, context, account, session) => {
    if (moment !== 'entry') return;
    const { checks } = assessEntry(context, account, session);
    passes.set(
      session,
      checks.every(({ outcome }) => outcome === 'PASS'),
    );
  };
  runPolicy({
    path: PATH,
    plan: planSessions(PATH, computeSignals(PATH)),
    policy,
    options: OPTIONS,
    sink: new RecordingSink(),
    probe,
    observe: (_context, account, session) => {
      if (account.trades.some((trade) => trade.sleeve === 0 && trade.openedSession === session)) {
        opened.add(session);
      }
    },
  });
  return [...passes].map(([session, all]) => ({ passes: all, opened: opened.has(session) }));
}

const MARTINGALE: Policy = {
  ...CONDORS,
  name: 'martingale',
  sizing: { ...CONDORS.sizing, kind: 'martingale', noEscalation: false },
  guards: null,
};

describe('assessEntry', () => {
  it.each([
    ['condors', CONDORS],
    ['a Martingale', MARTINGALE],
    [
      'condors of tight guards',
      { ...CONDORS, guards: { quickRatioBlock: 9, maxMarginUse: 0.05, votes: null } },
    ],
    ['large condors', { ...CONDORS, sizing: { ...CONDORS.sizing, riskPerTrade: 0.09 } }],
  ])('passes exactly on the sessions on which %s are opened', (_name, policy) => {
    const seen = decisions(policy);
    expect(seen.length).toBeGreaterThan(100);
    expect(seen.filter(({ passes, opened }) => passes !== opened)).toEqual([]);
    expect(seen.some(({ opened }) => opened)).toBe(true);
  });

  it('names each rule once, with its value and limit', () => {
    let ids: readonly string[] = [];
    const probe: Probe = (moment, context, account, session) => {
      if (moment === 'entry' && session === 0) {
        ids = assessEntry(context, account, session).checks.map(({ id }) => id);
      }
    };
    const plan = planSessions(PATH, computeSignals(PATH));
    const sink = new RecordingSink();
    runPolicy({ path: PATH, plan, policy: CONDORS, options: OPTIONS, sink, probe, observe() {} });
    expect(ids).toEqual([
      'entry-clock',
      'account-open',
      'candidate',
      'risk-per-trade',
      'open-risk',
      'available-funds',
      'futures-funds',
      'margin-use',
      'quick-ratio',
    ]);
  });
});
