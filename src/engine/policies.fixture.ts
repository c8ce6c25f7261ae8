import type { Policy } from '../strategy/policy.ts';

/** The condors of the method without a hedge, as code: for tests below the policy files. */
export const CONDORS: Policy = {
  name: 'condors',
  summary: '45-day condors outside the expected move.',
  base: 'condor',
  entry: {
    sessionOfWeek: 2,
    targetDays: 45,
    minDays: 30,
    maxDays: 60,
    vixMax: null,
    minCreditShare: null,
  },
  shortStrikes: { selector: 'em', multiple: 1, capmTilt: 1, beta: 1, equityRiskPremium: 0.05 },
  wings: { selector: 'pct', width: 0.02 },
  exits: { profitTarget: 0.5, closeAtDays: 21, stopCreditMultiple: null },
  sizing: {
    kind: 'fixed-risk',
    riskPerTrade: 0.02,
    maxOpenRisk: 0.1,
    noEscalation: true,
    maxDoublings: null,
    overlap: 'sequential',
    onRefusal: 'stop',
  },
  threat: { expectedMoveUsed: 0.7, shortDelta: 0.3 },
  layers: {
    near: {
      enabled: false,
      instrument: 'vix-call-spread',
      delta: null,
      upperMultiple: 1.25,
      moneyness: null,
      deltaBand: null,
      onDeltaBand: 'propose',
      standing: null,
      events: ['fomc'],
      sessionsBefore: 4,
      budgetShare: 0.125,
    },
    medium: {
      enabled: false,
      instrument: 'vx',
      delta: 0.5,
      upperMultiple: 1.25,
      moneyness: null,
      deltaBand: null,
      onDeltaBand: 'propose',
      standing: null,
      targetDays: 90,
      minDays: 75,
      maxDays: 105,
      rsi: 30,
      breadth: 'proxy',
      deltaShare: 0.35,
      slopeFloor: 0.15,
      clearSessions: 5,
      maxSessions: 20,
      exitDays: 60,
      trail: 0.2,
      cooldownSessions: 10,
    },
    long: {
      enabled: false,
      instrument: 'vix-call',
      delta: 0.5,
      upperMultiple: 1.25,
      moneyness: null,
      deltaBand: [0.45, 0.55],
      onDeltaBand: 'propose',
      standing: null,
      targetDays: 180,
      minDays: 150,
      maxDays: 215,
      zThreshold: 1.5,
      budgetShare: 0.5,
      clearSessions: 20,
      exitDays: 120,
      takeProfitMultiple: 3,
      trail: 0.2,
      cooldownSessions: 20,
    },
  },
  budgets: {
    yearly: 0.02,
    near: 0.4,
    medium: 0.4,
    long: 0.2,
    mode: 'fixed',
    hurdle: {
      spread: 0.015,
      minTrades: 60,
      window: 120,
      shrinkTrades: 60,
      floor: 0.005,
      ceiling: 0.03,
      condorShare: 0.5,
    },
    weighting: null,
    priceSpike: null,
  },
  guards: { quickRatioBlock: 1, maxMarginUse: 0.65, votes: null },
  fill: 'same-close',
};

/** Cash only. */
export const CASH: Policy = { ...CONDORS, name: 'cash', base: 'cash' };

/** The index with dividends. */
export const INDEX: Policy = { ...CONDORS, name: 'index', base: 'spx-total-return' };

/** Condors held to settlement. */
export const HELD_CONDORS: Policy = {
  ...CONDORS,
  name: 'held-condors',
  exits: { profitTarget: null, closeAtDays: null, stopCreditMultiple: null },
};
