import { fillImpliedVols } from '../pricing/implied-vol.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';
import { sampleChain } from './sample-chain.ts';

const STRIKES = 400;
const REPEATS = 31;

/** Implied volatilities of a 20,000-quote chain on one thread, to 1e-13 and to 1e-9. */
export const IMPLIED_VOL_BENCH: Benchmark = {
  names: ['impliedVol.chain20k.ms', 'impliedVol.chain20k.fast.ms'],
  run: async () => {
    const chain = sampleChain(STRIKES);
    const out = new Float64Array(STRIKES);
    const measure = async (accuracy: 'reference' | 'fast', name: string): Promise<Measurement> => {
      let sum = 0;
      const seconds = await timeRepeats(REPEATS, () => {
        for (const expiry of chain) {
          fillImpliedVols(expiry, out, accuracy);
          sum += out[STRIKES / 2] ?? Number.NaN;
        }
      });
      if (!Number.isFinite(sum))
        throw new Error('Invariant: a quote at the money has a volatility');
      const n = chain.length * STRIKES;
      return { name, unit: 'ms', value: 1000 * medianOf(seconds), n, repeats: REPEATS };
    };
    return [
      await measure('reference', 'impliedVol.chain20k.ms'),
      await measure('fast', 'impliedVol.chain20k.fast.ms'),
    ];
  },
};
