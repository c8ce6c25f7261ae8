import { CHART_SCRIPT, CHART_SCRIPT_HASH } from './chart-script.ts';
import { html, Markup, NOTHING } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string;
  /** Rules beyond the style that all reports share. */
  readonly style: string;
  readonly main: Markup;
  /** Brings the script of the charts, which are whole without it. */
  readonly charts?: true;
}

/** Its bytes are those that the content security policy allows: nothing may stand around them. */
const SCRIPT = new Markup(`<script>${CHART_SCRIPT}</script>`);

/** One self-contained page without external resource, light and dark, as text. */
export function htmlPage({ title, style, main, charts }: HtmlPage): string {
  const script = charts === true ? `; script-src 'sha256-${CHART_SCRIPT_HASH}'` : '';
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'${new Markup(script)}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_STYLE + style)}
        </style>
      </head>
      <body>
        <main>${main}</main>
        ${charts === true ? SCRIPT : NOTHING}
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
}
