import { chainMarksSection } from './chain-marks.ts';
import { CHART_SCRIPT, CHART_SCRIPT_HASH } from './chart-script.ts';
import type { CompareReport } from './compare-view.ts';
import { html, Markup, NOTHING } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';
import { basisSection } from './section-basis.ts';
import { crisesSection } from './section-crises.ts';
import { curvesSection } from './section-curves.ts';
import { drawdownsSection } from './section-drawdowns.ts';
import { figuresSection } from './section-figures.ts';
import { futuresSection } from './section-futures.ts';
import { greeksSection } from './section-greeks.ts';
import { hedgeSection } from './section-hedge.ts';
import { marginSection } from './section-margin.ts';
import { martingaleSection } from './section-martingale.ts';
import { returnsSection } from './section-returns.ts';
import { heroSection, verdictSection } from './section-summary.ts';
import { spiralSection } from './section-spiral.ts';
import { tradesSection } from './section-trades.ts';

/** Links of the page, in the order of its sections; those of absent sections are left out. */
const LINKS: readonly (readonly [string, string])[] = [
  ['figures', 'All policies'],
  ['verdict', 'Verdict'],
  ['marks', 'Marks'],
  ['futures', 'Futures'],
  ['spiral', 'Trouble'],
  ['curves', 'Equity and drawdown'],
  ['returns', 'Months and years'],
  ['drawdowns', 'Deepest falls'],
  ['trades', 'Trades'],
  ['margin', 'Margin'],
  ['crises', 'Crises'],
  ['hedge', 'Hedge'],
  ['martingale', 'Martingale'],
  ['greeks', 'Greeks'],
  ['assumptions', 'Assumptions'],
  ['coverage', 'Coverage'],
  ['definitions', 'Definitions'],
  ['manifest', 'Manifest'],
];

/** Its bytes are those that the content security policy allows: nothing may stand around them. */
const SCRIPT = new Markup(`<script>${CHART_SCRIPT}</script>`);

/** Elements that begin a line of the page; text cannot hold one, because it is escaped. */
const BLOCK =
  /\s*(<(?:!doctype|html|head|meta|title|style|body|main|nav|section|article|h[1-4]|figure|table|thead|tbody|tr|details|dl|ol|ul|li)[ >])/g;

/**
 * The comparison as one self-contained page: no external resource, light and dark, one script of its
 * own for the charts, which are whole without it.
 *
 * Equal reports give equal bytes; every text of the report is escaped.
 */
export function compareHtml(view: CompareReport): string {
  const sections = [
    figuresSection(view),
    verdictSection(view),
    chainMarksSection(view),
    futuresSection(view),
    spiralSection(view),
    curvesSection(view),
    returnsSection(view),
    drawdownsSection(view),
    tradesSection(view),
    marginSection(view),
    crisesSection(view),
    hedgeSection(view),
    martingaleSection(view),
    greeksSection(view),
    basisSection(view),
  ];
  const body = sections.map(({ text }) => text).join('');
  const links = LINKS.map(([id, label]) =>
    body.includes(`<section id="${id}">`) ? html`<li><a href="#${id}">${label}</a></li>` : NOTHING,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${CHART_SCRIPT_HASH}'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="alvh ${view.manifest.codeVersion}" />
        <title>ALVH policy comparison, ${view.market}, ${view.from} to ${view.to}</title>
        <style>
          ${new Markup(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${heroSection(view)}
          <nav aria-label="Sections">
            <ul>
              ${links}
            </ul>
          </nav>
          ${sections}
        </main>
        ${SCRIPT}
      </body>
    </html> `;
  return page.text.replaceAll(BLOCK, '\n$1').replaceAll(/ +\n/g, '\n').trim() + '\n';
}
