import { describe, expect, it } from 'vitest';
import { createRandomStream } from './philox.ts';
import { fillStationaryResample } from './stationary-bootstrap.ts';

const COUNT = 400;

function resample(replicate: number, meanBlock: number, seed = 1): Int32Array {
  const out = new Int32Array(COUNT);
  fillStationaryResample(createRandomStream(seed), replicate, meanBlock, out);
  return out;
}

/** Places at which the resample does not go on to the next place (modulo n). */
function breaks(places: Int32Array): number {
  let count = 0;
  places.forEach((place, i) => {
    if (i > 0 && place !== ((places[i - 1] ?? 0) + 1) % COUNT) count += 1;
  });
  return count;
}

describe('fillStationaryResample', () => {
  it('gives places of the series, the same for the same replicate in any order', () => {
    const later = resample(7, 10);
    const first = resample(0, 10);
    expect(later).toEqual(resample(7, 10));
    expect(later).not.toEqual(first);
    expect(first.every((place) => place >= 0 && place < COUNT)).toBe(true);
  });

  it('breaks once in meanBlock observations on average', () => {
    for (const meanBlock of [1, 4, 20]) {
      let total = 0;
      for (let replicate = 0; replicate < 200; replicate += 1) {
        total += breaks(resample(replicate, meanBlock));
      }
      const expected = (200 * (COUNT - 1)) / meanBlock;
      // A break also hides where a new block happens to go on: one in n.
      expect(total / expected).toBeGreaterThan(0.94);
      expect(total / expected).toBeLessThan(1.06);
    }
  });

  it('is stationary: every place is as likely as any other at every position', () => {
    const counts = new Float64Array(COUNT);
    for (let replicate = 0; replicate < 2000; replicate += 1) {
      for (const place of resample(replicate, 15)) counts[place] = (counts[place] ?? 0) + 1;
    }
    const mean = 2000;
    // Blocks make counts of neighbours move together, so the deviation is about sqrt(2 x 15) fold.
    const largest = Math.max(...counts.map((count) => Math.abs(count - mean)));
    expect(largest / mean).toBeLessThan(0.15);
  });
});
