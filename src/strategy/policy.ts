/** How a structure picks its short strikes. */
export type ShortStrikeRule =
  | {
      /** Outside the expected move: F exp(±multiple sigma sqrt T) exp(tilt (mu - (r - q)) T). */
      readonly selector: 'em';
      /** Expected moves from the centre, > 0. */
      readonly multiple: number;
      /** Weight of the CAPM drift in the centre, 0..1 (0 = forward-centred). */
      readonly capmTilt: number;
      /** CAPM beta of the book's underlying. */
      readonly beta: number;
      /** Equity risk premium per year (0.05 = 5 %). */
      readonly equityRiskPremium: number;
    }
  | {
      readonly selector: 'delta';
      /** Absolute spot delta of both shorts, 0..0.5. */
      readonly delta: number;
    }
  | {
      readonly selector: 'points';
      /** Distance of both shorts from spot, index points. */
      readonly points: number;
    };

/** How a condor picks its long wings. */
export type WingRule =
  | {
      readonly selector: 'pct';
      /** Width as a fraction of spot (0.02 = 2 %). */ readonly width: number;
    }
  | { readonly selector: 'points'; /** Width, index points. */ readonly width: number }
  | {
      readonly selector: 'delta';
      /** Absolute spot delta of the wings. */ readonly delta: number;
    };

/** When and for how long a position is opened. */
export interface EntryRule {
  /** Session of the week on which entries happen, 1 = first; 0 = every session. */
  readonly sessionOfWeek: number;
  /** Calendar days to expiry aimed at, and the range accepted. */
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
  /** No entry above this VIX; null = no gate. */
  readonly vixMax: number | null;
  /** No entry for less credit than this share of the wing width; null = any credit. */
  readonly minCreditShare: number | null;
}

/** When a position is closed before settlement; null = never. */
export interface ExitRule {
  /** Share of the credit kept at executable prices (0.5 = 50 %). */
  readonly profitTarget: number | null;
  /** First close with this many calendar days to expiry, or fewer. */
  readonly closeAtDays: number | null;
  /** Loss as a multiple of the credit. */
  readonly stopCreditMultiple: number | null;
}

/** How many units are opened. */
export interface SizingRule {
  readonly kind: 'fixed-risk' | 'martingale';
  /** f: largest loss of one entry, fraction of net liquidation value. */
  readonly riskPerTrade: number;
  /** F: largest loss of everything open, fraction of net liquidation value. */
  readonly maxOpenRisk: number;
  /** after a loss open risk may not exceed what it was before, until equity recovers. */
  readonly noEscalation: boolean;
  /** Martingale: most doublings (null = until the broker refuses). */
  readonly maxDoublings: number | null;
  /** Martingale: one position at a time, or one each week. */
  readonly overlap: 'sequential' | 'weekly';
  /** Martingale: what a refused doubling leads to. */
  readonly onRefusal: 'stop' | 'max-affordable';
}

/**
 * Rolling of threatened base positions: a realised close, then an opening that passes every rule of
 * an entry by itself. Source.
 */
export interface TimeShiftRule {
  /** Calendar days to the later expiry aimed at, and the range accepted. */
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
  /** Absolute delta of the threatened short; touching the strike counts too. */
  readonly shortDelta: number;
  /** Only while the expected daily range is above this share of spot, or VIX above that. */
  readonly dailyRange: number;
  readonly vix: number;
  /** Rolls of one chain. */
  readonly maxRolls: number;
  /** Expected moves within which no short strike may stand. */
  readonly minMoves: number;
  /** Share above the closing debit that the published method asks as credit; reported only. */
  readonly cushion: number;
}

/** The table of actions for threatened base positions. Source: R-31. */
export interface FalseBinaryRule {
  /** `record`: the table is kept and the exits decide; `choose`: the best action is taken. */
  readonly mode: 'record' | 'choose';
  /** Weight of the 5 % tail beside the expected P&L; ours. */
  readonly tailWeight: number;
}

/** When an open condor counts as threatened, per side. */
export interface ThreatRule {
  /** Share of the expected move used: (centre - S) / (centre - short strike). */
  readonly expectedMoveUsed: number;
  /** Absolute delta of the short strike. */
  readonly shortDelta: number;
}

/** What a hedge layer may hold. An ETP is a share of a fund on the two nearest VX (VIXY). */
export type LayerInstrument = 'vx' | 'vix-call' | 'vix-call-spread' | 'etp' | 'spx-put';

