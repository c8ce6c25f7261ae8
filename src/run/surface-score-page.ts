import { quantile } from '../math/quantile.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { rejectedCount } from '../volatility/fitted-surface.ts';
import type { FittedSlice } from '../volatility/fitted-surface.ts';
import { summariseErrors } from '../volatility/surface-score.ts';
import type { ScoredPoint } from '../volatility/surface-score.ts';
import { POINT_REJECTIONS } from '../volatility/vol-points.ts';
import type { ChainScore, SurfaceScore, UnscoredChain } from './score-surface.ts';

interface Band {
  readonly name: string;
  /** From this value on, below `to`. */
  readonly from: number;
  readonly to: number;
}

const TENORS: readonly Band[] = [
  { name: '0-7 days', from: 0, to: 7.5 },
  { name: '8-23 days', from: 7.5, to: 23.5 },
  { name: '24-45 days', from: 23.5, to: 45.5 },
  { name: '46-93 days', from: 45.5, to: 93.5 },
  { name: '94-184 days', from: 93.5, to: 184.5 },
  { name: '185 days on', from: 184.5, to: Number.POSITIVE_INFINITY },
];

const MONEYNESS: readonly Band[] = [
  { name: 'z < -5', from: Number.NEGATIVE_INFINITY, to: -5 },
  { name: '-5 to -2.5', from: -5, to: -2.5 },
  { name: '-2.5 to -1.5', from: -2.5, to: -1.5 },
  { name: '-1.5 to -0.5', from: -1.5, to: -0.5 },
  { name: '-0.5 to 0.5', from: -0.5, to: 0.5 },
  { name: '0.5 to 1.5', from: 0.5, to: 1.5 },
  { name: 'z >= 1.5', from: 1.5, to: Number.POSITIVE_INFINITY },
];

const CORE: Band = { name: 'core', from: -1.5, to: 1.5 };
/** Tenors the surface is made for: from the shortest pillar's side of a week to the last pillar. */
const PILLAR_SPAN: Band = { name: '8-184 days', from: 7.5, to: 184.5 };
const MOMENTS = ['close', 'intraday'] as const;

/**
 * The score of the index-only surface as a Markdown page: errors by tenor and moneyness, quality of
 * the fitted surfaces, parity, and the score of each day. Depends on the score alone.
 */
export function surfaceScorePage(score: SurfaceScore): string {
  const { chains, unscored } = score;
  const rows = chains.reduce((sum, { points }) => sum + points.length, 0);
  return [
    '# Score of the index-only surface',
    '',
    'Made by `npm run -s alvh -- surface --score CHAINS --data MARKET > docs/surface-score.md`.',
    '',
    `${rows} quoted volatilities of ${chains.length} SPX chains against the SSVI surface that VIX9D,`,
    'VIX, VIX3M, VIX6M and SKEW of the same day give. Error = surface less quote in volatility',
    'points, out-of-the-money options with a bid, each expiry at its own parity forward. z is',
    'ln(K/F) over the at-the-money standard deviation; the core is |z| < 1.5. Chains whose index',
    'level is the close are compared with closing indices of the same minute; intraday chains with',
    'closing indices of the same day, so their errors hold what the market moved until the close.',
    'Options within a week stand apart: no index reaches there, and the surface assumes their skew.',
    '',
    ...MOMENTS.flatMap((moment) => errorSection(chains, moment)),
    ...fitSection(chains),
    ...paritySection(chains),
    ...daySection(chains),
    ...unscoredSection(unscored),
  ].join('\n');
}

function errorSection(
  chains: readonly ChainScore[],
  moment: ChainScore['moment'],
): readonly string[] {
  const chosen = chains.filter((chain) => chain.moment === moment);
  const points = chosen.flatMap((chain) => chain.points);
  const title =
    moment === 'close'
      ? 'Errors at the close'
      : 'Errors of intraday chains against closing indices';
  const cell = (at: readonly ScoredPoint[]): string => {
    const { count, bias, rmse } = summariseErrors(at);
    return count === 0 ? '–' : `${fixed(rmse)} (${signed(bias)})`;
  };
  const body = TENORS.map((tenor) => {
    const inTenor = points.filter(({ days }) => isIn(tenor, days));
    return [
      tenor.name,
      String(inTenor.length),
      ...MONEYNESS.map((band) =>
        cell(inTenor.filter(({ standardised }) => isIn(band, standardised))),
      ),
      cell(inTenor.filter(({ standardised }) => isIn(CORE, standardised))),
    ];
  });
  return [
    `## ${title}`,
    '',
    `${chosen.length} chains. Root mean square error, mean error in brackets.`,
    '',
    ...table([['tenor', 'quotes', ...MONEYNESS.map(({ name }) => name), 'core'], ...body]),
    '',
  ];
}

