import { QUOTED, PROVENANCES, SIMULATED } from '../market/provenance.ts';
import type { Provenance } from '../market/provenance.ts';
import { VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { LEDGER_KINDS } from '../portfolio/ledger.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import { LAYERS } from './account-state.ts';
import type { AccountState, LayerName } from './account-state.ts';
import { RecordingSink } from './audit-sink.ts';
import { bookGreeks } from './book-greeks.ts';
import type { EngineContext } from './context.ts';
import { marginFigures, roomToHold } from './margin-figures.ts';
import { legDaysOf } from './leg-days.ts';
import type { LegDay } from './leg-days.ts';
import { legTerms } from './leg-terms-of.ts';
import { closeQuote } from './quoted-legs.ts';
import { runPolicy } from './run-policy.ts';
import type { RunInput } from './run-policy.ts';
import type { LayerRecord, RunColumns, RunRecord } from './run-record.ts';
import { runSecondEngine } from './second-engine.ts';
import { trackOf } from './trading.ts';
import { isFuture } from './valuation.ts';

/** What to run, and how much to keep: `summary` leaves out the greeks. */
export interface RecordInput extends Omit<RunInput, 'sink' | 'observe'> {
  readonly detail: 'full' | 'summary';
  /** `off` keeps only the events that a path's summary is made from; on unless told. */
  readonly audit?: 'on' | 'off';
}

/** Runs one policy over one path and records every day, trade and event of it. */
export function recordRun(input: RecordInput): RunRecord {
  const { path, policy, options, detail } = input;
  const sink = new RecordingSink(input.audit);
  const columns = createColumns(path.length - path.start);
  const coverage = new Float64Array(PROVENANCES.length);
  const legDays: LegDay[] = [];
  const account = runPolicy({
    ...input,
    sink,
    observe: (context, state, session) => {
      recordRow(columns, session, context, state);
      countCoverage(coverage, context, state, session);
      if (detail === 'full') {
        recordGreeks(columns, session, context, state);
        if (context.quotes !== undefined) legDays.push(...legDaysOf(context, state));
      }
      state.ledger.check();
    },
  });
  return {
    policy: policy.name,
    startEquity: options.equity,
    columns,
    trades: sink.trades,
    events: sink.events,
    marginEvents: sink.marginEvents,
    martingale: sink.steps,
    layers: LAYERS.filter((name) => policy.layers[name].enabled).map((name) =>
      layerRecord(account, name),
    ),
    endedBy: account.endedBy,
    endedDay: account.endedDay === undefined ? undefined : asEpochDay(account.endedDay),
    skips: Object.fromEntries(sink.skips),
    coverage: coverageRecord(coverage),
    peakMarginUse: account.peakMarginUse,
    marginWarnings: account.counts.warnings,
    marginCalls: account.counts.calls,
    forcedLiquidations: account.counts.liquidations,
    doublingRefused: account.counts.refused,
    ruined: account.ruinDay !== undefined,
    ruinDay: account.ruinDay === undefined ? undefined : asEpochDay(account.ruinDay),
    ...(input.quotes === undefined ? {} : { legDays }),
    ...(detail === 'full' && policy.secondEngine !== null
      ? { secondEngine: runSecondEngine(path, policy.secondEngine, options.equity) }
      : {}),
  };
}

function createColumns(rows: number): RunColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return {
    day: new Int32Array(rows),
    equityClose: column(),
    equityWorst: column(),
    marginUsed: column(),
    excessLiquidity: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
    sleevePnl: new Float64Array(rows * SLEEVES.length),
    ledger: new Float64Array(rows * LEDGER_KINDS.length),
    unitsOpen: new Int32Array(rows),
  };
}

