import { describe, expect, it } from 'vitest';
import { inventedReport, inventedSimulation } from './compare-report.fixture.ts';
import { compareTable } from './compare-table.ts';

describe.each([
  ['history', compareTable(inventedReport(9000))],
  ['simulation', compareTable(inventedSimulation(40))],
])('the terminal table of a %s', (_, text) => {
  it('fits 120 columns', () => {
    const wide = text.split('\n').filter((line) => line.length > 120);
    expect(wide).toEqual([]);
  });

  it('shows no value that is not one', () => {
    expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('has a line per policy and ends with the manifest', () => {
    expect(text).toMatch(/^martingale-strangle /m);
    expect(text.trimEnd().split('\n').at(-1)).toContain('node v20.20.2');
  });
});

describe('the terminal table', () => {
  it('says why growth is unknown', () => {
    expect(compareTable(inventedReport(600))).toContain(
      'martingale-strangle: CAGR n/a, final equity is not above 0',
    );
  });

  it('tells no event as below 3 / N', () => {
    expect(compareTable(inventedSimulation(40))).toContain('0 (<\u00A07.5\u00A0%');
  });
});
