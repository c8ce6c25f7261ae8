/** What an account holds and must keep at one set of marks; dollars. */
export interface AccountInput {
  /** Cash of the securities segment; premium received is in it, options are not. */
  readonly securitiesCash: number;
  /** Market value of the securities segment's options, short < 0. */
  readonly optionMarketValue: number;
  /** Gross requirement to open and to hold the options. */
  readonly strategyInitial: number;
  readonly strategyMaintenance: number;
  /** Cash of the futures segment with variation paid up to these marks. */
  readonly futuresCash: number;
  /** Market value of options on futures, carried in the futures segment. */
  readonly futuresOptionValue: number;
  readonly futuresInitial: number;
  readonly futuresMaintenance: number;
}

/** An account's margin under strategy-based (Reg T) rules; dollars unless said. */
export interface AccountMargin {
  /** Securities cash; listed options have no loan value. */
  readonly equityWithLoan: number;
  /** Securities segment. */
  readonly initialMargin: number;
  /** Securities segment. */
  readonly maintenanceMargin: number;
  /** Room to open, after the futures segment's initial margin is met. */
  readonly availableFunds: number;
  /** Room to hold in the securities segment, before any sweep. */
  readonly excessLiquidity: number;
  /** Futures equity less futures maintenance, before any sweep. */
  readonly futuresExcess: number;
  /** Cash that the futures segment needs: maintenance unmet, or its cash below zero; >= 0. */
  readonly futuresShortfall: number;
  /** Part of the shortfall that securities excess can cover; >= 0. */
  readonly sweep: number;
  /** What no segment covers: securities excess below zero, and shortfall not swept; >= 0. */
  readonly deficit: number;
  readonly netLiquidation: number;
  /** Room to hold of both segments over net liquidation value, a share. */
  readonly cushion: number;
}

/**
 * Margin of an account of two segments. Options count in net liquidation value only; the futures
 * segment may hold no negative cash, whatever its options are worth, and is swept from securities
 * excess.
 *
 * Errors: NaN in any figure gives NaN where it matters; `marginCondition` treats that as deficit.
 * Source: 12 CFR 220.12(f), Cboe Rule 10.3; names and segments as in Interactive Brokers' account
 * window and knowledge base (negative cash in the commodity segment liquidates).
 */
export function accountState(input: AccountInput): AccountMargin {
  const { securitiesCash, futuresCash } = input;
  const excessLiquidity = securitiesCash - input.strategyMaintenance;
  const futuresEquity = futuresCash + input.futuresOptionValue;
  const futuresExcess = futuresEquity - input.futuresMaintenance;
  const futuresShortfall = Math.max(0, -futuresExcess, -futuresCash);
  const sweep = Math.min(futuresShortfall, Math.max(0, excessLiquidity));
  const initialShortfall = Math.max(0, input.futuresInitial - futuresEquity, -futuresCash);
  const netLiquidation = securitiesCash + input.optionMarketValue + futuresEquity;
  return {
    equityWithLoan: securitiesCash,
    initialMargin: input.strategyInitial,
    maintenanceMargin: input.strategyMaintenance,
    availableFunds: securitiesCash - input.strategyInitial - initialShortfall,
    excessLiquidity,
    futuresExcess,
    futuresShortfall,
    sweep,
    deficit: Math.max(0, -excessLiquidity) + (futuresShortfall - sweep),
    netLiquidation,
    cushion: (excessLiquidity + futuresExcess) / netLiquidation,
  };
}
