import { roundTicks } from './axis-ticks.ts';
import { formatUsdShort } from './format-number.ts';
import { html, NOTHING } from './html.ts';
import type { Markup } from './html.ts';

/** Profit and loss of a position over levels of its underlying. */
export interface ProfitChart {
  /** What a reader would see, in a sentence. */
  readonly summary: string;
  /** Levels of the underlying over today's, ascending. */
  readonly ratios: readonly number[];
  readonly lines: readonly ProfitLine[];
  /** Label of a level. */
  readonly label: (ratio: number) => string;
  /** Lowest and highest profit of the axis, dollars, so that the charts of many days compare. */
  readonly span: readonly [number, number];
}

/** A line of such a chart; dollars, one per level. */
export interface ProfitLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly style: 's1' | 's2' | 'muted';
}

const WIDTH = 1000;
const HEIGHT = 300;

/** The lines with a zero line, a line at today's level, and a legend. */
export function profitChart({ summary, ratios, lines, label, span }: ProfitChart): Markup {
  const ticks = roundTicks(span[0], span[1], 5);
  const low = ticks[0] ?? span[0];
  const high = ticks.at(-1) ?? span[1];
  const first = ratios[0] ?? 0;
  const last = ratios.at(-1) ?? 1;
  const x = (ratio: number): number => (WIDTH * (ratio - first)) / (last - first);
  const y = (value: number): number => (HEIGHT * (high - value)) / (high - low);
  const place = (fraction: number): string => `${Math.round(fraction * 1e4) / 100}%`;
  const path = ({ values }: ProfitLine): string =>
    values
      .map((value, i) => `${i === 0 ? 'M' : 'L'}${rounded(x(ratios[i] ?? 1))} ${rounded(y(value))}`)
      .join('');
  const marked = ratios.filter((ratio) => Math.round(ratio * 1000) % 50 === 0);
  return html`<figure class="chart profit">
    <figcaption>
      <b>Profit and loss</b> <span class="unit">dollars, by SPX from today's level</span>
    </figcaption>
    <ul class="legend">
      ${lines.map(
        ({ name, style }) =>
          html`<li>
            <svg class="key" viewBox="0 0 34 12" aria-hidden="true">
              <path class="line ${style}" d="M0 6H34" />
            </svg>
            ${name}
          </li>`,
      )}
    </ul>
    <div class="plot">
      <div class="ys" aria-hidden="true">
        ${ticks.map(
          (tick) =>
            html`<span style="top:${place(y(tick) / HEIGHT)}">${formatUsdShort(tick)}</span>`,
        )}
      </div>
      <div class="area">
        <svg
          viewBox="0 0 ${WIDTH} ${HEIGHT}"
          preserveAspectRatio="none"
          role="img"
          aria-label="${summary}"
        >
          ${ticks.map(
            (tick) =>
              html`<path
                class="${tick === 0 ? 'zero' : 'grid'}"
                d="M0 ${rounded(y(tick))}L${WIDTH} ${rounded(y(tick))}"
              />`,
          )}
          ${first < 1 && last > 1 ? html`<path class="end" d="M${rounded(x(1))} 0L${rounded(x(1))} ${HEIGHT}" />` : NOTHING}
          ${lines.map((line) => html`<path class="line ${line.style}" d="${path(line)}" />`)}
        </svg>
      </div>
      <div class="ends"></div>
      <div class="xs" aria-hidden="true">
        ${marked.map(
          (ratio) => html`<span style="left:${place(x(ratio) / WIDTH)}">${label(ratio)}</span>`,
        )}
      </div>
    </div>
    <p class="summary">${summary}</p>
  </figure>`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
