import { readChainBytes } from '../../src/data/chains/chain-file.ts';
import { DataError } from '../../src/data/data-error.ts';
import type { OptionChain } from '../../src/market/option-chain.ts';
import { mutate, randomStream } from './mutate.ts';

/** Milliseconds that a small input may take: more is a hang. */
const MOST_MS = 2000;

/** How many inputs gave chains and how many an error. */
export interface FuzzCounts {
  readonly chains: number;
  readonly errors: number;
}

/** Reads mutated copies of a text; throws on the first that breaks a promise of the importer. */
export function fuzzImporter(text: string, file: string, inputs: number): FuzzCounts {
  const seed = Buffer.from(text);
  const next = randomStream(seed.length * 7919);
  let [chains, errors] = [0, 0];
  for (let input = 0; input < inputs; input += 1) {
    const bytes = mutate(seed, next);
    const before = performance.now();
    const broken = brokenPromise(bytes, file);
    if (performance.now() - before > MOST_MS) throw new Error(`hang: ${describe(bytes)}`);
    if (broken === 'chain') chains += 1;
    else if (broken === 'error') errors += 1;
    else throw new Error(`input ${input}: ${broken}: ${describe(bytes)}`);
  }
  return { chains, errors };
}

/** `chain`, `error`, or what is wrong with the answer to these bytes. */
export function brokenPromise(bytes: Uint8Array, file: string): string {
  let result: ReturnType<typeof readChainBytes>;
  try {
    result = readChainBytes(bytes, file);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  if (!result.ok) {
    const isClear =
      result.error instanceof DataError &&
      /: .+, was .+\. Remedy: .+\./s.test(result.error.message);
    return isClear ? 'error' : `unclear error ${result.error.message}`;
  }
  const { chains, offered, rejections } = result.value;
  const rows = chains.reduce((sum, chain) => sum + chain.rows, 0);
  const rejected = [...rejections.counts.values()].reduce((sum, count) => sum + count, 0);
  if (rows + rejected !== offered) return `${rows} rows and ${rejected} rejected of ${offered}`;
  return chains.map(brokenChain).find((fault) => fault !== undefined) ?? 'chain';
}

function brokenChain(chain: OptionChain): string | undefined {
  const seen = new Set<string>();
  for (let row = 0; row < chain.rows; row += 1) {
    const [strike, bid, ask] = [chain.strike[row] ?? 0, chain.bid[row] ?? 0, chain.ask[row] ?? 0];
    if (!(strike > 0 && strike < 1e7)) return `strike ${strike}`;
    if (bid < 0 || ask < 0 || bid === Infinity || ask === Infinity) return `quote ${bid} ${ask}`;
    const expiry = chain.expiry[row] ?? 0;
    // A Saturday's series settles the day before, so a Saturday's quotes may seem a day late.
    if (expiry < chain.quoteDay - 1) return `expiry ${expiry} before ${chain.quoteDay}`;
    const before = row === 0 ? -1 : (chain.expiry[row - 1] ?? 0);
    if (expiry < before) return `expiry ${expiry} after ${before}`;
    const key = [chain.root[row], expiry, chain.settlement[row], chain.right[row], strike].join();
    if (seen.has(key)) return `series ${key} twice`;
    seen.add(key);
    if (chain.roots[chain.root[row] ?? 0] === undefined) return 'root without a name';
  }
  return undefined;
}

function describe(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'));
}
