import type { MarketPath } from '../market/market-path.ts';
import { toCents } from '../money/cents.ts';
import { LEDGER, Ledger } from '../portfolio/ledger.ts';
import type { SecondEngineRule } from '../strategy/policy.ts';
import { CASH_SPREADS } from './accrue.ts';

/** What the second engine did beside the account; dollars. */
export interface SecondEngineRecord {
  /** Capital brought beside the account's deposit. */
  readonly capital: number;
  /** Equity at each close, one row per traded session. */
  readonly equityClose: Float64Array;
  /** Calls of its own margin, each met by selling at that close. */
  readonly marginCalls: number;
  /** Row at which its loss limit ended it (bills from then on); -1 = never. */
  readonly stoppedRow: number;
}

const SLEEVE = 0;

/**
 * Runs the second engine over a path: its own capital, ledger, leverage and margin. It sees the
 * market and its rule only, never the account, so that nothing can spill over.
 *
 * Holdings earn the bill (ACT/360), or the index's price return and dividend yield; a debt pays
 * bill + 1.5 %. Equity below `maintenance` of the holdings sells down to the rule's leverage;
 * equity at the loss limit sells all. Leverage is set once and never raised.
 */
export function runSecondEngine(
  path: MarketPath,
  rule: SecondEngineRule,
  deposit: number,
): SecondEngineRecord {
  const ledger = new Ledger(1);
  const capital = toCents(deposit * rule.capital);
  ledger.post(LEDGER.deposit, SLEEVE, 'securities', capital);
  const equityClose = new Float64Array(path.length - path.start);
  let debt = Math.round(capital * (rule.leverage - 1));
  let marginCalls = 0;
  let stoppedRow = -1;
  for (let session = path.start; session < path.length; session += 1) {
    const row = session - path.start;
    if (row > 0) {
      const holdings = ledger.equity + debt;
      const inBills = rule.holding === 'bills' || stoppedRow >= 0;
      const earned =
        holdings * (inBills ? billReturn(path, session, 0) : indexReturn(path, session));
      const owed = debt * billReturn(path, session, CASH_SPREADS.debit);
      const kind = inBills ? LEDGER.interest : LEDGER['index-return'];
      ledger.post(kind, SLEEVE, 'securities', Math.round(earned) + 0);
      ledger.post(LEDGER.interest, SLEEVE, 'securities', -Math.round(owed) + 0);
    }
    const equity = ledger.equity;
    if (debt > 0 && !(equity >= rule.maintenance * (equity + debt))) {
      marginCalls += 1;
      debt = Math.max(0, Math.round(equity * (rule.leverage - 1)));
    }
    if (stoppedRow < 0 && !(equity > capital * (1 - rule.lossLimit))) {
      stoppedRow = row;
      debt = 0;
    }
    equityClose[row] = equity / 100;
  }
  ledger.check();
  return { capital: capital / 100, equityClose, marginCalls, stoppedRow };
}

/** Return of a bill plus a spread since the session before, simple, ACT/360. */
function billReturn(path: MarketPath, session: number, spread: number): number {
  const days = (path.day[session] ?? 0) - (path.day[session - 1] ?? 0);
  const rate = Math.expm1(path.billRate[session - 1] ?? Number.NaN) + spread;
  return (Math.max(0, rate) * days) / 360;
}

/** Price return and dividend yield of SPX since the session before. */
function indexReturn(path: MarketPath, session: number): number {
  const price =
    (path.spxClose[session] ?? Number.NaN) / (path.spxClose[session - 1] ?? Number.NaN) - 1;
  const days = (path.day[session] ?? 0) - (path.day[session - 1] ?? 0);
  return price + (path.dividendYield[session] ?? Number.NaN) * (days / 365);
}
