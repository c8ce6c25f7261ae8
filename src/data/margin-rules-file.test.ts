import { describe, expect, it } from 'vitest';
import { marginRulesOf } from '../margin/house-rule.ts';
import type { MarginRules } from '../margin/house-rule.ts';
import { epochDay } from '../time/epoch-day.ts';
import { applyMarginRules } from './margin-rules-file.ts';

const DAY = epochDay(2024, 6, 3);
const BROKERS = ['exchange', 'ibkr', 'tastytrade', 'traditional'] as const;

function rulesOf(text: string, base: MarginRules = marginRulesOf('ibkr')): MarginRules {
  return applyMarginRules({ text, name: 'own.yaml' }, base, DAY).rules;
}

/** The value at a path of keys. */
function at(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) =>
        typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined,
      tree,
    );
}

/** Path in a rules file, a value, and where it goes in the tables. */
const OPTION_LEVELS = [
  ['nakedShare', 0.33],
  ['minimumShare', 0.07],
  ['nakedMinimum', 333],
  ['spreadMinimum', 77],
  ['cover', 'same-expiry'],
] as const;
const KEYS: readonly (readonly [string, number | string, string])[] = [
  ...(['spx', 'xsp', 'vix'] as const).flatMap((name) =>
    OPTION_LEVELS.map(
      ([key, value]) =>
        [
          `options.${name}.${key}`,
          name === 'vix' && key === 'cover' ? 'on-or-after' : value,
          `profile.options.${name}.${key}`,
        ] as const,
    ),
  ),
  ...(['equity', 'broadFund', 'volatilityFund'] as const).flatMap((name) =>
    OPTION_LEVELS.map(
      ([key, value]) => [`options.${name}.${key}`, value, `house.${name}.${key}`] as const,
    ),
  ),
  ['icRule', 'maxSide', 'profile.icRule'],
  ['universalSpreadFactor', 1.07, 'profile.universalSpreadFactor'],
  ['shortBoxFactor', 1.09, 'profile.shortBoxFactor'],
  ['shares.initial', 0.61, 'house.shares.initial'],
  ['shares.longMaintenance', 0.31, 'house.shares.longMaintenance'],
  ['shares.shortMaintenance', 0.41, 'house.shares.shortMaintenance'],
  ['longOption.loanShare', 0.11, 'house.longOption.loanShare'],
  ['longOption.months', 7, 'house.longOption.months'],
  ['minimumEquity.open', 2100, 'house.minimumEquity.open'],
  ['minimumEquity.maintain', 2200, 'house.minimumEquity.maintain'],
  ['minimumEquity.callSessions', 6, 'house.minimumEquity.callSessions'],
  ['futures.initialRatio', 1.3, 'profile.futures.initialRatio'],
  ['futures.maintenance', 21_000, 'profile.futures.levels.0.maintenance'],
  ['futures.calmShare', 0.36, 'profile.futures.calmShare'],
  ['futures.stressedShare', 0.81, 'profile.futures.stressedShare'],
  ['futures.stressRise', 0.37, 'profile.futures.stressRise'],
  ['futures.stressSessions', 12, 'profile.futures.stressSessions'],
  ['futures.sensitivity', 1.5, 'profile.futures.sensitivity'],
  ['futures.calendarShare', 0.62, 'house.calendarShare'],
  ['account.lifecycle', 'call', 'profile.lifecycle'],
  ['account.callSessions.house', 4, 'profile.callSessions.house'],
  ['account.callSessions.portfolio', 5, 'profile.callSessions.portfolio'],
  ['account.callSessions.futures', 2, 'profile.callSessions.futures'],
  ['account.restrictedDays', 80, 'profile.restrictedDays'],
  ['account.warningCushion', 0.2, 'profile.warningCushion'],
  ['portfolio.regime.above', 31, 'portfolio.regime.above'],
  ['portfolio.regime.below', 21, 'portfolio.regime.below'],
  ['portfolio.regime.sustained', 26, 'portfolio.regime.sustained'],
  ['portfolio.regime.sessions', 6, 'portfolio.regime.sessions'],
  ['portfolio.minimumPerPoint', 0.5, 'portfolio.minimumPerPoint'],
  ['portfolio.initialRatio', 1.25, 'portfolio.initialRatio'],
  ['portfolio.volatilityScan.broadIndex', 0.8, 'portfolio.volatilityScan.broadIndex'],
  ['portfolio.volatilityScan.volatility', 1.6, 'portfolio.volatilityScan.volatility'],
  ['portfolio.volatilityScan.equity', 0.2, 'portfolio.volatilityScan.equity'],
  ['portfolio.volatilityCrash.move', 4, 'portfolio.volatilityCrash.move'],
  ['portfolio.volatilityCrash.share', 0.4, 'portfolio.volatilityCrash.share'],
  ['portfolio.concentration.riskiest', 3, 'portfolio.concentration.riskiest'],
  ['portfolio.concentration.wideMove', 0.35, 'portfolio.concentration.wideMove'],
  ['portfolio.concentration.narrowMove', 0.06, 'portfolio.concentration.narrowMove'],
  ['portfolio.minimumEquity.open', 120_000, 'portfolio.minimumEquity.open'],
  ['portfolio.minimumEquity.maintain', 105_000, 'portfolio.minimumEquity.maintain'],
  ['portfolio.minimumEquity.callSessions', 2, 'portfolio.minimumEquity.callSessions'],
];
/** Ranges are given whole. */
const RANGES = ['broadIndex', 'wideRange', 'volatility', 'equity'] as const;

