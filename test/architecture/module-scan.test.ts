import { describe, expect, it } from 'vitest';
import { scanModule } from './module-scan.ts';

const scan = (text: string): ReturnType<typeof scanModule> =>
  scanModule({ path: 'snippet.ts', text });

describe('scanModule', () => {
  it('finds static, type, re-exported, dynamic and inline type imports', () => {
    const { imports } = scan(`
      import { a } from '../a.ts';
      import type { B } from "../b.ts";
      import '../c.ts';
      export { d } from '../d.ts';
      export * from '../e.ts';
      const f = await import('../f.ts');
      let g: import('../g.ts').G;
    `);
    expect(new Set(imports)).toEqual(
      new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `../${name}.ts`)),
    );
  });

  it('does not take text or comments for an import', () => {
    expect(scan(`// import '../a.ts'\nconst s = "import '../b.ts'";`).imports).toEqual([]);
  });

  it('names an import whose specifier is computed', () => {
    expect(scan('const a = await import(`../${name}.ts`);').imports).toEqual(['(computed)']);
  });

  it.each([
    ['export function area(): number { return 1; }', 'area'],
    ['export const LIMIT: number = 1;', 'LIMIT'],
    ['export interface Shape { readonly a: number }', 'Shape'],
    ['export type Id = string;', 'Id'],
    ['export class Pool {}', 'Pool'],
  ])('reports %s without a doc comment', (source, name) => {
    expect(scan(`\n${source}`).undocumented).toEqual([`2: ${name}`]);
    expect(scan(`/** Square × metres. */\n${source}`).undocumented).toEqual([]);
  });

  it('accepts only a doc comment directly above', () => {
    expect(scan('// plain\nexport const a: number = 1;').undocumented).toEqual(['2: a']);
    expect(scan('/* plain */\nexport const a: number = 1;').undocumented).toEqual(['2: a']);
    expect(scan('/** Of b. */\nconst b = 1;\nexport const a: number = b;').undocumented).toEqual([
      '3: a',
    ]);
  });

  it('lets a line for the linter stand between', () => {
    const lint = '/** Sum. */\n// eslint-disable-next-line max-params\nexport function sum() {}';
    expect(scan(lint).undocumented).toEqual([]);
  });

  it('asks one comment of a row of overloads and none of a barrel', () => {
    const overloads = `/** One. */
      export function one(a: string): string;
      export function one(a: number): number;
      export function one(a: unknown): unknown { return a; }`;
    expect(scan(overloads).undocumented).toEqual([]);
    expect(scan(`export { a } from './a.ts';`).undocumented).toEqual([]);
  });

  it('sees a default export', () => {
    expect(scan('export default 1;').hasDefaultExport).toBe(true);
    expect(scan('export const a: number = 1;').hasDefaultExport).toBe(false);
  });

  it('counts lines of code without blanks and comments', () => {
    expect(
      scan('/* σ\n two */\n\n// three\nconst a = 1; // four\nconst b = "// five";\n').codeLines,
    ).toBe(2);
  });

  it('refuses a module that does not parse', () => {
    expect(() => scan('export const = 1;')).toThrow(/snippet\.ts must parse/);
  });
});
