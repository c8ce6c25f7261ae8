import { describe, expect, it } from 'vitest';
import { dateTicks, elapsedTicks, roundTicks } from './axis-ticks.ts';
import { extremeIndices } from './downsample.ts';
import { formatUsdShort } from './format-number.ts';
import { lineChart } from './line-chart.ts';
import { epochDay } from '../time/epoch-day.ts';

describe('ticks', () => {
  it('are round and enclose the range', () => {
    expect(roundTicks(3, 97, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(roundTicks(-0.31, 0, 3)).toEqual([-0.4, -0.2, 0]);
    expect(roundTicks(5, 5, 3)).toEqual([0, 5]);
    expect(roundTicks(0, 0, 3)).toEqual([0, 1]);
  });

  it('of dates fall on first days of years or months', () => {
    const years = dateTicks(epochDay(1990, 1, 2), epochDay(2024, 6, 28), 9);
    expect(years.map(({ label }) => label)).toEqual([
      '1995',
      '2000',
      '2005',
      '2010',
      '2015',
      '2020',
    ]);
    const months = dateTicks(epochDay(2020, 1, 15), epochDay(2020, 7, 15), 9);
    expect(months.map(({ label }) => label)).toContain('2020-03');
  });

  it('of simulated time count from the start', () => {
    const labels = elapsedTicks(10_000, 10_000 + 731, 5).map(({ label }) => label);
    expect(labels).toEqual(['0 m', '6 m', '12 m', '18 m', '24 m']);
  });
});

describe('downsampling', () => {
  it('keeps the extremes', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 500));
    values[4321] = 9;
    values[8765] = -9;
    const kept = extremeIndices(values, 100);
    expect(kept.length).toBeLessThanOrEqual(202);
    expect(kept).toEqual(expect.arrayContaining([0, 4321, 8765, 9999]));
  });

  it('keeps everything that is short', () => {
    expect(extremeIndices(Float64Array.of(3, 1, 2), 100)).toEqual([0, 1, 2]);
  });
});

describe('a chart', () => {
  const chart = {
    title: 'Equity',
    summary: 'It rose.',
    days: Int32Array.of(10, 20, 30),
    unit: 'dollars',
    format: formatUsdShort,
    timeAxis: 'dates',
    size: 'large',
  } as const;

  it('skips values that are unknown', () => {
    const values = Float64Array.of(1, Number.NaN, 3);
    const { text } = lineChart({
      ...chart,
      series: [{ name: 'a', values, style: 's1', kind: 'line' }],
    });
    expect(text).toContain('<td class="r">n/a</td>');
    expect(text).not.toContain('NaN');
  });

  it('keeps the names of lines that end together apart', () => {
    const values = Float64Array.of(1, 2, 3);
    const series = (['s1', 's2', 's3', 's4'] as const).map((style) => ({
      name: style,
      values,
      style,
      kind: 'line' as const,
    }));
    const { text } = lineChart({ ...chart, series });
    const tops = [...text.matchAll(/class="name s\d" style="top:([\d.]+)%"/g)].map((match) =>
      Number(match[1]),
    );
    const ascending = tops.toSorted((a, b) => a - b);
    expect(tops).toHaveLength(4);
    for (const [index, top] of ascending.slice(1).entries()) {
      expect(top - (ascending[index] ?? 0)).toBeGreaterThan(5);
    }
  });

  it('counts its markers in the legend', () => {
    const marker = { value: 2, symbol: '▲', label: 'margin call' };
    const { text } = lineChart({
      ...chart,
      series: [{ name: 'a', values: Float64Array.of(1, 2, 3), style: 'ink', kind: 'line' }],
      markers: [
        { ...marker, day: 10 },
        { ...marker, day: 30 },
      ],
    });
    expect(text).toContain('margin call (2)');
  });
});
