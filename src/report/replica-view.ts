import type { FundTracking, Replica } from '../backtest/replica.ts';
import type { AnchorCheck } from '../backtest/replicate-anchors.ts';
import type { LevelStatistics } from '../backtest/replicate-cndr.ts';
import { SZADO_EQUITY_SHARE } from '../backtest/replicate-szado.ts';
import type { DatedLevels } from '../backtest/replicate-vx-fund.ts';
import { assertNever } from '../core/assert-never.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { textTable } from './text-table.ts';

/** A replica as a document and as text. */
export interface ReplicaView {
  readonly document: { readonly [key: string]: JsonValue };
  readonly text: string;
}

type Of<Name extends Replica['name']> = Extract<Replica, { readonly name: Name }>;

/** Months shown as the best or the worst ones. */
const SHOWN_MONTHS = 5;

/** What `alvh replicate` shows of a replica. */
export function replicaView(rebuilt: Replica): ReplicaView {
  switch (rebuilt.name) {
    case 'cndr':
      return cndrView(rebuilt);
    case 'vxth':
      return vxthView(rebuilt);
    case 'spvxsp':
    case 'spvxmp':
      return vxRollView(rebuilt);
    case 'szado':
      return szadoView(rebuilt);
    default:
      return assertNever(rebuilt);
  }
}

function cndrView({ name, replica, statistics }: Of<'cndr'>): ReplicaView {
  const { annualReturn, annualStdev, years } = statistics;
  const months = replica.months.map((month) => ({
    ...month,
    sold: iso(month.sold),
    settled: iso(month.settled),
  }));
  const worst = months
    .toSorted((a, b) => a.pnlOverMaxLoss - b.pnlOverMaxLoss)
    .slice(0, SHOWN_MONTHS);
  const table = textTable([
    ['year', 'return'],
    ...years.map((row) => [String(row.year), percent(row.return)]),
  ]);
  const worstTable = textTable([
    ['sold', 'settled', 'P&L / largest loss'],
    ...worst.map((month) => [month.sold, month.settled, month.pnlOverMaxLoss.toFixed(2)]),
  ]);
  return {
    document: {
      name,
      annualReturn,
      annualStdev,
      years: yearRows(years),
      months,
      level: levelRows(replica),
    },
    text: `${table}\n${figuresText(statistics)}\n\nworst five months\n${worstTable}`,
  };
}

function vxthView({ name, replica, statistics, unhedged, anchors }: Of<'vxth'>): ReplicaView {
  const { annualReturn, annualStdev, years } = statistics;
  const rows = years.map((row, i) => ({
    ...row,
    spxTotalReturn: unhedged.years[i]?.return ?? null,
  }));
  const months = replica.months.map((month) => ({
    ...month,
    bought: iso(month.bought),
    settled: iso(month.settled),
  }));
  const best = months.toSorted((a, b) => b.contribution - a.contribution).slice(0, SHOWN_MONTHS);
  const table = textTable([
    ['year', 'VXTH', 'SPX total return', 'calls'],
    ...rows.map((row) => [
      String(row.year),
      percent(row.return),
      percent(row.spxTotalReturn ?? Number.NaN),
      percent(row.return - (row.spxTotalReturn ?? Number.NaN)),
    ]),
  ]);
  const bestTable = textTable([
    ['bought', 'settled', 'VX', 'strike', 'premium', 'settlement', 'gain'],
    ...best.map((month) => [
      month.bought,
      month.settled,
      month.forward.toFixed(2),
      String(month.strike),
      month.premium.toFixed(2),
      month.settlement.toFixed(2),
      percent(month.contribution),
    ]),
  ]);
  const hedged = months.filter(({ weight }) => weight > 0);
  const paid = hedged.filter(({ multiple }) => multiple > 0).length;
  return {
    document: {
      name,
      annualReturn,
      annualStdev,
      years: rows,
      anchors: anchors.map(anchorDocument),
      months,
      level: levelRows(replica),
    },
    text:
      `${table}\n${figuresText(statistics)}; calls paid in ${paid} of ${hedged.length} months\n` +
      `\nmonths in which calls paid most\n${bestTable}${anchorText(anchors)}`,
  };
}

function vxRollView(rebuilt: Of<'spvxsp' | 'spvxmp'>): ReplicaView {
  const { name, replica, statistics, excess, funds } = rebuilt;
  const { annualReturn, annualStdev, years } = statistics;
  const table = textTable([
    ['year', 'total return', 'excess return'],
    ...years.map((row, i) => [
      String(row.year),
      percent(row.return),
      percent(excess.years[i]?.return ?? Number.NaN),
    ]),
  ]);
  const compared =
    funds.length === 0
      ? '\nNO DATA: prices of a fund on this index\n'
      : '\nnet of fees against real prices: return a year, correlation of daily returns, tracking ' +
        'error a year\nfrom daily returns, from monthly ones, and from daily ones since VX settles ' +
        `at 16:00 (2020-10-26)\n${fundTable(funds)}`;
  return {
    document: {
      name,
      annualReturn,
      annualStdev,
      years: yearRows(years),
      funds: funds.map(fundDocument),
      level: levelRows({ day: replica.day, level: replica.totalReturn }),
    },
    text: `${table}\n${figuresText(statistics)}\n${compared}`,
  };
}

