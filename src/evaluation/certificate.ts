/**
 * A statement about the largest loss an account can suffer, with every number needed to check it
 * by hand. Dollars unless said; an account's loss is >= 0.
 */
export type Certificate = BookCertificate | PolicyCertificate;

/** The market states a certificate speaks about; outside them it says nothing. */
export interface DeclaredSet {
  /** SPX ends anywhere in [0, infinity), at every expiry independently of every other. */
  readonly spx: 'any level from 0 up, independently at each expiry';
  /** VIX at settlement, VIX points. */
  readonly vixFloor: number;
  readonly vixCap: number;
  /** Least interest rate: a bound at expiry holds before expiry when rates are not negative. */
  readonly minimumRate: 0;
}

/** A leg as the certificate sees it. */
export interface CertifiedLeg {
  readonly underlying: 'SPX' | 'XSP' | 'VIX';
  readonly type: 'call' | 'put' | 'future';
  /** Index points; 0 for a future. */
  readonly strike: number;
  /** ISO date and settlement: legs of one underlying with both equal settle at one value. */
  readonly expiry: string;
  readonly settlement: 'AM' | 'PM';
  /** Contracts, signed. */
  readonly quantity: number;
  /** Dollars per point. */
  readonly multiplier: number;
  /** Entry price of an option, last settlement of a future; points. */
  readonly price: number;
}

/** Legs that settle at one value, and the worst that value can do. */
export interface CertifiedGroup {
  readonly underlying: CertifiedLeg['underlying'];
  readonly expiry: string;
  readonly settlement: 'AM' | 'PM';
  /** Places of its legs in `legs`. */
  readonly legs: readonly number[];
  /** Least settlement value over the declared set, dollars; null = no bound. */
  readonly worstValue: number | null;
  /** Settlement level at which it is reached, points; null when unbounded. */
  readonly worstLevel: number | null;
}

/** What the book a certificate speaks of may lose until everything in it has settled. */
export interface BookCertificate {
  readonly schema: 'alvh/certificate/1';
  readonly kind: 'book';
  readonly date: string;
  readonly declared: DeclaredSet;
  readonly cash: number;
  readonly legs: readonly CertifiedLeg[];
  readonly groups: readonly CertifiedGroup[];
  /** Least net liquidation value once all has settled: cash + sum of worst values. */
  readonly worstEquity: number | null;
  /** Largest loss against the entry prices; null = no bound. */
  readonly bound: number | null;
  /** Where the bound is reached, one level for each group. */
  readonly argmax: readonly { readonly group: number; readonly level: number | null }[];
  /** Largest requirement and its share of the cash behind it. */
  readonly marginUse: MarginUse;
  /** Whether a margin call can be ruled out, and why (not). */
  readonly marginCall: CallClaim;
  readonly conditions: readonly string[];
}

/** Largest strategy requirement over the declared set; null = none is proved. */
export interface MarginUse {
  /** Dollars; of a policy null, since it moves with equity. */
  readonly requirement: number | null;
  /** Requirement over the cash that must carry it, a fraction; above 1 a call is possible. */
  readonly share: number | null;
  readonly reason: string;
}

/** Whether a margin call can be ruled out, and why (not). */
export interface CallClaim {
  readonly ruledOut: boolean;
  readonly reason: string;
}

/** What a policy may lose over weeks, whatever the market does. */
export interface PolicyCertificate {
  readonly schema: 'alvh/certificate/1';
  readonly kind: 'policy';
  readonly policy: string;
  readonly equity: number;
  readonly weeks: number;
  readonly declared: DeclaredSet;
  /** f and F of R-03, and entries a week. */
  readonly riskPerTrade: number;
  readonly maxOpenRisk: number;
  /** Largest credit over largest loss of a condor for which the bound holds. */
  readonly creditToLoss: number;
  /** Yearly hedge budget as a fraction, spent in full in every calendar year touched. */
  readonly hedgeBudget: number;
  readonly yearsTouched: number;
  /** Rounds of filling the open risk and losing it, entries a round, entries left over. */
  readonly rounds: number;
  readonly entriesPerRound: number;
  readonly entriesLeft: number;
  /** Largest loss; null = no bound. */
  readonly bound: number | null;
  readonly argmax: readonly string[];
  /** Largest use of margin under strategy rules: widths of all that may be open, over cash. */
  readonly marginUse: MarginUse;
  readonly marginCall: CallClaim;
  /** Martingale: the losing run that ends it, a row a loss. */
  readonly losingRun?: readonly MartingaleLoss[];
  readonly conditions: readonly string[];
  /** Parts of the policy that have no bound in the declared set. */
  readonly unproved: readonly string[];
}

/** One loss of a Martingale's fatal run; dollars. */
export interface MartingaleLoss {
  /** Losses before this one. */
  readonly k: number;
  /** Size as a multiple of the first. */
  readonly multiple: number;
  readonly loss: number;
  readonly equityAfter: number;
}
