import { readFileSync } from 'node:fs';
import type { ChainGreeks } from '../pricing/chain-greeks.ts';

/** What the compiled module offers; see wasm/assembly/chain-greeks.ts. */
interface ChainGreeksExports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  /** base, stride, from, to, forward, discountFactor, yearFraction, rate. */
  readonly fill: (...numbers: readonly number[]) => void;
}

// Neither the language's library nor Node's types declare it.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const ARTEFACT = new URL('../../wasm/chain-greeks.wasm', import.meta.url);
const PAGE_BYTES = 65_536;
/** Below this address the module may keep data of its own. */
const BASE = 1024;
const FLOAT_COLUMNS = 7;

/**
 * Columns of so many rows and the WebAssembly twin of `chainGreeks` that fills them, two rows
 * at a time.
 *
 * Domain, edges and units as `chainGreeks`; both agree to 1e-13 of the forward. Each call makes
 * an instance with a memory of its own, which lives as long as its columns.
 */
export function wasmChainGreeks(rows: number): ChainGreeks {
  // Two spare rows, and a length that keeps pairs of rows aligned.
  const stride = 8 * (rows + (rows % 2) + 2);
  const module = new WebAssembly.Module(readFileSync(ARTEFACT));
  const { memory, fill } = new WebAssembly.Instance(module).exports as ChainGreeksExports;
  const bytes = BASE + FLOAT_COLUMNS * stride + stride / 8;
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  const column = (index: number): Float64Array =>
    new Float64Array(memory.buffer, BASE + index * stride, rows);
  return {
    columns: {
      strike: column(0),
      vol: column(1),
      price: column(2),
      delta: column(3),
      gamma: column(4),
      vega: column(5),
      theta: column(6),
      right: new Uint8Array(memory.buffer, BASE + FLOAT_COLUMNS * stride, rows),
    },
    fill: (from, to, { forward, discountFactor, yearFraction }) => {
      const rate = -Math.log(discountFactor) / yearFraction;
      fill(BASE, stride, from, to, forward, discountFactor, yearFraction, rate);
    },
  };
}
