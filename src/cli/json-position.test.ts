import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateJson, parseJsonText } from './json-position.ts';

describe('parseJsonText', () => {
  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJsonText(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['[1,\n 2 3]', 2, 4, "'3'"],
    ['{"a": }', 1, 7, "'}'"],
    ['{"a" 1}', 1, 6, "'1'"],
    ['{a: 1}', 1, 2, "'a'"],
    ['[1,', 1, 4, 'the end'],
    ['', 1, 1, 'the end'],
    ['[1] x', 1, 5, "'x'"],
    ['["σ", ?]', 1, 7, "'?'"],
    ['["a\\q"]', 1, 5, "'q'"],
    ['["\\u12"]', 1, 5, "'1'"],
    ['["open', 1, 7, 'the end'],
    ['[NaN]', 1, 2, "'N'"],
    ['[01]', 1, 3, "'1'"],
  ])('places the fault in %j', (text, line, column, found) => {
    expect(parseJsonText(text)).toEqual({
      ok: false,
      error: { position: { line, column }, found },
    });
  });

  it('survives a text that nests without end', () => {
    expect(parseJsonText('['.repeat(1_000_000))).toMatchObject({ ok: false });
  });
});

describe('locateJson', () => {
  const text = '[\n  {"vol": 0.2},\n  {"vol": -1, "a": [true, "x"]}\n]';

  it.each([
    [[], 1, 1],
    [[0], 2, 3],
    [[1], 3, 3],
    [[1, 'vol'], 3, 11],
    [[1, 'a', 1], 3, 27],
  ] as const)('finds %j', (path, line, column) => {
    expect(locateJson(text, path)).toEqual({ line, column });
  });

  it('gives the object that lacks a key', () => {
    expect(locateJson(text, [1, 'strike'])).toEqual({ line: 3, column: 3 });
  });

  it('takes the last of repeated keys, as JSON.parse does', () => {
    expect(locateJson('{"a": 1, "a": 2}', ['a'])).toEqual({ line: 1, column: 15 });
  });
});
