import { CALL, CONTRACT_KINDS, PM, PUT } from '../contracts/contract-kind.ts';
import type { OptionRight } from '../contracts/contract-kind.ts';
import { SLEEVES } from '../portfolio/sleeve.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { OpenTrade } from './open-trade.ts';
import type { TradeRecord } from './run-record.ts';

/** The blotter's record of a finished trade; exit prices are averages over its units. */
export function tradeRecord(trade: OpenTrade, closedDay: number, reason: string): TradeRecord {
  return {
    id: trade.id,
    sleeve: SLEEVES[trade.sleeve] ?? 'core',
    structure: trade.structure,
    openedDay: asEpochDay(trade.openedDay),
    closedDay: asEpochDay(closedDay),
    quantity: trade.units,
    legs: trade.legs.map((leg) => ({
      kind: CONTRACT_KINDS[leg.kind] ?? 'spx-option',
      right: rightName(leg.right),
      strike: leg.strike,
      expiry: asEpochDay(leg.expiry),
      settlement: leg.settlement === PM ? 'PM' : 'AM',
      quantity: leg.ratio * trade.units,
      entryPrice: leg.entryPrice,
      exitPrice: leg.exitSum / trade.units,
    })),
    premium: trade.premiumCents / 100,
    fees: trade.feeCents / 100,
    spreadCost: trade.spreadCents / 100,
    maxLoss: trade.maxLossPerUnit === undefined ? null : trade.maxLossPerUnit * trade.units,
    pnl: trade.cashCents / 100,
    openReason: trade.openReason,
    closeReason: reason,
    ...chainOf(trade),
  };
}

/** The chain of a trade that was rolled or came from a roll. */
function chainOf({ chain }: OpenTrade): Pick<TradeRecord, 'chain'> {
  if (chain === undefined || (chain.rolls === 0 && chain.phase !== 'SHIFTING')) return {};
  return { chain: { id: chain.id, roll: chain.rolls } };
}

function rightName(code: number): OptionRight | undefined {
  if (code === CALL) return 'call';
  return code === PUT ? 'put' : undefined;
}
