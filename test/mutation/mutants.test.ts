import { describe, expect, it } from 'vitest';
import { mutated, mutantsOf, sampleOf } from './mutants.ts';

const textsOf = (text: string): readonly string[] =>
  mutantsOf('x.ts', text).map((mutant) => mutated(text, mutant));

describe('mutantsOf', () => {
  it('changes operators, numbers, signs, conditions and extremes, one at a time', () => {
    expect(textsOf('export const f = (a: number): number => a * 2;')).toEqual([
      'export const f = (a: number): number => a / 2;',
      'export const f = (a: number): number => a * 3;',
    ]);
    expect(textsOf('export const g = a < b && !c;')).toEqual([
      'export const g = a <= b && !c;',
      'export const g = a < b || !c;',
      'export const g = a < b && c;',
    ]);
    expect(textsOf('if (a) b += Math.max(-c, d);')).toEqual([
      'if (false) b += Math.max(-c, d);',
      'if (true) b += Math.max(-c, d);',
      'if (a) b -= Math.max(-c, d);',
      'if (a) b += Math.min(-c, d);',
      'if (a) b += Math.max(c, d);',
    ]);
  });

  it('leaves types, texts and the stand-ins of reads in bounds alone', () => {
    expect(textsOf('type A = 1 | 2; const t = `${a + 1}`; const v = column[i] ?? 0;')).toEqual([]);
  });

  it('knows the line, and draws the same sample for the same seed', () => {
    const text = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
    const mutants = mutantsOf('x.ts', text);
    expect(mutants.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(sampleOf(mutants, 2, 7)).toEqual(sampleOf(mutants, 2, 7));
    expect(sampleOf(mutants, 9, 7)).toEqual(mutants);
  });
});
