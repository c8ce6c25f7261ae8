import { describe, expect, it } from 'vitest';
import { SPX_OPTION, VIX_OPTION, XSP_OPTION } from '../contracts/contract-kind.ts';
import { epochDay } from '../time/epoch-day.ts';
import { legsOf } from './legs.fixture.ts';
import type { LegSketch } from './legs.fixture.ts';
import { LIQUIDATION_PLANS } from './liquidation-plan.ts';
import { MARGIN_PROFILES } from './margin-profile.ts';
import type { BrokerName } from './margin-profile.ts';
import { strategyRequirement } from './strategy-requirement.ts';

const BROKERS = ['exchange', 'ibkr', 'tastytrade', 'traditional'] as const;
const SPOTS = { spx: 5000, vix: 20 };

function required(broker: BrokerName, ...legs: readonly LegSketch[]): number {
  return strategyRequirement(legsOf(legs), SPOTS, MARGIN_PROFILES[broker]);
}

function short(kind: number, right: 'call' | 'put', strike: number, mark: number): LegSketch {
  return { kind, right, strike, mark, quantity: -1 };
}

/** One uncovered short, and what each broker of BROKERS requires for it, dollars. */
const UNCOVERED: readonly (readonly [string, LegSketch, readonly number[]])[] = [
  // 60 + 15, 15, 25, 20 % of 5000.
  [
    'SPX call at the money',
    short(SPX_OPTION, 'call', 5000, 60),
    [81_000, 81_000, 131_000, 106_000],
  ],
  ['SPX put at the money', short(SPX_OPTION, 'put', 5000, 60), [81_000, 81_000, 131_000, 106_000]],
  // What is out of the money counts off the share: 300 points.
  ['SPX put at 4700', short(SPX_OPTION, 'put', 4700, 20), [49_000, 49_000, 97_000, 72_500]],
  // At least 10, 10, 15, 15 % of the index for a call, of the strike for a put.
  ['SPX call far away', short(SPX_OPTION, 'call', 7000, 0), [50_000, 50_000, 75_000, 75_000]],
  ['SPX put far away', short(SPX_OPTION, 'put', 3000, 0), [30_000, 30_000, 45_000, 45_000]],
  // What is in the money stands in the mark, and does not lower the share.
  [
    'SPX call in the money',
    short(SPX_OPTION, 'call', 4500, 510),
    [126_000, 126_000, 176_000, 151_000],
  ],
  // Interactive Brokers asks at least 250 dollars, and no broker more than a put can lose.
  ['SPX put that can lose 100', short(SPX_OPTION, 'put', 1, 0), [10, 100, 15, 15]],
  ['SPX put that can lose 1000', short(SPX_OPTION, 'put', 10, 0), [100, 250, 150, 150]],
  ['XSP call at the money', short(XSP_OPTION, 'call', 500, 6), [8100, 8100, 13_100, 10_600]],
  ['XSP put far away', short(XSP_OPTION, 'put', 300, 0), [3000, 3000, 4500, 4500]],
  // 1 + 20, 20, 100, 40 % of spot VIX.
  ['VIX call at the money', short(VIX_OPTION, 'call', 20, 1), [500, 500, 2100, 900]],
  ['VIX call far away', short(VIX_OPTION, 'call', 60, 0), [200, 250, 1500, 400]],
  ['VIX put at 18', short(VIX_OPTION, 'put', 18, 0.5), [250, 250, 1800, 650]],
  ['VIX put at 12', short(VIX_OPTION, 'put', 12, 0), [120, 250, 1200, 240]],
];

describe('uncovered shorts by broker', () => {
  it.each(UNCOVERED)('%s', (_name, leg, expected) => {
    for (const [place, broker] of BROKERS.entries()) {
      expect(required(broker, leg), broker).toBeCloseTo(expected[place] ?? Number.NaN, 6);
    }
  });
});

describe('covers by broker', () => {
  // One point wide: a spread that counts requires 100 dollars, or the least of the broker.
  it.each([
    ['SPX put', short(SPX_OPTION, 'put', 4700, 20), 4699, [100, 100, 97_000, 100]],
    ['XSP put', short(XSP_OPTION, 'put', 470, 2), 469, [100, 100, 9700, 100]],
    ['VIX call', short(VIX_OPTION, 'call', 20, 1), 21, [500, 500, 2100, 900]],
  ])('%s against a later expiry', (_name, leg, strike, expected) => {
    const later = { ...leg, strike, quantity: 1, expiry: 130 };
    for (const [place, broker] of BROKERS.entries()) {
      expect(required(broker, leg, later), broker).toBeCloseTo(expected[place] ?? Number.NaN, 6);
    }
  });

  it.each([
    ['SPX put', short(SPX_OPTION, 'put', 4700, 20), 4699, [100, 100, 100, 100]],
    ['XSP put', short(XSP_OPTION, 'put', 470, 2), 469, [100, 100, 100, 100]],
    ['VIX call', short(VIX_OPTION, 'call', 20, 1), 21, [100, 150, 100, 100]],
    ['VIX call, wider', short(VIX_OPTION, 'call', 20, 1), 23, [300, 300, 300, 300]],
  ])('%s against the same expiry', (_name, leg, strike, expected) => {
    for (const [place, broker] of BROKERS.entries()) {
      const spread = [leg, { ...leg, strike, quantity: 1 }];
      expect(required(broker, ...spread), broker).toBe(expected[place]);
    }
  });
});

