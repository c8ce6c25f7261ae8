import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'alvh-interrupt-'));
afterAll(() => rmSync(dir, { recursive: true }));

const PATHS = ['--paths', '75', '--policies', 'unhedged', '--exact-paths', '10'];

function argumentsOf(name: string, workers: string): readonly string[] {
  const files = ['--out', join(dir, `${name}.html`), '--parquet', join(dir, `${name}.parquet`)];
  return [MAIN, 'simulate', '--json', '--workers', workers, ...PATHS, ...files];
}

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs until the first block is told, then sends an interrupt. */
function interrupted(name: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argumentsOf(name, '1'), { cwd: dir });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (err === '') child.kill('SIGINT');
      err += text;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('alvh simulate on a disk that is full', () => {
  it('names the file, shows no result, and goes on when there is room', () => {
    const command = [process.execPath, ...argumentsOf('full', '1')].map((word) => `'${word}'`);
    // A limit on file sizes, in blocks of 1024 bytes, refuses like a full disk.
    const limited = spawnSync('bash', ['-c', `ulimit -f 200; ${command.join(' ')}`], {
      cwd: dir,
      encoding: 'utf8',
    });
    expect({ code: limited.status, out: limited.stdout }, limited.stderr).toEqual({
      code: 1,
      out: '',
    });
    expect(limited.stderr).toMatch(/the file must be written as a whole, was refused: EFBIG/);
    expect(limited.stderr).toContain('Remedy: make room or name another place');
    expect(readdirSync(dir).filter((name) => name.includes('part.'))).toEqual([]);
    expect(existsSync(join(dir, 'full.html'))).toBe(false);
    const roomy = spawnSync(process.execPath, argumentsOf('full', '1'), {
      cwd: dir,
      encoding: 'utf8',
    });
    expect(roomy.status, roomy.stderr).toBe(0);
    expect(existsSync(join(dir, 'full.html'))).toBe(true);
  }, 120_000);
});

describe('alvh simulate, interrupted', () => {
  it('gives no result, goes on when asked again, and ends with the bytes of any other way', async () => {
    const { code, out, err } = await interrupted('one');
    expect({ code, out }, err).toEqual({ code: 130, out: '' });
    expect(err).toContain('no result; the same command goes on from reports');
    expect(existsSync(join(dir, 'one.html'))).toBe(false);
    expect(existsSync(join(dir, 'one.parquet'))).toBe(false);
    expect(readdirSync(join(dir, 'reports'))).toHaveLength(1);

    const resumed = spawnSync(process.execPath, argumentsOf('one', '2'), {
      cwd: dir,
      encoding: 'utf8',
    });
    expect(resumed.status, resumed.stderr).toBe(0);
    // The block that was done is not run again, and nothing is left behind.
    expect(resumed.stderr).not.toContain('1/3 blocks');
    expect(readdirSync(join(dir, 'reports'))).toEqual([]);
    expect(readdirSync(dir).filter((name) => name.includes('parts'))).toEqual([]);

    const whole = spawnSync(process.execPath, argumentsOf('whole', '2'), {
      cwd: dir,
      encoding: 'utf8',
    });
    expect(resumed.stdout).toBe(whole.stdout);
    for (const file of ['html', 'parquet']) {
      const [one, other] = ['one', 'whole'].map((name) =>
        readFileSync(join(dir, `${name}.${file}`)),
      );
      expect(one !== undefined && other !== undefined && one.equals(other)).toBe(true);
    }
    const { quantiles } = JSON.parse(whole.stdout) as { readonly quantiles: unknown };
    expect(quantiles).toEqual({ kind: 'sketched', relativeError: 0.0001 });
  }, 120_000);
});
