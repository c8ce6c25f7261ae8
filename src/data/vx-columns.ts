import { VX_NODES } from '../market/market-path.ts';
import { CALIBRATED, QUOTED, REGRESSED } from '../market/provenance.ts';
import { panelRegressionVx } from '../volatility/vx-panel-regression.ts';
import { seriesColumn } from './csv-series.ts';
import { VX_CURVE_MONTHS } from './market-files.ts';
import { isSeenOnItsDay } from './release-rules.ts';
import type { ReleasedSeries } from './release-rules.ts';
import { NO_DATA } from './sourced-column.ts';
import type { VixAverages } from './vix-averages.ts';
import { listedVxExpiries, VX_LISTED } from './vx-listing.ts';

/** Code of a node place that is not in use. */
export const UNUSED_NODE = 254;

/** A quoted month is the rule's month when their expiries are this near, days. */
const SAME_MONTH = 3;
/**
 * Largest |ln(quote / regression)| of a settlement that is believed: a factor of 2. Crises stay
 * below 1.6; the settlement of 1.00 for January 2009 on 2008-04-21 does not.
 */
const LOG_RATIO_MAX = Math.LN2;

/** Inputs of the VX nodes; columns by session. */
export interface VxInputs {
  readonly day: Int32Array;
  readonly vix: Float64Array;
  readonly averages: VixAverages;
  readonly curve: ReleasedSeries | undefined;
  /** Whether sessions before the listing of VX get regressed nodes, or none. */
  readonly counterfactual: boolean;
  /** First session to fill. */
  readonly from: number;
}

/** VX nodes by session; the columns of a market path. */
export interface VxColumns {
  readonly count: Uint8Array;
  readonly expiry: Int32Array;
  readonly settle: Float64Array;
  /** Provenance code; UNUSED_NODE, or NO_DATA in the first place of a session without nodes. */
  readonly source: Uint8Array;
}

/**
 * The nearest nine monthly VX contracts of each session.
 *
 * QUOTED: that day's settlement, unless it is off the regression by a factor of 2. CALIBRATED, an
 * unquoted month on a day with quotes: the panel
 * regression times the ratio quote/regression, whose logarithm is linear in time to expiry between
 * quotes and flat beyond them. REGRESSED, a day without any quote: the panel regression on VIX and
 * its averages. There are no nodes before the listing, unless `counterfactual`, nor without VIX.
 */
export function vxColumns(inputs: VxInputs): VxColumns {
  const length = inputs.day.length;
  const out: VxColumns = {
    count: new Uint8Array(length),
    expiry: new Int32Array(length * VX_NODES),
    settle: new Float64Array(length * VX_NODES).fill(Number.NaN),
    source: new Uint8Array(length * VX_NODES).fill(UNUSED_NODE),
  };
  const quotesOn = quoteReader(inputs.curve);
  for (let i = inputs.from; i < length; i += 1) {
    const today = inputs.day[i] ?? 0;
    const listed = today >= VX_LISTED;
    const regress = (tau: number): number =>
      panelRegressionVx(
        tau,
        inputs.vix[i] ?? Number.NaN,
        inputs.averages.ewma21[i] ?? Number.NaN,
        inputs.averages.ewma126[i] ?? Number.NaN,
      );
    if ((!listed && !inputs.counterfactual) || Number.isNaN(inputs.vix[i] ?? Number.NaN)) {
      out.source[i * VX_NODES] = NO_DATA;
      continue;
    }
    fillSession(out, i, { today, quotes: quotesOn(today), regress });
  }
  return out;
}

interface VxQuote {
  readonly expiry: number;
  readonly settle: number;
}

interface SessionVx {
  readonly today: number;
  readonly quotes: readonly VxQuote[];
  /** Regression price, VIX points, by calendar days to expiry. */
  readonly regress: (tau: number) => number;
}

function fillSession(out: VxColumns, session: number, view: SessionVx): void {
  const base = session * VX_NODES;
  const quoted = view.quotes.map((quote) => {
    const tau = quote.expiry - view.today;
    return { ...quote, tau, logRatio: Math.log(quote.settle / view.regress(tau)) };
  });
  const anchors = quoted.filter((quote) => Math.abs(quote.logRatio) <= LOG_RATIO_MAX);
  const expiries = listedVxExpiries(view.today, VX_CURVE_MONTHS);
  out.count[session] = expiries.length;
  expiries.forEach((expiry, node) => {
    const quote = anchors.find((each) => Math.abs(each.expiry - expiry) <= SAME_MONTH);
    out.expiry[base + node] = quote?.expiry ?? expiry;
    if (quote !== undefined) {
      out.settle[base + node] = quote.settle;
      out.source[base + node] = QUOTED;
      return;
    }
    const tau = expiry - view.today;
    out.settle[base + node] = view.regress(tau) * Math.exp(logRatioAt(anchors, tau));
    out.source[base + node] = anchors.length > 0 ? CALIBRATED : REGRESSED;
  });
}

interface Anchor {
  readonly tau: number;
  readonly logRatio: number;
}

function logRatioAt(anchors: readonly Anchor[], tau: number): number {
  const right = anchors.find((anchor) => anchor.tau >= tau);
  const left = anchors.findLast((anchor) => anchor.tau < tau);
  if (left === undefined) return right?.logRatio ?? 0;
  if (right === undefined) return left.logRatio;
  const share = (tau - left.tau) / (right.tau - left.tau);
  return left.logRatio + share * (right.logRatio - left.logRatio);
}

function quoteReader(curve: ReleasedSeries | undefined): (day: number) => readonly VxQuote[] {
  if (curve === undefined) return () => [];
  const rows = new Map<number, number>();
  curve.day.forEach((day, row) => {
    if (isSeenOnItsDay(curve, row)) rows.set(day, row);
  });
  const months = Array.from({ length: VX_CURVE_MONTHS }, (_unused, month) => ({
    settle: seriesColumn(curve, `vx${month + 1}`),
    expiry: seriesColumn(curve, `exp${month + 1}`),
  }));
  return (day) => {
    const row = rows.get(day);
    if (row === undefined) return [];
    return months
      .map((month) => ({
        expiry: month.expiry[row] ?? Number.NaN,
        settle: month.settle[row] ?? Number.NaN,
      }))
      .filter((quote) => quote.expiry > day && !Number.isNaN(quote.settle));
  };
}
