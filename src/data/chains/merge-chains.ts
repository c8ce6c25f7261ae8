import type { OptionChain } from '../../market/option-chain.ts';
import { createChainDraft, finishDraft, growDraft } from './chain-draft.ts';
import type { ChainDraft } from './chain-draft.ts';

/** Both chains of one session as one; of a series that both have, the first chain's row. */
export function mergeChains(first: OptionChain, second: OptionChain): OptionChain {
  const draft = createChainDraft(first.underlying, first.quoteDay, first.quoteMinute);
  draft.spot = Number.isFinite(first.spot) ? first.spot : second.spot;
  const roots = [...new Set([...first.roots, ...second.roots])];
  append(draft, first, roots);
  append(draft, second, roots);
  return finishDraft(draft, roots).chain;
}

function append(draft: ChainDraft, chain: OptionChain, roots: readonly string[]): void {
  for (let row = 0; row < chain.rows; row += 1) {
    growDraft(draft);
    const to = draft.columns;
    const at = draft.rows;
    to.root[at] = roots.indexOf(chain.roots[chain.root[row] ?? 0] ?? '');
    to.expiry[at] = chain.expiry[row] ?? 0;
    to.settlement[at] = chain.settlement[row] ?? 0;
    to.right[at] = chain.right[row] ?? 0;
    to.strike[at] = chain.strike[row] ?? Number.NaN;
    to.bid[at] = chain.bid[row] ?? Number.NaN;
    to.ask[at] = chain.ask[row] ?? Number.NaN;
    to.last[at] = chain.last[row] ?? Number.NaN;
    to.volume[at] = chain.volume[row] ?? Number.NaN;
    to.openInterest[at] = chain.openInterest[row] ?? Number.NaN;
    to.sourceVol[at] = chain.sourceVol[row] ?? Number.NaN;
    to.sourceDelta[at] = chain.sourceDelta[row] ?? Number.NaN;
    draft.rows = at + 1;
  }
}
