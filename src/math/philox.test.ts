import { describe, expect, it } from 'vitest';
import { moments } from './moments.ts';
import { createRandomStream, philox4x32 } from './philox.ts';

/** Philox4x32-10 in big integers, word for word as published. */
function reference(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  const mask = 0xffffffffn;
  let [x0 = 0n, x1 = 0n, x2 = 0n, x3 = 0n] = counter;
  let [k0 = 0n, k1 = 0n] = key;
  for (let round = 0; round < 10; round += 1) {
    const p0 = 0xd2511f53n * x0;
    const p1 = 0xcd9e8d57n * x2;
    [x0, x1, x2, x3] = [(p1 >> 32n) ^ x1 ^ k0, p1 & mask, (p0 >> 32n) ^ x3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [x0, x1, x2, x3];
}

describe('philox4x32', () => {
  // Known answers of Random123, kat_vectors, philox 4x32 with 10 rounds.
  const ff = 0xffffffff;
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ff, ff, ff, ff],
      [ff, ff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %j and key %j give %j', (counter, key, expected) => {
    const [c0 = Number.NaN, c1 = Number.NaN, c2 = Number.NaN, c3 = Number.NaN] = counter;
    const out = new Uint32Array(4);
    philox4x32(c0, c1, c2, c3, key[0] ?? Number.NaN, key[1] ?? Number.NaN, out);
    expect([...out]).toEqual(expected);
  });

  it('multiplies 32-bit words exactly', () => {
    const out = new Uint32Array(4);
    for (let i = 0; i < 500; i += 1) {
      const word = Math.imul(i, 0x9e3779b1) >>> 0;
      philox4x32(i, word, word ^ 0xffff0000, 3, word >>> 3, i, out);
      const c = [i, word, (word ^ 0xffff0000) >>> 0, 3].map(BigInt);
      expect([...out].map(BigInt)).toEqual(reference(c, [BigInt(word >>> 3), BigInt(i)]));
    }
  });
});

describe('createRandomStream', () => {
  it('gives the same numbers singly, in blocks, and in any order', () => {
    const stream = createRandomStream(42);
    const uniforms = new Float64Array(11);
    const normals = new Float64Array(11);
    stream.fillUniforms(7, 251, uniforms);
    stream.fillNormals(7, 251, normals);
    for (let dimension = 10; dimension >= 0; dimension -= 1) {
      expect(createRandomStream(42).uniform(7, 251, dimension)).toBe(uniforms[dimension]);
      expect(stream.normal(7, 251, dimension)).toBe(normals[dimension]);
    }
  });

  it('changes with seed (all 53 bits), stream, path, step and dimension', () => {
    const draws = [
      createRandomStream(1).uniform(0, 0, 0),
      createRandomStream(2).uniform(0, 0, 0),
      createRandomStream(1 + 2 ** 32).uniform(0, 0, 0),
      createRandomStream(1, 1).uniform(0, 0, 0),
      createRandomStream(1).uniform(1, 0, 0),
      createRandomStream(1).uniform(0, 1, 0),
      createRandomStream(1).uniform(0, 0, 1),
      createRandomStream(1).uniform(0, 0, 4),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });

  it('has the moments of a uniform and a standard normal', () => {
    const stream = createRandomStream(2026);
    const uniforms = new Float64Array(200_000);
    const normals = new Float64Array(200_000);
    stream.fillUniforms(0, 0, uniforms);
    stream.fillNormals(1, 0, normals);
    const flat = moments(uniforms);
    const bell = moments(normals);
    // Four standard errors each.
    expect(Math.abs(flat.mean - 0.5)).toBeLessThan(0.0026);
    expect(Math.abs(flat.standardDeviation ** 2 - 1 / 12)).toBeLessThan(0.0007);
    expect(Math.abs(bell.mean)).toBeLessThan(0.009);
    expect(Math.abs(bell.standardDeviation - 1)).toBeLessThan(0.0064);
    expect(Math.abs(bell.skewness)).toBeLessThan(0.022);
    expect(Math.abs(bell.kurtosis - 3)).toBeLessThan(0.044);
    expect(uniforms.every((each) => each > 0 && each < 1)).toBe(true);
  });
});
