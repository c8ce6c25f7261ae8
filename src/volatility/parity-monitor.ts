import { CONTRACT_KINDS } from '../contracts/contract-kind.ts';
import type { ContractKind } from '../contracts/contract-kind.ts';
import { multiplierOf } from '../contracts/contract-spec.ts';
import { feePerContract } from '../contracts/fee-schedule.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { boxRate } from './box-rate.ts';
import type { BoxRate } from './box-rate.ts';
import { chainExpiries, yearsOfExpiry } from './chain-expiries.ts';
import type { ChainExpiry } from './chain-expiries.ts';
import { impliedDividendYield } from './dividend-yield.ts';
import { parityForward } from './parity-forward.ts';
import type { ParityForward } from './parity-forward.ts';
import { staleBlocks } from './stale-quotes.ts';
import type { StaleBlock } from './stale-quotes.ts';
import { syntheticEdges } from './synthetic-edges.ts';
import type { SyntheticEdge } from './synthetic-edges.ts';
import type { StrikeQuote } from './vix-index.ts';

/** How far one strike is from put-call parity. */
export interface ParityResidual {
  readonly strike: number;
  /** C - P - D (F - K) at mid prices, points. */
  readonly residual: number;
  /** Largest residual of a live quote, points. */
  readonly tolerance: number;
  readonly isStale: boolean;
}

/** Parity of one expiry. */
export interface ExpiryParity {
  readonly expiry: number;
  readonly settlement: number;
  readonly years: number;
  readonly parity: ParityForward;
  /** Strikes quoted on both sides, ascending. */
  readonly residuals: readonly ParityResidual[];
  readonly box: BoxRate | undefined;
  /** Rate of the box over the bill rate, per year; NaN without a box. */
  readonly boxOverBill: number;
  /** Continuous, per year; NaN when the chain gives no spot. */
  readonly dividendYield: number;
  readonly blocks: readonly StaleBlock[];
  readonly edges: readonly SyntheticEdge[];
  /** Whether pricing of this expiry should wait: a stale quote near the money. */
  readonly isBlocked: boolean;
}

/** What the monitor compares with. */
export interface ParityOptions {
  /** Continuous bill rate per year. */
  readonly billRate: number;
  /** The contracts, for fees and multiplier. */
  readonly kind: ContractKind;
  /** An earlier chain since when the market has moved; undefined leaves unmoved quotes unfound. */
  readonly previous: OptionChain | undefined;
}

/** a residual above max(3 half-spreads, 0.35 points) marks the quote stale. */
const HALF_SPREADS = 3;
const LEAST_TOLERANCE = 0.35;
/** Distance from the forward, as a share of it, within which a stale quote stops pricing. */
const NEAR_MONEY = 0.02;
const OPTIONS_OF_A_CONVERSION = 4;

/**
 * Put-call parity of every expiry of a chain: residual per strike, financing rate, dividend yield,
 * blocks of quotes that are no market, and what conversions or reversals would leave after fees.
 *
 * Expiries without a forward are left out. It watches the quality of quotes; no order comes of it.
 */
export function monitorParity(chain: OptionChain, options: ParityOptions): readonly ExpiryParity[] {
  const before = options.previous === undefined ? [] : chainExpiries(options.previous);
  return chainExpiries(chain).flatMap((term) => {
    const years = yearsOfExpiry(chain, term.expiry, term.settlement);
    const parity = parityForward(term.quotes, { years, rate: options.billRate });
    if (parity === undefined) return [];
    const earlier = before.find(
      ({ expiry, settlement }) => expiry === term.expiry && settlement === term.settlement,
    );
    return [expiryParity(chain, options, { term, years, parity, earlier: earlier?.quotes ?? [] })];
  });
}

interface MonitoredTerm {
  readonly term: ChainExpiry;
  readonly years: number;
  readonly parity: ParityForward;
  readonly earlier: readonly StrikeQuote[];
}

function expiryParity(
  chain: OptionChain,
  { billRate, kind }: ParityOptions,
  { term, years, parity, earlier }: MonitoredTerm,
): ExpiryParity {
  const { quotes, expiry, settlement } = term;
  const residuals = residualsOf(quotes, parity);
  const box = boxRate(quotes, years);
  const blocks = staleBlocks(quotes, earlier);
  const fee = feePerContract(kind, chain.quoteDay, atTheMoneyPremium(quotes, parity));
  const fees = (OPTIONS_OF_A_CONVERSION * fee) / multiplierOf(CONTRACT_KINDS.indexOf(kind));
  const isNear = (strike: number): boolean => Math.abs(strike / parity.forward - 1) <= NEAR_MONEY;
  return {
    expiry,
    settlement,
    years,
    parity,
    residuals,
    box,
    boxOverBill: (box?.rate ?? Number.NaN) - billRate,
    dividendYield: impliedDividendYield({
      spot: chain.spot,
      forward: parity.forward,
      discount: parity.discount,
      years,
    }),
    blocks,
    edges: syntheticEdges(quotes, { ...parity, fees }),
    isBlocked:
      residuals.some(({ strike, isStale }) => isStale && isNear(strike)) ||
      // A block may reach from one side of the money to the other.
      blocks.some(
        ({ lowStrike, highStrike }) =>
          lowStrike <= parity.forward * (1 + NEAR_MONEY) &&
          highStrike >= parity.forward * (1 - NEAR_MONEY),
      ),
  };
}

function residualsOf(
  quotes: readonly StrikeQuote[],
  { forward, discount }: ParityForward,
): readonly ParityResidual[] {
  return quotes.flatMap(({ strike, callBid, callAsk, putBid, putAsk }) => {
    if (!(callBid > 0 && putBid > 0)) return [];
    const gap = 0.5 * (callBid + callAsk - putBid - putAsk);
    const half = 0.5 * (callAsk - callBid + putAsk - putBid);
    const residual = gap - discount * (forward - strike);
    const tolerance = Math.max(HALF_SPREADS * half, LEAST_TOLERANCE);
    return [{ strike, residual, tolerance, isStale: !(Math.abs(residual) <= tolerance) }];
  });
}

/** Mid of the call next to the forward: fees depend on the premium. */
function atTheMoneyPremium(quotes: readonly StrikeQuote[], { forward }: ParityForward): number {
  const nearest = quotes.toSorted(
    (a, b) => Math.abs(a.strike - forward) - Math.abs(b.strike - forward),
  )[0];
  return nearest === undefined ? Number.NaN : 0.5 * (nearest.callBid + nearest.callAsk);
}
