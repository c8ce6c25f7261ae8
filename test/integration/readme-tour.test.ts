import { describe, expect, it } from 'vitest';
import { runTour, tourBlocks } from './readme-tour.ts';

/** A tenth or so of the futures: the long suite runs the lines as they stand. */
const FEW = '--paths 6';

describe('README tour', () => {
  it('has blocks that run', () => {
    expect(tourBlocks().length).toBeGreaterThanOrEqual(3);
  });

  it.each(tourBlocks())('runs, with fewer futures: %s', (block) => {
    const out = runTour(block.replaceAll(/--paths \d+/g, FEW));
    expect(out.length).toBeGreaterThan(20);
    expect(out).not.toMatch(/NaN|undefined|Infinity/);
  });
});
