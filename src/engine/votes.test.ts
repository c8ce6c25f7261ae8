import { describe, expect, it } from 'vitest';
import { PILLARS } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { Policy } from '../strategy/policy.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { recordRun } from './record-run.ts';
import type { RunRecord } from './run-record.ts';
import { planSessions } from './session-plan.ts';
import { randomMarket } from './sketched-market.fixture.ts';
import { votesAt } from './votes.ts';

const PATH = randomMarket(7, asEpochDay(epochDay(2019, 1, 2)), 240);

function asking(needed: number, termRatioMax = 1): Policy {
  const votes = { needed, rangeSessions: 5, termRatioMax };
  return { ...CONDORS, guards: { quickRatioBlock: 0, maxMarginUse: 1, votes } };
}

function run(policy: Policy, path: MarketPath = PATH): RunRecord {
  const options = { equity: 1_000_000, profile: MARGIN_PROFILES.ibkr, counterfactual: false };
  const plan = planSessions(path, computeSignals(path));
  return recordRun({ path, plan, policy, options, detail: 'full' });
}

describe('votes in a run', () => {
  const free = run({ ...CONDORS, guards: { quickRatioBlock: 0, maxMarginUse: 1, votes: null } });

  it('are not asked by a policy without them, and none of zero needed changes nothing', () => {
    expect(votesAt({ policy: CONDORS, path: PATH }, 100)).toBeUndefined();
    const voted = run(asking(0));
    expect(voted.trades).toEqual(free.trades);
    expect(voted.skips).toEqual(free.skips);
    expect(free.events.filter(({ kind }) => kind === 'voted')).toEqual([]);
    expect(voted.events.filter(({ kind }) => kind === 'voted').length).toBeGreaterThan(10);
  });

  it('refuse an entry exactly when fewer than k are in favour, and say so', () => {
    const voted = run(asking(2));
    const votes = voted.events.filter(({ kind }) => kind === 'voted');
    const lost = votes.filter(({ values }) => !((values['inFavour'] ?? 0) >= 2));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(votes.length);
    expect(voted.skips['votes']).toBe(lost.length);
    const refused = voted.events.filter(({ reason }) => reason === 'votes');
    expect(refused.map(({ day }) => day)).toEqual(lost.map(({ day }) => day));
    const opened = new Set(voted.trades.map(({ openedDay }) => openedDay));
    expect(lost.filter(({ day }) => opened.has(day))).toEqual([]);
  });

  it('ask no closing: what is open is closed while all entries are refused', () => {
    const half = PATH.start + 60;
    const theta = PATH.theta.map((value, i) => {
      const isMonth = i % PILLARS === 1;
      return isMonth && i >= half * PILLARS ? value * 4 : value;
    });
    const { trades } = run(asking(3), { ...PATH, theta });
    const from = PATH.day[half] ?? 0;
    expect(trades.filter(({ openedDay }) => openedDay >= from)).toEqual([]);
    expect(trades.filter(({ closedDay }) => closedDay >= from)).not.toEqual([]);
  });

  it('see nothing after the close they are cast at', () => {
    const cut = 300;
    const later = (column: Float64Array): Float64Array =>
      column.map((value, i) => (i > (cut * column.length) / PATH.length + 3 ? value * 3 : value));
    const other = {
      ...PATH,
      theta: later(PATH.theta),
      spxClose: later(PATH.spxClose),
      advanceDeclineLine: later(PATH.advanceDeclineLine),
    };
    for (let session = 0; session <= cut; session += 1) {
      expect(votesAt({ policy: asking(2), path: other }, session)).toEqual(
        votesAt({ policy: asking(2), path: PATH }, session),
      );
    }
  });
});
