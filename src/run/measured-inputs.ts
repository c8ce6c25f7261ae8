import { PM } from '../contracts/contract-kind.ts';
import { historicalMarket } from '../data/historical-market.ts';
import type { HistoricalMarket } from '../data/historical-market.ts';
import { commonSpan } from '../data/market-folder.ts';
import type { MarketFolder } from '../data/market-folder.ts';
import type { DayPlan } from '../engine/plan-day.ts';
import type { TradeRecord } from '../engine/run-record.ts';
import { VX_NODES } from '../market/market-path.ts';
import { EXPECTED_MOVE_RULE, expectedMoveBand, straddleBand } from '../pricing/expected-move.ts';
import { formatPercent } from '../report/format-number.ts';
import { breadthDivergence } from '../signals/breadth-divergence.ts';
import { edrCanonical, edrGlossary, edrLearn } from '../signals/expected-daily-range.ts';
import { HAR_DAY, HAR_MONTH, harForecast } from '../signals/har.ts';
import { percentileAt, rankAt } from '../signals/implied-rank.ts';
import { LOSS_RUN, lossClustering } from '../signals/loss-clustering.ts';
import {
  closeToCloseVolatility,
  dailyVolatility,
  garmanKlassVolatility,
  logReturns,
  parkinsonVolatility,
  SESSIONS_A_YEAR,
} from '../signals/realised-volatility.ts';
import { regimeAt } from '../signals/regimes.ts';
import { termRatio } from '../signals/term-ratio.ts';
import type { ConceptName } from '../strategy/method-table.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { ConceptInput } from './concept-inputs.ts';

/** Days of history that the estimators read: four years of sessions and a year to fill windows. */
const HISTORY_DAYS = 1830;
/** Days to expiry of the base condor. */
const CONDOR_DAYS = 45;
const MONTH = 21;
/** Multiplier of the published lesson's worked example. */
const LESSON_MULTIPLIER = 0.018;

/** Signals measured at a planned close, by the concept that shows them; nothing later is read. */
export function measuredInputs(
  folder: MarketFolder,
  plan: DayPlan,
): ReadonlyMap<ConceptName, readonly ConceptInput[]> {
  const { series } = folder;
  const none = new Int32Array();
  const { first } = commonSpan(series.spx?.day ?? none, series.vix?.day ?? none);
  const from = asEpochDay(Math.max(first, plan.day - HISTORY_DAYS));
  const market = historicalMarket(folder, { from, to: plan.day, counterfactual: false });
  return new Map([
    ['expected-move-capm', [...moveInputs(market, plan), ...volatilityInputs(market)]],
    ['volatility-etf', termInputs(market)],
    ['rsi-advance-decline', breadthInputs(market)],
    ['clustering', [...lossInputs(plan.closed), ...regimeInputs(market)]],
  ]);
}

/** The measured volatility of a close in a sentence; none where too little is known. */
export function volatilityNotes(
  measured: ReadonlyMap<ConceptName, readonly ConceptInput[]>,
): readonly string[] {
  const inputs = [...measured.values()].flat();
  const of = (name: string): number =>
    inputs.find((each) => each.name === name)?.value ?? Number.NaN;
  const shares = [of('realised21'), of('harNext22'), of('ivRank') / 100, of('turbulent')];
  if (shares.some(Number.isNaN)) return [];
  const [realised, ahead, rank, turbulent] = shares.map((share) => formatPercent(share, 0));
  return [
    `measured, weight 0: SPX moved at ${realised} a year over ${MONTH} sessions; its own history ` +
      `forecasts ${ahead} for the next 22; VIX stands at ${rank} of its year's range; the ` +
      `turbulent regime has a probability of ${turbulent}`,
  ];
}

/** Expected move to the condor's expiry and over the next session, by each published estimator. */
function moveInputs({ path, indices }: HistoricalMarket, plan: DayPlan): readonly ConceptInput[] {
  const { market, spot } = plan;
  const expiry = plan.day + CONDOR_DAYS;
  const band = expectedMoveBand(market, expiry, PM, { ...EXPECTED_MOVE_RULE, capmTilt: 0 });
  const straddle = straddleBand(market, expiry, PM);
  const vix9d = last(indices.vix9d);
  const vol = (sessions: number): number =>
    100 * last(closeToCloseVolatility(path.spxClose, sessions));
  const noVix9d = 'VIX9D starts in 2011 or is absent';
  return [
    beside('oneSigma45', (band.upper - band.lower) / 2, 'points, about 68 %', 'no surface'),
    beside(
      'straddle45',
      straddle.upper - band.forward,
      'points, 0.85 straddle, about 50 %',
      'no surface',
    ),
    beside('edr', edrCanonical(spot, vix9d), 'points a session', noVix9d),
    beside('edrGlossary', edrGlossary(vix9d, vol(20), 1), 'published, no unit', noVix9d),
    beside(
      'edrLearn',
      edrLearn(spot, vix9d, vol(30), LESSON_MULTIPLIER),
      'published, does not compute to a range',
      noVix9d,
    ),
  ];
}

