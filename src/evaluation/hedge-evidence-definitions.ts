import type { MetricDefinition } from './metric-definitions.ts';

const RESAMPLES =
  'daily returns of the same days for both; mean block >= 31 sessions, 2,000 resamples';

/** Definitions of the figures of `hedgeEvidence`, named as its fields. */
export const HEDGE_EVIDENCE_DEFINITIONS: readonly MetricDefinition[] = [
  {
    name: 'difference.cagr',
    label: 'CAGR against the reference',
    formula: 'growth of the policy − growth of the reference; 95 % percentile interval',
    basis: RESAMPLES,
    unit: 'fraction a year',
    source: 'Politis, Romano (1994); Efron, Tibshirani (1993)',
  },
  {
    name: 'difference.conditionalDrawdown95',
    label: 'CDaR 95 % against the reference',
    formula: 'CDaR of the policy − CDaR of the reference; 95 % percentile interval',
    basis: RESAMPLES,
    unit: 'fraction; negative = smaller drawdowns',
    source: 'Politis, Romano (1994); Chekhlov, Uryasev, Zabarankin (2005)',
  },
  {
    name: 'cagrHolm',
    label: 'Adjusted p-values',
    formula: 'two-sided bootstrap p of no difference, Holm over policies × both measures',
    basis: RESAMPLES,
    unit: 'probability',
    source: 'Holm (1979)',
  },
  {
    name: 'hedgeEfficiency',
    label: 'Hedge efficiency',
    formula: '(max drawdown of the reference − of the policy) × start equity / hedge cost',
    basis: 'close to close; n/a when no hedge was paid for',
    unit: '$ of drawdown saved per $ paid',
    source: 'definition of this report',
  },
  {
    name: 'deflatedSharpe',
    label: 'Deflated Sharpe ratio',
    formula: 'P(true Sharpe ratio > √V E[max of the trials])',
    basis: 'daily advantage over the reference; every policy tried counts as a trial',
    unit: 'probability',
    source: 'Bailey, López de Prado (2014)',
  },
  {
    name: 'superior',
    label: 'Reality check and superior ability',
    formula: 'p of "no policy beats the reference in mean daily return"',
    basis: RESAMPLES,
    unit: 'probability',
    source: 'White (2000); Hansen (2005)',
  },
  {
    name: 'overfitting',
    label: 'Probability of overfitting',
    formula: 'share of 70 splits in which the best in sample is at or below the median outside',
    basis: 'Sharpe ratios of daily returns in 8 blocks, the reference included',
    unit: 'probability',
    source: 'Bailey, Borwein, López de Prado, Zhu (2017)',
  },
];
