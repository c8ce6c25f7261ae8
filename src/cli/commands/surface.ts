import { PILLAR_DAYS, PILLARS, VX_NODES } from '../../market/market-path.ts';
import type { MarketPath } from '../../market/market-path.ts';
import { PROVENANCES } from '../../market/provenance.ts';
import type { Provenance } from '../../market/provenance.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { DataError } from '../../data/data-error.ts';
import { loadHistoricalMarket } from '../../data/historical-market.ts';
import { scoreChains } from '../../run/score-surface.ts';
import { surfaceScorePage } from '../../run/surface-score-page.ts';
import { etaAtTenor, pillarIndexVol, SSVI_RHO } from '../../volatility/ssvi-surface.ts';
import { chainOfFile, rateOption } from '../chain-input.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalDate, requiredDate, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { textTable } from '../../report/text-table.ts';
import { UsageError } from '../usage-error.ts';
import { chainSurfaceJson, chainSurfaceText, surfaceOfChain } from './surface-chain.ts';

/** `alvh surface`: the SPX surface and the VX curve of one day, or of a chain, or its score. */
export const SURFACE: Command = {
  name: 'surface',
  summary: 'SPX volatility surface and VX curve of one day',
  operands: [],
  options: [
    { name: 'data', kind: 'value', valueName: 'DIR', summary: 'folder of market data files' },
    { name: 'date', kind: 'value', valueName: 'DATE', summary: 'trading session, YYYY-MM-DD' },
    {
      name: 'chain',
      kind: 'value',
      valueName: 'FILE',
      summary: 'fit a chain file instead: SVI, eSSVI and parity by expiry',
    },
    {
      name: 'rate',
      kind: 'value',
      valueName: 'R',
      summary: 'with --chain: continuous bill rate a year; 0',
    },
    {
      name: 'score',
      kind: 'value',
      valueName: 'DIR',
      summary: 'score the surface of --data against every chain file in a folder',
    },
  ],
  details: [
    'Pillars are the tenors at which the SSVI surface is pinned to the VIX family. theta is ' +
      'at-the-money-forward total variance; rho and eta give the skew at that tenor; atmVol and ' +
      'indexVol are per year (0.20 = 20 %), indexVol being the variance-swap volatility that a ' +
      'VIX of that tenor shows. VX settlements are in VIX points, by final settlement day.',
    'source says where a number comes from: quoted, calibrated or regressed. Values are those ' +
      'known at the close of the day.',
    'A fitted chain has forward, discount factor and dividend yield by put-call parity, the box ' +
      'rate over the bill rate, errors in volatility points within 1.5 standard deviations, and ' +
      'flags: arbitrage repaired or left, stale quotes, conversions that fees leave (reported, ' +
      'never traded).',
    'A score is a Markdown page: errors by tenor and moneyness, options within a week apart.',
  ],
  examples: [
    'alvh surface --data DIR --date 2020-03-16',
    'alvh surface --data DIR --date 2017-11-03 --json',
    'alvh surface --chain quotedata.csv --rate 0.053',
    'alvh surface --score CHAINS --data DIR',
  ],
  run: runSurface,
};

/** One tenor of the surface; NaN where the day has no data. */
interface SurfacePillar {
  readonly days: number;
  readonly theta: number;
  readonly rho: number;
  readonly eta: number;
  readonly atmVol: number;
  readonly indexVol: number;
  readonly source: Provenance | undefined;
}

interface VxNode {
  readonly expiry: string;
  readonly settle: number;
  readonly source: Provenance | undefined;
}

async function runSurface(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const names = ['chain', 'score'].filter((name) => args.values.has(name));
  if (names.length > 1) throw new UsageError('give --chain or --score, not both');
  if (args.values.has('chain')) return runChain(context);
  if (args.values.has('rate')) throw new UsageError('--rate goes with --chain');
  if (args.values.has('score')) return runScore(context);
  const dir = requiredText(args, 'data');
  const date = requiredDate(args, 'date');
  const { path } = loadHistoricalMarket({ dir, from: date, to: date, counterfactual: false });
  const session = sessionOf(path, date, dir);
  const spot = path.spxClose[session] ?? Number.NaN;
  const pillars = pillarsOf(path, session);
  const nodes = vxNodesOf(path, session);
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/surface/1',
      date: formatIsoDate(date),
      ...orNull('spot', spot),
      pillars: pillars.map((pillar) => ({
        days: pillar.days,
        ...orNull('theta', pillar.theta),
        rho: pillar.rho,
        ...orNull('eta', pillar.eta),
        ...orNull('atmVol', pillar.atmVol),
        ...orNull('indexVol', pillar.indexVol),
        source: pillar.source ?? null,
      })),
      vx: nodes.map(({ expiry, settle, source }) => ({
        expiry,
        ...orNull('settle', settle),
        source: source ?? null,
      })),
    });
    return OK;
  }
  await stdout.write(`SPX ${spot.toFixed(2)} on ${formatIsoDate(date)}\n\n`);
  await stdout.write(pillarTable(pillars));
  await stdout.write(`\n${vxTable(nodes)}`);
  return OK;
}

