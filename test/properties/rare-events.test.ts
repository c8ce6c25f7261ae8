import { describe, expect, it } from 'vitest';
import { createLv2jh } from '../../src/simulation/lv2jh.ts';
import type { RareTilt } from '../../src/simulation/rare-laws.ts';
import type { MarketPath } from '../../src/market/market-path.ts';
import { summarisePath } from '../../src/evaluation/path-summary.ts';
import type { PathSummary } from '../../src/evaluation/path-summary.ts';
import { checkWeights, rareEvent } from '../../src/evaluation/rare-events.ts';
import { tinyRecord } from '../../src/evaluation/run-record.fixture.ts';

const TILT = { jumps: 3, lean: 0.7 };
const PATHS = 3000;

/** Whether SPX lost a share of its level at some close of the path. */
function fell(path: MarketPath, share: number): boolean {
  const start = path.spxClose[path.start - 1] ?? Number.NaN;
  for (let i = path.start; i < path.length; i += 1) {
    if ((path.spxClose[i] ?? Number.NaN) < start * (1 - share)) return true;
  }
  return false;
}

interface Fallen {
  readonly weight: number;
  readonly deep: boolean;
  readonly deeper: boolean;
}

function drawn(tilt: RareTilt | undefined, paths: number, from: number): readonly Fallen[] {
  const model = createLv2jh({ years: 1, ...(tilt === undefined ? {} : { tilt }) });
  let memory: MarketPath | undefined;
  return Array.from({ length: paths }, (_, index) => {
    const path = model.generate(7, from + index, memory);
    memory = path;
    return { weight: path.weight ?? 1, deep: fell(path, 0.25), deeper: fell(path, 0.4) };
  });
}

function summaries(fallen: readonly Fallen[], of: (path: Fallen) => boolean): PathSummary[] {
  return fallen.map((path) =>
    summarisePath(tinyRecord([100], { ruined: of(path) }), 15, path.weight),
  );
}

const ruined = ({ ruined: is }: PathSummary): boolean => is;
const tilted = drawn(TILT, PATHS, 0);
const brute = drawn(undefined, 2 * PATHS, 100_000);
const share = (of: (path: Fallen) => boolean): number => brute.filter(of).length / brute.length;

describe('rare events by importance sampling', () => {
  it('have weights that average to one and stay at most two', () => {
    const { mean, standardError, effectivePaths } = checkWeights(summaries(tilted, () => false));
    expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.02);
    expect(Math.max(...tilted.map(({ weight }) => weight))).toBeLessThanOrEqual(2);
    expect(effectivePaths).toBeGreaterThan(PATHS / 2);
  });

  it('have the probability that brute force counts', () => {
    for (const of of [({ deep }: Fallen) => deep, ({ deeper }: Fallen) => deeper]) {
      const found = rareEvent(summaries(tilted, of), ruined);
      const counted = share(of);
      const error = Math.hypot(found.standardError, Math.sqrt(counted / brute.length));
      expect(Math.abs(found.probability - counted)).toBeLessThan(4 * error);
      expect(found.low).toBeLessThanOrEqual(found.probability);
    }
    const deepest = rareEvent(
      summaries(tilted, ({ deeper }) => deeper),
      ruined,
    );
    expect(deepest.seenTilted).toBeGreaterThan(deepest.plain.count);
    // Fewer futures tell as much: about half as many again would be needed without the tilt.
    expect(deepest.efficiency).toBeGreaterThan(1.2);
  });

  it('leave the plain half as it is without a tilt', () => {
    const plain = createLv2jh({ years: 1 });
    const mixed = createLv2jh({ years: 1, tilt: TILT });
    expect(mixed.generate(7, 4).spxClose).toEqual(plain.generate(7, 4).spxClose);
    for (const index of [3, 5]) {
      expect(mixed.generate(7, index).spxClose).not.toEqual(plain.generate(7, index).spxClose);
    }
    expect(plain.generate(7, 5).weight).toBeUndefined();
  });

  it('are below six in as many paths when none is seen', () => {
    const { probability, low, high, efficiency } = rareEvent(
      summaries(tilted, () => false),
      ruined,
    );
    expect([probability, low, high]).toEqual([0, 0, 6 / PATHS]);
    expect(efficiency).toBeNaN();
  });
});
