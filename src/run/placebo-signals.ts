import type { SessionPlan } from '../engine/session-plan.ts';
import type { MarketPath } from '../market/market-path.ts';
import type { SignalFrame } from '../signals/signal-frame.ts';

/** A market whose signals speak of other days: prices and calendar stay as they were. */
export interface PlaceboMarket {
  readonly path: MarketPath;
  readonly plan: SessionPlan;
}

/**
 * Every signal that a layer acts on, moved by so many sessions around the circle of the path. What
 * the signals look like stays (how often they fire, how long for); what they know of the market goes.
 */
export function withPlaceboSignals(
  path: MarketPath,
  plan: SessionPlan,
  shift: number,
): PlaceboMarket {
  const { signals } = plan;
  const moved: SignalFrame = {
    ...signals,
    rsi14: rotated(signals.rsi14, shift),
    rsi14Min3: rotated(signals.rsi14Min3, shift),
    spxLow20: rotated(signals.spxLow20, shift),
    breadthLow20: rotated(signals.breadthLow20, shift),
    aboveFiftyFalling: rotated(signals.aboveFiftyFalling, shift),
    macdZ: rotated(signals.macdZ, shift),
  };
  return {
    path: {
      ...path,
      aboveFiftyDay: rotated(path.aboveFiftyDay, shift),
      reerChangeZ: rotated(path.reerChangeZ, shift),
      rateDifferentialZ: rotated(path.rateDifferentialZ, shift),
      ...(path.priceToEarningsZ && { priceToEarningsZ: rotated(path.priceToEarningsZ, shift) }),
      ...(path.cpiSurpriseZ && { cpiSurpriseZ: rotated(path.cpiSurpriseZ, shift) }),
    },
    plan: { ...plan, signals: moved },
  };
}

function rotated<Column extends Float64Array | Uint8Array>(column: Column, shift: number): Column {
  const out = column.slice() as Column;
  const { length } = column;
  for (let row = 0; row < length; row += 1) out[(row + shift) % length] = column[row] ?? 0;
  return out;
}
