import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');

const BROWSER = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
if (BROWSER === undefined) console.log('skipped: no Chromium to look at the pages with');

/** Pages by name, with the command line that writes each. */
const PAGES: readonly (readonly [string, readonly string[]])[] = [
  ['history.html', ['compare', '--data', '.', '--policies', 'all', '--out', 'history.html']],
  ['futures.html', ['compare', '--paths', '6', '--out', 'futures.html']],
  ['sweep.html', ['sweep', 'grid.yaml', '--paths', '4', '--out', 'sweep.html']],
  ['plan.html', ['plan', '--data', '.', '--html', 'plan.html']],
  ['account.html', ['replay', '--future', '3', '--html', 'account.html']],
  ['trade.html', ['replay', '--future', '3', '--trade', '2', '--html', 'trade.html']],
];

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-axe-'));
  writeMadeUpMarket(dir);
  writeFileSync(
    join(dir, 'grid.yaml'),
    'policy: unhedged\naxes: { wings.width: [0.01, 0.02], sizing.riskPerTrade: [0.01, 0.02] }\n',
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

interface Finding {
  readonly id: string;
  readonly nodes: readonly string[];
}

/**
 * What axe finds on a page, in a browser without a window. The page runs with its own scripts; its
 * security policy is taken off because it would, rightly, not let axe run.
 */
function findings(page: string, scheme: 'light' | 'dark'): readonly Finding[] {
  const text = readFileSync(join(dir, page), 'utf8')
    .replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace(
      '</body>',
      () => `<script>${axe.source}</script><script>
        for (const each of document.querySelectorAll('details')) each.open = true;
        axe.run().then(({ violations }) => {
          const found = violations.map(({ id, nodes }) => ({
            id, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
          const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
          document.body.textContent = scheme + 'AXE' + JSON.stringify(found) + 'END';
        });
      </script></body>`,
    );
  const file = join(dir, `${scheme}-${page}`);
  writeFileSync(file, text);
  const { stdout } = spawnSync(
    BROWSER ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${join(dir, 'profile')}`,
      `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
      '--virtual-time-budget=60000',
      '--window-size=1280,1600',
      '--dump-dom',
      `file://${file}`,
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 27 },
  );
  const found = new RegExp(`${scheme}AXE(\\[.*\\])END`, 's').exec(stdout)?.[1];
  expect(found, 'axe came to an end').toBeDefined();
  const plain = (found ?? '[]')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return JSON.parse(plain) as readonly Finding[];
}

describe.runIf(BROWSER !== undefined)('pages in a browser', () => {
  it.each(PAGES)(
    '%s has nothing that axe finds, light and dark',
    { timeout: 120_000 },
    (page, args) => {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
        encoding: 'utf8',
        cwd: dir,
        maxBuffer: 2 ** 27,
      });
      expect(status, stderr).toBe(0);
      expect(findings(page, 'light')).toEqual([]);
      expect(findings(page, 'dark')).toEqual([]);
    },
  );
});
