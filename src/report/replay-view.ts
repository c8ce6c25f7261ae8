import {
  CALL,
  CONTRACT_KINDS,
  KIND_SYMBOLS,
  NO_EXPIRY,
  NO_RIGHT,
  PM,
} from '../contracts/contract-kind.ts';
import { SPOT_RATIOS } from '../engine/replay-trade.ts';
import type { ReplayedDay, ReplayedLeg, TradeReplay } from '../engine/replay-trade.ts';
import type { AuditEvent, RunRecord, TradeRecord } from '../engine/run-record.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { RuleCheck } from '../strategy/rule-check.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { ReportManifest } from './compare-view.ts';
import { formatNumber, formatPercentChange, formatUsd, formatUsdChange } from './format-number.ts';
import type { JsonValue } from './json-value.ts';
import { ruleJson } from './plan-json.ts';
import { checkFigure } from './plan-view.ts';
import { alignedTable } from './text-table.ts';

/** Input of the text, the document and the page of a replay. */
export interface ReplayReport {
  readonly policy: string;
  readonly market: string;
  readonly manifest: ReportManifest;
  readonly path: MarketPath;
  readonly record: RunRecord;
  readonly trade: TradeReplay | undefined;
}

/** A session of the account with what happened on it. */
export interface AccountDay {
  readonly date: string;
  readonly spx: number;
  readonly vix: number;
  readonly equityClose: number;
  readonly equityWorst: number;
  readonly marginUsed: number;
  readonly excessLiquidity: number;
  readonly unitsOpen: number;
  readonly opened: readonly TradeRecord[];
  readonly closed: readonly TradeRecord[];
  readonly events: readonly AuditEvent[];
}

/** Every session of the account in order. */
export function accountDays({ path, record }: ReplayReport): readonly AccountDay[] {
  const { columns, trades, events } = record;
  return Array.from(columns.day, (at, row): AccountDay => {
    const session = path.start + row;
    return {
      date: formatIsoDate(asEpochDay(at)),
      spx: path.spxClose[session] ?? Number.NaN,
      vix: path.vixClose[session] ?? Number.NaN,
      equityClose: columns.equityClose[row] ?? Number.NaN,
      equityWorst: columns.equityWorst[row] ?? Number.NaN,
      marginUsed: columns.marginUsed[row] ?? Number.NaN,
      excessLiquidity: columns.excessLiquidity[row] ?? Number.NaN,
      unitsOpen: columns.unitsOpen[row] ?? 0,
      opened: trades.filter(({ openedDay }) => openedDay === at),
      closed: trades.filter(({ closedDay }) => closedDay === at),
      events: events.filter(({ day }) => day === at),
    };
  });
}

/** Days on which the account did something, or something was done to it. */
export function eventfulDays(report: ReplayReport): readonly AccountDay[] {
  return accountDays(report).filter(
    ({ opened, closed, events }) =>
      opened.length + closed.length > 0 || events.some(({ kind }) => kind !== 'entry-skipped'),
  );
}

/** What happened on a day, in a few words each. */
export function happenings({ opened, closed, events }: AccountDay): readonly string[] {
  return [
    ...closed.map(
      ({ id, structure, pnl, closeReason }) =>
        `closed ${id} ${structure} (${closeReason}) ${formatUsdChange(pnl)}`,
    ),
    ...opened.map(
      ({ id, structure, quantity, openReason }) =>
        `opened ${id}: ${formatNumber(quantity)} × ${structure} (${openReason})`,
    ),
    ...events.filter(({ kind }) => kind !== 'entry-skipped').map((event) => eventText(event)),
  ];
}

/** An event of the audit with its reason. */
export function eventText({ kind, sleeve, reason }: AuditEvent): string {
  return `${kind.replaceAll('-', ' ')}, ${sleeve}: ${reason}`;
}

/** A leg as `−2 SPX 2020-04-03 PM 3130 put`. */
export function legName(leg: ReplayedLeg): string {
  const kind = CONTRACT_KINDS[leg.kind] ?? 'spx-option';
  const product = kind === 'spx-option' && leg.settlement === PM ? 'SPXW' : KIND_SYMBOLS[kind];
  const expiry = leg.expiry < NO_EXPIRY ? ` ${formatIsoDate(asEpochDay(leg.expiry))}` : '';
  const option =
    leg.right === NO_RIGHT
      ? ''
      : ` ${formatNumber(leg.strike, leg.strike % 1 === 0 ? 0 : 1)} ${leg.right === CALL ? 'call' : 'put'}`;
  return `${formatNumber(leg.quantity)} ${product}${expiry}${option}`;
}

/** How a trade began and ended, in one sentence. */
export function tradeSentence({ id, days, record }: TradeReplay): string {
  const [first] = days;
  if (first === undefined) return `There is no trade ${id}.`;
  const last = days.at(-1);
  if (record === undefined) {
    const now = formatUsdChange(last?.pnl ?? Number.NaN);
    return `Trade ${id}, opened ${formatIsoDate(first.day)}, is open at the end: ${now}.`;
  }
  const { quantity, structure, openReason, closeReason, pnl, closedDay } = record;
  return (
    `Trade ${id}: ${formatNumber(quantity)} × ${structure}, opened ${formatIsoDate(first.day)} ` +
    `(${openReason}), closed ${formatIsoDate(closedDay)} (${closeReason}): ${formatUsdChange(pnl)}.`
  );
}

