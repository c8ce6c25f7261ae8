import { AM } from '../contracts/contract-kind.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { BreakEvens } from '../volatility/dividend-yield.ts';
import type { DividendComparison } from '../volatility/dividend-comparison.ts';
import type { ExpiryParity, ParityResidual } from '../volatility/parity-monitor.ts';
import type { StaleBlock } from '../volatility/stale-quotes.ts';
import type { SyntheticEdge } from '../volatility/synthetic-edges.ts';
import { formatNumber, formatPercent } from './format-number.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { alignedTable, wrapText } from './text-table.ts';

/** Parity of one chain, with every expiry, and one of them in detail. */
export interface ParityReport {
  readonly underlying: string;
  readonly date: string;
  readonly spot: number;
  readonly rate: number;
  readonly expiries: readonly ExpiryParity[];
  readonly chosen: ExpiryParity;
  readonly dividends: DividendComparison;
}

const WIDTH = 100;
/** Strikes told on a terminal around the forward; stale ones are always told. */
const NEAR_STRIKES = 12;
const MOST_EDGES = 5;

/** Parity for a terminal. */
export function parityText(report: ParityReport): string {
  const { underlying, date, expiries, chosen } = report;
  const rows = expiries.map((each) => [
    nameOf(each),
    each.parity.forward.toFixed(2),
    each.parity.forwardError.toFixed(2),
    percent(each.dividendYield),
    percent(each.box?.rate ?? Number.NaN),
    Number.isFinite(each.boxOverBill) ? formatNumber(1e4 * each.boxOverBill) : 'n/a',
    String(each.residuals.filter(({ isStale }) => isStale).length),
    String(each.blocks.length),
    String(each.edges.length),
    each.isBlocked ? 'BLOCKED' : 'ok',
  ]);
  const head = [
    'expiry',
    'forward',
    '±',
    'yield',
    'box rate',
    'over bill bp',
    'stale',
    'blocks',
    'edges',
    'pricing',
  ];
  return [
    `${underlying} ${date}, spot ${formatNumber(report.spot, 2)}\n`,
    alignedTable([head, ...rows]),
    detailText(report, chosen),
    notes([
      'Residual: C − P − D (F − K) at mid; stale beyond the larger of 3 half-spreads and 0.35 points. ' +
        'Pricing of an expiry is blocked by a stale quote within 2 % of its forward.',
      'An edge is what a conversion or reversal would leave at executable quotes after fees. It is ' +
        'reported and never ordered: it mostly says that a quote is old.',
    ]),
  ].join('\n');
}

function detailText(report: ParityReport, chosen: ExpiryParity): string {
  const { dividends } = report;
  const { gordon, condor } = dividends;
  const lines = [
    `${nameOf(chosen)}: forward ${chosen.parity.forward.toFixed(2)} by parity ` +
      `(${chosen.parity.pairs} pairs, discount ${chosen.parity.discount.toFixed(5)} by ${chosen.parity.discountSource}), ` +
      `${dividends.gordonForward.toFixed(2)} by dividend discount`,
    `dividend yield ${percent(chosen.dividendYield)} by parity, ${percent(gordon.yield)} by dividend ` +
      `discount (REITs ${percent(gordon.reit)}, others ${percent(gordon.rest)}); gap ${percent(dividends.yieldGap)}`,
  ];
  if (chosen.box !== undefined) {
    const { lowStrike, highStrike, rate, lendRate, borrowRate } = chosen.box;
    lines.push(
      `box ${formatNumber(lowStrike)}/${formatNumber(highStrike)}: ${percent(rate)} at mid, lend at ` +
        `${percent(lendRate)}, borrow at ${percent(borrowRate)}`,
    );
  }
  if (condor !== undefined) {
    lines.push(
      `condor ${condor.strikes.map((strike) => formatNumber(strike)).join('/')}: credit ` +
        `${condor.credit.toFixed(2)} executable, ${condor.creditMid.toFixed(2)} at mid; break-evens ` +
        `${sideText(condor.byParity)} against the forward by parity, ${sideText(condor.byGordon)} by ` +
        'dividend discount',
    );
  }
  const table = alignedTable([
    ['strike', 'residual', 'tolerance', ''],
    ...toldStrikes(chosen).map(({ strike, residual, tolerance, isStale }) => [
      formatNumber(strike),
      residual.toFixed(2),
      tolerance.toFixed(2),
      isStale ? 'STALE' : '',
    ]),
  ]);
  const blocks = chosen.blocks.map(
    ({ side, reason, lowStrike, highStrike }) =>
      `block: ${side}s ${formatNumber(lowStrike)} to ${formatNumber(highStrike)}, ${reason}`,
  );
  const edges = chosen.edges
    .slice(0, MOST_EDGES)
    .map(
      ({ kind, strike, against, edge }) =>
        `${kind} at ${formatNumber(strike)} against ${formatNumber(against)}: ${edge.toFixed(2)} points`,
    );
  const told = [...lines, ...blocks, ...edges].map((line) => `${wrapText(line, WIDTH, '  ')}\n`);
  return `${told.join('')}\n${table}`;
}

