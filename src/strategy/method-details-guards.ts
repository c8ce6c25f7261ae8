import type { MethodDetails } from './method-details.ts';
import type { ConceptName } from './method-table.ts';

/** Concepts that bound risk, or say what it costs. */
type GuardingConcept = Extract<
  ConceptName,
  | 'quick-ratio'
  | 'steward-promoter'
  | 'multi-sig'
  | 'martingale'
  | 'dao-independence'
  | 'clustering'
  | 'big-top'
  | 'false-binary'
  | 'wacc'
  | 'irr'
  | 'extrinsic-value'
  | 'conversion-reversal'
  | 'hft'
  | 'mev-defi'
>;

/** Details of the guards and of the measures of cost and risk. */
export const GUARD_DETAILS: Readonly<Record<GuardingConcept, MethodDetails>> = {
  'quick-ratio': {
    title: 'Quick ratio of the account',
    equation: [
      'Q = (0.99 · cash and bills + 0.5 · long options at bid) / (stressed loss + 1.5 · futures initial + roll debits)',
      'stressed loss = the worse of SPX −10 % and +6 %',
    ],
    units: 'dollars over dollars',
    inputs: [
      { name: 'cash, positions, requirement', unit: '$', from: 'the account at that close' },
    ],
    reading:
      'Below the block no order may add risk; below 1.5 it is amber. Reducing risk is always allowed.',
    code: ['src/strategy/quick-ratio.ts', 'src/strategy/approve.ts', 'src/engine/propose.ts'],
    goldenParts: ['quick ratio', 'quick ratio, margin use and votes'],
  },
  'steward-promoter': {
    title: 'Steward and promoter',
    equation: [
      'loss of an entry ≤ f E;  loss of everything open ≤ F E;  after a loss not above what was open before it',
    ],
    units: 'f, F fractions of net liquidation value E',
    inputs: [{ name: 'equity, open largest loss', unit: '$', from: 'the account at that close' }],
    reading:
      'The steward’s caps are those of alvh-45. Another temper is another policy file, chosen beforehand.',
    code: ['src/strategy/sizing.ts', 'src/engine/entry-checks.ts'],
    goldenParts: ['no larger risk after a loss (R-21)'],
  },
  'multi-sig': {
    title: 'Multi-sig between timeframes',
    equation: [
      'hard: every check passes;  soft: votes in favour ≥ k of 3',
      'near votes by range(now) ≤ range(5 sessions ago), range = S · σ9d / √252;  medium by no bearish divergence of breadth;  long by σ30d / σ93d ≤ 1',
    ],
    units: 'as each check says',
    inputs: [
      {
        name: 'funds, margin use, quick ratio, R-21',
        unit: '$, shares',
        from: 'the account at that close',
      },
      {
        name: 'volatility at 9, 30 and 93 days',
        unit: 'points',
        series: ['vix9d', 'vix', 'vix3m'],
      },
      { name: 'breadth', unit: 'issues, %', series: ['breadth', 'aboveAverage'] },
    ],
    reading:
      'The first check that fails is the reason; the votes stand in the audit with their values. NO DATA is no vote in favour. Only new short options are voted on: closing and buying a hedge need none.',
    code: [
      'src/strategy/approve.ts',
      'src/strategy/soft-votes.ts',
      'src/engine/votes.ts',
      'src/engine/propose.ts',
    ],
    goldenParts: ['quick ratio, margin use and votes', 'votes of the timeframes'],
  },
  martingale: {
    title: 'Martingale, the benchmark',
    equation: [
      'size = n0 · 2^k, k losses in a row',
      'loss after k = n0 l (2^k − 1);  affordable k = floor(log2((E / n0 + l) / (m + l)))',
    ],
    units: 'n0 units; l loss and m margin of a unit, $; E equity, $',
    inputs: [
      { name: 'results of the base position', unit: '$', from: 'the account’s closed trades' },
    ],
    reading:
      'Four legs cannot be called by a move: the Martingale of condors ends when the next doubling is refused. Calls come to strangles, portfolio margin and futures.',
    code: [
      'src/strategy/sizing.ts',
      'src/evaluation/doubling-arithmetic.ts',
      'src/strategy/method-refusals.ts',
    ],
    goldenParts: ['no larger risk after a loss (R-21)'],
  },
  'dao-independence': {
    title: 'Independent layers',
    equation: ['spend of a layer in a year ≤ its share · H · year-start net liquidation value'],
    units: 'premiums count when bought; futures spend = max(0, −net P&L since 1 January), $',
    inputs: [{ name: 'spending by layer', unit: '$', from: 'the account at that close' }],
    reading: 'No layer borrows from another; what one does never changes what another may.',
    code: ['src/strategy/hedge-layer.ts', 'src/engine/layer-view.ts'],
    goldenParts: ['all layers'],
  },
  clustering: {
    title: 'Clustering of losses',
    equation: [
      'P(loss | loss) = (n11 + 10 p) / (n1 + 10),  P(loss | gain) = (n01 + 10 p) / (n0 + 10)',
      'run of k in n: Markov chain of results beside independent results of rate p',
      'independence: 2 Σ n ln(n / expected), χ² with 1 degree of freedom',
      'regime: P(turbulent | returns to date) of a two-state Gaussian Markov model, 1000 sessions, filtered',
    ],
    units: 'shares and probabilities 0..1; volatilities of the states a year',
    inputs: [
      {
        name: 'results: one a closing day',
        unit: '$',
        from: 'the account’s closed trades since --since',
      },
      { name: 'SPX returns', unit: 'log', series: ['spx'] },
    ],
    reading:
      'Not the loss rate but losses in a row break a doubling account. Twenty results are the least; a p-value above 0.05 means that so few results do not tell.',
    code: [
      'src/signals/loss-clustering.ts',
      'src/signals/regimes.ts',
      'src/math/loss-run-probability.ts',
      'src/run/measured-inputs.ts',
    ],
  },
  'big-top': {
    title: 'Big Top',
    equation: [
      'label = S ≥ 0.98 · 252-session high ∧ VX2 / VX1 − 1 ≥ 8 % ∧ VIX percentile ≤ 40 ∧ RSI14 ≥ 65',
    ],
    units: 'fractions, percent, RSI 0..100',
    inputs: [
      { name: 'SPX, VIX', unit: 'points', series: ['spx', 'vix'] },
      { name: 'VX curve', unit: 'VIX points', series: ['vxCurve'] },
    ],
    reading: 'A calm market near its high. It is a label: it never makes anything larger.',
    code: ['src/run/concept-inputs.ts', 'src/run/method-state.ts'],
  },
  'false-binary': {
    title: 'False binary',
    equation: [
      'outcomes: 40 equally likely S(T) = C exp(σ√T z − σ²T/2), C the CAPM centre, σ at the money',
      'utility = mean + w · mean of the worst 5 %;  hold, close, roll (close and what an entry would open), add-hedge (VX sized as the medium layer, −b per 1 % of SPX)',
    ],
    units: '$; w a weight; b VX points for −1 % of SPX',
    inputs: [
      { name: 'threatened positions', unit: '$', from: 'the account at that close' },
      { name: 'volatility at the money', unit: 'points', series: ['vix', 'vix3m'] },
      { name: 'VX curve', unit: 'VIX points', series: ['vxCurve'] },
    ],
    reading:
      'There are always more than two actions. Each table is an event of the audit, told when a threat begins and when another action becomes the best.',
    code: [
      'src/strategy/false-binary.ts',
      'src/engine/threat-actions.ts',
      'src/engine/time-shift.ts',
    ],
  },
  wacc: {
    title: 'Hurdle instead of WACC',
    equation: [
      'hurdle = 13-week bill + spread, on the margin used',
      'mode hurdle: H = clamp((E[R] − hurdle) · risk capital / equity, 0.5 %, 3 %); E[R] ≤ hurdle halves the condors',
    ],
    units: 'a year; E[R] the shrunk trailing mean over at least 60 closed condors',
    inputs: [{ name: 'three-month bill', unit: '% a year', series: ['treasury'] }],
    reading:
      'A condor has no capital structure. What it must beat is what its margin would have earned.',
    code: ['src/strategy/budget-weight.ts', 'src/engine/layer-budgets.ts', 'src/engine/accrue.ts'],
  },
  irr: {
    title: 'Internal rate of return',
    equation: [
      '0 = Σ CF(t) / (1 + r)^t, margin out at the opening, margin and P&L back at the close',
    ],
    units: 'a year; refused when the signs of the flows change more than once',
    inputs: [{ name: 'closed trades', unit: '$', from: 'the account’s closed trades' }],
    reading: 'A short option that is paid first has no rate of return without its margin.',
    code: ['src/evaluation/internal-rate-of-return.ts'],
  },
  'extrinsic-value': {
    title: 'Extrinsic value',
    equation: ['extrinsic = mark − max(0, F − K)'],
    units: '$; F the future of the same expiry, never VIX itself',
    inputs: [
      { name: 'held VIX calls', unit: '$', from: 'the account at that close' },
      { name: 'VX curve and VVIX', unit: 'points', series: ['vxCurve', 'vvix'] },
    ],
    reading: 'What time costs in a hedge: all of it is gone by expiry.',
    code: ['src/run/concept-inputs.ts', 'src/pricing/mark-legs.ts'],
  },
  'conversion-reversal': {
    title: 'Conversion and reversal',
    equation: ['residual = C − P − D (F − K);  stale when |residual| > max(3 half-spreads, 0.35)'],
    units: 'index points; D discount factor, F forward implied by all strikes',
    inputs: [
      { name: 'quoted chain', unit: 'points', from: 'a file of quotes: `alvh chains check`' },
    ],
    reading:
      'A check of the data. At retail size the edge is smaller than the spread; no order follows.',
    code: ['src/volatility/parity-monitor.ts', 'src/volatility/parity-forward.ts'],
  },
  hft: {
    title: 'Cost of trading at once',
    equation: [
      'half-spread = max(half a tick, 2 % of mid) · M(VIX);  M = 1 to VIX 20, 3 at 30, 5 at 45, 8 at 60',
    ],
    units: 'points; M log-linear between its knots',
    inputs: [{ name: 'VIX', unit: 'VIX points', series: ['vix'] }],
    reading:
      'All that speed of others does to a slow order is in its fill. Wider spreads are a sensitivity.',
    code: ['src/execution/cost-model.ts'],
  },
  'mev-defi': {
    title: 'MEV and DeFi',
    equation: ['none'],
    units: 'none',
    inputs: [],
    reading:
      'Block ordering on public chains moves no index option. A series of your own is shown with `alvh rules --series`.',
    code: ['src/data/user-series.ts', 'src/strategy/method-table.ts'],
  },
};