function fitSection(chains: readonly ChainScore[]): readonly string[] {
  const slices = chains.flatMap(({ fitted }) => fitted.slices);
  const skipped = chains.flatMap(({ fitted }) => fitted.skipped);
  const used = slices.reduce((sum, { points }) => sum + points.points.length, 0);
  const rejected = slices.reduce((sum, slice) => sum + rejectedCount(slice.rejected), 0);
  const byReason = POINT_REJECTIONS.map((reason) => {
    const count = slices.reduce((sum, slice) => sum + slice.rejected[reason], 0);
    return `${reason} ${count}`;
  });
  const reasons = [...new Set(skipped.map(({ reason }) => reason))].toSorted();
  const skips = reasons.map(
    (reason) => `${reason} ${skipped.filter((term) => term.reason === reason).length}`,
  );
  return [
    '## Fitted surfaces',
    '',
    'Raw SVI per expiry and one eSSVI surface, fitted to the same quotes: root mean square error of',
    'the core in volatility points, median and 95 % over expiries. A repair changed the best fit to',
    'remove a butterfly or a calendar; flags count expiries with arbitrage left over.',
    '',
    ...table([
      ['tenor', 'expiries', 'SVI', 'SVI 95 %', 'eSSVI', 'eSSVI 95 %', 'repaired', 'flags'],
      ...TENORS.map((tenor) => fitRow(tenor, slices)),
    ]),
    '',
    `Quotes used ${used}, left out ${rejected}: ${byReason.join(', ')}.`,
    `Expiries left out: ${skips.join(', ') || 'none'}.`,
    '',
  ];
}

function fitRow(tenor: Band, slices: readonly FittedSlice[]): readonly string[] {
  const within = slices.filter(({ years }) => isIn(tenor, 365 * years));
  const svi = within.map(({ sviQuality }) => sviQuality.coreRmse);
  const essvi = within.map(({ essviQuality }) => essviQuality.coreRmse);
  const flags = within.filter(
    ({ sviQuality, essviQuality }) => hasArbitrage(sviQuality) || hasArbitrage(essviQuality),
  );
  return [
    tenor.name,
    String(within.length),
    fixed(at(svi, 0.5)),
    fixed(at(svi, 0.95)),
    fixed(at(essvi, 0.5)),
    fixed(at(essvi, 0.95)),
    String(within.filter(({ sviRepair }) => sviRepair !== 'none').length),
    String(flags.length),
  ];
}

/** Beyond rounding. */
function hasArbitrage({ leastButterfly, calendarGap }: FittedSlice['sviQuality']): boolean {
  return leastButterfly < -1e-9 || calendarGap > 1e-9;
}

function paritySection(chains: readonly ChainScore[]): readonly string[] {
  const rows = MOMENTS.map((moment) => {
    const terms = chains.filter((chain) => chain.moment === moment).flatMap(({ parity }) => parity);
    const residuals = terms.flatMap((term) => term.residuals);
    const months = terms.filter(({ years }) => years >= 30 / 365 && years <= 1);
    return [
      moment,
      String(terms.length),
      String(residuals.length),
      fixed(
        at(
          residuals.map(({ residual }) => Math.abs(residual)),
          0.5,
        ),
      ),
      String(residuals.filter(({ isStale }) => isStale).length),
      String(terms.filter(({ isBlocked }) => isBlocked).length),
      String(terms.filter(({ edges }) => edges.length > 0).length),
      signed(
        1e4 *
          at(
            months.map(({ boxOverBill }) => boxOverBill),
            0.5,
          ),
        0,
      ),
      fixed(
        100 *
          at(
            months.map(({ dividendYield }) => dividendYield),
            0.5,
          ),
      ),
    ];
  });
  return [
    '## Parity',
    '',
    'Residual of put-call parity in index points (median of the absolute value); quotes stale under',
    'R-05; expiries that pricing should wait for; expiries with a conversion or reversal left after',
    'bid-ask and fees; and of 30 days to a year the medians of the box rate over the three-month',
    'bill and of the dividend yield. Reported, never traded.',
    '',
    ...table([
      [
        'taken',
        'expiries',
        'strikes',
        'residual',
        'stale',
        'blocked',
        'with edge',
        'box over bill bp',
        'yield %',
      ],
      ...rows,
    ]),
    '',
  ];
}

function daySection(chains: readonly ChainScore[]): readonly string[] {
  const body = chains.map(({ day, moment, vix, points, fitted }) => {
    const span = points.filter(({ days }) => isIn(PILLAR_SPAN, days));
    const core = summariseErrors(span.filter(({ standardised }) => isIn(CORE, standardised)));
    const week = summariseErrors(
      points.filter(({ days, standardised }) => days < 7.5 && isIn(CORE, standardised)),
    );
    return [
      formatIsoDate(asEpochDay(day)),
      moment,
      fixed(vix),
      String(fitted.slices.length),
      String(points.length),
      fixed(core.rmse),
      signed(core.bias),
      fixed(week.rmse),
      signed(week.bias),
    ];
  });
  return [
    '## By day',
    '',
    'Core errors over 8-184 days and, apart, within a week.',
    '',
    ...table([
      [
        'day',
        'taken',
        'VIX close',
        'expiries',
        'quotes',
        'rmse 8-184 d',
        'mean',
        'rmse 0-7 d',
        'mean 0-7 d',
      ],
      ...body,
    ]),
    '',
  ];
}

function unscoredSection(unscored: readonly UnscoredChain[]): readonly string[] {
  if (unscored.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { file, reason } of unscored) {
    const key = `${file}: ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [
    '## Not scored',
    '',
    ...[...counts].map(([key, count]) => `- ${key}${count > 1 ? ` (${count} sessions)` : ''}`),
    '',
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const [header = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...body.map(line)];
}

function isIn({ from, to }: Band, value: number): boolean {
  return value >= from && value < to;
}

/** Quantile of the finite values; NaN without any. */
function at(values: readonly number[], p: number): number {
  const finite = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  return finite.length === 0 ? Number.NaN : quantile(finite, p);
}

function fixed(value: number, digits: number = 2): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function signed(value: number, digits: number = 2): string {
  return Number.isFinite(value) ? `${value < 0 ? '' : '+'}${value.toFixed(digits)}` : '–';
}
