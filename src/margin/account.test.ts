import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VIX_OPTION, VXM_FUTURE } from '../contracts/contract-kind.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { AccountInput } from './account.ts';
import { accountState } from './account.ts';
import { futuresMargin } from './futures-requirement.ts';
import type { LegSketch } from './legs.fixture.ts';
import { condorOf, legsOf } from './legs.fixture.ts';
import { EXCHANGE_PROFILE, IBKR_PROFILE } from './margin-profile.ts';
import { marginCondition, nextMarginStatus } from './margin-status.ts';
import { createMarginCalculator } from './strategy-requirement.ts';

const EMPTY: AccountInput = {
  securitiesCash: 0,
  optionMarketValue: 0,
  strategyInitial: 0,
  strategyMaintenance: 0,
  futuresCash: 0,
  futuresOptionValue: 0,
  futuresInitial: 0,
  futuresMaintenance: 0,
};

const CALCULATOR = createMarginCalculator(EXCHANGE_PROFILE);
const SPOTS = { spx: 5000, vix: 20 };

function margined(sketches: readonly LegSketch[]): Partial<AccountInput> {
  const requirement = CALCULATOR.requirement(legsOf(sketches), SPOTS);
  return { strategyInitial: requirement, strategyMaintenance: requirement };
}

const CONDOR = condorOf(4700, 5300, 5, 1);

function fundsAfter(fee: number): number {
  const securitiesCash = 360 + 140 - fee;
  return accountState({ ...EMPTY, securitiesCash, ...margined(CONDOR) }).availableFunds;
}