/** A rule with its value and threshold: `profit-target 1,240 <= 1,100 FAIL`. */
export function checkLine({ id, value, threshold, relation, unit, outcome }: RuleCheck): string {
  return `${id} ${checkFigure(value, unit)} ${relation} ${checkFigure(threshold, unit)} ${outcome}`;
}

/** The replay for a terminal: eventful days of the account, or every day of the trade. */
export function replayText(report: ReplayReport): string {
  const { trade, record, policy, market } = report;
  const head = `${policy}, ${market}\n`;
  if (trade !== undefined) return `${head}${tradeText(trade)}`;
  const rows = eventfulDays(report).map((day) => [
    day.date,
    formatNumber(day.spx, 2),
    formatNumber(day.vix, 2),
    formatUsd(day.equityClose),
    formatUsd(day.excessLiquidity),
    happenings(day).join('; '),
  ]);
  const table = alignedTable(
    [['session', 'SPX', 'VIX', 'equity', 'excess', 'what happened'], ...rows],
    [5],
  );
  return `${head}${table}${record.trades.length} trades closed; --trade ID tells one day by day.\n`;
}

function tradeText(trade: TradeReplay): string {
  const rows = trade.days.map((day) => [
    formatIsoDate(day.day),
    formatNumber(day.spot, 2),
    formatNumber(day.vix, 2),
    day.legs.map(({ mark }) => mark.toFixed(2)).join(' '),
    formatUsdChange(day.pnl),
    formatUsdChange(profitAt(day, 0.95)),
    formatUsdChange(profitAt(day, 1.05)),
    day.exits.map((check) => checkLine(check)).join('; '),
  ]);
  const legs = trade.days[0]?.legs.map((leg) => `  ${legName(leg)}\n`).join('') ?? '';
  const table = alignedTable(
    [['session', 'SPX', 'VIX', 'marks', 'P&L', 'at −5 %', 'at +5 %', 'exit rules'], ...rows],
    [7],
  );
  return `${tradeSentence(trade)}\n${legs}${trade.days.length === 0 ? '' : table}`;
}

/** With volatility moving along: at unchanged volatility a VIX leg would not move at all. */
function profitAt({ shocked }: ReplayedDay, ratio: number): number {
  return shocked[SPOT_RATIOS.indexOf(ratio)] ?? Number.NaN;
}

/** The replay as a document of schema `alvh/replay/1`; dollars and points. */
export function replayJson(report: ReplayReport): {
  readonly schema: string;
  readonly [key: string]: JsonValue;
} {
  const { policy, market, manifest, record, trade } = report;
  return {
    schema: 'alvh/replay/1',
    policy,
    market,
    manifest: {
      codeVersion: manifest.codeVersion,
      configHash: manifest.configHash,
      dataHash: manifest.dataHash,
      seed: manifest.seed,
      node: manifest.node,
    },
    days: accountDays(report).map(({ opened, closed, events, ...day }) => ({
      ...day,
      opened: opened.map(({ id }) => id),
      closed: closed.map(({ id }) => id),
      events: events.map(eventJson),
    })),
    trades: record.trades.map((each) => tradeRecordJson(each)),
    trade: trade === undefined ? null : tradeJson(trade),
    tradeReason: trade === undefined ? 'no --trade was asked for' : undefined,
  };
}

function eventJson({ kind, sleeve, reason, values }: AuditEvent): JsonValue {
  const known = Object.entries(values).filter(([, value]) => Number.isFinite(value));
  return { kind, sleeve, reason, values: Object.fromEntries(known) };
}

function tradeRecordJson(trade: TradeRecord): { readonly [key: string]: JsonValue } {
  const { id, sleeve, structure, openedDay, closedDay, quantity, pnl } = trade;
  return {
    id,
    sleeve,
    structure,
    opened: formatIsoDate(openedDay),
    closed: formatIsoDate(closedDay),
    quantity,
    premium: trade.premium,
    fees: trade.fees,
    spreadCost: trade.spreadCost,
    pnl,
    openReason: trade.openReason,
    closeReason: trade.closeReason,
  };
}

function tradeJson({ id, days, record }: TradeReplay): JsonValue {
  return {
    id,
    ...(record === undefined
      ? { record: null, recordReason: days.length === 0 ? 'no such trade' : 'open at the end' }
      : { record: tradeRecordJson(record) }),
    spotRatios: SPOT_RATIOS,
    days: days.map((day) => ({
      date: formatIsoDate(day.day),
      spx: day.spot,
      vix: day.vix,
      equity: day.equity,
      excessLiquidity: day.excessLiquidity,
      legs: day.legs.map((leg) => ({ leg: legName(leg), quantity: leg.quantity, mark: leg.mark })),
      pnl: day.pnl,
      profile: day.profile,
      shocked: day.shocked,
      atExpiry: day.atExpiry ?? null,
      atExpiryReason: day.atExpiry === undefined ? 'no SPX options of one expiry' : undefined,
      exits: day.exits.map((check) => ruleJson(check)),
      entry: day.entry.map((check) => ruleJson(check)),
      layers: day.layers.map(({ name, phase, trigger, note, budget, spent }) => ({
        name,
        phase,
        trigger,
        note,
        budget,
        spent,
      })),
      events: day.events.map(eventJson),
    })),
  };
}

/** A level of SPX as its change from the day's. */
export function spotChange(ratio: number): string {
  return formatPercentChange(
    ratio - 1,
    Math.abs(ratio * 100 - Math.round(ratio * 100)) > 1e-9 ? 1 : 0,
  );
}
