import { createRandomStream } from '../../src/math/philox.ts';

/** Bytes that readers of tables trip over. */
const HARD = ['"', ',', '\n', '\r', ';', '-', '0', '\0', '\uFEFF', '1e999', '""', 'NaN', '\t'].map(
  (text) => Buffer.from(text),
);

/** Whole numbers below a bound, one after another; they depend on the seed alone. */
export function randomStream(seed: number): (below: number) => number {
  const stream = createRandomStream(seed);
  let drawn = 0;
  return (below) => {
    drawn += 1;
    return Math.floor(stream.uniform(0, 0, drawn) * below);
  };
}

/** A copy of the bytes with one to four places changed, cut, doubled or moved. */
export function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let mutated: Uint8Array = Buffer.from(bytes);
  for (let change = next(4); change >= 0; change -= 1) {
    const at = next(mutated.length + 1);
    const to = Math.min(mutated.length, at + 1 + next(40));
    mutated = changed(mutated, at, to, next);
  }
  return mutated;
}

function changed(
  bytes: Uint8Array,
  at: number,
  to: number,
  next: (below: number) => number,
): Uint8Array {
  const [head, piece, tail] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (next(7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << next(8));
      return flipped;
    }
    case 1:
      return Buffer.concat([head, tail]);
    case 2:
      return Buffer.concat([head, piece, piece, tail]);
    case 3:
      return Buffer.concat([head, HARD[next(HARD.length)] ?? piece, tail]);
    case 4:
      return Buffer.concat([head, HARD[next(HARD.length)] ?? piece, piece, tail]);
    case 5:
      return Buffer.concat([head, Buffer.from(piece).reverse(), tail]);
    default:
      return next(6) === 0 ? Buffer.from(head) : Buffer.concat([tail, head, piece]);
  }
}
