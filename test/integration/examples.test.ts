import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';
import { EXAMPLES, runnable } from './command-examples.ts';
import { BOOK, CONDOR, HELD, OPTIONS, QUOTES, TERMS } from './example-files.ts';

const ALVH = `'${process.execPath}' '${join(ROOT, 'dist', 'cli', 'main.js')}'`;

let dir: string;
let kept: readonly string[];
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-examples-'));
  mkdirSync(join(dir, 'docs'));
  copyFileSync(join(ROOT, 'docs', 'trade-off.yaml'), join(dir, 'docs', 'trade-off.yaml'));
  const files = {
    'book.json': BOOK,
    'condor.json': CONDOR,
    'held.json': HELD,
    'options.json': OPTIONS,
  };
  for (const [file, text] of Object.entries({
    ...files,
    'quotes.json': QUOTES,
    'terms.json': TERMS,
  })) {
    writeFileSync(join(dir, file), text);
  }
  kept = ['unhedged', 'strangle'].map((policy) => {
    const { stderr } = shell(`${ALVH} simulate --paths 2 --policies ${policy} --runs runs`);
    return /run ([0-9a-f]+) kept/.exec(stderr)?.[1] ?? 'none';
  });
});
afterAll(() => rmSync(dir, { recursive: true }));

function shell(line: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 2 ** 27,
  });
}

describe('examples of the help texts that need nothing', () => {
  const plain = EXAMPLES.filter(({ needs }) => needs === 'nothing');

  it('are most of them', () => {
    expect(plain.length).toBeGreaterThan(25);
  });

  it.each(plain)('$line', ({ line }) => {
    const ids = { '3fa': kept[0] ?? '', '91c': kept[1] ?? '' };
    const { status, stderr } = shell(
      runnable(line, { '--book book.json': '--book held.json', 'alvh ': `${ALVH} `, ...ids }),
    );
    expect(status, stderr).toBe(0);
  });
});
