import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DataError } from './data-error.ts';
import { loadPolicy } from './policy-file.ts';
import { parseSweepGrid, sweepCells } from './sweep-grid.ts';

const SHIPPED = fileURLToPath(new URL('../../policies', import.meta.url));
const BASE = loadPolicy('alvh-45', SHIPPED);

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  throw new Error('the grid was accepted');
}

const cellsOf = (text: string): ReturnType<typeof sweepCells> =>
  sweepCells('grid.yaml', parseSweepGrid('grid.yaml', text), BASE);

describe('a sweep grid', () => {
  it('expands to every combination, the last axis fastest', () => {
    const cells = cellsOf(`
policy: alvh-45
axes:
  sizing.riskPerTrade: [0.01, 0.03]
  budgets.yearly: [0, 0.01, 0.02]`);
    expect(cells.map(({ at }) => at.join())).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2']);
    const last = cells.at(-1)?.policy;
    expect(last?.sizing.riskPerTrade).toBe(0.03);
    expect(last?.budgets).toEqual({ ...BASE.budgets, yearly: 0.02 });
    expect(new Set(cells.map(({ policy }) => policy.name)).size).toBe(6);
  });

  it('takes whole maps, so that an axis may change the selector', () => {
    const [points, delta] = cellsOf(
      '{policy: alvh-45, axes: {wings: [{selector: points, width: 50}, {selector: delta, delta: 0.05}]}}',
    );
    expect(points?.policy.wings).toEqual({ selector: 'points', width: 50 });
    expect(delta?.policy.wings).toEqual({ selector: 'delta', delta: 0.05 });
  });

  it('is the policy itself without axes', () => {
    const [only, ...others] = cellsOf('{policy: alvh-45, axes: {}}');
    expect(others).toEqual([]);
    expect({ ...only?.policy, name: 'alvh-45' }).toEqual(BASE);
  });

  it('suggests the key that was meant', () => {
    expect(
      refusal(() => cellsOf('{policy: alvh-45, axes: {sizing.riskPerTade: [0.01]}}')),
    ).toContain("did you mean 'sizing.riskPerTrade'?");
    expect(refusal(() => cellsOf('{policy: alvh-45, axes: {name: [a]}}'))).toContain('name');
  });

  it.each([
    ['{policy: alvh-45, axes: {sizing.riskPerTrade: [2]}}', 'sizing.riskPerTrade'],
    ['{policy: alvh-45, axes: {budgets.near: [0.9]}}', 'budgets'],
    ['{policy: alvh-45, axes: {sizing.riskPerTrade: [0.01, 0.01]}}', 'must differ'],
    ['{policy: alvh-45, axes: {sizing.riskPerTrade: []}}', 'axes.sizing.riskPerTrade'],
    ['{policy: alvh-45}', 'axes'],
    ['{policy: alvh-45, axes: {}, more: 1}', 'more'],
    ['policy: [', 'YAML or JSON'],
  ])('refuses %s', (text, part) => {
    expect(refusal(() => cellsOf(text))).toContain(part);
  });

  it('refuses more configurations than a table can show', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i + 1) / 1000).join(', ');
    const text = `{policy: alvh-45, axes: {sizing.riskPerTrade: [${values}], budgets.yearly: [${values}]}}`;
    expect(refusal(() => cellsOf(text))).toContain('at most 1000 configurations, was 1600');
  });
});
