import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

let dir: string;
let ids: Readonly<Record<'history' | 'smaller' | 'futures', string>>;

function alvh(...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 2 ** 27,
  });
  return { code: status, out: stdout, err: stderr };
}

function kept(...args: readonly string[]): string {
  const { code, err } = alvh(...args, '--runs', 'runs');
  expect(code, err).toBe(0);
  return /run ([0-9a-f]{12}) kept in runs/.exec(err)?.[1] ?? 'no id';
}

function policyOf(riskPerTrade: number): string {
  return `extends: unhedged\nname: unhedged\nsizing: { riskPerTrade: ${riskPerTrade} }\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function json(...args: readonly string[]): Fields {
  return JSON.parse(alvh(...args, '--json').out) as Fields;
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-runs-'));
  writeMadeUpMarket(dir);
  writeFileSync(join(dir, 'mine.yaml'), policyOf(0.01));
  ids = {
    history: kept('compare', '--data', '.', '--policies', 'unhedged'),
    smaller: kept('compare', '--data', '.', '--policies', 'mine.yaml'),
    futures: kept('simulate', '--paths', '3', '--policies', 'unhedged,strangle', '--seed', '5'),
  };
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('alvh runs', () => {
  it('lists what was kept, with the growth that its document tells', () => {
    const { runs } = json('runs', 'list') as { readonly runs: readonly Fields[] };
    expect(new Set(runs.map((run) => run['id']))).toEqual(new Set(Object.values(ids)));
    const futures = runs.find((run) => run['id'] === ids.futures);
    const text = readFileSync(join(dir, 'runs', ids.futures, 'document.json'), 'utf8');
    const { policies } = JSON.parse(text) as {
      readonly policies: readonly { readonly name: string; readonly cagr: number }[];
    };
    expect(futures?.['growth']).toEqual(policies.map(({ name, cagr }) => ({ policy: name, cagr })));
    expect(alvh('runs', 'list').out).toContain(ids.history);
  });

  it('keeps a run of the same inputs once', () => {
    expect(kept('compare', '--data', '.', '--policies', 'unhedged')).toBe(ids.history);
    expect(readdirSync(join(dir, 'runs'))).toHaveLength(3);
  });

  it('makes history and futures again byte by byte, with any number of workers', () => {
    expect(json('runs', 'rerun', ids.history)).toMatchObject({ identical: true, differing: [] });
    const again = alvh('runs', 'rerun', ids.futures.slice(0, 6), '--workers', '1');
    expect(again.out).toBe('IDENTICAL: document.json, report.html\n');
    expect(again.code).toBe(0);
  });

  it('sets two runs side by side: settings, figures, page', () => {
    const found = json('runs', 'diff', ids.history, ids.smaller, '--out', 'diff.html');
    expect(found).toMatchObject({ a: ids.history, b: ids.smaller, made: [] });
    expect(found['settings']).toContainEqual({
      key: 'policies.unhedged.sizing.riskPerTrade',
      a: '0.02',
      b: '0.01',
    });
    const figures = found['figures'] as readonly Fields[];
    expect(figures.every((row) => row['policy'] === 'unhedged' && row['a'] !== row['b'])).toBe(
      true,
    );
    expect(figures.map((row) => row['figure'])).toContain('finalEquity');
    const page = readFileSync(join(dir, 'diff.html'), 'utf8');
    expect(page).toContain('policies.unhedged.sizing.riskPerTrade');
    expect(page).toContain('Equity, unhedged');
    expect(page).not.toMatch(/(?:src|href)="http/);
  });

  it('finds a run like itself', () => {
    const found = json('runs', 'diff', ids.futures, ids.futures);
    expect(found).toMatchObject({ made: [], settings: [], figures: [] });
    expect(found['equalFigures']).toBeGreaterThan(40);
  });

  it('names the setting that changed when bytes do not come out again', () => {
    writeFileSync(join(dir, 'mine.yaml'), policyOf(0.015));
    const { code, out } = alvh('runs', 'rerun', ids.smaller);
    writeFileSync(join(dir, 'mine.yaml'), policyOf(0.01));
    expect(code).toBe(6);
    expect(out).toMatch(/^DIFFERENT: /);
    expect(out).toContain('policies.unhedged.sizing.riskPerTrade: was 0.01, is 0.015');
  });

  it('names the data when they changed', () => {
    const file = join(dir, 'vix_daily.csv');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/\n$/, '\n').split('\n').slice(0, -3).join('\n') + '\n');
    const { code, out } = alvh('runs', 'rerun', ids.history);
    writeFileSync(file, before);
    expect(code).toBe(6);
    expect(out).toMatch(/^data: was [0-9a-f]+, is [0-9a-f]+$/m);
  });

  it('shows a run and tells when one of its files was changed', () => {
    const command = `alvh simulate --paths 3 --policies unhedged,strangle --seed 5`;
    expect(json('runs', 'show', ids.futures)).toMatchObject({ command, altered: [] });
    appendFileSync(join(dir, 'runs', ids.futures, 'report.html'), ' ');
    const { code, out } = alvh('runs', 'show', ids.futures);
    expect(code).toBe(6);
    expect(out).toContain('ALTERED since it was kept: report.html');
  });

  it.each([
    [['runs', 'list', '--runs', 'none'], 3, 'must exist'],
    [['runs', 'show', 'zzz'], 3, "was 'zzz', of none"],
    [['runs', 'diff', 'a'], 2, 'diff takes 2 of ID, was 1'],
    [['runs', 'drop'], 2, 'VERB must be list, show, diff or rerun'],
    [['runs', 'list', '--out', 'x'], 2, '--out is for diff'],
  ] as const)('refuses %j', (args, code, text) => {
    const outcome = alvh(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.err).toContain(text);
  });
});
