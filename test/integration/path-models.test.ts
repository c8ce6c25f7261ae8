import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

let dir: string;
let data: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-models-'));
  data = mkdtempSync(join(tmpdir(), 'alvh-made-up-'));
  writeMadeUpMarket(data);
});
afterAll(() => {
  rmSync(dir, { recursive: true });
  rmSync(data, { recursive: true });
});

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function alvh(...args: readonly string[]): Answer {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

interface Document {
  readonly market: string;
  readonly paths: number;
  readonly model: {
    readonly kind: string;
    readonly name: string;
    readonly calibration: { readonly from: string; readonly to: string; readonly sessions: number };
  };
  readonly manifest: { readonly dataHash: string | null; readonly seed: number };
  readonly assumptions: readonly string[];
}

const SMALL = ['--paths', '30', '--policies', 'unhedged', '--json'];

describe('alvh simulate --model', () => {
  it.each([
    ['bootstrap', 'stationary block bootstrap, VIX-matched'],
    ['iid', 'i.i.d. shuffle, breaks clustering'],
    ['history', 'historical replay from every start date'],
    ['gjr', 'GJR skew-t filtered historical simulation'],
  ])('%s: model and window in every report, the same bytes on one worker and two', (kind, name) => {
    const out = join(dir, `${kind}.html`);
    const runs = ['1', '2'].map((workers) => {
      const args = ['--model', kind, '--data', data, '--workers', workers, '--out', out];
      const { status, stdout, stderr } = alvh('simulate', ...args, ...SMALL);
      expect(status, stderr).toBe(0);
      return { stdout, page: readFileSync(out, 'utf8') };
    });
    expect(runs[1]).toEqual(runs[0]);
    const document = JSON.parse(runs[0]?.stdout ?? '') as Document;
    expect(document.model).toEqual({
      kind,
      name,
      calibration: { from: '2003-01-02', to: '2005-06-30', sessions: 629 },
    });
    const verb = kind === 'gjr' ? 'calibrated on' : 'of';
    expect(document.market).toBe(`simulated (${name}, ${verb} 2003-01-02 to 2005-06-30)`);
    expect(document.manifest.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(runs[0]?.page).toContain(document.market);
  });

  it('names LV2J-H and its window where no model is asked for', () => {
    const { stdout } = alvh('simulate', ...SMALL, '--out', join(dir, 'lv2jh.html'));
    const document = JSON.parse(stdout) as Document;
    expect(document.model).toMatchObject({
      kind: 'lv2jh',
      calibration: { from: '2006-10-23', to: '2017-05-11' },
    });
    expect(document.manifest.dataHash).toBeNull();
  });

  it('replays every start date when no number of paths is given', () => {
    const policies = ['--policies', 'cash', '--json', '--out', join(dir, 'all.html')];
    const { stdout } = alvh('simulate', '--model', 'history', '--data', data, ...policies);
    expect((JSON.parse(stdout) as Document).paths).toBe(629 - 252 + 1);
  });

  it('labels the shuffle in text too', () => {
    const args = ['--model', 'iid', '--data', data, '--paths', '5', '--policies', 'unhedged'];
    const { stdout } = alvh('simulate', ...args, '--out', join(dir, 'text.html'));
    expect(stdout).toMatch(/^simulated \(i\.i\.d\. shuffle, breaks clustering, of 2003-01-02/);
    expect(stdout).toContain('A control, not a market.');
  });
});

describe('alvh compare --model', () => {
  it('runs the verdict on bootstrapped futures', () => {
    const args = ['--model', 'bootstrap', '--data', data, '--paths', '6', '--json'];
    const { status, stdout, stderr } = alvh('compare', ...args, '--out', join(dir, 'c.html'));
    expect(status, stderr).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect((JSON.parse(stdout) as Document).model.kind).toBe('bootstrap');
  });
});

describe('alvh sweep --model', () => {
  it('finds its chunks again wherever the files lie, and names the model', () => {
    const grid = '{policy: unhedged, axes: {wings.width: [0.02]}}';
    const moved = join(dir, 'moved');
    cpSync(data, moved, { recursive: true });
    const runs = [data, moved].map((folder) => {
      const files = ['--cache', join(dir, 'chunks'), '--out', join(dir, 'sweep.html')];
      const args = ['--model', 'bootstrap', '--data', folder, '--paths', '30', '--json', ...files];
      return spawnSync(process.execPath, [MAIN, 'sweep', '-', ...args], {
        encoding: 'utf8',
        input: grid,
      });
    });
    expect(runs[0]?.stderr).toContain('chunks: 2 run, 0 found');
    expect(runs[1]?.stderr).toContain('chunks: 0 run, 2 found');
    expect(runs[1]?.stdout).toBe(runs[0]?.stdout);
    const { model } = JSON.parse(runs[0]?.stdout ?? '') as Document;
    expect(model.kind).toBe('bootstrap');
    expect(readFileSync(join(dir, 'sweep.html'), 'utf8')).toContain(model.name);
  });
});

describe('a model that cannot be', () => {
  it.each([
    [['--model', 'boostrap'], 2, 'Did you mean bootstrap?'],
    [['--model', 'iid'], 2, 'name its folder with --data DIR'],
    [['--data', '.'], 2, '--model lv2jh reads no --data'],
    [['--model', 'history', '--data', 'MADE', '--paths', '400'], 2, 'must be at most 378'],
    [['--model', 'history', '--data', 'MADE', '--years', '3'], 3, 'simulate fewer --years'],
    [['--model', 'bootstrap', '--data', 'MADE', '--to', '2004-06-30'], 3, 'must have >= 504'],
    [['--model', 'bootstrap', '--data', 'nowhere'], 3, 'the data folder must exist'],
  ])('%j is refused with a remedy', (args, status, text) => {
    const answer = alvh('simulate', ...args.map((each) => (each === 'MADE' ? data : each)));
    expect(answer.stderr).toContain(text);
    expect(answer.status).toBe(status);
  });

  it('is not mixed with recorded history', () => {
    const { status, stderr } = alvh('compare', '--market', 'history', '--model', 'iid');
    expect(status).toBe(2);
    expect(stderr).toContain('--market history takes no --model');
  });
});
