import { describe, expect, it } from 'vitest';
import { AM, CALL, PM, PUT, SPX_OPTION, VIX_OPTION } from '../contracts/contract-kind.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { OpeningBook } from './adopt-book.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { planDay } from './plan-day.ts';
import { CONDORS } from './policies.fixture.ts';
import { OPTIONS } from './run-sketch.fixture.ts';
import { planSessions } from './session-plan.ts';
import { sketchMarket } from './sketched-market.fixture.ts';

const PATH = sketchMarket({
  first: epochDay(2021, 1, 4),
  sessions: 160,
  start: 159,
  spx: (i) => 4000 + 2 * i,
  vix: () => 20,
});
const TODAY = PATH.day[159] ?? 0;

function leg(right: number, strike: number, quantity: number, price: number): Leg {
  return { kind: SPX_OPTION, right, strike, expiry: TODAY + 40, settlement: PM, quantity, price };
}
const BOOK: OpeningBook = {
  legs: [
    leg(PUT, 3900, 2, 20),
    leg(PUT, 4000, -2, 28),
    leg(CALL, 4600, -2, 18),
    leg(CALL, 4700, 2, 9),
    {
      kind: VIX_OPTION,
      right: CALL,
      strike: 22,
      expiry: TODAY + 150,
      settlement: AM,
      quantity: 5,
      price: 3,
    },
  ],
  yearStartEquity: 950_000,
  spent: { near: 900 },
};
const LAYERS = {
  near: { ...CONDORS.layers.near, enabled: true },
  medium: { ...CONDORS.layers.medium, enabled: true },
  long: { ...CONDORS.layers.long, enabled: true },
};

describe('a plan on a book', () => {
  const plan = planDay({
    path: PATH,
    plan: planSessions(PATH, computeSignals(PATH)),
    policy: { ...CONDORS, layers: LAYERS },
    options: OPTIONS,
    book: BOOK,
  });

  it('holds the condor with its largest loss: 100 points less 17 of credit', () => {
    const [condor] = plan.held;
    expect(condor?.structure).toBe('condor');
    expect(condor?.maxLossPerUnit).toBeCloseTo(100 * 100 - 1700, 6);
    expect([condor?.shortPut, condor?.shortCall]).toEqual([4000, 4600]);
  });

  it('is cash plus the value of the legs', () => {
    const value = plan.equity - OPTIONS.equity;
    // Short condor of two units: worth less than nothing; five VIX calls: worth something.
    expect(Math.abs(value)).toBeLessThan(20_000);
    expect(plan.before.requirement).toBe(2 * 100 * 100);
  });

  it('knows the layer that holds the calls, the year and what was spent', () => {
    const [near, , long] = plan.layers;
    expect([long?.phase, long?.trade?.units]).toEqual(['OPEN', 5]);
    expect([near?.spent, near?.budget]).toEqual([900, 950_000 * 0.02 * 0.4]);
  });
});
