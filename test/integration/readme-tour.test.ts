import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Commands of the README's plain fenced blocks after the first: `sh` blocks need a reader's data. */
function tourBlocks(): readonly string[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const tour = text.slice(text.indexOf('## Tour'), text.indexOf('## The house'));
  return [...tour.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === '')
    .map((match) => match[2] ?? '');
}

describe('README tour', () => {
  it('has blocks that run', () => {
    expect(tourBlocks().length).toBeGreaterThanOrEqual(3);
  });

  it.each(tourBlocks())('runs: %s', (block) => {
    const folder = mkdtempSync(join(tmpdir(), 'tour-'));
    mkdirSync(join(folder, 'reports'));
    for (const kept of ['policies', 'docs']) {
      cpSync(join(root, kept), join(folder, kept), { recursive: true });
    }
    symlinkSync(join(root, 'dist'), join(folder, 'dist'));
    const command = `${process.execPath} ${join(root, 'dist/cli/main.js')}`;
    const script = block.replaceAll('npm run -s alvh --', command);
    const out = execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(out.length).toBeGreaterThan(20);
    expect(out).not.toMatch(/NaN|undefined|Infinity/);
  });
});
