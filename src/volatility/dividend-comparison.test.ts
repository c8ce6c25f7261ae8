import { describe, expect, it } from 'vitest';
import { chainExpiries } from './chain-expiries.ts';
import { compareDividends } from './dividend-comparison.ts';
import type { CondorQuoteStrikes } from './dividend-comparison.ts';
import { MADE_EXPIRIES, madeChain } from './made-chain.fixture.ts';
import { monitorParity } from './parity-monitor.ts';

const HALF = 0.1;
const CHAIN = madeChain(MADE_EXPIRIES, HALF);
const [PARITY] = monitorParity(CHAIN, { billRate: 0.02, kind: 'spx-option', previous: undefined });
const QUOTES = chainExpiries(CHAIN)[0]?.quotes ?? [];
const STREAMS = {
  reits: { share: 0.025, trailingYield: 0.035, growth: 0.05 },
  rest: { share: 0.975, trailingYield: 0.013, growth: 0.05 },
};

function compared(strikes?: CondorQuoteStrikes): ReturnType<typeof compareDividends> {
  if (PARITY === undefined) throw new Error('no expiry');
  return compareDividends(PARITY, QUOTES, { spot: 2750, rate: 0.02, ...STREAMS, strikes });
}

describe('dividends by parity and by dividend discount', () => {
  it('have their yields, parts and forwards', () => {
    const { gordon, gordonForward, yieldGap } = compared();
    // D1 / P = (0.025 x 0.035 + 0.975 x 0.013) x 1.05 = 0.0142275.
    expect(gordon.yield).toBeCloseTo(Math.log(1.0142275), 12);
    expect(gordon.reit + gordon.rest).toBeCloseTo(0.0142275, 12);
    const years = PARITY?.years ?? Number.NaN;
    expect(gordonForward).toBeCloseTo(2750 * Math.exp((0.02 - gordon.yield) * years), 9);
    expect(yieldGap).toBeCloseTo((PARITY?.dividendYield ?? Number.NaN) - gordon.yield, 12);
  });

  it('give a condor the same break-even points, at other distances from their forwards', () => {
    const { condor, gordonForward } = compared([2600, 2650, 2850, 2900]);
    expect(condor?.creditMid).toBeGreaterThan(0);
    expect(condor?.credit).toBeCloseTo((condor?.creditMid ?? Number.NaN) - 4 * HALF, 9);
    expect(condor?.byParity.lower).toBe(2650 - (condor?.credit ?? Number.NaN));
    expect(condor?.byGordon.lower).toBe(condor?.byParity.lower);
    expect(condor?.byGordon.upperLogMoneyness).toBeCloseTo(
      Math.log((2850 + (condor?.credit ?? Number.NaN)) / gordonForward),
      12,
    );
  });

  it('have no condor whose strike is not there', () => {
    expect(compared([2600, 2651, 2850, 2900]).condor).toBeUndefined();
    expect(compared().condor).toBeUndefined();
  });
});
