import type { OptionChain } from '../../market/option-chain.ts';

/** The rows [from, to) of a chain, as views of its columns. */
export function chainRows(chain: OptionChain, from: number, to: number): OptionChain {
  return {
    ...chain,
    rows: to - from,
    root: chain.root.subarray(from, to),
    expiry: chain.expiry.subarray(from, to),
    settlement: chain.settlement.subarray(from, to),
    right: chain.right.subarray(from, to),
    strike: chain.strike.subarray(from, to),
    bid: chain.bid.subarray(from, to),
    ask: chain.ask.subarray(from, to),
    last: chain.last.subarray(from, to),
    volume: chain.volume.subarray(from, to),
    openInterest: chain.openInterest.subarray(from, to),
    sourceVol: chain.sourceVol.subarray(from, to),
    sourceDelta: chain.sourceDelta.subarray(from, to),
  };
}

/** The rows of a chain whose expiry lies within inclusive bounds (EpochDay), as views. */
export function chainOfExpiries(chain: OptionChain, first: number, last: number): OptionChain {
  return chainRows(chain, rowAtOrAfter(chain, first), rowAtOrAfter(chain, last + 1));
}

function rowAtOrAfter({ expiry, rows }: OptionChain, day: number): number {
  let [low, high] = [0, rows];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((expiry[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
