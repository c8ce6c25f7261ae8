import { PositionBook } from '../portfolio/position-book.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import type { IntentLeg } from '../strategy/intent.ts';
import { addLeg } from './add-leg.ts';
import type { EngineContext } from './context.ts';

const scratch = new PositionBook(8);
const mids = new Float64Array(8);

/** Model mids of the legs of one unit, in points; the buffer is overwritten by the next call. */
export function candidateMids(
  context: EngineContext,
  legs: readonly IntentLeg[],
  market: MarketSnapshot,
): Float64Array {
  scratch.clear();
  for (const leg of legs) {
    addLeg(scratch, leg, { quantity: leg.ratio, price: Number.NaN, sleeve: 0, trade: 0 });
  }
  context.marker.mark(scratch, market, mids);
  return mids;
}
