/** Markup that is safe to place in a page; made by `html` only. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: text and numbers are escaped, markup and lists of parts are joined. */
export type HtmlPart = Markup | string | number | readonly HtmlPart[];

/**
 * Markup from a template; every interpolated text is escaped. Line breaks of the template itself
 * become single blanks, so that the layout of the source does not reach the page.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Markup {
  let text = '';
  for (const [index, piece] of strings.entries()) {
    text += unbroken(piece);
    const part = parts[index];
    if (part !== undefined) text += render(part);
  }
  return new Markup(text);
}

/** No markup at all. */
export const NOTHING: Markup = new Markup('');

/** Text with the five special characters of HTML escaped, for content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function unbroken(piece: string): string {
  return piece.replaceAll(/\s*\n\s*/g, ' ').replaceAll(' >', '>');
}

function render(part: HtmlPart): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return escapeHtml(String(part));
  return part.map((inner) => render(inner)).join('');
}
