import type { MethodDetails } from './method-details.ts';
import type { ConceptName } from './method-table.ts';

/** Concepts that place orders: the condor and its hedges. */
type OrderingConcept = Extract<
  ConceptName,
  | 'condor'
  | 'expected-move-capm'
  | 'fomc-call-spread'
  | 'vix-futures-90'
  | 'rsi-advance-decline'
  | 'long-180'
  | 'volatility-etf'
  | 'exchange-rate'
  | 'rate-differential'
  | 'time-shift'
  | 'break-even'
  | 'second-engine'
>;

/** Details of the concepts that place orders, and of what follows from them. */
export const HEDGE_DETAILS: Readonly<Record<OrderingConcept, MethodDetails>> = {
  condor: {
    title: 'Iron condor',
    equation: [
      'largest loss = max(put width, call width) − credit',
      'units = floor(min(f E / loss, (F E − open loss) / loss))',
    ],
    units:
      'widths and credit in index points, times the multiplier for dollars; E net liquidation value; f and F fractions of it',
    inputs: [
      { name: 'SPX close', unit: 'index points', series: ['spx'] },
      {
        name: 'surface',
        unit: 'total variance',
        series: ['vix', 'vix9d', 'vix3m', 'vix6m', 'skew'],
      },
      { name: 'open positions, equity', unit: '$', from: 'the account at that close' },
    ],
    reading:
      'The loss of four legs is known when they are sold. It does not grow with VIX, and under strategy margin neither does the requirement.',
    code: [
      'src/engine/core-entry.ts',
      'src/engine/core-candidate.ts',
      'src/strategy/condor-strikes.ts',
      'src/strategy/sizing.ts',
    ],
    goldenParts: ['profit target', 'exit by days to expiry'],
  },
  'expected-move-capm': {
    title: 'Expected move, centred by CAPM',
    equation: [
      'band = F exp(±m σ √T) exp(λ (μ − (r − q)) T),  μ = r + β · premium',
      'one-sigma move = F (exp(σ √T) − exp(−σ √T)) / 2',
      '0.85 straddle = 0.85 · F (4 N(σ √T / 2) − 2) ≈ 0.678 σ √T F: a 50 % band',
      'EDR = S · VIX9D / 100 / √252',
    ],
    units:
      'F, S in index points; σ at-the-money volatility a year; T years, ACT/365; r, q, μ continuous a year; λ weight of the drift',
    inputs: [
      {
        name: 'surface',
        unit: 'total variance',
        series: ['vix', 'vix9d', 'vix3m', 'vix6m', 'skew'],
      },
      { name: 'bill rate', unit: 'a year', series: ['treasury'] },
      { name: 'dividend yield', unit: 'a year', series: ['shiller'] },
      { name: 'IV rank and percentile of 252 sessions', unit: '0..100', series: ['vix'] },
      { name: 'realised volatility of 21 sessions', unit: 'a year', series: ['spx', 'spy'] },
      { name: 'HAR forecast, 1 and 22 sessions', unit: 'a year', series: ['spx', 'spy'] },
    ],
    reading:
      'Implied volatility is the width, CAPM moves the centre up by about 0.8 % in 45 days (premium plus dividend yield). 0.85 straddles is not one deviation: price ends inside about half the time. Of the published EDR formulas one has no unit and the worked example of the other (698 points from its inputs, 57 printed) does not compute; both are shown beside the one that does. That one held 80 % of the next closes from 2011 to 2024; 87 % is published.',
    code: [
      'src/pricing/expected-move.ts',
      'src/signals/expected-daily-range.ts',
      'src/signals/implied-rank.ts',
      'src/signals/realised-volatility.ts',
      'src/signals/har.ts',
      'src/run/measured-inputs.ts',
    ],
    goldenParts: ['CAPM drift in the centre of the strikes'],
  },
  'fomc-call-spread': {
    title: 'VIX call spread before FOMC decisions and CPI releases',
    equation: [
      'open when 1 ≤ sessions to the nearest scheduled event ≤ N;  expiry > its day;  out at the close of its day',
      'K1 = the same-expiry future, K2 = 1.25 · future; debit ≤ share · budget of the layer',
    ],
    units:
      'strikes and futures in VIX points; debit in $; budget a share of year-start net liquidation value',
    inputs: [
      { name: 'scheduled decisions', unit: 'days', series: ['fomc'] },
      { name: 'scheduled CPI releases', unit: 'days', series: ['cpiReleases'] },
      { name: 'VX curve', unit: 'VIX points', series: ['vxCurve', 'vxWeekly'] },
      { name: 'VVIX', unit: 'points', series: ['vvix'] },
    ],
    reading:
      'The most it can lose is the debit. A weekly VX stands in only where it traded 50 contracts that day. Premium bought before a print is lost more often than not.',
    code: ['src/strategy/near-layer.ts', 'src/engine/layers.ts', 'src/data/vx-weeklies.ts'],
    goldenParts: ['near layer, beside the others', 'CPI releases beside FOMC decisions'],
  },
  'vix-futures-90': {
    title: 'VX futures at 90 days',
    equation: [
      'contracts = round(k · L1 / (b · 1000))',
      'b = −slope of daily changes of 90-day VX on SPX returns, 126 sessions, at least 0.15',
    ],
    units:
      'L1 $ lost by the threatened put verticals for −1 % of SPX, taken at entry; b VIX points for −1 % of SPX; k share hedged',
    inputs: [
      { name: 'VX curve', unit: 'VIX points', series: ['vxCurve', 'vix'] },
      { name: 'SPX returns', unit: '%', series: ['spx'] },
      { name: 'threatened tranches', unit: '$', from: 'the account at that close' },
    ],
    reading:
      'A condor opens with a net delta near zero: "30 to 40 % of its initial delta" is nothing, so the put vertical is what is hedged. A future can lose daily and be called for: its variation is counted against the budget.',
    code: ['src/strategy/medium-layer.ts', 'src/signals/vx-slope.ts', 'src/engine/layers.ts'],
    goldenParts: ['medium layer, beside the others'],
  },
  'rsi-advance-decline': {
    title: 'RSI with breadth',
    equation: [
      'RSI = 100 − 100 / (1 + AG / AL);  AG, AL ← (13 A + x) / 14, first the mean of 14',
      'open when min of 3 RSI ≤ 30 and SPX and A/D line are both at their 20-session low',
      'divergence = 1 when SPX ≥ 0.99 · 60-session high and A/D < A/D 20 sessions ago, 3 in a row; −1 mirrored',
    ],
    units:
      'RSI 0..100 of SPX closes; A/D line a running sum of advances less declines, issues: a level without a zero',
    inputs: [
      { name: 'SPX close', unit: 'index points', series: ['spx'] },
      { name: 'advance-decline line', unit: 'issues', series: ['breadth'] },
      { name: 'share above the 50-day average', unit: '%', series: ['aboveAverage'] },
    ],
    reading:
      'Both lows together confirm a fall; a divergence is the opposite and is shown only. A percentage off the peak of the line means nothing.',
    code: [
      'src/strategy/medium-layer.ts',
      'src/signals/rsi.ts',
      'src/signals/rolling-low.ts',
      'src/signals/breadth-divergence.ts',
    ],
    goldenParts: ['RSI in the medium trigger', 'breadth in the medium trigger'],
  },
  'long-180': {
    title: 'VIX calls at 180 days',
    equation: [
      'open while max(|z REER|, |z rate differential|) ≥ threshold',
      'N(d1) = 0.50 on the future of the same expiry',
    ],
    units: 'z in deviations of ten years of 12-month changes; delta on the future, not on VIX',
    inputs: [
      { name: 'z of the exchange rate', unit: 'deviations', series: ['reer'] },
      { name: 'z of the rate differential', unit: 'deviations', series: ['shortRates'] },
      { name: 'VX curve and VVIX', unit: 'points', series: ['vxCurve', 'vvix'] },
    ],
    reading: 'Fully paid: the premium is the most it loses and no margin is asked. Slow by nature.',
    code: [
      'src/strategy/long-layer.ts',
      'src/data/macro-columns.ts',
      'src/pricing/vix-strike-for-delta.ts',
    ],
    goldenParts: ['long layer, beside the others'],
  },
  'volatility-etf': {
    title: 'Short-term VX fund, and the shape of the curve',
    equation: [
      'roll = VX2 / VX1 − 1',
      'ratios: VIX9D / VIX, VIX / VIX3M, VX1 / VX2; below 1 contango, above 1 backwardation',
    ],
    units: 'fractions of levels in VIX points',
    inputs: [
      { name: 'VX curve', unit: 'VIX points', series: ['vxCurve'] },
      { name: 'VIX', unit: 'VIX points', series: ['vix'] },
      { name: 'VIX9D, VIX3M', unit: 'VIX points', series: ['vix9d', 'vix3m'] },
    ],
    reading:
      'In contango the fund sells low and buys high every day. Contango is the cost of a long holding, never its profit.',
    code: [
      'src/strategy/layer-instrument.ts',
      'src/signals/term-ratio.ts',
      'src/backtest/replicate-vx-fund.ts',
    ],
  },
  'exchange-rate': {
    title: 'Real effective exchange rate',
    equation: ['z = (Δ12 ln REER − mean) / deviation, ten years, at least five'],
    units: 'REER an index; z in sample deviations (n − 1)',
    inputs: [{ name: 'REER of the dollar', unit: 'index', series: ['reer'] }],
    reading: 'Arms the long layer from either side. Read as last revised: no vintages are stored.',
    code: ['src/data/macro-columns.ts', 'src/signals/z-score.ts', 'src/strategy/long-layer.ts'],
    goldenParts: ['macro score in the long trigger'],
  },
  'rate-differential': {
    title: 'Rate differential',
    equation: ['z of Δ12 (US − (DE + JP) / 2), three-month rates, ten years, at least five'],
    units: 'rates in % a year; z in sample deviations',
    inputs: [
      {
        name: 'three-month rates US, DE (or euro area), JP',
        unit: '% a year',
        series: ['shortRates'],
      },
    ],
    reading: 'As the exchange rate; the larger of the two counts.',
    code: ['src/data/macro-columns.ts', 'src/strategy/long-layer.ts'],
    goldenParts: ['macro score in the long trigger'],
  },
  'time-shift': {
    title: 'Time-shifting',
    equation: [
      'threat: strike touched or |delta| ≥ 0.30;  regime: range / S > 0.94 % or VIX > 16',
      'units ≤ min(held, floor((L0 − realised loss) / largest loss of one));  rolls ≤ 2;  short strikes ≥ 1.0 expected moves off',
    ],
    units: 'L0 largest loss of the first position of the chain, $; range = S σ9d / √252',
    inputs: [
      { name: 'threatened positions', unit: '$', from: 'the account at that close' },
      { name: 'volatility at 9 days, VIX', unit: 'points', series: ['vix9d', 'vix'] },
    ],
    reading:
      'The loss is booked when it is made; the new position must be worth opening without it. The credit that the published method asks (debit and a cushion) is told, not chased.',
    code: [
      'src/strategy/time-shift.ts',
      'src/engine/time-shift.ts',
      'src/strategy/held-layer.ts',
      'src/strategy/standing-layer.ts',
    ],
  },
  'break-even': {
    title: 'Break-even',
    equation: ['lower = short put − credit, upper = short call + credit;  credit net of fees'],
    units: 'index points at expiry',
    inputs: [
      {
        name: 'strikes, premium, fees of the opening',
        unit: 'points, $',
        from: 'the order of that close',
      },
    ],
    reading: 'True at expiry only; before it the surface decides.',
    code: ['src/engine/plan-day.ts', 'src/pricing/terminal-probability.ts'],
  },
  'second-engine': {
    title: 'Second engine',
    equation: [
      'equity = holdings − debt;  holdings / capital = leverage at the start, 1 to 2, never raised',
      'equity < maintenance · holdings: sold down to the leverage;  equity ≤ (1 − loss limit) · capital: all sold, bills for good',
      'correlation with the account over 60 sessions, a warning above 0.5',
    ],
    units: '$; capital a fraction of the starting deposit, beside it',
    inputs: [
      { name: 'three-month bill', unit: '% a year', series: ['treasury'] },
      { name: 'SPX and dividends', unit: 'index points', series: ['spx', 'shiller'] },
    ],
    reading:
      'It sees the market and its own ledger only: what it loses never reaches the condors, and what they lose never draws on it. A second book that also sells volatility is not a second engine: both lose on the same day.',
    code: ['src/engine/second-engine.ts', 'src/evaluation/second-engine-figures.ts'],
  },
};
