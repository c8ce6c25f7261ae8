import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { loadPolicy } from '../../src/data/policy-file.ts';
import { recordRun } from '../../src/engine/record-run.ts';
import type { RunRecord } from '../../src/engine/run-record.ts';
import { planSessions } from '../../src/engine/session-plan.ts';
import type { SessionPlan } from '../../src/engine/session-plan.ts';
import { MARGIN_PROFILES } from '../../src/margin/margin-profile.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { computeSignals } from '../../src/signals/signal-frame.ts';
import { ablationsOf } from '../../src/strategy/ablations.ts';
import { GOLDEN_DAYS } from '../../src/strategy/golden-days.ts';
import type { Policy } from '../../src/strategy/policy.ts';
import { SWITCHED_ON } from '../../src/strategy/switched-on.ts';
import { asEpochDay, epochDay, formatIsoDate, parseIsoDate } from '../../src/time/epoch-day.ts';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const METHOD = loadPolicy('alvh-45', join(ROOT, 'policies'));
const PARTS = [
  ...ablationsOf(METHOD)
    .filter((ablation) => ablation.with === METHOD)
    .map(({ part, without }) => ({ part, other: without })),
  ...SWITCHED_ON.map(({ part, on }) => ({ part, other: on(METHOD) })),
];
const LAST = epochDay(2024, 6, 28);

/** Orders filled on a day: openings and closings with what they were. */
function ordersOn({ trades }: RunRecord, day: string): readonly string[] {
  const opened = trades
    .filter(({ openedDay }) => formatIsoDate(openedDay) === day)
    .map(({ sleeve, structure, quantity, legs }) =>
      [`open ${sleeve} ${structure} ${quantity}`, ...legs.map(({ strike }) => strike)].join(' '),
    );
  const closed = trades
    .filter(({ closedDay }) => formatIsoDate(closedDay) === day)
    .map(({ sleeve, quantity, closeReason }) => `close ${sleeve} ${quantity} ${closeReason}`);
  return [...opened, ...closed];
}

/** First day on which two runs filled different orders, ISO. */
function firstDay(a: RunRecord, b: RunRecord): string | undefined {
  const days = Array.from(a.columns.day, (day) => formatIsoDate(asEpochDay(day)));
  const byDay = (run: RunRecord): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    const note = (day: string, text: string): void => {
      found.set(day, `${found.get(day) ?? ''}|${text}`);
    };
    for (const trade of run.trades) {
      const { sleeve, structure, quantity, legs, openedDay, closedDay, closeReason } = trade;
      const strikes = legs.map(({ strike, expiry }) => `${strike} ${expiry}`).join(' ');
      note(formatIsoDate(openedDay), `open ${sleeve} ${structure} ${quantity} ${strikes}`);
      note(formatIsoDate(closedDay), `close ${sleeve} ${quantity} ${closeReason}`);
    }
    return found;
  };
  const [one, other] = [byDay(a), byDay(b)];
  const sorted = (text: string | undefined): string => (text ?? '').split('|').toSorted().join('|');
  return days.find((day) => sorted(one.get(day)) !== sorted(other.get(day)));
}

describe('golden days', () => {
  it('are listed for every part that can be switched, and for nothing else', () => {
    expect(Object.keys(GOLDEN_DAYS).toSorted()).toEqual(PARTS.map(({ part }) => part).toSorted());
  });
});

describe.skipIf(!hasRealMarket('golden days'))('on its golden day', () => {
  let path: MarketPath;
  let plan: SessionPlan;
  let method: RunRecord;
  const options = { equity: 1_000_000, profile: MARGIN_PROFILES.ibkr, counterfactual: false };
  const run = (policy: Policy): RunRecord =>
    recordRun({ path, plan, policy, options, detail: 'summary' });
  beforeAll(() => {
    const span = { from: epochDay(1990, 1, 2), to: LAST, counterfactual: false };
    ({ path } = loadHistoricalMarket({ dir: REAL_MARKET, ...span }));
    plan = planSessions(path, computeSignals(path));
    method = run(METHOD);
  });

  it.each(PARTS.filter(({ part }) => GOLDEN_DAYS[part] !== null))(
    'switching it changes the orders, and on no day before: $part',
    ({ part, other }) => {
      const day = GOLDEN_DAYS[part] ?? '';
      expect(parseIsoDate(day).ok).toBe(true);
      const without = run(other);
      expect(ordersOn(without, day)).not.toEqual(ordersOn(method, day));
      expect(firstDay(without, method)).toBe(day);
    },
  );

  it.each(PARTS.filter(({ part }) => GOLDEN_DAYS[part] === null))(
    'there is none: switching it changes no order from 1990 to 2024: $part',
    ({ other }) => {
      expect(run(other).trades).toEqual(method.trades);
    },
  );
});
