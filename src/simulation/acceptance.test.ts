import { describe, expect, it } from 'vitest';
import { compareMoments } from './acceptance.ts';
import { KNOWN_GAPS, REFERENCE_RANGES } from './acceptance.fixture.ts';
import { createLv2jh } from './lv2jh.ts';
import { marketMoments, meanMoments } from './market-moments.ts';

const model = createLv2jh({ years: 200 });
const simulated = meanMoments([0, 1].map((index) => marketMoments(model.generate(1, index))));
const results = compareMoments(simulated);

function valueOf(name: string): number {
  return simulated.find((moment) => moment.name === name)?.value ?? Number.NaN;
}

describe('acceptance of LV2J-H over 2 x 200 years', () => {
  it.each(REFERENCE_RANGES)('%s lies in the range of the reference runs', (name, low, high) => {
    expect(valueOf(name)).toBeGreaterThanOrEqual(low);
    expect(valueOf(name)).toBeLessThanOrEqual(high);
  });

  it('leaves the 90 % interval of history only where it is known to', () => {
    const outside = results.filter(({ verdict }) => verdict === 'outside').map(({ name }) => name);
    expect(outside.filter((name) => !KNOWN_GAPS.includes(name))).toStrictEqual([]);
    expect(outside).toContain('P(31-session move > 1 VIX sd)');
    expect(results.every(({ verdict }) => verdict !== 'no-data')).toBe(true);
  });

  it('has the mean VX return of each month slot within 10 points of history', () => {
    const carries = results.filter(({ name }) => name.startsWith('VX carry'));
    expect(carries).toHaveLength(8);
    for (const { historical, simulated: carry } of carries) {
      expect(Math.abs(carry - historical)).toBeLessThan(0.1);
    }
  });
});

describe('compareMoments', () => {
  const table = [{ name: 'a', historical: 1, low: 0.5, high: 1.5, source: 'made up' }];

  it.each([
    [1, 'inside', 0],
    [0.25, 'outside', -0.25],
    [2, 'outside', 0.5],
  ])('of %d is %s by %d', (value, verdict, gap) => {
    const [result] = compareMoments([{ name: 'a', value }], table);
    expect(result).toMatchObject({ verdict, gap, simulated: value });
  });

  it('says when there is no value', () => {
    expect(compareMoments([], table)[0]?.verdict).toBe('no-data');
  });
});
