import { dateTicks, elapsedTicks, roundTicks } from './axis-ticks.ts';
import type { Tick } from './axis-ticks.ts';
import type { ChartSeries, LineChart } from './chart.ts';
import { chartData } from './chart-data.ts';
import { extremeIndices } from './downsample.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';

const WIDTH = 1000;
const HEIGHT = 300;
/** Pixels of the plot in the style sheet, by size: labels need to know how near they are. */
const PIXELS = { large: 300, small: 150 } as const;
const LABEL_PIXELS = 17;

/** A figure with legend, plot, end labels, text summary and a table of its data. */
export function lineChart(chart: LineChart): Markup {
  const scale = scaleOf(chart);
  const level = chart.size === 'large' ? 'chart' : 'chart small';
  return html`<figure
    class="${level}"
    data-title="${chart.title}"
    data-first="${scale.first}"
    data-last="${scale.last}"
    data-low="${scale.low}"
    data-high="${scale.high}"
    data-axis="${chart.timeAxis}"
    data-quantity="${quantityOf(chart)}"
  >
    <figcaption><b>${chart.title}</b> <span class="unit">${chart.unit}</span></figcaption>
    ${legend(chart)}
    <div class="plot">
      <div class="ys" aria-hidden="true">${yLabels(chart, scale)}</div>
      <div class="area">
        <svg
          viewBox="0 0 ${WIDTH} ${HEIGHT}"
          preserveAspectRatio="none"
          role="img"
          aria-label="${chart.title}. ${chart.summary}"
        >
          ${gridLines(scale)}${chart.series.map((series) => seriesPath(chart, series, scale))}${endLine(chart, scale)}</svg
        >${markerSpans(chart, scale)}
      </div>
      <div class="ends" aria-hidden="true">${endLabels(chart, scale)}</div>
      <div class="xs" aria-hidden="true">${xLabels(scale)}</div>
    </div>
    <p class="summary">${chart.summary}</p>
    ${chartData(chart)}
  </figure> `;
}

/** What the values count, as their own texts tell: the script of the page writes them alike. */
function quantityOf({ format }: LineChart): 'share' | 'dollars' | 'number' {
  const text = format(0.5);
  if (text.endsWith('%')) return 'share';
  return text.includes('$') ? 'dollars' : 'number';
}

interface Scale {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly number[];
}

function scaleOf(chart: LineChart): Scale {
  const first = chart.days[0] ?? 0;
  const last = Math.max(chart.days.at(-1) ?? 0, first + 1);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values, kind } of chart.series) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (kind === 'area') {
      low = Math.min(low, 0);
      high = Math.max(high, 0);
    }
  }
  if (!(low <= high)) {
    low = 0;
    high = 1;
  }
  const yTicks = roundTicks(low, high, chart.size === 'large' ? 5 : 3);
  const ticks = chart.timeAxis === 'dates' ? dateTicks : elapsedTicks;
  return {
    first,
    last,
    low: yTicks[0] ?? low,
    high: yTicks.at(-1) ?? high,
    xTicks: ticks(first, last, chart.size === 'large' ? 9 : 5),
    yTicks,
  };
}

function xOf(scale: Scale, day: number): number {
  return (day - scale.first) / (scale.last - scale.first);
}

/** Share of the height from the top. */
function yOf(scale: Scale, value: number): number {
  return (scale.high - value) / (scale.high - scale.low);
}

function gridLines(scale: Scale): Markup {
  const horizontal = scale.yTicks.map((value) => {
    const y = round(yOf(scale, value) * HEIGHT);
    return html`<path class="${value === 0 ? 'zero' : 'grid'}" d="M0 ${y}H${WIDTH}" />`;
  });
  const vertical = scale.xTicks.map(({ at }) => {
    return html`<path class="grid" d="M${round(xOf(scale, at) * WIDTH)} 0V${HEIGHT}" />`;
  });
  return html`${horizontal}${vertical}`;
}