/** What a layer holds, and at which strikes. */
export interface InstrumentRule {
  readonly instrument: LayerInstrument;
  /** Calls and spreads: delta of the bought call on its future; null = strike at the future. */
  readonly delta: number | null;
  /** Spreads: sold strike as a multiple of the same-expiry future. */
  readonly upperMultiple: number;
  /** SPX puts: strike over spot (0.95 = 5 % out of the money); null for other instruments. */
  readonly moneyness: number | null;
  /** Calls: deltas of the held call between which it stays; outside, a roll is proposed. */
  readonly deltaBand: readonly [number, number] | null;
  /** What a call outside its band leads to: a line in the audit, or the roll itself. */
  readonly onDeltaBand: 'propose' | 'roll';
  /** Not null: held always and rolled, whatever the layer's own trigger says. */
  readonly standing: StandingRule | null;
}

/** A hedge that is always there: bought at a tenor, rolled when it has aged. */
export interface StandingRule {
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
  /** Calendar days left at which it is sold and bought anew. */
  readonly rollAtDays: number;
  /** Only while at least one condor is open. */
  readonly onlyWithCondors: boolean;
  readonly size: StandingSize;
  /** Half is sold at this multiple of the outlay, the rest trails; null = never. */
  readonly takeProfitMultiple: number | null;
  readonly trail: number;
}

/** Size of a standing hedge: dollars, or contracts for condors. */
export type StandingSize =
  | {
      readonly by: 'budget';
      /** Share of the layer's yearly budget spent by one opening. */
      readonly share: number;
    }
  | {
      readonly by: 'condors';
      /** Contracts for this many SPX condors of the last entry; rounded to the nearest. */
      readonly contracts: number;
      readonly condors: number;
    };

/** A scheduled event that the near layer trades. */
export type NearEvent = 'fomc' | 'cpi';

/** The event layer: VIX call debit spreads before scheduled events. */
export interface NearLayerRule extends InstrumentRule {
  readonly enabled: boolean;
  /** Events that it opens for, where their calendar is known; the nearest one counts. */
  readonly events: readonly NearEvent[];
  /** Sessions before the event at which it opens. */
  readonly sessionsBefore: number;
  /** Largest outlay per event as a share of the layer's yearly budget. */
  readonly budgetShare: number;
}

/** The 90-day layer: VX futures against put-side threat. */
export interface MediumLayerRule extends InstrumentRule {
  readonly enabled: boolean;
  /** Days to final settlement aimed at, and the range accepted. */
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
  /** RSI(14) at or below this within the last three sessions. */
  readonly rsi: number;
  /** Breadth evidence: A/D line, A/D line then share above the 50-day average, or none. */
  readonly breadth: 'strict' | 'proxy' | 'rsi-only';
  /** k: share of the initial delta exposure that is hedged. */
  readonly deltaShare: number;
  /** Floor of b_T, VX points per 1 % of SPX. */
  readonly slopeFloor: number;
  readonly clearSessions: number;
  readonly maxSessions: number;
  readonly exitDays: number;
  /** Trailing stop of the second half, from its best gain (0.2 = -20 %). */
  readonly trail: number;
  readonly cooldownSessions: number;
}

/** The 180-day layer: VIX calls on macro turbulence. */
export interface LongLayerRule extends InstrumentRule {
  readonly enabled: boolean;
  readonly targetDays: number;
  readonly minDays: number;
  readonly maxDays: number;
  /** |z| of the REER or rate-differential change that arms it. */
  readonly zThreshold: number;
  /** Share of the layer's yearly budget spent by one opening. */
  readonly budgetShare: number;
  readonly clearSessions: number;
  readonly exitDays: number;
  /** Half is sold at this multiple of the premium, the rest trails. */
  readonly takeProfitMultiple: number;
  readonly trail: number;
  readonly cooldownSessions: number;
}

/**
 * How the layers' budgets follow the market's stress: weights of three scores, and what is made of
 * their sum. Source: R-17; the weights of `alvh-45` are ours.
 */
export interface WeightingRule {
  /** Weights >= 0 of -z(MACD histogram / price), +z(P/E) and +z(P/CF). */
  readonly macd: number;
  readonly priceToEarnings: number;
  readonly priceToCashFlow: number;
  /** Change of the multiplier for one weighted standard deviation. */
  readonly strength: number;
  /** Each z-score is cut off at plus and minus this, standard deviations. */
  readonly clip: number;
  /** Least and largest multiplier, before the sum of the budgets is held to the year's. */
  readonly floor: number;
  readonly ceiling: number;
}

