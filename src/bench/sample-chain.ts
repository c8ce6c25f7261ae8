import { black76 } from '../kernels/black76.ts';

/** One expiry of a made-up chain, as columns. */
export interface SampleExpiry {
  readonly forward: number;
  readonly discountFactor: number;
  readonly yearFraction: number;
  /** 0 = call, 1 = put: whichever is out of the money. */
  readonly right: Uint8Array;
  readonly strike: Float64Array;
  readonly vol: Float64Array;
  /** Discounted middle of a bid and ask in ticks of 0.05: rounded to 0.025, and at least that. */
  readonly price: Float64Array;
}

const EXPIRIES = 50;
const RATE = 0.04;
const HALF_TICK = 0.025;

/**
 * A chain like that of SPX: 50 expiries over 400 days of so many strikes each, spread with the root
 * of time and further down than up, under a smile that rises from the money.
 */
export function sampleChain(strikes: number): readonly SampleExpiry[] {
  return Array.from({ length: EXPIRIES }, (_unused, index) => {
    const forward = 5000 + index;
    const yearFraction = (1 + 8 * index) / 365;
    const discountFactor = Math.exp(-RATE * yearFraction);
    const spread = 0.6 * Math.sqrt(yearFraction) + 0.05;
    const strike = Float64Array.from(
      { length: strikes },
      (_none, i) => forward * Math.exp(spread * ((2 * i) / strikes - 1.2)),
    );
    const right = Uint8Array.from(strike, (level) => (level < forward ? 1 : 0));
    const vol = strike.map((level) => 0.13 + 0.25 * Math.abs(Math.log(level / forward)));
    const price = strike.map((level, row) => {
      const total = (vol[row] ?? Number.NaN) * Math.sqrt(yearFraction);
      const exact = discountFactor * black76(right[row] ?? 0, forward, level, total);
      return HALF_TICK * Math.max(1, Math.round(exact / HALF_TICK));
    });
    return { forward, discountFactor, yearFraction, right, strike, vol, price };
  });
}
