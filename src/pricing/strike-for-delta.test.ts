import { describe, expect, it } from 'vitest';
import { AM, CALL, PM, PUT, SPX_OPTION } from '../contracts/contract-kind.ts';
import { createSnapshot } from '../market/market-snapshot.ts';
import { contractGreeks } from './contract-greeks.ts';
import { sampleSnapshot, SAMPLE_DAY } from './sample-snapshot.ts';
import { strikeForDelta } from './strike-for-delta.ts';

const snapshot = sampleSnapshot();

describe('strikeForDelta', () => {
  it.each([1, 7, 45, 180])('is the strike whose delta is the target, %d days', (days) => {
    for (const right of [CALL, PUT]) {
      for (const absDelta of [0.02, 0.05, 0.16, 0.3, 0.5, 0.8]) {
        const expiry = SAMPLE_DAY + days;
        const strike = strikeForDelta(snapshot, expiry, AM, right, absDelta);
        const terms = { kind: SPX_OPTION, right, strike, expiry, settlement: AM };
        const { delta } = contractGreeks(terms, snapshot);
        expect(Math.abs(delta)).toBeCloseTo(absDelta, 9);
      }
    }
  });

  it('puts a 16-delta put farther from the money than a 16-delta call', () => {
    const put = strikeForDelta(snapshot, SAMPLE_DAY + 45, PM, PUT, 0.16);
    const call = strikeForDelta(snapshot, SAMPLE_DAY + 45, PM, CALL, 0.16);
    expect(5000 - put).toBeGreaterThan(call - 5000);
  });

  it('has no strike for an impossible delta, at expiry or without a market', () => {
    const expiry = SAMPLE_DAY + 45;
    expect(strikeForDelta(snapshot, expiry, PM, CALL, 1.2)).toBeNaN();
    expect(strikeForDelta(snapshot, expiry, PM, CALL, 0)).toBeNaN();
    expect(strikeForDelta(snapshot, SAMPLE_DAY, PM, CALL, 0.16)).toBeNaN();
    expect(strikeForDelta(createSnapshot(), expiry, PM, CALL, 0.16)).toBeNaN();
  });
});
