/** Tenors of the four surface pillars in calendar days (VIX9D, VIX, VIX3M, VIX6M). */
export const PILLAR_DAYS: readonly number[] = [9, 30, 93, 184];

/** Pillars per session in `theta`. */
export const PILLARS = 4;

/** Room for VX nodes per session in `vxExpiry`, `vxSettle`, `vxSource`. */
export const VX_NODES = 10;

/** Final values of one day, points; NaN = none known. */
export interface UnseenSettlement {
  /** SPX for AM and for PM settlement. */
  readonly spxOpening: number;
  readonly spxClose: number;
  /** VIX for options and futures that settle that day. */
  readonly vix: number;
}

/**
 * A market over consecutive sessions, as columns: one behind which history and simulation look
 * the same. Row i holds what was known at the close of session i and nothing later; a consumer at
 * session i reads rows <= i only. NaN means "no data", never zero.
 *
 * Shape: every column has `length` rows; `theta` is [session][PILLARS] and the `vx*` columns are
 * [session][VX_NODES], row-major.
 */
export interface MarketPath {
  readonly label: string;
  /** Its probability over that with which it was drawn; absent: 1. */
  readonly weight?: number;
  readonly length: number;
  /** First session to trade; earlier rows warm indicators up. */
  readonly start: number;
  /** Session date, EpochDay, strictly ascending. */
  readonly day: Int32Array;
  /** SPX in index points. */
  readonly spxOpen: Float64Array;
  readonly spxHigh: Float64Array;
  readonly spxLow: Float64Array;
  readonly spxClose: Float64Array;
  /** AM settlement value (SOQ) for SPX options that expire this session; index points. */
  readonly spxSettlement: Float64Array;
  /** VIX in VIX points. */
  readonly vixHigh: Float64Array;
  readonly vixLow: Float64Array;
  readonly vixClose: Float64Array;
  /** VIX SOQ (VRO) for VIX options and VX futures settling this session; NaN on other days. */
  readonly vixSettlement: Float64Array;
  /** VVIX in points (96 = 96 % vol); 86 before its history, stated. */
  readonly vvix: Float64Array;
  /** Three-month bill, continuously compounded, per year (0.05 = 5 %). */
  readonly billRate: Float64Array;
  /** SPX dividend yield, continuous, per year. */
  readonly dividendYield: Float64Array;
  /** At-the-money-forward total variance of the SSVI surface at PILLAR_DAYS (sigma^2 T). */
  readonly theta: Float64Array;
  /** SSVI eta at 30 days (rho is SSVI_RHO). */
  readonly eta: Float64Array;
  /** Number of VX nodes in use this session; nodes ascend by expiry, all expire after today. */
  readonly vxCount: Uint8Array;
  /** Final settlement day of each node, EpochDay (monthly contracts). */
  readonly vxExpiry: Int32Array;
  /** Settlement price of each node, VIX points. */
  readonly vxSettle: Float64Array;
  /** Provenance code of each node. */
  readonly vxSource: Uint8Array;
  /** Level of the short-term VX index, where a policy holds a fund on it; NaN = none. */
  readonly shortTermVx?: Float64Array;
  /**
   * Weekly VX expiries (EpochDay) that traded at least 50 contracts, by session; only these may
   * stand beside the monthly ones.
   */
  readonly liquidWeeklies?: ReadonlyMap<number, readonly number[]>;
  /** NYSE advance-decline line as known at this close (a level, issues); NaN = NO DATA. */
  readonly advanceDeclineLine: Float64Array;
  /** Share of stocks above their 50-day average, percent, as known; NaN = NO DATA. */
  readonly aboveFiftyDay: Float64Array;
  /** z-score of the 12-month change in the real effective exchange rate; NaN = NO DATA. */
  readonly reerChangeZ: Float64Array;
  /** z-score of the 12-month change in US - mean(DE, JP) short rate; NaN = NO DATA. */
  readonly rateDifferentialZ: Float64Array;
  /**
   * z-score of the MACD histogram over price within ten years, where a longer history of closes is
   * known than the path holds; without it the closes of the path are scored.
   */
  readonly macdZ?: Float64Array;
  /** Close over trailing earnings known three months after their quarter; NaN = NO DATA. */
  readonly priceToEarnings?: Float64Array;
  /** z-score of that ratio within ten years; NaN = NO DATA. */
  readonly priceToEarningsZ?: Float64Array;
  /** z-score of the newest first release of monthly CPI within 60 of them; NaN = NO DATA. */
  readonly cpiSurpriseZ?: Float64Array;
  /**
   * Next CPI release (EpochDay, this session or later) whose schedule was published by the close;
   * 0 = none known.
   */
  readonly nextCpiRelease?: Int32Array;
  /** Provenance code of the SPX surface per session. */
  readonly surfaceSource: Uint8Array;
  /**
   * Fraction of the civil day (New York) at which each session is marked and decided; NaN = its
   * close. Absent: the close everywhere.
   */
  readonly markFraction?: Float64Array;
  /** SPX at the close, for PM settlement, where `spxClose` is SPX at another moment; index points. */
  readonly pmSettlement?: Float64Array;
  /**
   * Final values of days (EpochDay) between the traded sessions that are no session of this path:
   * what expired on one of them settles by these. Present only where sessions are missing.
   */
  readonly unseenSettlements?: ReadonlyMap<number, UnseenSettlement>;
  /** Scheduled FOMC decision days, EpochDay ascending; published ahead, so future ones are known. */
  readonly fomcDays: Int32Array;
}