function seriesPath(chart: LineChart, series: ChartSeries, scale: Scale): Markup {
  const runs = knownRuns(chart, series, scale);
  if (runs.length === 0) return NOTHING;
  const line = runs.map((points) => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`);
  const stroke = html`<path
    class="line ${series.style}"
    data-name="${series.name}"
    d="${line.join('')}"
  />`;
  if (series.kind === 'line') return stroke;
  const floor = round(yOf(scale, Math.max(0, scale.low)) * HEIGHT);
  const areas = runs.map((points, run) => {
    const from = points[0]?.x ?? 0;
    const to = points.at(-1)?.x ?? 0;
    return `${line[run] ?? ''}L${to} ${floor}L${from} ${floor}Z`;
  });
  return html`<path
      class="fill ${series.style}"
      data-of="${series.name}"
      d="${areas.join('')}"
    />${stroke}`;
}

/** Places of a series in the plot, broken where values are unknown. */
function knownRuns(
  chart: LineChart,
  { values }: ChartSeries,
  scale: Scale,
): readonly (readonly Place[])[] {
  const runs: Place[][] = [];
  let broken = true;
  for (const index of extremeIndices(values, chart.size === 'large' ? 360 : 200)) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      broken = true;
      continue;
    }
    const x = round(xOf(scale, chart.days[index] ?? 0) * WIDTH);
    const place = { x, y: round(yOf(scale, value) * HEIGHT) };
    if (broken) runs.push([place]);
    else runs.at(-1)?.push(place);
    broken = false;
  }
  return runs;
}

/** A point of the plot, in its own units. */
interface Place {
  readonly x: number;
  readonly y: number;
}

function endLine(chart: LineChart, scale: Scale): Markup {
  if (chart.endedDay === undefined) return NOTHING;
  const x = round(xOf(scale, chart.endedDay) * WIDTH);
  return html`<path class="end" d="M${x} 0V${HEIGHT}" />`;
}

/** Legend entries: one per series, then one per kind of marker. */
function legend(chart: LineChart): Markup {
  const isPlain = (chart.markers ?? []).length === 0 && chart.endedDay === undefined;
  if (chart.series.length < 2 && isPlain) return NOTHING;
  const lines = chart.series.map(
    ({ name, style, kind }) =>
      html`<li data-name="${name}">
        <svg class="key" viewBox="0 0 34 12" aria-hidden="true">
          ${
            kind === 'area'
              ? html`<rect class="fill ${style}" y="2" width="34" height="9" />`
              : NOTHING
          }
          <path class="line ${style}" d="M0 6H34" /></svg
        >${name}
      </li>`,
  );
  const seen = new Map<string, { readonly symbol: string; count: number }>();
  for (const { label, symbol } of chart.markers ?? []) {
    const entry = seen.get(label) ?? { symbol, count: 0 };
    entry.count += 1;
    seen.set(label, entry);
  }
  const symbols = [...seen].map(
    ([label, { symbol, count }]) =>
      html`<li><span class="sym">${symbol}</span>${label} (${count})</li>`,
  );
  const ended =
    chart.endedDay === undefined
      ? NOTHING
      : html`<li>
          <svg class="key" viewBox="0 0 34 12" aria-hidden="true">
            <path class="end" d="M17 0V12" /></svg
          >course ended
        </li>`;
  return html`<ul class="legend">
    ${lines}${symbols}${ended}
  </ul> `;
}

/** Markers nearer than half a percent of the width with one symbol are drawn once. */
function markerSpans(chart: LineChart, scale: Scale): Markup {
  const drawn = new Set<string>();
  const spans = (chart.markers ?? []).flatMap(({ day, value, symbol }) => {
    const left = Math.round(xOf(scale, day) * 200) / 2;
    const place = `${symbol}${left}`;
    if (drawn.has(place)) return [];
    drawn.add(place);
    const top = round(yOf(scale, value) * 100);
    return [html`<span class="mark" style="left:${left}%;top:${top}%">${symbol}</span>`];
  });
  return html`<span aria-hidden="true">${spans}</span>`;
}

function yLabels(chart: LineChart, scale: Scale): Markup {
  const labels = scale.yTicks.map(
    (value) =>
      html`<span style="top:${round(yOf(scale, value) * 100)}%">${chart.format(value)}</span>`,
  );
  return html`${labels}`;
}

function xLabels(scale: Scale): Markup {
  const labels = scale.xTicks.map(({ at, label }, index) => {
    const left = round(xOf(scale, at) * 100);
    return html`<span class="${index % 2 === 0 ? 'even' : 'odd'}" style="left:${left}%"
      >${label}</span
    >`;
  });
  return html`${labels}`;
}

/** Names at the right end of the lines, pushed apart so that none covers another. */
function endLabels(chart: LineChart, scale: Scale): Markup {
  if (chart.series.length < 2) return NOTHING;
  const height = PIXELS[chart.size];
  const ends = chart.series
    .map(({ name, style, values }) => {
      const last = values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
      return { name, style, y: yOf(scale, last) * height };
    })
    .filter(({ y }) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  let least = 0;
  const placed = ends.map((end) => {
    const y = Math.max(end.y, least);
    least = y + LABEL_PIXELS;
    return { ...end, y };
  });
  let most = height;
  const labels = placed.toReversed().map(({ name, style, y }) => {
    const kept = Math.min(y, most);
    most = kept - LABEL_PIXELS;
    return html`<span class="name ${style}" style="top:${round((kept / height) * 100)}%"
      >${name}</span
    >`;
  });
  return html`${labels}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
