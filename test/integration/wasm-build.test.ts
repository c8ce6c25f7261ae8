import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';

const COMPILER = join(ROOT, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
/** How every module is built; the bytes depend on it. */
const FLAGS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--initialMemory',
  '1',
];
const MODULES = ['chain-greeks'];

const isInstalled = existsSync(COMPILER);
if (!isInstalled) console.warn('skipped: WebAssembly is not rebuilt without assemblyscript');

describe.skipIf(!isInstalled)('the WebAssembly artefacts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-wasm-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(MODULES)('%s is what its source compiles to, byte for byte', (name) => {
    const built = join(folder, `${name}.wasm`);
    const source = join('wasm', 'assembly', `${name}.ts`);
    const result = spawnSync(process.execPath, [COMPILER, source, '-o', built, ...FLAGS], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    const committed = readFileSync(join(ROOT, 'wasm', `${name}.wasm`));
    expect(readFileSync(built).equals(committed)).toBe(true);
  });
});
