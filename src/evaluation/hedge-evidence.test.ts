import { describe, expect, it } from 'vitest';
import type { LayerRecord, RunRecord } from '../engine/run-record.ts';
import { lcgNormals } from '../math/lcg-series.fixture.ts';
import { createRandomStream } from '../math/philox.ts';
import { HEDGE_EVIDENCE_DEFINITIONS } from './hedge-evidence-definitions.ts';
import { hedgeEfficiency, hedgeEvidence } from './hedge-evidence.ts';
import type { HedgeEvidence } from './hedge-evidence.ts';
import { tinyRecord } from './run-record.fixture.ts';

const market = lcgNormals(31, 600).map((z) => 0.0004 + 0.01 * z);

function account(policy: string, returns: Float64Array, cost = 0): RunRecord {
  let equity = 100;
  const closes = Array.from(returns, (r) => {
    equity *= 1 + r;
    return equity;
  });
  const layer: LayerRecord = {
    sleeve: 'near',
    openings: 1,
    refusals: 0,
    notListed: 0,
    noData: 0,
    triggers: 0,
    cost,
    payoff: 0,
    overshoot: 0,
    rollsProposed: 0,
  };
  return tinyRecord(closes, { policy, layers: cost > 0 ? [layer] : [] });
}

function evidence(): HedgeEvidence {
  return hedgeEvidence({
    reference: account('unhedged', market),
    policies: [
      account(
        'half',
        market.map((r) => 0.5 * r),
        5,
      ),
      account(
        'dear',
        market.map((r) => r - 0.001),
        10,
      ),
    ],
    stream: createRandomStream(8),
    replicates: 200,
  });
}

describe('hedgeEvidence', () => {
  it('resamples blocks no shorter than a trade lives', () => {
    expect(evidence()).toMatchObject({ reference: 'unhedged', replicates: 200 });
    expect(evidence().meanBlock).toBeGreaterThanOrEqual(31);
  });

  it('sees the smaller drawdown of one and the cost of the other', () => {
    const [half, dear] = evidence().policies;
    expect(half?.difference.conditionalDrawdown95.high.value).toBeLessThan(0);
    expect(dear?.difference.cagr.high.value).toBeLessThan(-0.15);
    expect(dear?.cagrHolm.value).toBe(0);
    expect(dear?.deflatedSharpe.value).toBeLessThan(0.01);
  });

  it('corrects for every test that was made', () => {
    for (const policy of evidence().policies) {
      const { cagr, conditionalDrawdown95 } = policy.difference;
      expect(policy.cagrHolm.value ?? 0).toBeGreaterThanOrEqual(cagr.pValue.value ?? 1);
      expect(policy.conditionalDrawdown95Holm.value ?? 0).toBeGreaterThanOrEqual(
        conditionalDrawdown95.pValue.value ?? 1,
      );
    }
  });

  it('is unknown for an account that fell to 0', () => {
    const ruined = tinyRecord(
      Array.from({ length: 600 }, (_unused, i) => (i < 300 ? 100 : -5)),
      { policy: 'ruined' },
    );
    const found = hedgeEvidence({
      reference: account('unhedged', market),
      policies: [ruined],
      stream: createRandomStream(8),
      replicates: 10,
    });
    expect(found.policies[0]?.difference.cagr.estimate.value).toBeNull();
    expect(found.policies[0]?.cagrHolm.reason).toBe('no p-value');
    expect(found.superior.consistent.reason).toContain('finite');
    expect(found.overfitting.value).toBeNull();
  });
});

describe('hedgeEfficiency', () => {
  it('is drawdown saved per dollar paid', () => {
    const bare = tinyRecord([100, 80, 90]);
    const layer = account('x', market.subarray(0, 2), 4).layers;
    const hedged = tinyRecord([100, 90, 90], { layers: layer });
    expect(hedgeEfficiency(hedged, bare).value).toBeCloseTo((0.1 * 100) / 4, 12);
    expect(hedgeEfficiency(bare, hedged).reason).toBe('no hedge was paid for');
  });
});

describe('definitions of the evidence', () => {
  it('name its fields once each', () => {
    const names = HEDGE_EVIDENCE_DEFINITIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const found = evidence();
    const fields = [...Object.keys(found), ...Object.keys(found.policies[0] ?? {})];
    for (const name of names) expect(fields).toContain(name.replace(/\..*/, ''));
  });
});
