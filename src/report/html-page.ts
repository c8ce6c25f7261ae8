import { html, Markup } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string;
  /** Rules beyond the style that all reports share. */
  readonly style: string;
  readonly main: Markup;
  /** Scripts of the page, which is whole without them. */
  readonly scripts?: readonly PageScript[];
}

/** A script and its SHA-256 in base64, by which the content security policy lets it run. */
export interface PageScript {
  readonly text: string;
  readonly hash: string;
}

/** One self-contained page without external resource, light and dark, as text. */
export function htmlPage({ title, style, main, scripts = [] }: HtmlPage): string {
  const hashes = scripts.map(({ hash }) => `'sha256-${hash}'`).join(' ');
  const allowed = hashes === '' ? '' : `; script-src ${hashes}`;
  // The bytes are those of the hash: nothing may stand around them.
  const elements = scripts.map(({ text }) => new Markup(`<script>${text}</script>`));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'${new Markup(allowed)}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_STYLE + style)}
        </style>
      </head>
      <body>
        <main>${main}</main>
        ${elements}
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
}
