import { describe, expect, it } from 'vitest';
import { compareMoments } from './acceptance.ts';
import { KNOWN_GAPS, REFERENCE_RANGES } from './acceptance.fixture.ts';
import { createLv2jh } from './lv2jh.ts';
import { marketMoments, meanMoments } from './market-moments.ts';

describe('acceptance of LV2J-H over 2 x 400 years', () => {
  const model = createLv2jh({ years: 400 });
  const simulated = meanMoments([0, 1].map((index) => marketMoments(model.generate(2, index))));

  it.each(REFERENCE_RANGES)('%s lies in the range of the reference runs', (name, low, high) => {
    const value = simulated.find((moment) => moment.name === name)?.value ?? Number.NaN;
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  });

  it('leaves the 90 % interval of history only where it is known to', () => {
    const outside = compareMoments(simulated).filter(({ verdict }) => verdict !== 'inside');
    expect(
      outside.map(({ name }) => name).filter((name) => !KNOWN_GAPS.includes(name)),
    ).toStrictEqual([]);
  });
});

describe('starts of LV2J-H', () => {
  it('are stationary: VIX at the start of 4,000 paths is distributed as in a long market', () => {
    const model = createLv2jh({ years: 0.02 });
    const levels: number[] = [];
    let path = model.generate(3, 0);
    for (let index = 0; index < 4000; index += 1) {
      path = model.generate(3, index, path);
      levels.push(Math.log(path.vixClose[path.start] ?? Number.NaN));
    }
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    const long = createLv2jh({ years: 3000 }).generate(4, 0);
    let total = 0;
    for (let i = long.start; i < long.length; i += 1) total += Math.log(long.vixClose[i] ?? 0);
    expect(Math.abs(mean - total / (long.length - long.start))).toBeLessThan(0.025);
  });
});