function fundTable(funds: readonly FundTracking[]): string {
  return textTable([
    ['fund', 'from', 'to', 'replica', 'price', 'correlation', 'daily', 'monthly', '16:00'],
    ...funds.map(({ fund, tracking, reason }) =>
      tracking === undefined
        ? [fund.name, reason]
        : [
            fund.name,
            iso(tracking.from),
            iso(tracking.to),
            percent(tracking.replicaReturn),
            percent(tracking.priceReturn),
            tracking.correlation.toFixed(3),
            percent(tracking.trackingError),
            percent(tracking.monthlyTrackingError),
            tracking.sameCloseTrackingError === undefined
              ? 'n/a'
              : percent(tracking.sameCloseTrackingError),
          ],
    ),
  ]);
}

function szadoView({ name, overlays }: Of<'szado'>): ReplicaView {
  const note =
    `base: ${100 * SZADO_EQUITY_SHARE} % S&P 500, the rest in bills. The published base is another ` +
    'portfolio (stocks, bonds, alternatives): signs and order of the gains compare, sizes do not.';
  const table = textTable([
    ['overlay', 'return', 'gain', 'drawdown', 'published return', 'gain', 'drawdown'],
    ...overlays.map((row) => [
      row.overlay.name,
      percent(row.return),
      percent(row.gain),
      percent(row.drawdown),
      percent(row.overlay.publishedReturn),
      percent(row.publishedGain),
      row.overlay.publishedDrawdown === null ? 'n/a' : percent(row.overlay.publishedDrawdown),
    ]),
  ]);
  return {
    document: {
      name,
      note,
      overlays: overlays.map(({ overlay, gain, publishedGain, drawdown, return: change }) => ({
        name: overlay.name,
        return: change,
        gain,
        drawdown,
        publishedReturn: overlay.publishedReturn,
        publishedGain,
        ...figure('publishedDrawdown', overlay.publishedDrawdown ?? undefined, 'not at hand'),
        source: overlay.source,
      })),
    },
    text: `${table}\n${note}\npublished: August to December 2008\n`,
  };
}

function fundDocument({ fund, tracking, reason }: FundTracking): JsonValue {
  if (tracking === undefined) return { name: fund.name, tracking: null, trackingReason: reason };
  const { sameCloseTrackingError: sameClose, ...rest } = tracking;
  return {
    name: fund.name,
    fee: fund.fee,
    source: fund.source,
    tracking: {
      ...rest,
      from: iso(tracking.from),
      to: iso(tracking.to),
      ...figure('sameCloseTrackingError', sameClose, 'no prices since 2020-10-26'),
    },
  };
}

function anchorDocument(check: AnchorCheck): JsonValue {
  const { anchor, replicated, difference, isWithin } = check;
  return {
    from: iso(anchor.from),
    to: iso(anchor.to),
    published: anchor.published,
    replicated,
    difference,
    tolerance: { ...anchor.tolerance },
    isWithin,
    source: anchor.source,
  };
}

function anchorText(checks: readonly AnchorCheck[]): string {
  if (checks.length === 0) return '';
  const table = textTable([
    ['from', 'to', 'published', 'replica', 'difference', 'allowed', ''],
    ...checks.map(({ anchor, replicated, difference, isWithin }) => [
      iso(anchor.from),
      iso(anchor.to),
      percent(anchor.published),
      percent(replicated),
      `${percent(difference)}${anchor.tolerance.kind === 'a-year' ? ' a year' : ''}`,
      percent(anchor.tolerance.within),
      isWithin ? 'within' : 'OUTSIDE',
    ]),
  ]);
  return `\npublished levels\n${table}`;
}

function figuresText({ annualReturn, annualStdev }: LevelStatistics): string {
  return `annual return ${percent(annualReturn)}, standard deviation ${percent(annualStdev)}`;
}

function yearRows(years: LevelStatistics['years']): JsonValue {
  return years.map((row) => ({ ...row }));
}

function levelRows({ day, level }: DatedLevels): JsonValue {
  return Array.from(day, (each, i) => [iso(each), level[i] ?? Number.NaN]);
}

function iso(day: number): string {
  return formatIsoDate(asEpochDay(day));
}

function percent(fraction: number): string {
  const text = (100 * fraction).toFixed(2);
  return `${text === '-0.00' ? '0.00' : text} %`;
}
