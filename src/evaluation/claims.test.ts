import { describe, expect, it } from 'vitest';
import type { MarketPath } from '../market/market-path.ts';
import { createRandomStream } from '../math/philox.ts';
import { CLAIMS, claimVerdict } from './claims.ts';
import type { Claim, ClaimFinding, ClaimInputs } from './claims.ts';
import { summarisePath } from './path-summary.ts';
import { baseTrade, tinyRecord } from './run-record.fixture.ts';

function inputs(changes: Partial<ClaimInputs> = {}): ClaimInputs {
  return {
    path: { start: 0, length: 0 } as MarketPath,
    history: new Map(),
    futures: new Map(),
    bootstrap: { stream: createRandomStream(1), replicates: 20, meanBlock: 2 },
    ...changes,
  };
}

function claim(id: string): Claim {
  const found = CLAIMS.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
}

const finding = (estimate: number, low?: number, high?: number): ClaimFinding => ({
  estimate: { value: estimate },
  low: low === undefined ? { value: null, reason: 'none' } : { value: low },
  high: high === undefined ? { value: null, reason: 'none' } : { value: high },
  note: '',
});

describe('claimVerdict', () => {
  it.each([
    ['borne out', finding(0.37, 0.2, 0.6)],
    ['borne out', finding(0.35)],
    ['undecided', finding(0.2, 0.1, 0.36)],
    ['contradicted', finding(0.2, 0.1, 0.3)],
    ['contradicted', finding(0.5, 0.45, 0.6)],
    ['contradicted', finding(0.2)],
  ])('%s', (verdict, found) => {
    expect(claimVerdict(claim('drawdown-cut'), found)).toBe(verdict);
  });

  it('of no figure is not measurable, and no claim is measured on nothing', () => {
    for (const each of CLAIMS.filter(({ id }) => id !== 'layers-avoid-calls')) {
      expect(claimVerdict(each, each.find(inputs()))).toBe('not measurable');
    }
  });
});

describe('the claims', () => {
  it('undefined risk: the worst condor over its stated loss, fees aside', () => {
    const trades = [-960, -500, 300].map((pnl, i) => ({
      ...baseTrade(pnl, 10_010 + i),
      maxLoss: 1000,
      fees: 10,
    }));
    const history = new Map([['unhedged', tinyRecord([100, 99], { trades })]]);
    const found = claim('undefined-risk').find(inputs({ history }));
    expect(found.estimate.value).toBeCloseTo(0.95, 12);
  });

  it('losses recovered: what the layers left over the dollars that condors lost', () => {
    const counts = { openings: 1, refusals: 0, notListed: 0, noData: 0, triggers: 1, overshoot: 0 };
    const layers = [
      { sleeve: 'near', ...counts, cost: 100, payoff: 600, rollsProposed: 0 } as const,
    ];
    const trades = [baseTrade(-1000, 10_010), baseTrade(400, 10_011)];
    const record = tinyRecord([100, 99], { trades, layers });
    const found = claim('losses-recovered').find(
      inputs({ history: new Map([['alvh-45', record]]) }),
    );
    expect(found.estimate.value).toBeCloseTo(0.5, 12);
  });

  it('2020: gain of the layers over loss of the condors between two closes', () => {
    // 2020-02-18 to 2020-03-25 on consecutive days, six sleeves a session, cumulative.
    const sessions = 37;
    const day = Int32Array.from({ length: sessions }, (_unused, i) => 18_310 + i);
    const sleevePnl = new Float64Array(sessions * 6);
    for (let session = 0; session < sessions; session += 1) {
      sleevePnl[session * 6] = -10 * session;
      sleevePnl[session * 6 + 1] = 5 * session;
      sleevePnl[session * 6 + 5] = 1000;
    }
    const record = tinyRecord(
      Array.from({ length: sessions }, () => 100),
      {},
      { day, sleevePnl },
    );
    const found = claim('offset-2020').find(inputs({ history: new Map([['alvh-45', record]]) }));
    expect(found.estimate.value).toBeCloseTo(0.5, 12);
  });

  it('daily range: moves inside VIX over the root of 252', () => {
    const path = {
      start: 0,
      length: 5,
      spxClose: Float64Array.from([100, 100.9, 100, 103, 103]),
      vixClose: new Float64Array(5).fill(16),
    } as unknown as MarketPath;
    // 16 / sqrt(252) is 1.008 %: 0.9 % in, 0.89 % in, 3 % out, 0 in.
    expect(claim('daily-range').find(inputs({ path })).estimate.value).toBe(0.75);
  });

  it('spiral and calls: counted over futures', () => {
    const one = summarisePath(tinyRecord([100, 94, 40]));
    const futures = new Map([
      ['martingale', [one]],
      ['unhedged', [{ ...one, marginCall: true }, one]],
      ['alvh-45', [one, one]],
    ]);
    expect(claim('spiral').find(inputs({ futures })).estimate.value).toBe(1);
    expect(claim('layers-avoid-calls').find(inputs({ futures })).estimate.value).toBe(0.5);
  });
});
