import { describe, expect, it } from 'vitest';
import { inventedReport, inventedSimulation } from './compare-report.fixture.ts';
import { CHART_SCRIPT, CHART_SCRIPT_HASH } from './chart-script.ts';
import { compareHtml } from './compare-html.ts';

const page = compareHtml(inventedReport(9000));
const simulated = compareHtml(inventedSimulation(60));

describe.each([
  ['history', page],
  ['simulation', simulated],
])('the page of a %s', (_, text) => {
  it('shows no value that is not one', () => {
    const visible = text.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    expect(visible).not.toMatch(/\b(NaN|undefined|Infinity|null|\[object)\b/);
  });

  it('needs nothing from outside and runs its own script only', () => {
    expect(text).not.toMatch(
      /https?:|\/\/[a-z]|@import|url\(|<script[^>]|<link|<iframe|<img|\son[a-z]+=/i,
    );
    expect(text).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${CHART_SCRIPT_HASH}'"`,
    );
    expect(text).toContain(`<script>${CHART_SCRIPT}</script>`);
  });

  it('is smaller than 3 MB', () => {
    expect(new TextEncoder().encode(text).length).toBeLessThan(3_000_000);
  });

  it('closes every element that it opens', () => {
    for (const element of [
      'section',
      'table',
      'figure',
      'details',
      'svg',
      'div',
      'span',
      'ul',
      'dl',
    ]) {
      const opened = text.match(new RegExp(`<${element}[ >]`, 'g'))?.length ?? 0;
      const closed = text.match(new RegExp(`</${element}>`, 'g'))?.length ?? 0;
      expect(`${element} ${opened}`).toBe(`${element} ${closed}`);
    }
  });

  it('has one h1, a language and a viewport', () => {
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('name="viewport"');
  });

  it('describes every chart and lists its data', () => {
    const charts = text.match(/<figure /g)?.length ?? 0;
    expect(charts).toBeGreaterThan(20);
    // Plots of dots stand in tables, which are their data.
    const drawn = text.replaceAll(/<svg class="dots"[^>]*>/g, '');
    expect(drawn.match(/role="img" aria-label="[^"]{20,}"/g)).toHaveLength(charts);
    expect(text.match(/<summary>Data<\/summary>/g)).toHaveLength(charts);
  });

  it('states assumptions, definitions and the manifest', () => {
    for (const part of [
      'Settlement: AM by',
      'Margin rule: Reg T',
      'sha256:9b1c4f0e7a',
      'v20.20.2',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('the page of history', () => {
  it('is the same bytes for the same report', () => {
    expect(compareHtml(inventedReport(9000))).toBe(page);
  });

  it('has its sections in order', () => {
    const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual([
      'figures',
      'verdict',
      'curves',
      'returns',
      'drawdowns',
      'trades',
      'margin',
      'crises',
      'hedge',
      'martingale',
      'greeks',
      'assumptions',
      'coverage',
      'definitions',
      'manifest',
    ]);
  });

  it('shows why a figure is missing', () => {
    expect(page).toContain('final equity is not above 0');
    expect(page).toContain('not covered by the run');
  });

  it('tells what margin events were made of', () => {
    expect(page).toContain('Calls and forced liquidations');
    expect(page).toContain('What took excess liquidity before these events');
    expect(page).toContain('martingale-strangle: margin events');
    expect(simulated).toContain('Calls and forced liquidations, totals over 60 futures');
    const report = inventedReport(300);
    const calm = report.policies.filter(({ metrics }) => metrics.name === 'cash');
    expect(compareHtml({ ...report, policies: calm })).toContain('No margin call and no forced');
  });

  it('escapes what comes from outside', () => {
    const report = inventedReport(300);
    const hostile = '<script>alert("x")</script>';
    const text = compareHtml({ ...report, market: hostile, assumptions: [hostile] });
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('says so when no path was recorded', () => {
    const report = inventedReport(300);
    const policies = report.policies.map(({ metrics }) => ({ metrics }));
    expect(compareHtml({ ...report, policies })).toContain('No path was recorded');
  });
});

describe('the page of a simulation', () => {
  it('tells outcomes as frequencies, and no event as below 3 / N', () => {
    expect(simulated).toContain('In 60 futures');
    expect(simulated).toContain('&lt;\u00A05.0\u00A0%');
    expect(simulated).toContain('path 17, the median of final equity');
    expect(simulated).not.toContain('id="crises"');
  });
});
