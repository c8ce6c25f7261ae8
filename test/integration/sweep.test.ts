import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parquetToCsv } from '../../src/data/duckdb-session.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const NARROW = '{policy: unhedged, axes: {wings.width: [0.02]}}';
const GRID = '{policy: unhedged, axes: {wings.width: [0.02, 0.04], entry.targetDays: [35, 45]}}';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-sweep-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function sweep(grid: string, cache: string, ...rest: readonly string[]): Outcome {
  const files = ['--cache', join(dir, cache), '--out', join(dir, 'sweep.html')];
  const run = spawnSync(process.execPath, [MAIN, 'sweep', '-', '--json', ...files, ...rest], {
    encoding: 'utf8',
    input: grid,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const chunksOf = ({ err }: Outcome): string => /chunks: .* found/.exec(err)?.[0] ?? err;

describe('alvh sweep', () => {
  it('gives the same bytes whatever the workers and the cache, and runs no chunk twice', () => {
    const fresh = sweep(GRID, 'a', '--paths', '30', '--workers', '1');
    expect(fresh.code).toBe(0);
    expect(chunksOf(fresh)).toBe('chunks: 8 run, 0 found');
    const page = readFileSync(join(dir, 'sweep.html'), 'utf8');
    // A narrower sweep first, on two threads: its chunks are found by the wider one.
    expect(chunksOf(sweep(NARROW, 'b', '--paths', '30', '--workers', '2'))).toBe(
      'chunks: 2 run, 0 found',
    );
    const [damaged = ''] = readdirSync(join(dir, 'b'));
    writeFileSync(join(dir, 'b', damaged), 'cut short');
    const widened = sweep(GRID, 'b', '--paths', '30', '--workers', '2');
    expect(chunksOf(widened)).toBe('chunks: 7 run, 1 found');
    expect(widened.out).toBe(fresh.out);
    expect(readFileSync(join(dir, 'sweep.html'), 'utf8')).toBe(page);
    // More paths of the same grid run the last, short block again and the new ones.
    expect(chunksOf(sweep(GRID, 'b', '--paths', '50'))).toBe('chunks: 4 run, 4 found');
    expect(chunksOf(sweep(GRID, 'b', '--paths', '30', '--seed', '2'))).toBe(
      'chunks: 8 run, 0 found',
    );
  });

  it('finds the policy itself among its settings, as simulate runs it', () => {
    const { out } = sweep(
      '{policy: unhedged, axes: {entry.targetDays: [45, 35]}}',
      'c',
      '--paths',
      '25',
    );
    const document = JSON.parse(out) as {
      readonly configurations: number;
      readonly cells: readonly { readonly growth: number; readonly values: readonly string[] }[];
    };
    expect(document.configurations).toBe(2);
    expect(document.cells.map(({ values }) => values)).toEqual([['45'], ['35']]);
    const args = ['simulate', '--policies', 'unhedged', '--paths', '25', '--json'];
    const simulated = spawnSync(
      process.execPath,
      [MAIN, ...args, '--out', join(dir, 'simulate.html')],
      { encoding: 'utf8' },
    );
    const { policies } = JSON.parse(simulated.stdout) as {
      readonly policies: readonly { readonly finalEquity: number }[];
    };
    const final = policies[0]?.finalEquity ?? Number.NaN;
    expect(document.cells[0]?.growth).toBeCloseTo(final / 1_000_000 - 1, 3);
  });

  it('writes every path as a row of a Parquet file', async () => {
    const file = join(dir, 'paths.parquet');
    const { out } = sweep(GRID, 'e', '--paths', '30', '--parquet', file);
    await parquetToCsv(file, join(dir, 'paths.csv'));
    const [head = '', ...rows] = readFileSync(join(dir, 'paths.csv'), 'utf8').trim().split('\n');
    const columns = head.split(',');
    expect(columns).toContain('max_drawdown_worst_mark');
    const cells = rows.map((row) => row.split(','));
    const at = (name: string): number => columns.indexOf(name);
    expect(cells.map((row) => row[at('path')])).toEqual(
      Array.from({ length: 120 }, (_, row) => String(row % 30)),
    );
    const last = cells.slice(-30).map((row) => Number(row[at('final_equity')]));
    last.sort((a, b) => a - b);
    const median = ((last[14] ?? 0) + (last[15] ?? 0)) / 2;
    const { cells: outcomes } = JSON.parse(out) as { readonly cells: { growth: number }[] };
    const growth = outcomes.at(-1)?.growth ?? Number.NaN;
    expect(median / 1_000_000 - 1).toBeCloseTo(growth, 3);
  });

  it('names what is wrong with a grid and exits 8, with a file that is not there 3', () => {
    const wrong = sweep('{policy: unhedged, axes: {wings.widht: [0.02]}}', 'd');
    expect(wrong.code).toBe(8);
    expect(wrong.err).toContain("did you mean 'wings.width'?");
    const absent = spawnSync(process.execPath, [MAIN, 'sweep', join(dir, 'none.yaml')]);
    expect(absent.status).toBe(3);
    expect(sweep(NARROW, 'd', '--paths', '0').code).toBe(2);
  });
});
