import { KIND_SYMBOLS } from '../contracts/contract-kind.ts';
import type { RunRecord, TradeLeg, TradeRecord } from '../engine/run-record.ts';
import { formatIsoDate } from '../time/epoch-day.ts';

const HEADER =
  'policy,id,sleeve,structure,opened,closed,quantity,legs,premium,fees,spread_cost,max_loss,pnl,' +
  'open_reason,close_reason';

/**
 * The blotter of all runs as CSV (RFC 4180): one row per closed trade. Legs read
 * `-2 SPX 2024-03-15 AM 4800P 12.35>4.10`: signed contracts, series, entry and exit price.
 */
export function tradesCsv(records: readonly RunRecord[]): string {
  const rows = records.flatMap((record) => record.trades.map((trade) => row(record, trade)));
  return `${[HEADER, ...rows].join('\r\n')}\r\n`;
}

function row(record: RunRecord, trade: TradeRecord): string {
  const fields = [
    record.policy,
    String(trade.id),
    trade.sleeve,
    trade.structure,
    formatIsoDate(trade.openedDay),
    formatIsoDate(trade.closedDay),
    String(trade.quantity),
    trade.legs.map(legText).join('; '),
    trade.premium.toFixed(2),
    trade.fees.toFixed(2),
    trade.spreadCost.toFixed(2),
    trade.maxLoss === null ? '' : trade.maxLoss.toFixed(2),
    trade.pnl.toFixed(2),
    trade.openReason,
    trade.closeReason,
  ];
  return fields.map(quote).join(',');
}

function legText(leg: TradeLeg): string {
  const letter = leg.right === 'call' ? 'C' : 'P';
  const strike = leg.right === undefined ? '' : ` ${leg.strike}${letter}`;
  const root = KIND_SYMBOLS[leg.kind];
  const series =
    leg.kind === 'etp' ? root : `${root} ${formatIsoDate(leg.expiry)} ${leg.settlement}${strike}`;
  return `${leg.quantity} ${series} ${leg.entryPrice.toFixed(2)}>${leg.exitPrice.toFixed(2)}`;
}

/** Quotes a field that needs it, and disarms text a spreadsheet would run as a formula. */
function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