describe('a Reg T account (worked examples from the rules, fees 0)', () => {
  it('A1: the mark of a condor moves net liquidation value, not excess liquidity', () => {
    const opened = { ...EMPTY, securitiesCash: 10_140, ...margined(CONDOR) };
    const fresh = accountState({ ...opened, optionMarketValue: -140 });
    expect(fresh).toMatchObject({
      equityWithLoan: 10_140,
      initialMargin: 500,
      maintenanceMargin: 500,
      availableFunds: 9640,
      excessLiquidity: 9640,
      netLiquidation: 10_000,
    });
    const marked = accountState({ ...opened, optionMarketValue: -400 });
    expect(marked).toMatchObject({ excessLiquidity: 9640, netLiquidation: 9740 });
  });

  it('A2: a hedge in VIX calls raises excess liquidity only when it is sold', () => {
    const calls: LegSketch = { right: 'call', strike: 25, quantity: 2, kind: VIX_OPTION };
    const held = { ...EMPTY, securitiesCash: 9900, ...margined([...CONDOR, calls]) };
    const bought = accountState({ ...held, optionMarketValue: -140 + 240 });
    expect(bought).toMatchObject({
      maintenanceMargin: 500,
      excessLiquidity: 9400,
      netLiquidation: 10_000,
    });
    const spiked = accountState({ ...held, optionMarketValue: -500 + 1800 });
    expect(spiked).toMatchObject({ excessLiquidity: 9400, netLiquidation: 11_200 });
    const sold = accountState({
      ...held,
      securitiesCash: 9900 + 1800,
      optionMarketValue: -500,
      ...margined(CONDOR),
    });
    expect(sold.excessLiquidity).toBe(11_200);
  });

  it('A3: an order that leaves excess of exactly zero is open to the account, a fee more is not', () => {
    expect(fundsAfter(0)).toBe(0);
    expect(fundsAfter(0.01)).toBeLessThan(0);
  });

  it('A4: a condor settled beyond a wing has lost its width less its credit', () => {
    const settled = accountState({ ...EMPTY, securitiesCash: 10_140 - 500, ...margined([]) });
    expect(settled).toMatchObject({ maintenanceMargin: 0, excessLiquidity: 9640 });
    expect(10_000 - settled.netLiquidation).toBe(360);
  });

  it('A5: a PM short put whose AM long of the same Friday settles first is naked', () => {
    const short: LegSketch = { right: 'put', strike: 4700, quantity: -1, mark: 0.05 };
    const long: LegSketch = { right: 'put', strike: 4650, quantity: 1, settlement: 'AM' };
    expect(CALCULATOR.requirement(legsOf([short, long]), SPOTS)).toBeCloseTo(47_000 + 5, 9);
    expect(CALCULATOR.requirement(legsOf([short]), SPOTS)).toBeCloseTo(47_000 + 5, 9);
  });

  it('A6: variation on a VXM future is paid in cash; the deficit is swept or called', () => {
    const futures = {
      ...EMPTY,
      futuresCash: 1200 + (17 - 20) * 100,
      futuresInitial: 1200,
      futuresMaintenance: 960,
    };
    const alone = accountState(futures);
    expect(alone).toMatchObject({ futuresExcess: -60, futuresShortfall: 60, sweep: 0 });
    expect(alone.deficit).toBe(60);
    const backed = accountState({ ...futures, securitiesCash: 5000 });
    expect(backed).toMatchObject({ futuresShortfall: 60, sweep: 60, deficit: 0 });
    const partly = accountState({ ...futures, securitiesCash: 40 });
    expect(partly).toMatchObject({ sweep: 40, deficit: 20 });
  });

  it('A7: negative cash in the futures segment liquidates although total excess is positive', () => {
    // Interactive Brokers' example: short futures gain against long calls on futures.
    const before = accountState({
      ...EMPTY,
      futuresCash: 6850 - 3150 + 3150,
      futuresOptionValue: 2 * 31.5 * 50,
      futuresMaintenance: 2712,
    });
    expect(before).toMatchObject({ netLiquidation: 10_000, futuresExcess: 7288, deficit: 0 });
    const after = accountState({
      ...EMPTY,
      futuresCash: -3150,
      futuresOptionValue: 10_300,
      futuresMaintenance: 666,
    });
    expect(after).toMatchObject({ netLiquidation: 7150, futuresExcess: 6484, deficit: 3150 });
    const condition = marginCondition(after, IBKR_PROFILE);
    expect(nextMarginStatus('OK', condition, IBKR_PROFILE.lifecycle)).toBe('LIQUIDATE');
    // Securities excess that covers only a part does not change that; enough does.
    const input = { ...EMPTY, futuresCash: -3150, futuresOptionValue: 10_300 };
    expect(accountState({ ...input, securitiesCash: 1000 }).deficit).toBe(2150);
    expect(accountState({ ...input, securitiesCash: 3150 }).deficit).toBe(0);
  });

  it('draws the initial margin of futures from available funds', () => {
    const margin = futuresMargin({
      kind: VXM_FUTURE,
      price: 20,
      day: epochDay(2026, 1, 5),
      stressed: false,
      profile: IBKR_PROFILE,
    });
    const state = accountState({
      ...EMPTY,
      securitiesCash: 10_000,
      futuresInitial: margin.initial,
      futuresMaintenance: margin.maintenance,
    });
    expect(state.availableFunds).toBeCloseTo(10_000 - 0.35 * 20 * 100 * 1.25, 9);
  });
});

describe('no mark of an intact condor makes a margin call', () => {
  it('excess liquidity of any number of condors is independent of marks and index', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.double({ min: 1000, max: 20_000, noNaN: true }),
        (size, marks, spx) => {
          const legs = legsOf(
            condorOf(4700, 5300, 50, size).map((leg, slot) => ({ ...leg, mark: marks[slot] ?? 0 })),
          );
          const requirement = CALCULATOR.requirement(legs, { spx, vix: 20 });
          const securitiesCash = 5000 * size;
          const state = accountState({
            ...EMPTY,
            securitiesCash,
            optionMarketValue: -(marks[0] ?? 0) * 100 * size,
            strategyInitial: requirement,
            strategyMaintenance: requirement,
          });
          expect(state.excessLiquidity).toBe(0);
          expect(state.deficit).toBe(0);
          expect(marginCondition(state, IBKR_PROFILE)).not.toBe('deficit');
        },
      ),
    );
  });
});
