import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataError } from './data-error.ts';
import { loadPolicy, policyNames } from './policy-file.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'policies');
const METHOD = readFileSync(join(FOLDER, 'alvh-45.yaml'), 'utf8');
const temporary = mkdtempSync(join(tmpdir(), 'alvh-policy-'));
const FILE = join(temporary, 'mine.yaml');

afterAll(() => rmSync(temporary, { recursive: true }));

function load(text: string): ReturnType<typeof loadPolicy> {
  writeFileSync(FILE, text);
  return loadPolicy(FILE, FOLDER);
}

function refusal(text: string): DataError {
  try {
    load(text);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('the policy was taken');
}

/** Line of the first occurrence, counted from 1. */
function lineOf(fragment: string): number {
  const place = METHOD.indexOf(fragment);
  expect(place, fragment).toBeGreaterThan(0);
  return METHOD.slice(0, place).split('\n').length;
}

describe('shipped policies', () => {
  it.each(policyNames(FOLDER))('%s loads under its own name', (name) => {
    const policy = loadPolicy(name, FOLDER);
    expect(policy.name).toBe(name);
    expect(policy.summary.length).toBeGreaterThan(10);
  });

  it('differ from alvh-45 only in what they say', () => {
    const method = loadPolicy('alvh-45', FOLDER);
    const unhedged = loadPolicy('unhedged', FOLDER);
    expect(unhedged).toEqual({
      ...method,
      name: 'unhedged',
      summary: unhedged.summary,
      layers: {
        near: { ...method.layers.near, enabled: false },
        medium: { ...method.layers.medium, enabled: false },
        long: { ...method.layers.long, enabled: false },
      },
    });
    const capped = loadPolicy('martingale-capped', FOLDER);
    expect(capped.sizing).toEqual({
      ...method.sizing,
      kind: 'martingale',
      noEscalation: false,
      maxDoublings: 3,
    });
    expect(capped.guards).toBeNull();
  });
});

describe('extends', () => {
  it('merges maps key by key and keeps the rest', () => {
    const method = loadPolicy('alvh-45', FOLDER);
    const mine = load('extends: alvh-45\nname: mine\nlayers: { medium: { rsi: 25 } }\n');
    expect(mine).toEqual({
      ...method,
      name: 'mine',
      layers: { ...method.layers, medium: { ...method.layers.medium, rsi: 25 } },
    });
  });

  it('replaces a map whole when its selector changes', () => {
    const head = 'extends: alvh-45\nname: mine\n';
    const mine = load(`${head}shortStrikes: { selector: delta, delta: 0.16 }\n`);
    expect(mine.shortStrikes).toEqual({ selector: 'delta', delta: 0.16 });
    const wider = load(`${head}wings: { selector: pct, width: 0.03 }\n`);
    expect(wider.wings).toEqual({ selector: 'pct', width: 0.03 });
    expect(wider.shortStrikes).toEqual(loadPolicy('alvh-45', FOLDER).shortStrikes);
  });

  it('takes null as a value', () => {
    expect(load('extends: alvh-45\nname: mine\nguards: null\n').guards).toBeNull();
    const { exits } = load('extends: alvh-45\nname: mine\nexits: { profitTarget: null }\n');
    expect(exits).toEqual({ profitTarget: null, closeAtDays: 21, stopCreditMultiple: null });
  });

  it('goes through several files', () => {
    const base = join(temporary, 'base.yaml');
    writeFileSync(base, 'extends: unhedged\nname: base\nsizing: { riskPerTrade: 0.01 }\n');
    const mine = load(`extends: ${base}\nname: mine\nsizing: { maxOpenRisk: 0.05 }\n`);
    expect(mine.sizing).toMatchObject({ riskPerTrade: 0.01, maxOpenRisk: 0.05 });
    expect(mine.layers.long.enabled).toBe(false);
  });

  it('refuses a circle, itself and what is no name', () => {
    const other = join(temporary, 'other.yaml');
    writeFileSync(other, `extends: ${FILE}\nname: other\n`);
    for (const base of [FILE, other, '5']) {
      const error = refusal(`name: mine\nextends: ${base}\n`);
      expect(error).toMatchObject({ code: 'bad-data', rule: expect.stringContaining('circle') });
      // A circle is told at the link of the asked file, wherever else it runs.
      expect(error).toMatchObject({ file: FILE, line: 2, column: 1 });
    }
  });

  it('names the nearest policy when the base is unknown', () => {
    const error = refusal('extends: unhedge\nname: mine\n');
    expect(error.code).toBe('not-found');
    expect(error.remedy).toMatch(/^did you mean 'unhedged'\?/);
  });
});

describe('a wrong policy', () => {
  it('is refused at a mistyped key', () => {
    const error = refusal(METHOD.replace('riskPerTrade', 'riskPerTrad'));
    expect(error).toMatchObject({
      code: 'bad-data',
      file: FILE,
      line: lineOf('riskPerTrade'),
      column: 3,
      value: "'riskPerTrad'",
      remedy: "did you mean 'riskPerTrade'?",
    });
    expect(error.message).toMatch(
      new RegExp(`^${FILE}:${lineOf('riskPerTrade')}:3: key must be one of kind, risk`),
    );
  });

  it('names the keys of the selector that the file chose, not those of its base', () => {
    const head = 'extends: alvh-45\nname: mine\nshortStrikes:\n  selector: delta\n';
    expect(refusal(`${head}  detla: 0.16\n`)).toMatchObject({
      line: 5,
      column: 3,
      rule: 'key must be one of selector, delta',
      remedy: "did you mean 'delta'?",
    });
    expect(refusal(head)).toMatchObject({ line: 3, remedy: 'add the key delta' });
  });

  it('is refused at a mistyped choice', () => {
    expect(refusal(METHOD.replace('selector: em ', 'selector: ems '))).toMatchObject({
      line: lineOf('selector: em '),
      column: 3,
      value: '"ems"',
      remedy: "did you mean 'em'?",
    });
    expect(refusal(METHOD.replace('kind: fixed-risk', 'kind: martingal'))).toMatchObject({
      line: lineOf('kind: fixed-risk'),
      remedy: "did you mean 'martingale'?",
    });
  });

  it('is refused at a value of the wrong type or range', () => {
    const text = refusal(METHOD.replace('riskPerTrade: 0.02', 'riskPerTrade: two'));
    expect(text).toMatchObject({ line: lineOf('riskPerTrade'), column: 3, value: '"two"' });
    expect(text.rule).toMatch(/^sizing\.riskPerTrade: .*number/);
    const negative = refusal(METHOD.replace('rsi: 30', 'rsi: -30'));
    expect(negative).toMatchObject({ line: lineOf('rsi: 30'), column: 5, value: '-30' });
    expect(negative.rule).toMatch(/^layers\.medium\.rsi: /);
  });

  it('is refused at the map that lacks a key', () => {
    const error = refusal(METHOD.replace(/ {2}riskPerTrade.*\n/, ''));
    expect(error).toMatchObject({ line: lineOf('sizing:'), column: 1 });
    expect(error.rule).toMatch(/^sizing\.riskPerTrade: /);
  });

  it('is refused in the file that is wrong, not in its base', () => {
    const error = refusal('extends: alvh-45\nname: mine\nlayers: { medium: { rsii: 25 } }\n');
    expect(error).toMatchObject({
      file: FILE,
      line: 3,
      column: 21,
      remedy: "did you mean 'rsi'?",
    });
  });

  it('is refused when layers share more than the whole budget', () => {
    const error = refusal(METHOD.replace('  near: 0.40', '  near: 0.50'));
    expect(error).toMatchObject({ line: lineOf('budgets:'), column: 1 });
    expect(error.rule).toContain('near + medium + long must be <= 1');
    // 0.4 + 0.4 + 0.2 is above 1 in floating point, and allowed.
    expect(load(METHOD).budgets).toMatchObject({ near: 0.4, medium: 0.4, long: 0.2 });
  });

  it('loads without the keys that move budgets, which are off then', () => {
    const from = METHOD.indexOf('  mode: fixed');
    const older = METHOD.slice(0, from) + METHOD.slice(METHOD.indexOf('\nguards:'));
    expect(load(older).budgets).toMatchObject({
      mode: 'fixed',
      weighting: null,
      priceSpike: null,
    });
    expect(load(older).budgets.hurdle).toEqual(load(METHOD).budgets.hurdle);
  });

  it('takes the usual strength and bounds of weights that do not name them', () => {
    const weights = 'weighting: { macd: 1, priceToEarnings: 0, priceToCashFlow: 0 }';
    const { weighting } = load(`extends: unhedged\nname: mine\nbudgets: { ${weights} }\n`).budgets;
    expect(weighting).toMatchObject({ macd: 1, strength: 0.25, clip: 2, floor: 0.5, ceiling: 1.5 });
  });

  it.each([
    ['weighting: { macdd: 1 }', "did you mean 'macd'?", 'key must be one of'],
    ['weighting: { macd: 0.8 }', 'see the shipped policy alvh-45', 'must be <= 1 (weights of one'],
    ['priceSpike: { z: -1 }', 'see the shipped policy alvh-45', 'budgets.priceSpike.z'],
    ['mode: hurdel', "did you mean 'hurdle'?", 'budgets.mode'],
    ['hurdle: { minTrades: 500 }', 'see the shipped policy alvh-45', 'minTrades <= window'],
  ])('is refused with a remedy for budgets of %s', (own, remedy, rule) => {
    const error = refusal(`extends: alvh-45\nname: mine\nbudgets: { ${own} }\n`);
    expect(error).toMatchObject({ file: FILE, line: 3, remedy });
    expect(error.rule).toContain(rule);
  });

  it.each([
    ['a bracket left open', 'name: [a\nb: c\n', 2, 1],
    ['a tab for an indent', 'name: a\n\tb: c\n', 2, 1],
    ['a key given twice', 'name: a\nbase: cash\nname: b\n', 3, 1],
  ])('is refused where its YAML breaks: %s', (_, text, line, column) => {
    expect(refusal(text)).toMatchObject({ rule: 'policy must be YAML', line, column });
  });

  it.each(['', '- a\n', 'hello\n'])('is refused when it is no map: %j', (text) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: 'bad-data', rule: 'policy must be a map of keys' });
    expect(error).toMatchObject({ line: 1, column: 1 });
  });
});

