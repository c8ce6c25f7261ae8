import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Day {
  readonly date: string;
  readonly equityClose: number;
  readonly opened: readonly number[];
  readonly closed: readonly number[];
}

interface TradeDay {
  readonly date: string;
  readonly pnl: number;
  readonly profile: readonly number[];
  readonly legs: readonly { readonly leg: string; readonly mark: number }[];
  readonly exits: readonly { readonly id: string; readonly result: string }[];
  readonly entry: readonly unknown[];
}

interface Replay {
  readonly days: readonly Day[];
  readonly trades: readonly {
    readonly id: number;
    readonly pnl: number;
    readonly opened: string;
    readonly closed: string;
    readonly closeReason: string;
  }[];
  readonly trade: {
    readonly record: { readonly pnl: number } | null;
    readonly spotRatios: readonly number[];
    readonly days: readonly TradeDay[];
  };
}

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-replay-'));
  writeMadeUpMarket(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

function alvh(...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 2 ** 27,
  });
  return { code: status, out: stdout, err: stderr };
}

function replayed(...args: readonly string[]): Replay {
  const { code, out, err } = alvh('replay', ...args, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out) as Replay;
}

describe('alvh replay', () => {
  it('tells history as compare runs it, every trade on its days', () => {
    const { days, trades } = replayed('--data', '.', '--policy', 'unhedged');
    const options = ['--data', '.', '--policies', 'unhedged', '--trades', 'blotter.csv', '--json'];
    const compared = JSON.parse(alvh('compare', ...options).out) as {
      readonly policies: readonly { readonly finalEquity: number }[];
    };
    expect(days.at(-1)?.equityClose).toBe(compared.policies[0]?.finalEquity);
    const blotter = readFileSync(join(dir, 'blotter.csv'), 'utf8').trim().split('\r\n').slice(1);
    expect(trades).toHaveLength(blotter.length);
    expect(trades.length).toBeGreaterThan(3);
    for (const { id, opened, closed } of trades) {
      expect(days.find(({ date }) => date === opened)?.opened).toContain(id);
      expect(days.find(({ date }) => date === closed)?.closed).toContain(id);
    }
  });

  it('opens the very future that a simulation counts', () => {
    const seed = ['--seed', '7'];
    const one = ['--paths', '1', '--policies', 'alvh-45', '--json', ...seed];
    const simulated = JSON.parse(alvh('simulate', ...one).out) as {
      readonly policies: readonly { readonly finalEquity: number }[];
    };
    const { days } = replayed('--future', '0', '--policy', 'alvh-45', ...seed);
    expect(days.at(-1)?.equityClose).toBe(simulated.policies[0]?.finalEquity);
    expect(replayed('--future', '1', ...seed).days.at(-1)?.equityClose).not.toBe(
      days.at(-1)?.equityClose,
    );
  });

  it('tells a trade day by day: marks, profit elsewhere, what each rule saw', () => {
    const history = ['--data', '.', '--policy', 'unhedged'];
    const { trades } = replayed(...history);
    const chosen = trades.find(({ closeReason }) => closeReason === 'time-exit');
    const args = [...history, '--trade', String(chosen?.id), '--html', 'trade.html'];
    const { trade } = replayed(...args);
    expect(trade.record?.pnl).toBe(chosen?.pnl);
    expect(trade.days[0]?.date).toBe(chosen?.opened);
    expect(trade.days.at(-1)?.date).toBe(chosen?.closed);
    const here = trade.spotRatios.indexOf(1);
    for (const day of trade.days) {
      expect(day.legs).toHaveLength(4);
      expect(day.profile[here]).toBeCloseTo(day.pnl, 6);
      expect(day.entry.length).toBeGreaterThan(2);
    }
    const decided = trade.days.map(
      ({ exits }) => exits.find(({ result }) => result === 'PASS')?.id,
    );
    expect(decided.filter((id) => id !== undefined)).toEqual(['time-exit']);
    expect(decided.at(-1)).toBe('time-exit');
    const page = readFileSync(join(dir, 'trade.html'), 'utf8');
    expect(page.match(/<article class="day"/g)).toHaveLength(trade.days.length);
    const told = page.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    expect(/\b(NaN|undefined)\b|https?:/.exec(told)).toBeNull();
  });

  it('is the command that the report of a comparison names', () => {
    alvh('compare', '--paths', '3', '--policies', 'unhedged', '--out', 'report.html');
    const report = readFileSync(join(dir, 'report.html'), 'utf8');
    const named = /alvh replay (--future \d+ --years \d+ --seed \d+) --policy/.exec(report)?.[1];
    expect(named).toBeDefined();
    const id = /Trades of unhedged that lost most[\s\S]*?<th scope="row"[^>]*>(\d+)</.exec(
      report,
    )?.[1];
    const { trade } = replayed(
      ...(named ?? '').split(' '),
      '--policy',
      'unhedged',
      '--trade',
      id ?? '0',
    );
    expect(trade.record?.pnl).toBeLessThan(0);
  });

  it.each([
    [[], 2, 'name a market'],
    [['--future', '1', '--data', '.'], 2, '--model lv2jh reads no --data'],
    [['--future', '1', '--from', '2020-01-02'], 2, '--from needs --data'],
    [['--data', '.', '--seed', '1'], 2, '--seed needs --future'],
    [['--data', '.', '--future', '9999', '--model', 'history'], 2, '--future must be below'],
    [['--future', '-1'], 2, '--future'],
    [['--future', '0', '--trade', '999999'], 3, ''],
  ] as const)('refuses %j', (args, code, text) => {
    const outcome = alvh('replay', ...args);
    expect(outcome.code).toBe(code);
    expect(outcome.err).toContain(text);
  });

  it('says so when there is no such trade', () => {
    expect(alvh('replay', '--future', '0', '--trade', '999999').out).toContain(
      'There is no trade 999999.',
    );
  });
});