function recordRow(
  columns: RunColumns,
  session: number,
  context: EngineContext,
  account: AccountState,
): void {
  const { ledger } = account;
  const row = session - context.path.start;
  const { close } = context;
  columns.day[row] = close.day;
  columns.equityClose[row] = ledger.equity / 100;
  columns.equityWorst[row] = account.equityWorst;
  const figures = marginFigures(context, account, close);
  columns.marginUsed[row] = figures.requirement + figures.futuresMaintenance;
  columns.excessLiquidity[row] = Math.min(account.excessLow, roomToHold(figures.margin));
  for (let sleeve = 0; sleeve < SLEEVES.length; sleeve += 1) {
    columns.sleevePnl[row * SLEEVES.length + sleeve] = (ledger.bySleeve[sleeve] ?? 0) / 100;
  }
  columns.ledger.set(ledger.byKind, row * LEDGER_KINDS.length);
  let units = 0;
  for (const trade of account.trades) if (trade.sleeve === 0) units += trade.unitsOpen;
  columns.unitsOpen[row] = units;
}

function recordGreeks(
  columns: RunColumns,
  session: number,
  context: EngineContext,
  account: AccountState,
): void {
  const row = session - context.path.start;
  const greeks = bookGreeks(context, account, session);
  columns.delta[row] = greeks.delta;
  columns.gamma[row] = greeks.gamma;
  columns.vega[row] = greeks.vega;
  columns.theta[row] = greeks.theta;
}

function countCoverage(
  coverage: Float64Array,
  context: EngineContext,
  account: AccountState,
  session: number,
): void {
  const { path } = context;
  const { book } = account;
  for (let slot = 0; slot < book.count; slot += 1) {
    const kind = book.kind[slot] ?? 0;
    const index = kind === SPX_OPTION || kind === XSP_OPTION;
    let code = index ? path.surfaceSource[session] : nodeSource(path, session, book.expiry[slot]);
    // A VIX option is never quoted here: its smile is pinned to VVIX on that day's future.
    if (kind === VIX_OPTION && code === QUOTED) code = 1;
    const isQuoted =
      context.quotes !== undefined && closeQuote(context, legTerms(book, slot))?.kind === 'quoted';
    if (isQuoted) code = QUOTED;
    const place = code ?? SIMULATED;
    coverage[place] = (coverage[place] ?? 0) + 1;
  }
}

function nodeSource(path: MarketPath, session: number, expiry: number | undefined): number {
  const base = session * VX_NODES;
  const count = path.vxCount[session] ?? 0;
  for (let node = 0; node < count; node += 1) {
    if (path.vxExpiry[base + node] === expiry) return path.vxSource[base + node] ?? SIMULATED;
  }
  return 1;
}

function coverageRecord(coverage: Float64Array): Readonly<Record<Provenance, number>> {
  return {
    quoted: coverage[0] ?? 0,
    calibrated: coverage[1] ?? 0,
    regressed: coverage[2] ?? 0,
    simulated: coverage[3] ?? 0,
  };
}

/** A layer's counts; what is still open at the end counts as payoff or cost at its mark. */
export function layerRecord(account: AccountState, name: LayerName): LayerRecord {
  const track = account.layers[name];
  let { cost, payoff } = track;
  for (const trade of account.trades) {
    if (trackOf(account, trade.sleeve) !== track) continue;
    const paid = Math.max(0, -trade.premiumCents) / 100;
    const fees = trade.feeCents / 100;
    const held = carriedDollars(account, trade.id);
    const back = trade.cashCents / 100 + fees + paid + held;
    cost += paid + fees + Math.max(0, -back);
    payoff += Math.max(0, back);
  }
  return {
    sleeve: name,
    openings: track.openings,
    refusals: track.refusals,
    notListed: track.notListed,
    noData: track.noData,
    triggers: track.triggers,
    cost,
    payoff,
    overshoot: track.overshoot,
    rollsProposed: track.rollsProposed,
  };
}

function carriedDollars(account: AccountState, id: number): number {
  const { book } = account;
  let cents = 0;
  for (let slot = 0; slot < book.count; slot += 1) {
    if (book.trade[slot] === id && !isFuture(book.kind[slot] ?? 0))
      cents += book.carried[slot] ?? 0;
  }
  return cents / 100;
}