async function runChain({ args, stdout }: CommandContext): Promise<ExitCode> {
  if (args.values.has('data')) throw new UsageError('--chain needs no --data');
  const file = requiredText(args, 'chain');
  const chain = await chainOfFile(file, optionalDate(args, 'date'));
  const kind = chain.underlying === 'XSP' ? 'xsp-option' : 'spx-option';
  const surface = surfaceOfChain(chain, rateOption(args), kind);
  if (surface.fitted.slices.length === 0) {
    throw new DataError({
      code: 'no-data',
      file,
      rule: 'a surface needs an expiry with seven out-of-the-money quotes around its forward',
      value: `${surface.fitted.skipped.length} expiries, none with them`,
      remedy: 'give a chain with bids and asks on both sides of the money',
    });
  }
  if (args.flags.has('json')) await writeJson(stdout, chainSurfaceJson(surface));
  else await stdout.write(chainSurfaceText(surface));
  return OK;
}

async function runScore({ args, stdout }: CommandContext): Promise<ExitCode> {
  if (args.flags.has('json')) throw new UsageError('--score gives a page, no --json');
  if (args.values.has('date')) throw new UsageError('--score takes every day of the folder');
  const score = await scoreChains(requiredText(args, 'score'), requiredText(args, 'data'));
  await stdout.write(surfaceScorePage(score));
  return OK;
}

function sessionOf(path: MarketPath, date: EpochDay, dir: string): number {
  const session = path.day.indexOf(date);
  if (session >= 0) return session;
  throw new DataError({
    code: 'no-data',
    file: dir,
    rule: '--date must be a trading session of the data',
    value: formatIsoDate(date),
    remedy: 'choose a day on which the exchange was open',
  });
}

function pillarsOf(path: MarketPath, session: number): readonly SurfacePillar[] {
  const eta30 = path.eta[session] ?? Number.NaN;
  return PILLAR_DAYS.map((days, pillar) => {
    const theta = path.theta[session * PILLARS + pillar] ?? Number.NaN;
    const years = days / 365;
    return {
      days,
      theta,
      rho: SSVI_RHO,
      eta: etaAtTenor(years, eta30),
      atmVol: Math.sqrt(theta / years),
      indexVol: pillarIndexVol(theta, days, eta30),
      source: PROVENANCES[path.surfaceSource[session] ?? -1],
    };
  });
}

function vxNodesOf(path: MarketPath, session: number): readonly VxNode[] {
  return Array.from({ length: path.vxCount[session] ?? 0 }, (_, node) => {
    const at = session * VX_NODES + node;
    return {
      expiry: formatIsoDate(asEpochDay(path.vxExpiry[at] ?? 0)),
      settle: path.vxSettle[at] ?? Number.NaN,
      source: PROVENANCES[path.vxSource[at] ?? -1],
    };
  });
}

/** A field for JSON: the number, or null with the reason beside it. */
function orNull(name: string, value: number): Readonly<Record<string, number | string | null>> {
  return Number.isFinite(value)
    ? { [name]: value }
    : { [name]: null, [`${name}Reason`]: 'no-data' };
}

function pillarTable(pillars: readonly SurfacePillar[]): string {
  return textTable([
    ['days', 'theta', 'rho', 'eta', 'atm vol %', 'index vol %', 'source'],
    ...pillars.map((pillar) => [
      String(pillar.days),
      fixed(pillar.theta, 6),
      fixed(pillar.rho, 2),
      fixed(pillar.eta, 4),
      fixed(100 * pillar.atmVol, 2),
      fixed(100 * pillar.indexVol, 2),
      pillar.source ?? 'no data',
    ]),
  ]);
}

function vxTable(nodes: readonly VxNode[]): string {
  if (nodes.length === 0) return 'VX: no data (futures listed 2004-03-26)\n';
  return textTable([
    ['VX settles', 'price', 'source'],
    ...nodes.map((node) => [node.expiry, fixed(node.settle, 3), node.source ?? 'no data']),
  ]);
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : 'no data';
}
