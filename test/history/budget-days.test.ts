import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { loadPolicy } from '../../src/data/policy-file.ts';
import { recordRun } from '../../src/engine/record-run.ts';
import { bytesOf } from '../../src/engine/run-bytes.fixture.ts';
import type { RunRecord } from '../../src/engine/run-record.ts';
import { planSessions } from '../../src/engine/session-plan.ts';
import { partActivity } from '../../src/evaluation/rule-activity.ts';
import { MARGIN_PROFILES } from '../../src/margin/margin-profile.ts';
import { computeSignals } from '../../src/signals/signal-frame.ts';
import type { BudgetRule, NearEvent } from '../../src/strategy/policy.ts';
import { epochDay, formatIsoDate } from '../../src/time/epoch-day.ts';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from './real-market.ts';

const SPAN = { from: epochDay(1990, 1, 2), to: epochDay(2024, 6, 28) };

/** A shipped policy over all of history, with other budgets where said. */
function history(
  counterfactual = false,
): (name: string, budgets?: Partial<BudgetRule>, events?: readonly NearEvent[]) => RunRecord {
  const { path } = loadHistoricalMarket({ dir: REAL_MARKET, ...SPAN, counterfactual });
  const plan = planSessions(path, computeSignals(path));
  const options = { equity: 1_000_000, profile: MARGIN_PROFILES.ibkr, counterfactual };
  return (name, budgets = {}, events) => {
    const shipped = loadPolicy(name, join(ROOT, 'policies'));
    const near = { ...shipped.layers.near, ...(events && { events }) };
    const guards = shipped.guards && { ...shipped.guards, ...(events && { votes: null }) };
    const policy = {
      ...shipped,
      guards,
      layers: { ...shipped.layers, near },
      budgets: { ...shipped.budgets, ...budgets },
      // What is asked of events alone has no options either: see alvh-45-plain.
      ...(events && { falseBinary: null, secondEngine: null }),
    };
    return recordRun({ path, plan, policy, options, detail: 'summary' });
  };
}

/** First close at which two runs differ, ISO. */
function goldenDay(withPart: RunRecord, without: RunRecord): string | undefined {
  const { goldenDay: day } = partActivity(withPart, without);
  return day === undefined ? undefined : formatIsoDate(day);
}

/** Openings of a day as sleeve and quantity. */
function openedOn(run: RunRecord, day: string): readonly string[] {
  return run.trades
    .filter(({ openedDay }) => formatIsoDate(openedDay) === day)
    .map(({ sleeve, quantity }) => `${sleeve} ${quantity}`);
}

function digest(lines: readonly (string | number)[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

describe.skipIf(!hasRealMarket('budgets over recorded history'))('over recorded history', () => {
  let run: ReturnType<typeof history>;
  let method: RunRecord;
  beforeAll(() => {
    run = history();
    method = run('alvh-45');
  });

  it('alvh-45-plain is alvh-45 as it was before budgets moved', () => {
    const plain = run('alvh-45-plain');
    // Taken from the last build without weights: blotter, then every close in cents.
    const blotter = plain.trades.map((trade) => {
      const { sleeve, structure, openedDay, closedDay, quantity, legs, pnl } = trade;
      const strikes = legs.map(({ strike }) => strike).join(' ');
      const cents = Math.round(pnl * 100);
      return `${sleeve} ${structure} ${openedDay} ${closedDay} ${quantity} ${strikes} ${cents}`;
    });
    expect(blotter).toHaveLength(714);
    expect(digest(blotter)).toBe('15c87532b9a311a5');
    const closes = [...plain.columns.equityClose].map((equity) => Math.round(equity * 100));
    expect(closes.at(-1)).toBe(139_511_973);
    expect(digest([closes.join(' ')])).toBe('c7d9e89ca794aaa1');
    expect(bytesOf(run('alvh-45', { weighting: null, priceSpike: null }, ['fomc']))).toEqual(
      bytesOf(plain),
    );
  });

  it('dynamic weights first act on 2006-03-22: fewer spreads before the FOMC decision', () => {
    const constant = run('alvh-45', { weighting: null });
    expect(goldenDay(method, constant)).toBe('2006-03-22');
    expect(openedOn(method, '2006-03-22')).toEqual(['near 12']);
    expect(openedOn(constant, '2006-03-22')).toEqual(['near 15']);
  });

  it('a CPI spike first acts on 2021-06-10: half the spreads before the FOMC decision', () => {
    const still = run('alvh-45', { priceSpike: null });
    expect(goldenDay(method, still)).toBe('2021-06-10');
    expect(openedOn(method, '2021-06-10')).toEqual(['near 7']);
    expect(openedOn(still, '2021-06-10')).toEqual(['near 14']);
    const moves = method.events.filter(({ kind }) => kind === 'budget-moved');
    const ons = moves.filter(({ reason }) => reason.startsWith('price-spike: '));
    expect(ons.map(({ day }) => formatIsoDate(day))).toEqual(
      '2005-11-15 2006-01-03 2021-05-17 2021-11-15 2022-01-03'.split(' '),
    );
  });

  it('a hurdle first acts on 1994-12-20, when sixty condors have earned less than the WACC', () => {
    const hurdle = run('alvh-45', { mode: 'hurdle' });
    expect(goldenDay(hurdle, method)).toBe('1994-12-20');
    expect(openedOn(hurdle, '1994-12-20')).toEqual(['core 12']);
    expect(openedOn(method, '1994-12-20')).toEqual(['core 25']);
    expect(hurdle.events.filter(({ reason }) => reason === 'hurdle')).toEqual([]);
  });

  it('cash flow and producer prices are NO DATA: no file dates them, and weighing them is idle', () => {
    const files = readdirSync(REAL_MARKET);
    expect(files.filter((name) => /cash_?flow|pcf/i.test(name))).toEqual([]);
    expect(files.filter((name) => /ppi.*(vintage|release)/i.test(name))).toEqual([]);
    const base = loadPolicy('alvh-45', join(ROOT, 'policies')).budgets.weighting;
    if (base === null) throw new Error('alvh-45 has weights');
    const only = { ...base, macd: 0, priceToEarnings: 0, priceToCashFlow: 1 };
    const { events: said, ...weighed } = run('alvh-45', { weighting: only });
    const { events: _silent, ...constant } = run('alvh-45', { weighting: null });
    expect(bytesOf({ ...weighed, events: [] })).toEqual(bytesOf({ ...constant, events: [] }));
    expect(said.map(({ reason }) => reason)).toContain('stress-score: NO DATA for priceToCashFlow');
  });
});

describe.skipIf(!hasRealMarket('counterfactual budgets'))('had VIX options existed', () => {
  it('the spike of May 1999 would have halved the spreads before the FOMC of June', () => {
    const run = history(true);
    const method = run('alvh-45');
    const still = run('alvh-45', { priceSpike: null });
    expect(goldenDay(method, still)).toBe('1999-06-24');
    expect(openedOn(method, '1999-06-24')).toEqual(['near 4']);
    expect(openedOn(still, '1999-06-24')).toEqual(['near 9']);
  });
});