/** A rules file with one entry. */
function fileWith(path: string, value: number | string): string {
  return JSON.stringify(
    path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
  );
}

/** Paths of all levels of a table: numbers and names, but no dates and no liquidation plan. */
function levelsIn(tree: object, path: string): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]: readonly [string, unknown]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (['effective', 'until', 'liquidation', 'name'].includes(key)) return [];
    if (key.toLowerCase().endsWith('source')) return [];
    return typeof value === 'object' && value !== null ? levelsIn(value, here) : [here];
  });
}

describe('applyMarginRules', () => {
  it.each(KEYS)('takes %s', (path, value, place) => {
    for (const broker of BROKERS) {
      const base = marginRulesOf(broker);
      expect(at(rulesOf(fileWith(path, value), base), place)).toBe(value);
    }
    expect(at(marginRulesOf('ibkr'), place)).not.toBe(value);
  });

  it.each(RANGES)('takes portfolio.%s', (name) => {
    const rules = rulesOf(`portfolio: {${name}: {down: -0.31, up: 0.29}}`);
    expect(rules.portfolio[name]).toEqual({ down: -0.31, up: 0.29 });
  });

  it('has a key for every level of every table', () => {
    const known = new Set(KEYS.map(([, , place]) => place));
    for (const range of RANGES) {
      known.add(`portfolio.${range}.down`);
      known.add(`portfolio.${range}.up`);
    }
    for (const broker of BROKERS) {
      expect(levelsIn(marginRulesOf(broker), '').filter((place) => !known.has(place))).toEqual([]);
    }
  });

  it('dates an entry, names its source, and leaves the table until its day has come', () => {
    const text = (effective: string): string =>
      `options: {spx: {nakedShare: 0.3, effective: ${effective}, source: letter of May}}`;
    const now = applyMarginRules(
      { text: text('2024-06-03'), name: 'own.yaml' },
      marginRulesOf('ibkr'),
      DAY,
    );
    expect(now.rules.profile.options.spx).toMatchObject({ nakedShare: 0.3, effective: DAY });
    expect(now.rules.profile.options.spx.source).toMatch(
      /^user-supplied in own\.yaml \(letter of May\): nakedShare; otherwise/,
    );
    expect(now.levels).toEqual([
      {
        path: 'options.spx.nakedShare',
        value: 0.3,
        effective: '2024-06-03',
        source: 'letter of May',
      },
    ]);
    const later = applyMarginRules(
      { text: text('2024-06-04'), name: 'own.yaml' },
      marginRulesOf('ibkr'),
      DAY,
    );
    expect(later.rules).toEqual(marginRulesOf('ibkr'));
    expect(later.levels[0]?.inForce).toBe(false);
  });

  it('takes dated levels of VX margin', () => {
    const text =
      'futures: {levels: [{effective: 2020-03-01, until: 2020-12-31, maintenance: 21291.5}, ' +
      '{effective: 2021-01-01, maintenance: 8112.5, source: table}]}';
    expect(rulesOf(text).profile.futures.levels).toMatchObject([
      { effective: epochDay(2020, 3, 1), until: epochDay(2020, 12, 31), maintenance: 21_291.5 },
      { effective: epochDay(2021, 1, 1), maintenance: 8112.5 },
    ]);
  });
});
