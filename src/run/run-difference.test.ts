import { describe, expect, it } from 'vitest';
import { differingSettings } from './run-difference.ts';

describe('settings that differ', () => {
  it('are none for equal values', () => {
    expect(differingSettings({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });

  it('go by keys, and members of lists by their name wherever they stand', () => {
    const a = {
      policies: [
        { name: 'p', size: 1 },
        { name: 'q', size: 2 },
      ],
    };
    const b = {
      policies: [
        { name: 'q', size: 3 },
        { name: 'p', size: 1 },
      ],
    };
    expect(differingSettings(a, b)).toEqual([{ key: 'policies.q.size', a: '2', b: '3' }]);
  });

  it('go by place in lists without names', () => {
    expect(differingSettings({ band: [0.1, 0.2] }, { band: [0.1, 0.3] })).toEqual([
      { key: 'band.1', a: '0.2', b: '0.3' },
    ]);
  });

  it('are one for a map that only one has', () => {
    const a = { policies: [{ name: 'p', size: 1, deep: { x: 1 } }] };
    expect(differingSettings(a, { policies: [] })).toEqual([
      { key: 'policies.p', a: 'present', b: undefined },
    ]);
  });

  it('tell null from absent, and a map from a scalar', () => {
    expect(differingSettings({ a: null, c: { d: 1 } }, { c: 2 })).toEqual([
      { key: 'a', a: 'null', b: undefined },
      { key: 'c', a: 'present', b: '2' },
    ]);
  });
});
