import type { StressInput } from './budget-weight.ts';

/** Every concept of the method by its fixed name. */
export type ConceptName =
  | 'condor'
  | 'expected-move-capm'
  | 'fomc-call-spread'
  | 'vix-futures-90'
  | 'rsi-advance-decline'
  | 'long-180'
  | 'volatility-etf'
  | 'macd'
  | 'price-to-earnings'
  | 'price-to-cash-flow'
  | 'cpi'
  | 'ppi'
  | 'extrinsic-value'
  | 'wacc'
  | 'irr'
  | 'exchange-rate'
  | 'rate-differential'
  | 'gdp-revision'
  | 'conversion-reversal'
  | 'hft'
  | 'mev-defi'
  | 'quick-ratio'
  | 'steward-promoter'
  | 'break-even'
  | 'dividend-discount'
  | 'reit'
  | 'big-top'
  | 'multi-sig'
  | 'market-cap'
  | 'ipo'
  | 'etf-flow'
  | 'false-binary'
  | 'second-engine'
  | 'martingale'
  | 'time-shift'
  | 'clustering'
  | 'dao-independence';

/**
 * How a concept enters decisions: it `orders` something, `guards` (may only reduce), or `measures`
 * (is reported beside a decision).
 */
export type ConceptRole = 'orders' | 'guards' | 'measures';

/** A concept of the method as a rule. */
export interface Concept {
  readonly concept: ConceptName;
  readonly role: ConceptRole;
  /** The rule in a sentence. */
  readonly rule: string;
  /** Policy keys that change it; empty when there is none. */
  readonly config: readonly string[];
  readonly source: string;
  /** Where it is silent, approximate or unproved. */
  readonly limits: string;
}

type Row = readonly [
  concept: ConceptName,
  role: ConceptRole,
  rule: string,
  config: readonly string[],
  source: string,
  limits: string,
];

/** Keys of the budget weights that a score acts through. */
const weightingKeys = (name: StressInput): readonly string[] => [
  `budgets.weighting.${name}`,
  'budgets.weighting.strength',
  'budgets.weighting.clip',
  'budgets.weighting.floor',
  'budgets.weighting.ceiling',
];

