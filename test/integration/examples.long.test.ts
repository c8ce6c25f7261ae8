import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';
import { EXAMPLES, runnable } from './command-examples.ts';
import { runTour, tourBlocks } from './readme-tour.ts';

const ALVH = `'${process.execPath}' '${join(ROOT, 'dist', 'cli', 'main.js')}'`;
const CHAINS = resolve(REAL_MARKET, '../chains');
const QUOTES = join(CHAINS, 'cboe-quotedata', 'spx_2024-01-05_eod.csv');

/** Lines of the README that need a reader's data: those of its `sh` blocks, but for servers and pulls. */
const README = [
  ...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^npm run -s alvh -- (.*)$/gm),
]
  .map(([, rest]) => `alvh ${rest ?? ''}`)
  .filter((line) => /DIR|quotedata\.csv|quotes\//.test(line) && !line.includes('data pull'));

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-examples-'));
  writeFileSync(
    join(dir, 'grid.yaml'),
    'policy: alvh-45\naxes: { wings.width: [0.01, 0.02], exits.profitTarget: [0.5, 0.75] }\n',
  );
  const rows = Array.from({ length: 120 }, (_unused, month) => {
    const year = 2010 + Math.floor(month / 12);
    return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01,${200 + (month % 17)}`;
  });
  writeFileSync(join(dir, 'claims.csv'), `date,value\n${rows.join('\n')}\n`);
  mkdirSync(join(dir, 'quotes'));
  if (existsSync(QUOTES)) {
    copyFileSync(QUOTES, join(dir, 'quotedata.csv'));
    copyFileSync(QUOTES, join(dir, 'quotes', 'spx.csv'));
    shell(`${ALVH} chains import quotes/ --into data`);
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

function shell(line: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    encoding: 'utf8',
    cwd: dir,
    maxBuffer: 2 ** 28,
  });
}

/** A check that finds something in recorded data has done its work too. */
const ANSWERS: readonly (number | null)[] = [0, 6];

describe.skipIf(!hasRealMarket('examples that need data'))('examples that need data', () => {
  const lines = EXAMPLES.filter(({ needs }) => needs === 'history' || needs === 'chain').map(
    ({ line }) => line,
  );

  it.each([...new Set([...lines, ...README])])('%s', (line) => {
    const places = {
      'alvh ': `${ALVH} `,
      '--data market': `--data '${REAL_MARKET}'`,
      '--into DIR': '--into data',
      DIR: `'${REAL_MARKET}'`,
      '--chains quotes/': `--chains '${join(CHAINS, 'optionsbacktester-cboe-daily')}'`,
      CHAINS: `'${join(CHAINS, 'cboe-quotedata')}'`,
    };
    const { status, stderr } = shell(runnable(line, places));
    expect(ANSWERS, stderr).toContain(status);
  });
});

describe('README tour as it stands', () => {
  it.each(tourBlocks())('runs: %s', (block) => {
    const out = runTour(block);
    expect(out.length).toBeGreaterThan(20);
    expect(out).not.toMatch(/NaN|undefined|Infinity/);
  });
});
