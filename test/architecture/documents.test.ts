import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownPages, readText, ROOT, sourceFolders } from './source-tree.ts';

const pages = markdownPages();

/** Folders that a folder map lists: the first cell of each table row that is `src/<folder>`. */
function mappedFolders(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^\|\s*`src\/([a-z-]+)`/gm)].map((match) => match[1] ?? '');
}

/** Relative link targets of a page, without anchors and outside code fences. */
function relativeLinks(markdown: string): readonly string[] {
  return [...markdown.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

/** Top headings of a page outside code fences. */
function titleLines(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  return prose.split('\n').filter((line) => line.startsWith('# '));
}

describe('README', () => {
  const { text } = readText('README.md');

  it('maps exactly the folders of src/', () => {
    expect([...mappedFolders(text)].sort()).toEqual(sourceFolders());
  });

  it('names only npm commands that exist', () => {
    const { scripts } = JSON.parse(readText('package.json').text) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/\bnpm (?:run (?:-s )?)?([a-z:]+)/g)].map((m) => m[1] ?? '');
    expect(named).toContain('start');
    expect(named).toContain('test');
    expect(named.filter((name) => !(name in scripts) && name !== 'ci')).toEqual([]);
  });
});

describe('documents', () => {
  it('are all there', () => {
    const names = pages.map((page) => page.path);
    expect(names).toEqual(
      expect.arrayContaining([
        'ARCHITECTURE.md',
        'CHANGELOG.md',
        'CONTRIBUTING.md',
        'GLOSSARY.md',
        'README.md',
        'STYLE.md',
      ]),
    );
    expect(readText('LICENSE').text).toContain('Apache License');
  });

  it('have one title each, on the first line', () => {
    const odd = pages.filter(({ text }) => !text.startsWith('# ') || titleLines(text).length !== 1);
    expect(odd.map((page) => page.path)).toEqual([]);
  });

  it('link to files that exist', () => {
    const broken = pages.flatMap((page) =>
      relativeLinks(page.text)
        .filter((target) => !existsSync(join(ROOT, posix.dirname(page.path), target)))
        .map((target) => `${page.path} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('open the changelog with what changes results', () => {
    const headings = [...readText('CHANGELOG.md').text.matchAll(/^##+ (.+)$/gm)].map((m) => m[1]);
    expect(headings[1]).toBe('Results-affecting');
  });
});

describe('the document rules', () => {
  it('read a folder map from a table', () => {
    expect(
      mappedFolders('| folder |\n|---|\n| `src/core` | ground |\n| `src/cli` | x |\n'),
    ).toEqual(['core', 'cli']);
  });

  it('read relative links only', () => {
    expect(
      relativeLinks('[a](A.md#x) [b](https://b.org) [c](#here)\n```\n[d](d.md)\n```\n'),
    ).toEqual(['A.md']);
  });
});
