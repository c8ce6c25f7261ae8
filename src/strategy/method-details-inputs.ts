import type { MethodDetails } from './method-details.ts';
import type { ConceptName } from './method-table.ts';

/** Concepts that are shown beside decisions: momentum, valuation, macro. */
type ShownConcept = Extract<
  ConceptName,
  | 'macd'
  | 'price-to-earnings'
  | 'price-to-cash-flow'
  | 'cpi'
  | 'ppi'
  | 'gdp-revision'
  | 'dividend-discount'
  | 'reit'
  | 'market-cap'
  | 'ipo'
  | 'etf-flow'
>;

/** Details of the concepts that are shown beside decisions. */
export const INPUT_DETAILS: Readonly<Record<ShownConcept, MethodDetails>> = {
  macd: {
    title: 'MACD',
    equation: [
      'MACD = EMA12 − EMA26, signal = EMA9 of it, histogram = MACD − signal;  α = 2 / (n + 1)',
      'score = −z(histogram / price), ten years, clipped to ± 2',
      'budget × (1 + 0.25 · Σ weight · score) within 0.5 to 1.5, then held to the year’s budget',
    ],
    units: 'fraction of price; averages start from the mean of their first n closes',
    inputs: [{ name: 'SPX close', unit: 'index points', series: ['spx'] }],
    reading: 'Lags by construction. Negative counts as stress.',
    code: ['src/signals/macd.ts', 'src/signals/stress-scores.ts', 'src/strategy/budget-weight.ts'],
    goldenParts: ['dynamic weights of the budgets', 'MACD in the budget weights'],
  },
  'price-to-earnings': {
    title: 'Price to earnings',
    equation: [
      'P/E = close today / trailing earnings known by then; score = z(P/E), ten years, clipped to ± 2',
      'budget × (1 + 0.25 · Σ weight · score) within 0.5 to 1.5, then held to the year’s budget',
    ],
    units: 'ratio; CAPE over ten years beside it, shown only',
    inputs: [
      { name: 'trailing earnings', unit: 'index points', series: ['priceToEarnings', 'spx'] },
      { name: 'CAPE', unit: 'ratio', series: ['cape'] },
    ],
    reading: 'Slow: it says little about 45 days.',
    code: [
      'src/data/stress-columns.ts',
      'src/strategy/budget-weight.ts',
      'src/data/release-rules.ts',
    ],
    goldenParts: ['dynamic weights of the budgets', 'P/E in the budget weights'],
  },
  'price-to-cash-flow': {
    title: 'Price to cash flow',
    equation: ['P/CF = price / cash flow of the index'],
    units: 'ratio',
    inputs: [],
    reading: 'NO DATA, said and never filled in. VIX has no cash flow.',
    code: ['src/run/slow-inputs.ts'],
  },
  cpi: {
    title: 'Consumer prices',
    equation: [
      'z = (first released change of the month − mean of 60) / deviation of 60',
      'z ≥ 2: half the near budget, as far as it is unspent, goes to the longer layer with the least time value per vega-day',
    ],
    units: 'log changes of the seasonally adjusted index; z in sample deviations',
    inputs: [{ name: 'CPI as first released', unit: 'index', series: ['cpi'] }],
    reading:
      'Only the first release was known at the time. A level of inflation is no signal of volatility.',
    code: ['src/signals/first-release.ts', 'src/data/vintages.ts', 'src/engine/layer-budgets.ts'],
    goldenParts: ['near budget moved on a CPI spike'],
  },
  ppi: {
    title: 'Producer prices',
    equation: ['as consumer prices'],
    units: 'log changes',
    inputs: [],
    reading: 'NO DATA: without release dates the first value cannot be dated.',
    code: ['src/run/slow-inputs.ts'],
  },
  'gdp-revision': {
    title: 'Revision of GDP',
    equation: ['revision = 400 (Δ ln Y of the later vintage − Δ ln Y of the first)'],
    units: 'points of annual growth of one quarter',
    inputs: [{ name: 'real GDP by vintage', unit: '$', series: ['gdp'] }],
    reading: 'Context. It compares two vintages known at the close, never today’s.',
    code: ['src/signals/first-release.ts', 'src/data/vintages.ts'],
  },
  'dividend-discount': {
    title: 'Dividend yield',
    equation: [
      'q = ln(1 + D / S), D dividends of 12 months;  where quoted, q from put-call parity',
      'Gordon: q = D1 / P',
    ],
    units: 'a year, continuous',
    inputs: [{ name: 'dividends of 12 months', unit: 'index points', series: ['shiller'] }],
    reading:
      'It moves the forward by less than half a percent to 45 days. It says nothing of the width.',
    code: ['src/data/macro-columns.ts', 'src/volatility/parity-forward.ts'],
  },
  reit: {
    title: 'Real estate in the dividend',
    equation: ['share of real estate in D'],
    units: 'share',
    inputs: [],
    reading: 'NO DATA, weight 0: the dividend yield of the index holds it already.',
    code: ['src/run/slow-inputs.ts'],
  },
  'market-cap': {
    title: 'Market value over GDP',
    equation: ['market value of corporate equities / GDP'],
    units: '%',
    inputs: [{ name: 'market value over GDP', unit: '%', series: ['marketCap'] }],
    reading: 'A level that can stay high for a decade.',
    code: ['src/run/slow-inputs.ts', 'src/data/release-rules.ts'],
  },
  ipo: {
    title: 'New issues',
    equation: ['number of new issues in the month'],
    units: 'issues',
    inputs: [{ name: 'new issues', unit: 'a month', series: ['ipo'] }],
    reading: 'Sentiment of years, not of weeks.',
    code: ['src/run/slow-inputs.ts', 'src/data/release-rules.ts'],
  },
  'etf-flow': {
    title: 'Fund flow',
    equation: ['flow = Δ shares outstanding · net asset value'],
    units: '$ a day',
    inputs: [{ name: 'flow of an index fund', unit: '$', series: ['etfFlow'] }],
    reading:
      'Noise by day; flows of your own series can be set beside it with `alvh rules --series`.',
    code: ['src/run/slow-inputs.ts', 'src/data/release-rules.ts'],
  },
};
