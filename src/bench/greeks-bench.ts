import { fillBlack76Greeks, GREEK_COLUMNS } from '../kernels/bsm-greeks.ts';
import { chainGreeks } from '../pricing/chain-greeks.ts';
import type { ChainGreeks, ExpiryTerms } from '../pricing/chain-greeks.ts';
import { wasmChainGreeks } from '../run/wasm-chain-greeks.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';
import { sampleChain } from './sample-chain.ts';

/** 8,000 rows: columns that stay in the cache, as those of a day's chain do. */
const STRIKES = 160;
const PASSES = 20;
const REPEATS = 15;

/**
 * Options per second on one thread: price, delta, gamma, vega and theta by columns of a chain, in
 * TypeScript and in WebAssembly; and price with all fifteen greeks one option after another.
 */
export const GREEKS_BENCH: Benchmark = {
  names: ['greeks.ts', 'greeks.wasm', 'greeks.all.ts'],
  run: async () => {
    const chain = sampleChain(STRIKES);
    const rows = chain.length * STRIKES;
    const all = new Float64Array(GREEK_COLUMNS.length);
    const plain = chainGreeks(rows);
    return [
      await measure('greeks.ts', plain),
      await measure('greeks.wasm', wasmChainGreeks(rows)),
      await measure('greeks.all.ts', { columns: plain.columns, fill: fillAll }),
    ];

    function fillAll(from: number, to: number, expiry: ExpiryTerms): void {
      const { right, strike, vol, price } = plain.columns;
      const { forward, discountFactor, yearFraction } = expiry;
      for (let row = from; row < to; row += 1) {
        fillBlack76Greeks(
          right[row] ?? 0,
          forward,
          strike[row] ?? Number.NaN,
          discountFactor,
          vol[row] ?? Number.NaN,
          yearFraction,
          all,
        );
        price[row] = all[0] ?? Number.NaN;
      }
    }
  },
};

async function measure(name: string, { columns, fill }: ChainGreeks): Promise<Measurement> {
  const chain = sampleChain(STRIKES);
  chain.forEach((expiry, index) => {
    columns.right.set(expiry.right, index * STRIKES);
    columns.strike.set(expiry.strike, index * STRIKES);
    columns.vol.set(expiry.vol, index * STRIKES);
  });
  const seconds = await timeRepeats(REPEATS, () => {
    for (let pass = 0; pass < PASSES; pass += 1) {
      let from = 0;
      for (const expiry of chain) {
        fill(from, from + STRIKES, expiry);
        from += STRIKES;
      }
    }
  });
  // A kernel that wrote nothing would be fast.
  if (!columns.price.every((price) => price > 0)) throw new Error('Invariant: prices are positive');
  const n = PASSES * chain.length * STRIKES;
  return { name, unit: 'options/s', value: n / medianOf(seconds), n, repeats: REPEATS };
}