/** When a jump of consumer prices moves near budget to a longer layer. Source. */
export interface PriceSpikeRule {
  /** Standard deviations of 60 first releases at or above which the newest is a spike. */
  readonly z: number;
  /** Share of the near budget that moves, 0..1. */
  readonly share: number;
}

/** How the year's hedge budget follows from what condors earn. Source: R-40; numbers are ours. */
export interface HurdleRule {
  /** WACC over the three-month bill, per year (0.015 = 1.5 %, what a debit costs more). */
  readonly spread: number;
  /** Closed trades below which nothing is concluded, and the newest ones that are looked at. */
  readonly minTrades: number;
  readonly window: number;
  /** Trades' worth of no return that the mean is shrunk by: n / (n + shrinkTrades). */
  readonly shrinkTrades: number;
  /** Least and largest budget, fractions of year-start net liquidation value. */
  readonly floor: number;
  readonly ceiling: number;
  /** Share of `sizing.riskPerTrade` left to condors that earn no more than the WACC. */
  readonly condorShare: number;
}

/** Yearly hedge spending: fractions of year-start net liquidation value, shares per layer. */
export interface BudgetRule {
  readonly yearly: number;
  readonly near: number;
  readonly medium: number;
  readonly long: number;
  /** `fixed`: the year's budget is `yearly`; `hurdle`: it follows from `hurdle`. */
  readonly mode: 'fixed' | 'hurdle';
  readonly hurdle: HurdleRule;
  /** null = off: budgets do not move with the market. */
  readonly weighting: WeightingRule | null;
  /** null = off. */
  readonly priceSpike: PriceSpikeRule | null;
}

/**
 * Soft votes of the timeframes on openings of short options, beside the hard checks that all must
 * pass. Closing needs none, nor does buying a hedge. Source: R-34.
 */
export interface VoteRule {
  /** k of the three votes that an opening needs. */
  readonly needed: number;
  /** Sessions back to which the expected daily range is compared. */
  readonly rangeSessions: number;
  /** Largest 30-day over 93-day volatility that is not an inverted term structure. */
  readonly termRatioMax: number;
}

/** Guards of governance; they may only reduce risk. */
export interface GuardRule {
  /** Quick ratio below which new risk is blocked. */
  readonly quickRatioBlock: number;
  /** Largest share of a segment's equity that margin may use after an entry. */
  readonly maxMarginUse: number;
  /** null = the timeframes are not asked. */
  readonly votes: VoteRule | null;
}

/**
 * A sleeve of its own capital, ledger and margin beside the account: the second engine, or private
 * leverage layer. Source: R-37.
 */
export interface SecondEngineRule {
  /** Capital beside the starting deposit, as a fraction of it. */
  readonly capital: number;
  readonly holding: 'bills' | 'spx-total-return';
  /** Holdings over capital at the start, 1..2; never raised later. */
  readonly leverage: number;
  /** Least equity over holdings. */
  readonly maintenance: number;
  /** Loss of the capital at which it is ended, fraction. */
  readonly lossLimit: number;
}

/** An account's rules, as validated data. */
export interface Policy {
  readonly name: string;
  readonly summary: string;
  /** What the account holds. */
  readonly base: 'cash' | 'spx-total-return' | 'condor' | 'strangle';
  readonly entry: EntryRule;
  readonly shortStrikes: ShortStrikeRule;
  readonly wings: WingRule;
  readonly exits: ExitRule;
  readonly sizing: SizingRule;
  readonly threat: ThreatRule;
  /** null = base positions are not rolled. */
  readonly timeShift: TimeShiftRule | null;
  /** null = no table is kept. */
  readonly falseBinary: FalseBinaryRule | null;
  readonly layers: {
    readonly near: NearLayerRule;
    readonly medium: MediumLayerRule;
    readonly long: LongLayerRule;
  };
  readonly budgets: BudgetRule;
  /** null = the broker's margin is the only limit. */
  readonly guards: GuardRule | null;
  /** null = there is none. */
  readonly secondEngine: SecondEngineRule | null;
  /** Decisions of a close are filled at that close (until 16:15 ET), or at the next one. */
  readonly fill: 'same-close' | 'next-close';
}
