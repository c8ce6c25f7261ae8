import { describe, expect, it } from 'vitest';
import { scanModule } from './module-scan.ts';
import { filesBelow, markdownPages, readText } from './source-tree.ts';
import type { TextFile } from './source-tree.ts';

const modules = filesBelow('src', ['.ts']);
const sources = modules.filter((file) => !file.path.endsWith('.test.ts'));
const everything: readonly TextFile[] = [
  ...modules,
  ...markdownPages(),
  // The rules' own examples break the rules.
  ...filesBelow('test', ['.ts']).filter(({ path }) => !path.endsWith('/tidy.test.ts')),
  ...filesBelow('tools', ['.mjs', '.ts']),
  ...filesBelow('policies', ['.yaml', '.json']),
  readText('.ci/run'),
];

const MOST_CODE_LINES = 400;
const BANNED_NAME = /^(utils?|helpers?|common|types?|misc|shared|index)\./;
const UNFINISHED = /\b(TODO|FIXME|XXX)\b/;
const MACHINE_PATH = /(^|[\s"'`(=:])(\/(work|home|root|tmp|Users|mnt)\/|[A-Z]:\\)|\.\.\/shared\//m;

function isBannedName(path: string): boolean {
  return path !== 'src/index.ts' && BANNED_NAME.test(path.slice(path.lastIndexOf('/') + 1));
}

describe('source files', () => {
  it('document every export', () => {
    const bare = sources.flatMap((file) =>
      scanModule(file).undocumented.map((place) => `${file.path}:${place}`),
    );
    expect(bare).toEqual([]);
  });

  it('have no default export', () => {
    expect(sources.filter((file) => scanModule(file).hasDefaultExport)).toEqual([]);
  });

  it('are named after one concept, in kebab case', () => {
    const names = [...modules, ...filesBelow('test', ['.ts'])].map((file) => file.path);
    expect(names.filter(isBannedName)).toEqual([]);
    expect(
      names.filter((path) => !/^[a-z0-9/-]+(\.long|\.fixture)?(\.test)?\.ts$/.test(path)),
    ).toEqual([]);
  });

  it(`hold at most ${MOST_CODE_LINES} lines of code`, () => {
    const long = sources
      .map((file) => ({ path: file.path, lines: scanModule(file).codeLines }))
      .filter(({ lines }) => !(lines <= MOST_CODE_LINES));
    expect(long).toEqual([]);
  });
});

describe('every text', () => {
  it('is finished', () => {
    expect(everything.filter(({ text }) => UNFINISHED.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('speaks of no particular machine', () => {
    const places = everything.flatMap(({ path, text }) => {
      const found = MACHINE_PATH.exec(text)?.[0];
      return found === undefined ? [] : [`${path}: ${found.trim()}`];
    });
    expect(places).toEqual([]);
  });
});

describe('the tidy rules', () => {
  it('ban names that say nothing, and allow the one barrel', () => {
    expect(isBannedName('src/core/utils.ts')).toBe(true);
    expect(isBannedName('src/core/index.ts')).toBe(true);
    expect(isBannedName('src/margin/types.test.ts')).toBe(true);
    expect(isBannedName('src/index.ts')).toBe(false);
    expect(isBannedName('src/volatility/vix-index.ts')).toBe(false);
  });

  it('know a machine path from a division or a web address', () => {
    expect(MACHINE_PATH.test(`const a = '/home/me/data';`)).toBe(true);
    expect(MACHINE_PATH.test('see /tmp/a.csv')).toBe(true);
    expect(MACHINE_PATH.test('read ../shared/a.csv')).toBe(true);
    expect(MACHINE_PATH.test('https://example.org/home/page')).toBe(false);
    expect(MACHINE_PATH.test('home / work / 2')).toBe(false);
  });

  it('know unfinished text', () => {
    expect(UNFINISHED.test('// TODO later')).toBe(true);
    expect(UNFINISHED.test('methodology')).toBe(false);
  });
});
