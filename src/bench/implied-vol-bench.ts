import { black76 } from '../kernels/black76.ts';
import { fillImpliedVols } from '../pricing/implied-vol.ts';
import type { ChainPrices } from '../pricing/implied-vol.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';

const EXPIRIES = 50;
const STRIKES = 400;
const REPEATS = 15;

/** A chain like that of SPX: 50 expiries of 400 strikes, a smile that rises from the money. */
function chainOf(expiry: number): ChainPrices {
  const forward = 5000 + expiry;
  const yearFraction = (1 + 8 * expiry) / 365;
  const spread = 0.6 * Math.sqrt(yearFraction) + 0.05;
  const strike = Float64Array.from(
    { length: STRIKES },
    (_unused, i) => forward * Math.exp(spread * ((2 * i) / STRIKES - 1.2)),
  );
  const right = Uint8Array.from(strike, (level) => (level < forward ? 1 : 0));
  const price = strike.map((level, i) => {
    const vol = 0.13 + 0.25 * Math.abs(Math.log(level / forward));
    return Math.max(0.01, black76(right[i] ?? 0, forward, level, vol * Math.sqrt(yearFraction)));
  });
  return { forward, discountFactor: 1, yearFraction, right, strike, price };
}

/** Implied volatilities of a 20,000-quote chain on one thread, to 1e-13 and to 1e-9. */
export const IMPLIED_VOL_BENCH: Benchmark = {
  names: ['impliedVol.chain20k.ms', 'impliedVol.chain20k.fast.ms'],
  run: async () => {
    const chains = Array.from({ length: EXPIRIES }, (_unused, expiry) => chainOf(expiry));
    const out = new Float64Array(STRIKES);
    const measure = async (accuracy: 'reference' | 'fast', name: string): Promise<Measurement> => {
      let sum = 0;
      const seconds = await timeRepeats(REPEATS, () => {
        for (const chain of chains) {
          fillImpliedVols(chain, out, accuracy);
          sum += out[STRIKES / 2] ?? Number.NaN;
        }
      });
      if (!Number.isFinite(sum))
        throw new Error('Invariant: a quote at the money has a volatility');
      const n = EXPIRIES * STRIKES;
      return { name, unit: 'ms', value: 1000 * medianOf(seconds), n, repeats: REPEATS };
    };
    return [
      await measure('reference', 'impliedVol.chain20k.ms'),
      await measure('fast', 'impliedVol.chain20k.fast.ms'),
    ];
  },
};
