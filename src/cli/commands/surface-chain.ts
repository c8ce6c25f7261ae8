import { AM } from '../../contracts/contract-kind.ts';
import type { OptionChain } from '../../market/option-chain.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import { fitSurface, rejectedCount } from '../../volatility/fitted-surface.ts';
import type { FittedSlice, FittedSurface, SliceQuality } from '../../volatility/fitted-surface.ts';
import type { SsviSurface } from '../../volatility/ssvi-fit.ts';
import { monitorParity } from '../../volatility/parity-monitor.ts';
import type { ExpiryParity } from '../../volatility/parity-monitor.ts';
import type { JsonDocument } from '../output.ts';
import { textTable } from '../../report/text-table.ts';

/** A chain's fitted surface and parity. */
export interface ChainSurface {
  readonly chain: OptionChain;
  readonly fitted: FittedSurface;
  readonly parity: readonly ExpiryParity[];
}

/** The surface and parity of a chain; `rate` is the continuous bill rate per year. */
export function surfaceOfChain(
  chain: OptionChain,
  rate: number,
  kind: 'spx-option' | 'xsp-option',
): ChainSurface {
  return {
    chain,
    fitted: fitSurface(chain, { rate: () => rate }),
    parity: monitorParity(chain, { billRate: rate, kind, previous: undefined }),
  };
}

/** The surface as a JSON document. */
export function chainSurfaceJson({ chain, fitted, parity }: ChainSurface): JsonDocument {
  return {
    schema: 'alvh/surface-chain/1',
    underlying: chain.underlying,
    date: formatIsoDate(chain.quoteDay),
    ssvi:
      fitted.ssvi === undefined
        ? null
        : { rho: fitted.ssvi.rho, eta: fitted.ssvi.eta, gamma: fitted.ssvi.gamma },
    ...(fitted.ssvi === undefined && { ssviReason: 'no expiry could be fitted' }),
    slices: fitted.slices.map((slice) => sliceJson(slice, parityOf(parity, slice))),
    skipped: fitted.skipped.map(({ expiry, settlement, reason, strikes }) => ({
      ...expiryJson(expiry, settlement),
      reason,
      strikes,
    })),
  };
}

function sliceJson(slice: FittedSlice, parity: ExpiryParity | undefined): object {
  const { forward, discount, discountSource, forwardError, pairs } = slice.parity;
  return {
    ...expiryJson(slice.expiry, slice.settlement),
    years: slice.years,
    forward,
    forwardError,
    discount,
    discountSource,
    pairs,
    dividendYield: finite(parity?.dividendYield),
    boxRate: finite(parity?.box?.rate),
    boxOverBill: finite(parity?.boxOverBill),
    isBlocked: parity?.isBlocked ?? null,
    staleStrikes: parity?.residuals.filter(({ isStale }) => isStale).map(({ strike }) => strike),
    blocks: parity?.blocks,
    edges: parity?.edges,
    used: slice.points.points.length,
    rejected: slice.rejected,
    svi: { ...slice.svi, repair: slice.sviRepair, ...qualityJson(slice.sviQuality) },
    essvi: { ...slice.essvi, ...qualityJson(slice.essviQuality) },
    ssvi: qualityJson(slice.ssviQuality),
  };
}

function qualityJson({ coreRmse, leastButterfly, calendarGap }: SliceQuality): object {
  return {
    coreRmse: finite(coreRmse),
    leastButterfly,
    calendarGap: finite(calendarGap),
    hasArbitrage: isFlagged({ coreRmse, leastButterfly, calendarGap }),
  };
}

function expiryJson(expiry: number, settlement: number): object {
  return {
    expiry: formatIsoDate(asEpochDay(expiry)),
    settlement: settlement === AM ? 'AM' : 'PM',
  };
}

/** The surface as a table, one expiry a line. */
export function chainSurfaceText({ chain, fitted, parity }: ChainSurface): string {
  const head = [
    'expiry',
    '',
    'days',
    'forward',
    'yield %',
    'box-bill bp',
    'atm vol %',
    'used',
    'left out',
    'SVI rmse',
    'eSSVI rmse',
    'SSVI rmse',
    'rho',
    'eta',
    'flags',
  ];
  const rows = fitted.slices.map((slice) => textRow(slice, parityOf(parity, slice)));
  const skipped = fitted.skipped.map(
    ({ expiry, reason }) => `${formatIsoDate(asEpochDay(expiry))} ${reason}`,
  );
  return (
    `${chain.underlying} ${formatIsoDate(chain.quoteDay)}: ${fitted.slices.length} expiries\n\n` +
    textTable([head, ...rows]) +
    (fitted.ssvi === undefined ? '' : `\n${ssviLine(fitted.ssvi)}\n`) +
    (skipped.length === 0 ? '' : `\nleft out: ${skipped.join(', ')}\n`)
  );
}

function ssviLine({ rho, eta, gamma }: SsviSurface): string {
  return (
    `SSVI for all expiries: rho ${rho.toFixed(2)}, phi = ${eta.toFixed(2)} ` +
    `theta^-${gamma.toFixed(2)} (1 + theta)^-${(1 - gamma).toFixed(2)}`
  );
}

function textRow(slice: FittedSlice, parity: ExpiryParity | undefined): readonly string[] {
  const { theta, rho, psi } = slice.essvi;
  const isArbitrage = isFlagged(slice.sviQuality) || isFlagged(slice.essviQuality);
  const edges = parity?.edges.length ?? 0;
  const flags = [
    ...(slice.sviRepair === 'none' ? [] : [`repaired ${slice.sviRepair}`]),
    ...(isArbitrage ? ['arbitrage'] : []),
    ...(parity?.isBlocked === true ? ['stale near the money'] : []),
    ...(edges > 0 ? [`${edges} edges`] : []),
  ];
  return [
    formatIsoDate(asEpochDay(slice.expiry)),
    slice.settlement === AM ? 'AM' : 'PM',
    (365 * slice.years).toFixed(1),
    slice.parity.forward.toFixed(2),
    fixed(100 * (parity?.dividendYield ?? Number.NaN), 2),
    fixed(1e4 * (parity?.boxOverBill ?? Number.NaN), 0),
    (100 * Math.sqrt(slice.points.atmVariance / slice.years)).toFixed(2),
    String(slice.points.points.length),
    String(rejectedCount(slice.rejected)),
    fixed(slice.sviQuality.coreRmse, 2),
    fixed(slice.essviQuality.coreRmse, 2),
    fixed(slice.ssviQuality.coreRmse, 2),
    rho.toFixed(2),
    (psi / Math.sqrt(theta)).toFixed(2),
    flags.join(', ') || '-',
  ];
}

function parityOf(
  parity: readonly ExpiryParity[],
  { expiry, settlement }: FittedSlice,
): ExpiryParity | undefined {
  return parity.find((term) => term.expiry === expiry && term.settlement === settlement);
}

/** Beyond rounding. */
function isFlagged({ leastButterfly, calendarGap }: SliceQuality): boolean {
  return leastButterfly < -1e-9 || calendarGap > 1e-9;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : 'no data';
}