/** Implied volatility against its year, realised volatility and its forecast; per year. */
function volatilityInputs({ path }: HistoricalMarket): readonly ConceptInput[] {
  const bars = { open: path.spxOpen, high: path.spxHigh, low: path.spxLow, close: path.spxClose };
  const row = path.length - 1;
  const daily = dailyVolatility(bars);
  const yearly = Math.sqrt(SESSIONS_A_YEAR);
  const forecast = (rule: typeof HAR_DAY): number =>
    yearly * (harForecast(daily, row, rule)?.volatility ?? Number.NaN);
  const short = 'too little history';
  return [
    beside('ivRank', rankAt(path.vixClose, row), '0..100 of a year', short),
    beside('ivPercentile', percentileAt(path.vixClose, row), '0..100 of a year', short),
    beside('realised21', last(closeToCloseVolatility(path.spxClose, MONTH)), 'a year', short),
    beside('parkinson21', last(parkinsonVolatility(bars, MONTH)), 'a year, day only', short),
    beside('garmanKlass21', last(garmanKlassVolatility(bars, MONTH)), 'a year, day only', short),
    beside('harNextSession', forecast(HAR_DAY), 'a year', short),
    beside('harNext22', forecast(HAR_MONTH), 'a year', short),
  ];
}

function termInputs({ path, indices }: HistoricalMarket): readonly ConceptInput[] {
  const base = (path.length - 1) * VX_NODES;
  const hasTwo = (path.vxCount[path.length - 1] ?? 0) >= 2;
  const node = (place: number): number =>
    hasTwo ? (path.vxSettle[base + place] ?? Number.NaN) : Number.NaN;
  const vix = last(path.vixClose);
  return [
    beside('vix9dOverVix', termRatio(last(indices.vix9d), vix), 'ratio', 'no VIX9D'),
    beside('vixOverVix3m', termRatio(vix, last(indices.vix3m)), 'ratio', 'no VIX3M'),
    beside('vx1OverVx2', termRatio(node(0), node(1)), 'ratio', 'no VX nodes'),
  ];
}

function breadthInputs({ path }: HistoricalMarket): readonly ConceptInput[] {
  const sign = last(breadthDivergence(path.spxClose, path.advanceDeclineLine));
  return [beside('divergence', sign, '1 bearish, -1 bullish', 'breadth ends in 2015 or is absent')];
}

/** How the account's own losses follow each other. */
function lossInputs(closed: readonly TradeRecord[]): readonly ConceptInput[] {
  const results = condorResults(closed);
  const found = lossClustering(results.map((pnl) => pnl < 0));
  const reason = `${results.length} closed results, at least 20 needed: replay more with --since`;
  const rate = (name: string, value: number | undefined, unit: string): ConceptInput => ({
    name,
    value: value ?? Number.NaN,
    unit,
    reason: found === undefined ? reason : 'only one outcome occurred',
  });
  const of = (...parts: Parameters<typeof rate>): ConceptInput => ({
    ...rate(...parts),
    beside: true,
  });
  const run = `runOf${LOSS_RUN.losses}In${LOSS_RUN.results}`;
  return [
    of('closedResults', results.length, 'results'),
    rate('lossRate', found?.lossRate, 'share'),
    rate('lossAfterLoss', found?.afterLoss, 'share, shrunk'),
    of('lossAfterGain', found?.afterGain, 'share, shrunk'),
    of('independencePValue', found?.independence, 'p-value'),
    of(`${run}Independent`, found?.runIndependent, 'probability'),
    of(`${run}Clustered`, found?.runClustered, 'probability'),
  ];
}

/** Dollars of the base position by day of closing: one day's closings are one result. */
function condorResults(closed: readonly TradeRecord[]): readonly number[] {
  const byDay = new Map<number, number>();
  for (const { sleeve, closedDay, pnl } of closed) {
    if (sleeve === 'core') byDay.set(closedDay, (byDay.get(closedDay) ?? 0) + pnl);
  }
  return [...byDay].toSorted(([a], [b]) => a - b).map(([, pnl]) => pnl);
}

/** The state of SPX returns by a two-state model of the last four years. */
function regimeInputs({ path }: HistoricalMarket): readonly ConceptInput[] {
  const regime = regimeAt(logReturns(path.spxClose), path.length - 1);
  const yearly = Math.sqrt(SESSIONS_A_YEAR);
  const [calm = Number.NaN, wild = Number.NaN] = regime?.model.standardDeviation ?? [];
  const short = 'too little history';
  return [
    beside('turbulent', regime?.turbulent ?? Number.NaN, 'filtered probability', short),
    beside('calmVol', yearly * calm, 'a year', short),
    beside('turbulentVol', yearly * wild, 'a year', short),
    beside('turbulentStays', regime?.model.stay[1] ?? Number.NaN, 'probability a session', short),
  ];
}

function last(column: Float64Array): number {
  return column.at(-1) ?? Number.NaN;
}

function beside(name: string, value: number, unit: string, reason: string): ConceptInput {
  return { name, value, unit, reason, beside: true };
}