function toldStrikes({ residuals, parity }: ExpiryParity): readonly ParityResidual[] {
  const near = residuals
    .toSorted((a, b) => Math.abs(a.strike - parity.forward) - Math.abs(b.strike - parity.forward))
    .slice(0, NEAR_STRIKES);
  return residuals.filter((each) => each.isStale || near.includes(each));
}

function nameOf({ expiry, settlement }: ExpiryParity): string {
  return `${formatIsoDate(asEpochDay(expiry))} ${settlement === AM ? 'AM' : 'PM'}`;
}

function percent(fraction: number): string {
  return formatPercent(fraction, 2);
}

function sideText({ lower, upper, lowerLogMoneyness, upperLogMoneyness }: BreakEvens): string {
  return (
    `${formatNumber(lower, 2)} (${percent(Math.expm1(lowerLogMoneyness))}) and ` +
    `${formatNumber(upper, 2)} (${percent(Math.expm1(upperLogMoneyness))})`
  );
}

function notes(texts: readonly string[]): string {
  return texts.map((text) => `${wrapText(`- ${text}`, WIDTH, '  ')}\n`).join('');
}

/** Parity as fields of a document. */
export function parityJson(report: ParityReport): { readonly [key: string]: JsonValue } {
  const { underlying, date, spot, rate, expiries, chosen, dividends } = report;
  const { gordon, gordonForward, yieldGap, condor } = dividends;
  return {
    underlying,
    date,
    ...figure('spot', spot, 'not in the file'),
    rate,
    expiries: expiries.map((each) => expiryJson(each)),
    chosen: nameOf(chosen),
    dividends: {
      ...figure('byParity', chosen.dividendYield, 'no spot in the file'),
      byGordon: gordon.yield,
      reits: gordon.reit,
      others: gordon.rest,
      impliedReturn: gordon.impliedReturn,
      ...figure('gordonForward', gordonForward, 'no spot in the file'),
      ...figure('yieldGap', yieldGap, 'no spot in the file'),
    },
    condor:
      condor === undefined
        ? null
        : {
            strikes: [...condor.strikes],
            creditMid: condor.creditMid,
            credit: condor.credit,
            byParity: { ...condor.byParity },
            ...(Number.isFinite(condor.byGordon.lowerLogMoneyness)
              ? { byGordon: { ...condor.byGordon } }
              : { byGordon: null, byGordonReason: 'no spot in the file' }),
          },
    condorReason: condor === undefined ? 'not asked for, or a strike is not quoted' : undefined,
  };
}

function expiryJson(each: ExpiryParity): JsonValue {
  const { parity, box } = each;
  return {
    expiry: formatIsoDate(asEpochDay(each.expiry)),
    settlement: each.settlement === AM ? 'AM' : 'PM',
    years: each.years,
    forward: parity.forward,
    forwardError: parity.forwardError,
    discount: parity.discount,
    discountSource: parity.discountSource,
    pairs: parity.pairs,
    ...figure('dividendYield', each.dividendYield, 'no spot in the file'),
    box: box === undefined ? null : { ...box },
    boxReason: box === undefined ? 'no two strikes quoted on both sides' : undefined,
    ...figure('boxOverBill', each.boxOverBill, 'no box'),
    isBlocked: each.isBlocked,
    residuals: each.residuals.map((residual) => ({ ...residual })),
    blocks: each.blocks.map((block: StaleBlock) => ({ ...block })),
    edges: each.edges.map((edge: SyntheticEdge) => ({ ...edge })),
  };
}
