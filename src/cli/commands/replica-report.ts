import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnchors } from '../../backtest/replicate-anchors.ts';
import type { AnchorCheck } from '../../backtest/replicate-anchors.ts';
import { levelStatistics, replicateCndr } from '../../backtest/replicate-cndr.ts';
import { totalReturns } from '../../backtest/replicate-spx-total-return.ts';
import { replicateSzado, SZADO_EQUITY_SHARE } from '../../backtest/replicate-szado.ts';
import { replicateVxFund, trackingOf, VX_FUNDS } from '../../backtest/replicate-vx-fund.ts';
import type { DatedLevels, VxFund } from '../../backtest/replicate-vx-fund.ts';
import { replicateVxRoll } from '../../backtest/replicate-vx-roll.ts';
import { MID_TERM, SHORT_TERM } from '../../volatility/vx-roll-index.ts';
import { replicateVxth } from '../../backtest/replicate-vxth.ts';
import { assertNever } from '../../core/assert-never.ts';
import { parseCsvSeries, seriesColumn } from '../../data/csv-series.ts';
import { DataError } from '../../data/data-error.ts';
import type { MarketPath } from '../../market/market-path.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import { textTable } from '../text-table.ts';

/** An index or study that can be rebuilt. */
export type ReplicaName = 'cndr' | 'vxth' | 'spvxsp' | 'spvxmp' | 'szado';

/** Indices and studies that can be rebuilt. */
export const REPLICA_NAMES: readonly ReplicaName[] = ['cndr', 'vxth', 'spvxsp', 'spvxmp', 'szado'];

/** A replica as a document and as text. */
export interface ReplicaReport {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/**
 * An index or study rebuilt on a market path.
 *
 * @param dir Market folder, which may hold prices of funds to compare with.
 *
 * Errors: DataError `no-data` where VX prices do not reach back; those of a broken price file.
 */
export function replicaReport(name: ReplicaName, path: MarketPath, dir: string): ReplicaReport {
  switch (name) {
    case 'cndr':
      return cndrReport(path);
    case 'vxth':
      return vxthReport(path, dir);
    case 'spvxsp':
    case 'spvxmp':
      return vxRollReport(name, path, dir);
    case 'szado':
      return szadoReport(path, dir);
    default:
      return assertNever(name);
  }
}

function cndrReport(path: MarketPath): ReplicaReport {
  const replica = replicateCndr(path);
  const { annualReturn, annualStdev, years } = levelStatistics(replica.day, replica.level);
  const months = replica.months.map((month) => ({
    ...month,
    sold: iso(month.sold),
    settled: iso(month.settled),
  }));
  const worst = months.toSorted((a, b) => a.pnlOverMaxLoss - b.pnlOverMaxLoss).slice(0, 5);
  const table = textTable([
    ['year', 'return'],
    ...years.map((row) => [String(row.year), percent(row.return)]),
  ]);
  const worstTable = textTable([
    ['sold', 'settled', 'P&L / largest loss'],
    ...worst.map((month) => [month.sold, month.settled, month.pnlOverMaxLoss.toFixed(2)]),
  ]);
  return {
    document: { name: 'cndr', annualReturn, annualStdev, years, months, level: levelRows(replica) },
    text:
      `${table}\nannual return ${percent(annualReturn)}, standard deviation ` +
      `${percent(annualStdev)}\n\nworst five months\n${worstTable}`,
  };
}

function vxthReport(path: MarketPath, dir: string): ReplicaReport {
  const replica = replicateVxth(path);
  checkKnown('vxth', replica.level, dir);
  const { annualReturn, annualStdev, years } = levelStatistics(replica.day, replica.level);
  const spx = totalReturns(path);
  const unhedged = levelStatistics(spx.day, spx.spx).years;
  const rows = years.map((row, i) => ({ ...row, spxTotalReturn: unhedged[i]?.return ?? null }));
  const anchors = checkAnchors('vxth', replica);
  const months = replica.months.map((month) => ({
    ...month,
    bought: iso(month.bought),
    settled: iso(month.settled),
  }));
  const best = months.toSorted((a, b) => b.contribution - a.contribution).slice(0, 5);
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
      name: 'vxth',
      annualReturn,
      annualStdev,
      years: rows,
      anchors: anchors.map(anchorDocument),
      months,
      level: levelRows(replica),
    },
    text:
      `${table}\nannual return ${percent(annualReturn)}, standard deviation ` +
      `${percent(annualStdev)}; calls paid in ${paid} of ${hedged.length} months\n` +
      `\nmonths in which calls paid most\n${bestTable}${anchorText(anchors)}`,
  };
}

