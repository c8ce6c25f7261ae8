import { html, Markup } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string;
  /** Rules beyond the style that all reports share. */
  readonly style: string;
  readonly main: Markup;
}

/** One self-contained page without script or external resource, light and dark, as text. */
export function htmlPage({ title, style, main }: HtmlPage): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_STYLE + style)}
        </style>
      </head>
      <body>
        <main>${main}</main>
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
}
