import { invariant } from '../core/invariant.ts';

/** Ledger entry kinds; every cent that moves equity is booked under exactly one. */
export type LedgerKind =
  | 'deposit'
  | 'premium'
  | 'fee'
  | 'settlement'
  | 'variation'
  | 'interest'
  | 'revaluation'
  | 'index-return';

/** Every ledger kind; its place here is its code and its column. */
export const LEDGER_KINDS: readonly LedgerKind[] = [
  'deposit',
  'premium',
  'fee',
  'settlement',
  'variation',
  'interest',
  'revaluation',
  'index-return',
];

/** Codes of the ledger kinds. */
export const LEDGER: Readonly<Record<LedgerKind, number>> = {
  deposit: 0,
  premium: 1,
  fee: 2,
  settlement: 3,
  variation: 4,
  interest: 5,
  revaluation: 6,
  'index-return': 7,
};

/** The account a ledger entry moves: a cash segment, or the carried value of options or stock. */
export type LedgerAccount = 'securities' | 'futures' | 'holdings';

/**
 * Cash and carried values of one account in integer cents. Equity is the sum of the three
 * accounts, and every change of it is one entry of one kind and one sleeve; transfers between the
 * cash segments cancel. `check` proves both sums equal at any time.
 */
export class Ledger {
  /** Cash of the securities segment, cents. */
  securities = 0;
  /** Cash of the futures segment, cents. */
  futures = 0;
  /** Carried value of options (and of the index holding), cents. */
  holdings = 0;
  /** Sum of entries per kind since the start, cents. */
  readonly byKind: Float64Array = new Float64Array(LEDGER_KINDS.length);
  /** Sum of entries per sleeve since the start, cents; deposits excluded. */
  readonly bySleeve: Float64Array;

  constructor(sleeves: number) {
    this.bySleeve = new Float64Array(sleeves);
  }

  /** Books an entry. Cents must be an integer; a non-finite amount is a programmer error. */
  post(kind: number, sleeve: number, account: LedgerAccount, cents: number): void {
    invariant(Number.isSafeInteger(cents), 'a ledger entry is whole cents', cents);
    // A switch: an account's name as a key is looked up anew at every entry.
    switch (account) {
      case 'securities':
        this.securities += cents;
        break;
      case 'futures':
        this.futures += cents;
        break;
      case 'holdings':
        this.holdings += cents;
        break;
    }
    this.byKind[kind] = (this.byKind[kind] ?? 0) + cents;
    if (kind !== LEDGER.deposit) this.bySleeve[sleeve] = (this.bySleeve[sleeve] ?? 0) + cents;
  }

  /** Moves cash from the securities to the futures segment (negative: back). */
  transferToFutures(cents: number): void {
    invariant(Number.isSafeInteger(cents), 'a transfer is whole cents', cents);
    this.securities -= cents;
    this.futures += cents;
  }

  /** Net liquidation value, cents. */
  get equity(): number {
    return this.securities + this.futures + this.holdings;
  }

  /** Throws unless the entries add up to equity, by kind and by sleeve, to the cent. */
  check(): void {
    const kinds = sumOf(this.byKind);
    const sleeves = (this.byKind[LEDGER.deposit] ?? 0) + sumOf(this.bySleeve);
    invariant(kinds === this.equity, 'entries less equity are 0 cents', kinds - this.equity);
    invariant(sleeves === this.equity, 'sleeves less equity are 0 cents', sleeves - this.equity);
  }
}

function sumOf(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i += 1) sum += column[i] ?? Number.NaN;
  return sum;
}