function vxRollReport(name: 'spvxsp' | 'spvxmp', path: MarketPath, dir: string): ReplicaReport {
  const replica = replicateVxRoll(path, name === 'spvxsp' ? SHORT_TERM : MID_TERM);
  checkKnown(name, replica.totalReturn, dir);
  const { day, excessReturn, totalReturn } = replica;
  const { annualReturn, annualStdev, years } = levelStatistics(day, totalReturn);
  const excess = levelStatistics(day, excessReturn).years;
  const funds = VX_FUNDS.filter((fund) => fund.index === name).map((fund) => {
    const prices = fundPrices(dir, fund);
    const tracking =
      prices === undefined ? undefined : trackingOf(replicateVxFund(replica, fund), prices);
    const reason = prices === undefined ? `NO DATA: ${fund.file}` : 'fewer than two common months';
    return { fund, tracking, reason };
  });
  const table = textTable([
    ['year', 'total return', 'excess return'],
    ...years.map((row, i) => [
      String(row.year),
      percent(row.return),
      percent(excess[i]?.return ?? Number.NaN),
    ]),
  ]);
  const fundTable = textTable([
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
  const compared =
    funds.length === 0
      ? '\nNO DATA: prices of a fund on this index\n'
      : '\nnet of fees against real prices: return a year, correlation of daily returns, tracking ' +
        'error a year\nfrom daily returns, from monthly ones, and from daily ones since VX settles ' +
        `at 16:00 (2020-10-26)\n${fundTable}`;
  return {
    document: {
      name,
      annualReturn,
      annualStdev,
      years,
      funds: funds.map(fundDocument),
      level: levelRows({ day, level: totalReturn }),
    },
    text:
      `${table}\nannual return ${percent(annualReturn)}, standard deviation ` +
      `${percent(annualStdev)}\n${compared}`,
  };
}

function szadoReport(path: MarketPath, dir: string): ReplicaReport {
  const results = replicateSzado(path);
  checkKnown(
    'szado',
    Float64Array.from(results, (result) => result.return),
    dir,
  );
  const note =
    `base: ${100 * SZADO_EQUITY_SHARE} % S&P 500, the rest in bills. The published base is another ` +
    'portfolio (stocks, bonds, alternatives): signs and order of the gains compare, sizes do not.';
  const table = textTable([
    ['overlay', 'return', 'gain', 'drawdown', 'published return', 'gain', 'drawdown'],
    ...results.map((row) => [
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
      name: 'szado',
      note,
      overlays: results.map(({ overlay, gain, publishedGain, drawdown, return: change }) => ({
        name: overlay.name,
        return: change,
        gain,
        drawdown,
        publishedReturn: overlay.publishedReturn,
        publishedGain,
        publishedDrawdown: overlay.publishedDrawdown,
        ...(overlay.publishedDrawdown === null && { publishedDrawdownReason: 'not at hand' }),
        source: overlay.source,
      })),
    },
    text: `${table}\n${note}\npublished: August to December 2008\n`,
  };
}

/** VX begins in 2004; without it levels are unknown and nothing may be shown. */
function checkKnown(name: string, level: Float64Array, dir: string): void {
  if (level.every(Number.isFinite)) return;
  throw new DataError({
    code: 'no-data',
    file: dir,
    rule: `${name} needs VX prices and, for calls, VVIX on every session`,
    value: 'a session without',
    remedy: 'choose dates from 2004-03-26 on for which the folder has VX futures',
  });
}

function fundPrices(dir: string, fund: VxFund): DatedLevels | undefined {
  const file = join(dir, fund.file);
  if (!existsSync(file)) return undefined;
  const close = { name: 'close', rule: 'positive', unit: 'USD', blank: 'missing' } as const;
  const series = parseCsvSeries(
    { file, text: readFileSync(file, 'utf8') },
    { file: fund.file, key: 'date', columns: [close] },
  );
  return { day: series.day, level: seriesColumn(series, 'close') };
}

function fundDocument(row: {
  readonly fund: VxFund;
  readonly tracking: ReturnType<typeof trackingOf>;
  readonly reason: string;
}): Readonly<Record<string, unknown>> {
  const { fund, tracking, reason } = row;
  if (tracking === undefined) return { name: fund.name, tracking: null, trackingReason: reason };
  const { sameCloseTrackingError: sameClose } = tracking;
  return {
    name: fund.name,
    fee: fund.fee,
    source: fund.source,
    tracking: {
      ...tracking,
      from: iso(tracking.from),
      to: iso(tracking.to),
      sameCloseTrackingError: sameClose ?? null,
      ...(sameClose === undefined && {
        sameCloseTrackingErrorReason: 'no prices since 2020-10-26',
      }),
    },
  };
}

function anchorDocument(check: AnchorCheck): Readonly<Record<string, unknown>> {
  const { anchor, replicated, difference, isWithin } = check;
  return {
    from: iso(anchor.from),
    to: iso(anchor.to),
    published: anchor.published,
    replicated,
    difference,
    tolerance: anchor.tolerance,
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

function levelRows({ day, level }: DatedLevels): readonly (readonly [string, number])[] {
  return Array.from(day, (each, i) => [iso(each), level[i] ?? Number.NaN] as const);
}

function iso(day: number): string {
  return formatIsoDate(asEpochDay(day));
}

function percent(fraction: number): string {
  const text = (100 * fraction).toFixed(2);
  return `${text === '-0.00' ? '0.00' : text} %`;
}