describe('levels of a broker', () => {
  it('are dated by the universal spread rule (SEC Rel. 34-67752: 2012-10-26)', () => {
    for (const broker of BROKERS) {
      for (const rule of Object.values(MARGIN_PROFILES[broker].options)) {
        expect(rule.effective).toBe(epochDay(2012, 10, 26));
      }
    }
  });

  // Days to meet a call (house, portfolio, futures), and days without new positions after a missed
  // one: FINRA Rule 4210(f)(6) and (g), Lightspeed and tastytrade help pages; Interactive Brokers
  // knowledge base 199: no call.
  it.each([
    ['exchange', 'call', [15, 3, 1], 0],
    ['ibkr', 'auto', [0, 0, 0], 0],
    ['tastytrade', 'call', [3, 3, 1], 90],
    ['traditional', 'call', [3, 2, 1], 90],
  ] as const)('%s: what follows a deficit', (broker, lifecycle, sessions, restricted) => {
    const profile = MARGIN_PROFILES[broker];
    const { house, portfolio, futures } = profile.callSessions;
    expect(profile.lifecycle).toBe(lifecycle);
    expect([house, portfolio, futures]).toEqual(sessions);
    expect(profile.restrictedDays).toBe(restricted);
  });

  it('have a least charge at Interactive Brokers only: 250 for a short, 150 for a VIX spread', () => {
    const least = BROKERS.map((broker) =>
      Object.values(MARGIN_PROFILES[broker].options).map((rule) => [
        rule.nakedMinimum,
        rule.spreadMinimum,
      ]),
    );
    const none = [0, 0];
    expect(least).toEqual([
      [none, none, none],
      [
        [250, 0],
        [250, 0],
        [250, 150],
      ],
      [none, none, none],
      [none, none, none],
    ]);
  });

  it('warn below a cushion of a tenth, at every broker', () => {
    const cushions = BROKERS.map((broker) => MARGIN_PROFILES[broker].warningCushion);
    expect(cushions).toEqual([0.1, 0.1, 0.1, 0.1]);
  });

  it('have 102 % and the price of a short box at Interactive Brokers only (its margin page)', () => {
    const factors = BROKERS.map((broker) => MARGIN_PROFILES[broker].universalSpreadFactor);
    expect(factors).toEqual([1, 1.02, 1, 1]);
    const boxes = BROKERS.map((broker) => MARGIN_PROFILES[broker].shortBoxFactor);
    expect(boxes).toEqual([undefined, 1.02, undefined, undefined]);
  });

  it('of VX futures: initial 110 % of maintenance at the exchange (CFE RG13-019), 125 % at IBKR', () => {
    const ratios = BROKERS.map((broker) => MARGIN_PROFILES[broker].futures.initialRatio);
    expect(ratios).toEqual([1.1, 1.25, 1.1, 1.1]);
    for (const broker of BROKERS) expect(MARGIN_PROFILES[broker].futures.sensitivity).toBe(1);
  });
});

describe('plans of a liquidation', () => {
  it('close whole combinations at three times the spread, unless told otherwise', () => {
    for (const broker of BROKERS) {
      expect(MARGIN_PROFILES[broker].liquidation).toBe(LIQUIDATION_PLANS.combos);
    }
    expect(LIQUIDATION_PLANS.combos).toMatchObject({
      mode: 'combo',
      sizing: 'whole',
      fractionPerRound: 1,
      spreadMultiple: 3,
      sizePerHundred: 0,
      impactPerHundred: 0,
    });
  });

  it('may go leg by leg, for no more than the deficit', () => {
    const { legs, combos } = LIQUIDATION_PLANS;
    expect(legs).toMatchObject({ mode: 'legs', sizing: 'deficit' });
    expect(legs.spreadMultiple).toBe(combos.spreadMultiple);
  });

  it('in a thin market spread eight rounds over a day, half a position at most in each', () => {
    expect(LIQUIDATION_PLANS.thin).toMatchObject({
      mode: 'combo',
      sizing: 'deficit-and-impact',
      roundsPerDay: 8,
      fractionPerRound: 0.5,
      sizePerHundred: 1,
      impactPerHundred: 1,
    });
  });
});