describe('a policy under the name of the method', () => {
  const head = 'extends: alvh-45\nname: alvh-45-mine\n';

  it.each([
    ['growth after losses', 'sizing: { noEscalation: false }\n', 'sizing.noEscalation', 'R-21'],
    ['doubling', 'sizing: { kind: martingale }\n', 'sizing.kind', 'R-20'],
    ['naked short legs', 'base: strangle\n', 'base', 'R-01'],
    [
      'sold VIX calls as a hedge',
      'layers: { near: { upperMultiple: 0.9 } }\n',
      'layers.near.upperMultiple',
      'R-13',
    ],
  ])('is refused for %s, with the rule that forbids it', (_what, line, key, rule) => {
    const error = refusal(`${head}${line}`);
    expect(error).toMatchObject({ code: 'bad-data', file: FILE, line: 3 });
    expect(error.rule.startsWith(`${key}: `)).toBe(true);
    expect(error.rule).toContain(`(${rule})`);
  });

  it('may do so under another name, but never sell VIX calls', () => {
    const other = 'extends: alvh-45\nname: mine\n';
    expect(load(`${other}sizing: { noEscalation: false }\n`).sizing.noEscalation).toBe(false);
    expect(load(`${other}base: strangle\n`).base).toBe('strangle');
    const error = refusal(`${other}layers: { near: { upperMultiple: 1 } }\n`);
    expect(error.rule).toContain('(R-13)');
  });

  it('is taken when it keeps the rules', () => {
    expect(load(`${head}sizing: { riskPerTrade: 0.01 }\n`).sizing.riskPerTrade).toBe(0.01);
  });
});

describe('an unknown policy', () => {
  it('is not found, with the nearest name and all names', () => {
    for (const [asked, near] of [
      ['alvh45', 'alvh-45'],
      ['martingal', 'martingale'],
    ] as const) {
      expect(() => loadPolicy(asked, FOLDER)).toThrow(
        `was '${asked}'. Remedy: did you mean '${near}'? shipped: alvh-45, alvh-45-hold, alvh-45-plain, cash,`,
      );
    }
    expect(() => loadPolicy('no-such-thing-at-all', FOLDER)).toThrow('Remedy: shipped: alvh-45');
    expect(() => loadPolicy(join(temporary, 'absent.yaml'), FOLDER)).toThrow('an existing .yaml');
  });
});
