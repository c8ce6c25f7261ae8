import { html, NOTHING } from './html.ts';
import type { HtmlPart, Markup } from './html.ts';

/** A column of a table. */
export interface TableColumn {
  readonly label: HtmlPart;
  /** Numbers align right (default), words left. */
  readonly align?: 'left' | 'right';
}

/** A table with a caption; the first cell of each row heads the row. */
export interface HtmlTable {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly HtmlPart[])[];
  /** Class of the table element. */
  readonly className?: string;
}

/** A table inside a container that scrolls sideways and can be reached by keyboard. */
export function htmlTable({ caption, columns, rows, className = '' }: HtmlTable): Markup {
  const alignOf = (column: number): string => (columns[column]?.align === 'left' ? 'l' : 'r');
  const head = columns.map(
    ({ label }, column) => html`<th scope="col" class="${alignOf(column)}">${label}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, column) =>
          column === 0
            ? html`<th scope="row" class="${alignOf(column)}">${cell}</th>`
            : html`<td class="${alignOf(column)}">${cell}</td>`,
        )}
      </tr> `,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table class="${className}">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

/** A figure that may be missing: its text, or `n/a` with the reason as a footnote in the cell. */
export function cellOf(
  value: number | null,
  reason: string | undefined,
  format: (value: number) => string,
): HtmlPart {
  if (value !== null) return format(value);
  return html`<span class="na"
    >n/a${reason === undefined ? NOTHING : html`<small>${reason}</small>`}</span
  >`;
}

/** A gain or loss: its signed text in the colour of its sign. */
export function gainOrLoss(value: number, text: string): Markup {
  const sign = /[1-9]/.test(text) ? Math.sign(value) : 0;
  const className = sign > 0 ? 'gain' : sign < 0 ? 'loss' : 'flat';
  return html`<span class="${className}">${text}</span>`;
}

/** A bar beside a number: `share` of the column's width, 0..1. */
export function bar(share: number, kind: 'gain' | 'loss' | 'plain'): Markup {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="${kind}" width="${width}" height="10" />
  </svg>`;
}
