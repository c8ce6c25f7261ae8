import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../architecture/source-tree.ts';

/** Commands of the README's plain fenced blocks after the first: `sh` blocks need a reader's data. */
export function tourBlocks(): readonly string[] {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const tour = text.slice(text.indexOf('## Tour'), text.indexOf('## The house'));
  return [...tour.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === '')
    .map((match) => match[2] ?? '');
}

/** What a block prints, run in a folder of its own; a command that fails throws. */
export function runTour(block: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));
  mkdirSync(join(folder, 'reports'));
  for (const kept of ['policies', 'docs']) {
    cpSync(join(ROOT, kept), join(folder, kept), { recursive: true });
  }
  symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'));
  const command = `${process.execPath} ${join(ROOT, 'dist/cli/main.js')}`;
  const script = block.replaceAll('npm run -s alvh --', command);
  const out = execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
  rmSync(folder, { recursive: true });
  return out;
}