const ROWS: readonly Row[] = [
  [
    'condor',
    'orders',
    'Each week sell a four-leg SPX iron condor of the listed expiry nearest to 45 days; its largest loss is the wider wing less the credit and sizes it (R-01, R-03).',
    ['entry', 'shortStrikes', 'wings', 'exits', 'sizing'],
    'Cboe Rule 10.3; R-01, R-03',
    'Marks are modelled; four legs never have "undefined risk": only strangles do.',
  ],
  [
    'expected-move-capm',
    'orders',
    'Short strikes stand outside F exp(±m sigma sqrt T), centred by the CAPM drift: implied volatility is the width, CAPM only the centre.',
    [
      'shortStrikes.multiple',
      'shortStrikes.capmTilt',
      'shortStrikes.beta',
      'shortStrikes.equityRiskPremium',
    ],
    'Sharpe (1964) for the drift; Black (1976) for the width; realised volatility: Parkinson (1980), Garman and Klass (1980); its forecast: Corsi (2009), eq. 8',
    'CAPM gives an expected return, not a dispersion; with weight 0 the band is forward-centred.',
  ],
  [
    'fomc-call-spread',
    'orders',
    'Within four sessions of a scheduled FOMC decision, or of a CPI release whose schedule is out, buy a VIX call spread that expires after it; out at the close of the event.',
    ['layers.near', 'budgets.near'],
    'R-13; Federal Reserve calendar; BLS schedule of releases',
    'CPI dates are known for 2010 and from 2022 on, PPI dates nowhere (NO DATA); a premium bought before a print is on average lost.',
  ],
  [
    'vix-futures-90',
    'orders',
    'Against a put-side threat buy VX about 90 days out, 0.35 of the threatened verticals’ loss for -1 % of SPX over the slope of VX on SPX.',
    ['layers.medium', 'budgets.medium'],
    'R-14',
    'Needs margin and pays variation: it can be called; at a million dollars one VX is often too large.',
  ],
  [
    'rsi-advance-decline',
    'orders',
    'The medium layer opens when RSI(14) was at 30 or below within three sessions and SPX and the advance-decline line are both at 20-session lows.',
    ['layers.medium.rsi', 'layers.medium.breadth'],
    'Wilder (1978); R-15',
    'Breadth ends in 2015: then a share above the 50-day average stands in (survivorship-biased), or NO DATA.',
  ],
  [
    'long-180',
    'orders',
    'While a macro score stands 1.5 deviations off, hold fully paid VIX calls about 180 days out, 0.50 delta on their future.',
    ['layers.long', 'budgets.long'],
    'R-11, R-19',
    'REER and rates are monthly and lagged: the trigger is slow by nature.',
  ],
  [
    'volatility-etf',
    'orders',
    'Any layer may hold shares of a short-term VX fund instead; they follow the roll of the two nearest VX.',
    ['layers.near.instrument', 'layers.medium.instrument', 'layers.long.instrument'],
    'S&P VIX Futures Indices methodology',
    'Off by default: the roll of the curve eats about half a year’s value in contango.',
  ],
  [
    'macd',
    'orders',
    'Weights the layers’ budgets: minus the z-score of the MACD(12, 26, 9) histogram over price, ten years, clipped; falling momentum is stress.',
    weightingKeys('macd'),
    'Appel (2005); R-17, weights ours',
    'With shares that add up to 1 the budgets can shrink below the year’s but not grow beyond it.',
  ],
  [
    'price-to-earnings',
    'orders',
    'Weights the layers’ budgets: z-score of price over trailing earnings known three months after their quarter, ten years, clipped; a high multiple is stress.',
    weightingKeys('priceToEarnings'),
    'Shiller, Irrational Exuberance data; R-17, weights ours',
    'Slow; cannot time a 45-day trade. After earnings collapse (2009) the multiple is high in a low market.',
  ],
  [
    'price-to-cash-flow',
    'measures',
    'Would weight the layers’ budgets as P/E does; its weight goes to the others.',
    weightingKeys('priceToCashFlow'),
    'R-17',
    'NO DATA: no public point-in-time series; never filled in. Weight 0.',
  ],
  [
    'cpi',
    'orders',
    'A first release two deviations of 60 months above their mean moves half of the near budget to the longer layer with the least time value per vega-day, until the next vintage.',
    ['budgets.priceSpike.z', 'budgets.priceSpike.share'],
    'BLS, vintages; R-12, R-18',
    'Stored vintages are quarterly, the day of release is approximate. Six spikes since 1999; one changed orders.',
  ],
  [
    'ppi',
    'measures',
    'Would move near budget as CPI does.',
    ['budgets.priceSpike'],
    'BLS',
    'NO DATA without release dates.',
  ],
  [
    'extrinsic-value',
    'orders',
    'Time value of a hedge per VX point and day: the longer layer where it is least takes the near budget that a price spike moves; of an option the premium beyond its value at VIX, of a future its basis.',
    ['budgets.priceSpike'],
    'R-12; the reading for futures is ours',
    'Chooses between two layers only; of the calls that a layer holds it is shown in dollars.',
  ],
  [
    'wacc',
    'orders',
    'Under budget mode hurdle the year’s hedge budget is what condors earn on risk capital over bill plus spread, 0.5 % to 3 %; when they earn no more, condors are halved, never the hedge.',
    ['budgets.mode', 'budgets.hurdle'],
    'R-40, numbers ours',
    'Off in every shipped policy. A condor has no WACC of its own: the word stands for an opportunity cost.',
  ],
  [
    'irr',
    'measures',
    'Money-weighted yearly return on risk capital of the closed condors by age, margin as outflow; refused when signs change more than once.',
    [],
    'R-40',
    'Of closed trades only: shown with --since.',
  ],
  [
    'exchange-rate',
    'orders',
    'z-score of the 12-month change of the real effective exchange rate; arms the long layer.',
    ['layers.long.zThreshold'],
    'BIS, narrow index',
    'Monthly, known from the 25th of the next month; ends in 2024.',
  ],
  [
    'rate-differential',
    'orders',
    'z-score of the 12-month change of US less mean(DE, JP) short rates; arms the long layer.',
    ['layers.long.zThreshold'],
    'OECD short rates',
    'As the exchange rate.',
  ],
  [
    'gdp-revision',
    'measures',
    'Second release less the first, in points of growth.',
    [],
    'BEA, vintages',
    'Quarterly: context, never an order.',
  ],
  [
    'conversion-reversal',
    'measures',
    'Residual of put-call parity: a check of the data, reported, never an order.',
    [],
    'R-05; Stoll (1969)',
    'Needs a quoted chain; modelled marks satisfy parity exactly.',
  ],
  [
    'hft',
    'measures',
    'Fills give up half-spreads that widen with VIX; wider ones are a sensitivity.',
    [],
    'R-06',
    'No order-book data: the cost model is an assumption with sources.',
  ],
  [
    'mev-defi',
    'measures',
    'No mechanism links block ordering on public chains to SPX; a user series may be shown.',
    [],
    'none',
    'Weight 0; dropped with this reason.',
  ],
  [
    'quick-ratio',
    'guards',
    'Liquid means over stressed obligations; below 1.0 no new risk, below 1.5 amber (R-23).',
    ['guards.quickRatioBlock', 'guards.maxMarginUse'],
    'R-23',
    'A portfolio measure; the corporate ratio of the same name has no meaning for an index.',
  ],
  [
    'steward-promoter',
    'guards',
    'Size follows the steward’s caps: 2 % a trade, 10 % open, nothing larger after a loss (R-21, R-35).',
    ['sizing.riskPerTrade', 'sizing.maxOpenRisk', 'sizing.noEscalation'],
    'R-21, R-35',
    'The promoter’s caps are another policy file, not a switch.',
  ],
  [
    'break-even',
    'measures',
    'Short strikes plus and minus the credit net of fees, also against spot.',
    [],
    'R-04',
    'At expiry only.',
  ],
  [
    'dividend-discount',
    'measures',
    'Dividend yield in the forward; Gordon growth q = D1 / P where parity is not quoted.',
    [],
    'Gordon (1959)',
    'Of SPX only the yield matters for a condor.',
  ],
  [
    'reit',
    'measures',
    'Share of real estate in the dividend yield.',
    [],
    'none',
    'NO DATA: no point-in-time series; zero weight.',
  ],
  [
    'big-top',
    'measures',
    'Label: SPX within 2 % of its year high, VX curve 8 % up, VIX in its lower 40 %, RSI at 65 or more (R-36).',
    [],
    'R-36',
    'A label: never raises size.',
  ],
  [
    'multi-sig',
    'guards',
    'Every risk-adding order passes all hard checks; new short options also need two of three votes: near (daily range), medium (breadth), long (term structure).',
    ['guards', 'guards.votes'],
    'R-34; who votes on what is ours',
    'Votes are asked of base positions, not of hedges. Breadth after 2015 is the share above the 50-day average.',
  ],
  [
    'market-cap',
    'measures',
    'Market value over GDP.',
    [],
    'Fed Z.1, BEA',
    'Quarterly context, weight 0.',
  ],
  [
    'ipo',
    'measures',
    'New issues a month.',
    [],
    'Ritter; Baker and Wurgler',
    'Monthly context, weight 0.',
  ],
  ['etf-flow', 'measures', 'Flow into an index fund.', [], 'fund reports', 'Context, weight 0.'],
  [
    'false-binary',
    'measures',
    'Hold, close, roll or add a hedge: expected P&L, 5 % tail, margin and cost of each, for every threatened condor; kept in the audit, or chosen by.',
    ['falseBinary.mode', 'falseBinary.tailWeight'],
    'R-31; the utility is ours',
    'Under record the exits decide. SPX is lognormal around the CAPM centre: the skew is not in the odds.',
  ],
  [
    'second-engine',
    'measures',
    'Capital of its own beside the account, in bills or the index at leverage 1 to 2, with its own ledger, margin and loss limit; nothing moves between the two.',
    ['secondEngine'],
    'R-37; capital and limits ours',
    'Reported beside the account, never added to it. Trades at the close without a spread.',
  ],
  [
    'martingale',
    'guards',
    'Doubling after a loss is a benchmark to beat; alvh-45 forbids it (R-21).',
    ['sizing.kind', 'sizing.maxDoublings', 'sizing.onRefusal'],
    'R-20, R-21',
    'Under Reg T its end is a refused doubling, not a call.',
  ],
  [
    'time-shift',
    'orders',
    'A roll is a realised close and an opening that passes every rule of an entry by itself; a chain rolls at most twice, never with more contracts, never with more to lose than its first position.',
    ['timeShift', 'layers.long.onDeltaBand', 'layers.medium.standing'],
    'R-30 to R-33',
    'Off in alvh-45, on in ladder-442, where the VIX gate and the credit floor leave two rolls in 34 years. Hedges are rolled by delta band or age.',
  ],
  [
    'clustering',
    'measures',
    'Losses after losses against the independent rate.',
    [],
    'R-24; Hamilton (1989), eq. 3 to 5, and (1990) for EM; Anderson and Goodman (1957) for the test; Fu and Koutras (1994) for runs',
    'Estimated from the account’s own closed trades: without --since there are none. Weekly condors share days: part of their dependence is overlap, which the test does not tell from clustering.',
  ],
  [
    'dao-independence',
    'guards',
    'Layers are independent machines: none spends another’s budget, the supervisor only reduces.',
    ['budgets'],
    'R-16',
    'Holds by construction; property tests prove it.',
  ],
];

/** The method as a table, in the order in which the concepts are usually named. */
export const METHOD_TABLE: readonly Concept[] = ROWS.map(
  ([concept, role, rule, config, source, limits]): Concept => ({
    concept,
    role,
    rule,
    config,
    source,
    limits,
  }),
);
