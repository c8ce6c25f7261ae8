import { z } from 'zod';
import { methodRefusals } from '../strategy/method-refusals.ts';
import type { Policy } from '../strategy/policy.ts';

const fraction = z.number().min(0).max(1);
const positive = z.number().positive();
const count = z.number().int().min(0);

const SHORT_STRIKES = {
  em: z.strictObject({
    selector: z.literal('em'),
    multiple: positive,
    capmTilt: fraction,
    beta: z.number(),
    equityRiskPremium: z.number().min(-0.2).max(0.2),
  }),
  delta: z.strictObject({ selector: z.literal('delta'), delta: z.number().gt(0).lt(0.5) }),
  points: z.strictObject({ selector: z.literal('points'), points: positive }),
};
const shortStrikes: z.ZodType<Policy['shortStrikes']> = z.discriminatedUnion('selector', [
  SHORT_STRIKES.em,
  SHORT_STRIKES.delta,
  SHORT_STRIKES.points,
]);

const WINGS = {
  pct: z.strictObject({ selector: z.literal('pct'), width: z.number().gt(0).lt(1) }),
  points: z.strictObject({ selector: z.literal('points'), width: positive }),
  delta: z.strictObject({ selector: z.literal('delta'), delta: z.number().gt(0).lt(0.5) }),
};
const wings: z.ZodType<Policy['wings']> = z.discriminatedUnion('selector', [
  WINGS.pct,
  WINGS.points,
  WINGS.delta,
]);

/** Keys of each map that has a `selector`, by path and selector. */
export const SELECTOR_KEYS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  {
    shortStrikes: keysBySelector(SHORT_STRIKES),
    wings: keysBySelector(WINGS),
  };

function keysBySelector(
  variants: Readonly<Record<string, z.ZodObject>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(variants).map(([selector, variant]) => [selector, Object.keys(variant.shape)]),
  );
}

const sizing: z.ZodType<Policy['sizing']> = z.strictObject({
  kind: z.enum(['fixed-risk', 'martingale']),
  riskPerTrade: fraction,
  maxOpenRisk: fraction,
  noEscalation: z.boolean(),
  maxDoublings: count.nullable(),
  overlap: z.enum(['sequential', 'weekly']),
  onRefusal: z.enum(['stop', 'max-affordable']),
});

const DAYS_RULE: { readonly message: string } = {
  message: 'minDays <= targetDays <= maxDays (calendar days)',
};

function daysAscend(rule: {
  readonly minDays: number;
  readonly targetDays: number;
  readonly maxDays: number;
}): boolean {
  return rule.minDays <= rule.targetDays && rule.targetDays <= rule.maxDays;
}

const standing = z
  .strictObject({
    targetDays: count,
    minDays: count,
    maxDays: count,
    rollAtDays: count,
    onlyWithCondors: z.boolean(),
    size: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('budget'), share: fraction }),
      z.strictObject({ by: z.literal('condors'), contracts: count, condors: count.min(1) }),
    ]),
    takeProfitMultiple: z.number().gt(1).nullable(),
    trail: fraction,
  })
  .refine(daysAscend, DAYS_RULE)
  .refine((rule) => rule.rollAtDays < rule.minDays, {
    message: 'rollAtDays must be below minDays (calendar days)',
  });

const instrument = {
  instrument: z.enum(['vx', 'vix-call', 'vix-call-spread', 'etp', 'spx-put']),
  delta: z.number().gt(0).lt(1).nullable(),
  upperMultiple: z.number().gt(1, {
    message:
      'must be > 1 (R-13): layers buy VIX calls; a sold strike at or below the future sells the ' +
      'dearer call',
  }),
  moneyness: z.number().gt(0).lt(2).nullable(),
  deltaBand: z
    .tuple([fraction, fraction])
    .refine(([low, high]) => low < high, { message: 'deltaBand must ascend (low < high)' })
    .nullable(),
  onDeltaBand: z.enum(['propose', 'roll']),
  standing: standing.nullable(),
};

const near: z.ZodType<Policy['layers']['near']> = z.strictObject({
  enabled: z.boolean(),
  ...instrument,
  events: z
    .array(z.enum(['fomc', 'cpi']))
    .min(1)
    .readonly()
    .default(['fomc']),
  sessionsBefore: count.min(1),
  budgetShare: fraction,
});

const medium: z.ZodType<Policy['layers']['medium']> = z
  .strictObject({
    enabled: z.boolean(),
    ...instrument,
    targetDays: count,
    minDays: count,
    maxDays: count,
    rsi: z.number().min(0).max(100),
    breadth: z.enum(['strict', 'proxy', 'rsi-only']),
    deltaShare: fraction,
    slopeFloor: positive,
    clearSessions: count,
    maxSessions: count,
    exitDays: count,
    trail: fraction,
    cooldownSessions: count,
  })
  .refine(daysAscend, DAYS_RULE);

const long: z.ZodType<Policy['layers']['long']> = z
  .strictObject({
    enabled: z.boolean(),
    ...instrument,
    targetDays: count,
    minDays: count,
    maxDays: count,
    zThreshold: positive,
    budgetShare: fraction,
    clearSessions: count,
    exitDays: count,
    takeProfitMultiple: z.number().gt(1),
    trail: fraction,
    cooldownSessions: count,
  })
  .refine(daysAscend, DAYS_RULE);

