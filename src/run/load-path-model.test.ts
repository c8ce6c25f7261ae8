import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadHistoricalMarket } from '../data/historical-market.ts';
import { FIRST, LAST, writeMadeUpMarket } from '../data/market-folder.fixture.ts';
import { readMarketFolder } from '../data/market-folder.ts';
import { loadPolicy } from '../data/policy-file.ts';
import { summarisePath } from '../evaluation/path-summary.ts';
import { IBKR_PROFILE } from '../margin/margin-profile.ts';
import type { CalibrationWindow, PathSpec } from '../simulation/path-spec.ts';
import { asEpochDay, epochDay } from '../time/epoch-day.ts';
import { loadPathModel, specOf, windowMarket } from './load-path-model.ts';
import { createBlockRunner, runOnPath } from './run-block.ts';

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const OPTIONS = { equity: 1_000_000, profile: IBKR_PROFILE, counterfactual: false };
const FROM = epochDay(2004, 4, 1);

let data: string;
let window: CalibrationWindow;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'alvh-models-'));
  writeMadeUpMarket(data);
  const { hash } = readMarketFolder(data);
  window = { from: FIRST, to: LAST, sessions: 629, dataHash: hash, counterfactual: true };
});
afterAll(() => rmSync(data, { recursive: true }));

const replay = (): PathSpec => ({
  kind: 'history',
  window: { ...window, from: FROM, counterfactual: false },
});

describe('the replay of recorded history', () => {
  it('gives from start 0 the historical market to the byte', () => {
    const path = loadPathModel({ model: replay(), data }, 1).generate(1, 0);
    const to = asEpochDay(path.day.at(-1) ?? 0);
    const market = loadHistoricalMarket({ dir: data, from: FROM, to, counterfactual: false });
    expect(path).toEqual(market.path);
  });

  it('runs a policy from start 0 as the historical replay does', () => {
    const model = replay();
    const policies = [loadPolicy('alvh-45', POLICIES)];
    const request = { seed: 1, years: 1, firstPath: 0, count: 1, policies, options: OPTIONS };
    const summaries = createBlockRunner()({ ...request, model, data });
    const path = loadPathModel({ model, data }, 1).generate(1, 0);
    const to = asEpochDay(path.day.at(-1) ?? 0);
    const market = loadHistoricalMarket({ dir: data, from: FROM, to, counterfactual: false });
    const records = runOnPath(market.path, policies, OPTIONS, 'summary');
    const startVix = path.vixClose[path.start - 1] ?? Number.NaN;
    expect(summaries).toEqual(records.map((record) => [summarisePath(record, startVix)]));
    expect(summaries[0]?.[0]?.condors.trades).toBeGreaterThan(0);
  });
});

describe('blocks of a model made of history', () => {
  it.each(['bootstrap', 'iid', 'history', 'gjr'] as const)(
    '%s: any chunking, same bytes',
    (kind) => {
      const model = specOf(kind, window, windowMarket(readMarketFolder(data), window), data);
      const request = {
        seed: 4,
        years: 1,
        policies: [loadPolicy('unhedged', POLICIES)],
        options: OPTIONS,
        model,
        data,
      };
      const whole = createBlockRunner()({ ...request, firstPath: 0, count: 9 });
      const cut = [
        [0, 2],
        [2, 6],
        [8, 1],
      ].flatMap(([firstPath = 0, count = 0]) => {
        const [summaries = []] = createBlockRunner()({ ...request, firstPath, count });
        return summaries;
      });
      expect(cut).toEqual(whole[0]);
      expect(new Set(cut.map(({ finalEquity }) => finalEquity)).size).toBeGreaterThan(1);
    },
  );

  it('takes every stride-th path of a replay', () => {
    const request = {
      seed: 1,
      years: 1,
      policies: [loadPolicy('unhedged', POLICIES)],
      options: OPTIONS,
      model: replay(),
      data,
    };
    const run = createBlockRunner();
    const [spread = []] = run({ ...request, firstPath: 1, count: 2, stride: 5 });
    const [fifth = []] = run({ ...request, firstPath: 5, count: 1 });
    const [tenth = []] = run({ ...request, firstPath: 10, count: 1 });
    expect(spread).toEqual([...fifth, ...tenth]);
  });
});

describe('a calibration window that does not do', () => {
  it('is refused with a remedy when it is too short', () => {
    const short = { ...window, from: epochDay(2005, 1, 3) };
    expect(() =>
      loadPathModel({ model: { kind: 'bootstrap', window: short, meanBlock: 21 }, data }, 1),
    ).toThrow(/bootstrap must have >= 504 sessions in 2005-01-03 to 2005-06-30, was 12\d.*Remedy/);
    expect(() => loadPathModel({ model: replay(), data }, 5)).toThrow(/simulate fewer --years/);
  });

  it('is refused when the files are no longer those of the window', () => {
    const changed = mkdtempSync(join(tmpdir(), 'alvh-changed-'));
    writeMadeUpMarket(changed);
    appendFileSync(join(changed, 'vvix_daily.csv'), '2005-07-01,80.00\n');
    expect(() => loadPathModel({ model: { kind: 'iid', window }, data: changed }, 1)).toThrow(
      /the market files must be those the run began with/,
    );
    rmSync(changed, { recursive: true });
  });
});
