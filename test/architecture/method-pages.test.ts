import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/data/policy-file.ts';
import {
  methodIndexMarkdown,
  methodPageMarkdown,
  methodPages,
  methodPageText,
} from '../../src/run/method-page.ts';
import { GOLDEN_DAYS } from '../../src/strategy/golden-days.ts';
import { METHOD_DETAILS } from '../../src/strategy/method-details.ts';
import { METHOD_TABLE } from '../../src/strategy/method-table.ts';
import { ROOT } from './source-tree.ts';

const FOLDER = join(ROOT, 'docs', 'method');
const PAGES = methodPages(loadPolicy('alvh-45', join(ROOT, 'policies')));
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const REMEDY = 'npm run -s alvh -- rules --pages docs/method';

describe('docs/method', () => {
  it('has one page for every concept of the method, an index, and nothing else', () => {
    const names = METHOD_TABLE.map(({ concept }) => `${concept}.md`);
    expect(readdirSync(FOLDER).toSorted(), REMEDY).toEqual([...names, 'README.md'].toSorted());
    expect(read('README.md'), REMEDY).toBe(methodIndexMarkdown(PAGES));
  });

  it.each(PAGES)('holds of $concept what rules --explain says', (page) => {
    expect(read(`${page.concept}.md`), REMEDY).toBe(methodPageMarkdown(page));
  });
});

describe('the data of the pages', () => {
  it('are complete: equation, units, reading, source, code that exists', () => {
    for (const page of PAGES) {
      const { concept, equation, units, reading, code, title, source } = page;
      expect(equation.length, concept).toBeGreaterThan(0);
      expect([title, units, reading, source], concept).not.toContain('');
      expect(code.length, concept).toBeGreaterThan(0);
      for (const file of code) expect(existsSync(join(ROOT, file)), file).toBe(true);
      for (const { from, known } of page.inputs) expect([from, known]).not.toContain('');
    }
  });

  it('name only keys that alvh-45 has', () => {
    const missing = PAGES.flatMap(({ concept, defaults }) =>
      defaults.filter(({ value }) => value === undefined).map(({ key }) => `${concept}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('name only parts that have a golden day, or are known never to act', () => {
    const parts = Object.values(METHOD_DETAILS).flatMap(({ goldenParts }) => goldenParts ?? []);
    for (const part of parts) expect(GOLDEN_DAYS).toHaveProperty([part]);
  });

  it('read on a terminal without a line of more than 100 characters, links and files aside', () => {
    for (const page of PAGES) {
      const long = methodPageText(page)
        .split('\n')
        .filter((line) => line.length > 100);
      expect(long).toEqual([]);
    }
  });
});
