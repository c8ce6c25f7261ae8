import { fillBsmGreeks, GREEK_COLUMNS } from '../kernels/bsm-greeks.ts';
import type { Benchmark } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';

const OPTIONS = 200_000;
const REPEATS = 9;

/** Price and all greeks of European options in TypeScript, one after another on one thread. */
export const GREEKS_BENCH: Benchmark = {
  names: ['greeks.ts'],
  run: async () => {
    const out = new Float64Array(GREEK_COLUMNS.length);
    let sum = 0;
    const seconds = await timeRepeats(REPEATS, () => {
      for (let i = 0; i < OPTIONS; i += 1) {
        // Strikes of 70 to 130 % and a day to two years: no two neighbours alike.
        const strike = 70 + (60 * ((i * 7919) % 1009)) / 1009;
        const years = (1 + ((i * 104_729) % 730)) / 365;
        fillBsmGreeks(i % 2, 100, strike, 0.04, 0.014, 0.1 + (i % 50) / 100, years, out);
        sum += out[0] ?? Number.NaN;
      }
    });
    // The sum is read, so that no compiler may leave the work out.
    if (!Number.isFinite(sum)) throw new Error('Invariant: prices are finite');
    return [
      {
        name: 'greeks.ts',
        unit: 'options/s',
        value: OPTIONS / medianOf(seconds),
        n: OPTIONS,
        repeats: REPEATS,
      },
    ];
  },
};