const weighting = z
  .strictObject({
    macd: fraction,
    priceToEarnings: fraction,
    priceToCashFlow: fraction,
    strength: z.number().min(0).default(0.25),
    clip: positive.default(2),
    floor: fraction.default(0.5),
    ceiling: z.number().min(1).default(1.5),
  })
  .refine((w) => w.macd + w.priceToEarnings + w.priceToCashFlow <= 1 + 1e-12, {
    message: 'macd + priceToEarnings + priceToCashFlow must be <= 1 (weights of one score)',
  });

const hurdle = z
  .strictObject({
    spread: z.number().min(0).max(0.2),
    minTrades: count.min(2),
    window: count.min(2),
    shrinkTrades: count,
    floor: fraction,
    ceiling: fraction,
    condorShare: fraction,
  })
  .refine((rule) => rule.floor <= rule.ceiling, { message: 'floor <= ceiling (fractions)' })
  .refine((rule) => rule.minTrades <= rule.window, { message: 'minTrades <= window (trades)' });

/** The hurdle's numbers for policies that do not state them; they act under `mode: hurdle` only. */
const HURDLE: Policy['budgets']['hurdle'] = {
  spread: 0.015,
  minTrades: 60,
  window: 120,
  shrinkTrades: 60,
  floor: 0.005,
  ceiling: 0.03,
  condorShare: 0.5,
};

/** Everything beyond the four shares is off where a file does not name it: older files load. */
const budgets = z
  .strictObject({
    yearly: fraction,
    near: fraction,
    medium: fraction,
    long: fraction,
    mode: z.enum(['fixed', 'hurdle']).default('fixed'),
    hurdle: hurdle.default(HURDLE),
    weighting: weighting.nullable().default(null),
    priceSpike: z.strictObject({ z: positive, share: fraction }).nullable().default(null),
  })
  .refine((b) => b.near + b.medium + b.long <= 1 + 1e-12, {
    message: 'near + medium + long must be <= 1 (shares of the yearly budget)',
  });

const timeShift = z
  .strictObject({
    targetDays: count,
    minDays: count.min(1),
    maxDays: count,
    shortDelta: fraction,
    dailyRange: positive,
    vix: positive,
    maxRolls: count.max(2, { message: 'must be <= 2 (R-33: a chain rolls at most twice)' }),
    minMoves: z.number().min(1, {
      message: 'must be >= 1 (R-33: a roll may not sell inside one expected move)',
    }),
    cushion: fraction,
  })
  .refine(daysAscend, DAYS_RULE);

const secondEngine = z.strictObject({
  capital: positive,
  holding: z.enum(['bills', 'spx-total-return']),
  leverage: z.number().min(1).max(2, { message: 'must be <= 2 (R-37; holdings over capital)' }),
  maintenance: fraction,
  lossLimit: z.number().gt(0).max(1),
});

const falseBinary = z.strictObject({
  mode: z.enum(['record', 'choose']),
  tailWeight: z.number().min(0),
});

const votes = z.strictObject({
  needed: count.max(3, { message: 'must be <= 3 (votes; three timeframes vote)' }),
  rangeSessions: count.min(1),
  termRatioMax: positive,
});

/**
 * Validates a complete policy; every key is required, but for those of `budgets` that are off by
 * default, and no other is allowed. A policy under the name of the method must also keep the
 * method's own rules.
 */
export const policySchema: z.ZodType<Policy> = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
    summary: z.string().min(1),
    base: z.enum(['cash', 'spx-total-return', 'condor', 'strangle']),
    entry: z
      .strictObject({
        sessionOfWeek: z.number().int().min(0).max(5),
        targetDays: count,
        minDays: count,
        maxDays: count,
        vixMax: positive.nullable(),
        minCreditShare: fraction.nullable(),
      })
      .refine(daysAscend, DAYS_RULE),
    shortStrikes,
    wings,
    exits: z.strictObject({
      profitTarget: z.number().gt(0).lt(1).nullable(),
      closeAtDays: count.nullable(),
      stopCreditMultiple: positive.nullable(),
    }),
    sizing,
    threat: z.strictObject({ expectedMoveUsed: positive, shortDelta: fraction }),
    timeShift: timeShift.nullable().default(null),
    falseBinary: falseBinary.nullable().default(null),
    layers: z.strictObject({ near, medium, long }),
    budgets,
    guards: z
      .strictObject({
        quickRatioBlock: z.number().min(0),
        maxMarginUse: fraction,
        votes: votes.nullable().default(null),
      })
      .nullable(),
    secondEngine: secondEngine.nullable().default(null),
    fill: z.enum(['same-close', 'next-close']),
  })
  .superRefine((policy, context) => {
    if (policy.timeShift !== null && policy.sizing.kind === 'martingale') {
      context.addIssue({
        code: 'custom',
        path: ['timeShift'],
        message: 'R-33 forbids it: a chain of rolls may not grow, and a Martingale doubles',
      });
    }
    for (const { key, rule, asks } of methodRefusals(policy)) {
      context.addIssue({
        code: 'custom',
        path: [...key],
        message: `${policy.name} forbids it (${rule}): ${asks}. Take another name to compare with it`,
      });
    }
  });
