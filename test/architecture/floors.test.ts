import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanModule } from './module-scan.ts';
import { filesBelow, floors, readText } from './source-tree.ts';
import type { Floor, TextFile } from './source-tree.ts';

const house = floors();
const byName = new Map(house.map((floor) => [floor.name, floor]));
const modules = filesBelow('src', ['.ts']);
const packages: readonly string[] = Object.keys(
  (JSON.parse(readText('package.json').text) as { dependencies: Record<string, string> })
    .dependencies,
);

/** Imports of one module that the house does not allow, each with the rule it breaks. */
function violations(file: TextFile): readonly string[] {
  const floor = byName.get(file.path.split('/')[1] ?? '');
  if (floor === undefined) return [];
  return scanModule(file).imports.flatMap((specifier) => {
    const rule = specifier.startsWith('.')
      ? relativeRule(file.path, specifier, floor)
      : packageRule(file.path, specifier, floor);
    return rule === undefined ? [] : [`${file.path} -> ${specifier}: ${rule}`];
  });
}

function relativeRule(from: string, specifier: string, floor: Floor): string | undefined {
  if (!specifier.endsWith('.ts')) return 'relative imports end in .ts';
  const target = posix.join(posix.dirname(from), specifier);
  const [top, folder = ''] = target.split('/');
  if (from.endsWith('.test.ts') && top === 'test') return undefined;
  if (top !== 'src') return 'source imports stay in src/';
  if (folder === floor.name || floor.references.includes(folder)) return undefined;
  return `src/${floor.name}/tsconfig.json does not reference ${folder}`;
}

function packageRule(from: string, specifier: string, floor: Floor): string | undefined {
  if (from.endsWith('.test.ts')) return undefined;
  if (floor.isPure) return 'a pure floor imports neither Node nor a package';
  if (isBuiltin(specifier)) {
    return specifier.startsWith('node:') ? undefined : "Node's modules are written node:*";
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return packages.includes(name) ? undefined : `${name} is not a dependency in package.json`;
}

function breaks(path: string, specifier: string): readonly string[] {
  return violations({ path, text: `import '${specifier}';` });
}

describe('floors', () => {
  it('import only themselves and the floors their tsconfig references', () => {
    expect(modules.flatMap(violations)).toEqual([]);
  });

  it('let nothing but the shell see Node', () => {
    const shell = house.filter((floor) => !floor.isPure).map((floor) => floor.name);
    expect(shell).toEqual(['bench', 'cli', 'data', 'run']);
  });

  it('reference no pure floor to the shell and none in a circle', () => {
    const heights = new Map<string, number>();
    const height = (name: string, below: readonly string[]): number => {
      expect(below, `references of ${name} form no circle`).not.toContain(name);
      const known = heights.get(name);
      if (known !== undefined) return known;
      const floor = byName.get(name);
      expect(floor, `src/${name} exists`).toBeDefined();
      const references = floor?.references ?? [];
      const shell = references.filter((each) => byName.get(each)?.isPure === false);
      expect(floor?.isPure === true ? shell : []).toEqual([]);
      const value = 1 + Math.max(-1, ...references.map((each) => height(each, [...below, name])));
      heights.set(name, value);
      return value;
    };
    for (const floor of house) height(floor.name, []);
    expect(heights.get('core')).toBe(0);
    expect(Math.max(...heights.values())).toBe(heights.get('cli'));
  });

  it('are all built by the top tsconfig', () => {
    const { references } = JSON.parse(readText('tsconfig.json').text) as {
      references: readonly { path: string }[];
    };
    const built = references.map((reference) => reference.path.replace('./src/', ''));
    expect(built.filter((path) => path !== './src').sort()).toEqual(
      house.map((floor) => floor.name),
    );
  });
});

describe('the import rules', () => {
  it.each([
    ['src/core/a.ts', '../engine/b.ts'],
    ['src/kernels/a.ts', '../contracts/b.ts'],
    ['src/pricing/a.ts', 'node:fs'],
    ['src/report/a.ts', 'zod'],
    ['src/core/a.ts', '../../test/b.ts'],
    ['src/core/a.ts', './b.js'],
    ['src/cli/a.ts', 'fs'],
    ['src/cli/a.ts', 'left-pad'],
  ])('refuse %s -> %s', (path, specifier) => {
    expect(breaks(path, specifier)).toHaveLength(1);
  });

  it.each([
    ['src/core/a.ts', './b.ts'],
    ['src/engine/a.ts', '../core/b.ts'],
    ['src/cli/a.ts', 'node:fs'],
    ['src/core/a.test.ts', 'vitest'],
  ])('allow %s -> %s', (path, specifier) => {
    expect(breaks(path, specifier)).toEqual([]);
  });
});
