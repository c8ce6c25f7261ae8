import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-compare-'));
const market = join(folder, 'market');

beforeAll(() => {
  mkdirSync(market);
  writeMadeUpMarket(market);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Text of the HTML report, where one was written. */
  readonly report: string | undefined;
}

let runs = 0;

/** Runs `alvh compare` with a report file of its own. */
function compare(args: string, environment: Readonly<Record<string, string>> = {}): Outcome {
  runs += 1;
  const report = join(folder, `report-${runs}.html`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'compare', ...args.split(' '), '--out', report],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...environment } },
  );
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  return { code: status, out: stdout, err: stderr, report: text };
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(outcome: Outcome): Fields & { readonly policies: readonly Fields[] } {
  expect(outcome.code, outcome.err).toBe(0);
  return JSON.parse(outcome.out) as Fields & { readonly policies: readonly Fields[] };
}

/** Paths of nulls that have no reason beside them, and of texts that stand for a number. */
function faults(value: unknown, place = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => faults(each, `${place}[${i}]`));
  if (typeof value === 'string') return /^(NaN|-?Infinity)$/.test(value) ? [place] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === null && !(`${key}Reason` in value)
      ? [`${place}.${key} is null without a reason`]
      : faults(inner, `${place}.${key}`),
  );
}

const POLICY_FIELDS =
  'name finalEquity cagr maxDrawdownClose maxDrawdownWorstMark marginWarnings marginCalls ' +
  'forcedLiquidations ruined ruinDate hedge condors doublingRefused peakMarginUse ' +
  'returnOnMaxMargin endedBy coverage';
const PROBABILITIES = ['pMarginCall', 'pForcedLiquidation', 'pRuin', 'pDrawdown50Given5'];

function expectContract(document: Fields & { readonly policies: readonly Fields[] }): void {
  expect(document['schema']).toBe('alvh/compare/1');
  expect(Object.keys(document['manifest'] as Fields)).toEqual(
    expect.arrayContaining(['codeVersion', 'configHash', 'dataHash', 'seed', 'node']),
  );
  expect((document['assumptions'] as readonly string[]).length).toBeGreaterThan(5);
  expect(faults(document)).toEqual([]);
  for (const policy of document.policies) {
    expect(Object.keys(policy)).toEqual(expect.arrayContaining(POLICY_FIELDS.split(' ')));
    expect(Object.keys(policy['hedge'] as Fields)).toEqual(
      expect.arrayContaining(['cost', 'payoff', 'byLayer']),
    );
    expect(Object.keys(policy['condors'] as Fields)).toEqual(
      expect.arrayContaining(['trades', 'wins', 'averageWin', 'averageLoss']),
    );
    expect(Object.keys(policy['coverage'] as Fields)).toEqual([
      'quoted',
      'calibrated',
      'regressed',
      'simulated',
    ]);
    expect(typeof policy['finalEquity']).toBe('number');
  }
}

const SIMULATED = '--market simulated --paths 30 --years 1 --seed 7 --json';

describe('alvh compare on simulated futures', () => {
  let first: Outcome;
  beforeAll(() => {
    first = compare(`${SIMULATED} --workers 2`);
  });

  it('gives every field of the contract, as finite numbers', () => {
    const document = parsed(first);
    expectContract(document);
    expect(document['manifest']).toMatchObject({ seed: 7, dataHash: null });
    const names = document.policies.map((policy) => policy['name']);
    expect(names).toEqual(
      expect.arrayContaining(['unhedged', 'smaller-unhedged', 'martingale', 'alvh-45']),
    );
    for (const policy of document.policies) {
      expect(policy['paths']).toBe(30);
      for (const name of PROBABILITIES) {
        const { estimate, low, high, count } = policy[name] as Readonly<Record<string, number>>;
        if (estimate === null) continue;
        expect(low).toBeLessThanOrEqual(estimate ?? Number.NaN);
        expect(high).toBeGreaterThanOrEqual(estimate ?? Number.NaN);
        expect(Number.isInteger(count)).toBe(true);
      }
    }
  });

  it('keeps standard output for the document alone', () => {
    expect(first.out.endsWith('}\n')).toBe(true);
    expect(first.out.trimEnd().split('\n')).toHaveLength(1);
    expect(first.err).toContain('report: ');
    expect(first.report).toMatch(/^<!doctype html>/i);
  });

  it.each([
    ['again, in New York', '--workers 2', { TZ: 'America/New_York' }],
    [
      'on one worker, far east of New York, in German',
      '--workers 1',
      { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    ],
  ])('gives the same bytes %s, document and report', (_, workers, environment) => {
    const other = compare(`${SIMULATED} ${workers}`, environment);
    expect(other.code).toBe(0);
    expect(other.out === first.out).toBe(true);
    expect(other.report === first.report).toBe(true);
  });

  it('gives other numbers for another seed', () => {
    const other = compare('--market simulated --paths 5 --seed 8 --policies unhedged --json');
    const same = compare('--market simulated --paths 5 --seed 7 --policies unhedged --json');
    expect(parsed(other).policies[0]?.['finalEquity']).not.toBe(
      parsed(same).policies[0]?.['finalEquity'],
    );
  });
});

const SPAN = '--from 2004-03-01 --to 2005-06-28';
const onHistory = (args: string, dir = market): Outcome => compare(`--data ${dir} ${SPAN} ${args}`);

describe('alvh compare on history', () => {
  it('gives every field of the contract, the same bytes each time', () => {
    const first = onHistory('--policies unhedged,martingale,alvh-45 --json');
    expectContract(parsed(first));
    expect((parsed(first)['manifest'] as Fields)['dataHash']).toMatch(/^[0-9a-f]{64}$/);
    const second = onHistory('--policies unhedged,martingale,alvh-45 --json');
    expect(second.out === first.out && second.report === first.report).toBe(true);
  });

  it('runs over all of the data when no dates are named', () => {
    const { code, out } = compare(`--data ${market} --policies unhedged --json`);
    expect(code).toBe(0);
    const rows = readFileSync(join(market, 'spx_daily.csv'), 'utf8').trimEnd().split('\n');
    const days = rows.slice(1).map((row) => row.split(',')[0]);
    expect(JSON.parse(out)).toMatchObject({ from: days[0], to: days.at(-1) });
  });

  it('runs a copied and changed policy file', () => {
    const file = join(folder, 'mine.yaml');
    const shipped = readFileSync(join(ROOT, 'policies', 'alvh-45.yaml'), 'utf8');
    const changed = shipped
      .replace('name: alvh-45', 'name: mine')
      .replace('riskPerTrade: 0.02', 'riskPerTrade: 0.01');
    writeFileSync(file, changed);
    const { policies } = parsed(onHistory(`--policies alvh-45,${file} --json`));
    const [method, mine] = ['alvh-45', 'mine'].map((name) =>
      policies.find((policy) => policy['name'] === name),
    );
    expect(mine?.['finalEquity']).not.toBe(method?.['finalEquity']);
    writeFileSync(file, changed.replace('riskPerTrade', 'riskPerTrad'));
    const refused = onHistory(`--policies ${file}`);
    expect({ code: refused.code, report: refused.report }).toEqual({ code: 8, report: undefined });
    const line = changed.split('\n').findIndex((text) => text.includes('riskPerTrade')) + 1;
    expect(refused.err).toContain(`${file}:${line}:3: `);
    expect(refused.err).toContain("Remedy: did you mean 'riskPerTrade'?");
  });

  it('writes the blotter', () => {
    const file = join(folder, 'trades.csv');
    const outcome = onHistory(`--policies unhedged --json --trades ${file}`);
    const closed = parsed(outcome).policies[0]?.['condors'] as { readonly trades: number };
    const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(header).toMatch(/^policy,id,sleeve,structure,opened,closed,/);
    expect(closed.trades).toBeGreaterThan(0);
    expect(rows).toHaveLength(closed.trades);
  });

  /** Every policy, its document piped into a shell command; the status is that of the program. */
  function piped(reader: string): Outcome {
    const report = join(folder, 'piped.html');
    const own = `compare --data ${market} ${SPAN} --policies all --json --out ${report}`;
    const script = `'${process.execPath}' '${MAIN}' ${own} | ${reader}; exit "\${PIPESTATUS[0]}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr, report: undefined };
  }

  it('gives a slow reader the whole document', () => {
    const outcome = piped('(sleep 4; cat)');
    expect(parsed(outcome).policies.length).toBeGreaterThan(8);
    expect(outcome.out.endsWith('}\n')).toBe(true);
  });

  it.each(['head -c 100', 'true'])('ends quietly with 0 when its reader is %s', (reader) => {
    const { code, out, err } = piped(reader);
    expect(code).toBe(0);
    expect(out).toHaveLength(reader === 'true' ? 0 : 100);
    expect(err).not.toMatch(/EPIPE|unexpected| {4}at /);
  });
});

describe('alvh compare refuses', () => {
  it.each([
    ['--polices cash', 'unknown option --polices. Did you mean --policies?'],
    ['--paths 0', '--paths must be a whole number from 1 to'],
    ['--paths 3 --paths 4', '--paths must be given once'],
    ['--market history', '--market history needs --data DIR'],
    ['--margin reg-x', '--margin must be'],
  ])('%s with a usage error', (args, message) => {
    const { code, out, err, report } = compare(args);
    expect({ code, out, report }).toEqual({ code: 2, out: '', report: undefined });
    expect(err).toContain(message);
  });

  it('what is not there with 3: a policy, a folder, its files, a range', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    for (const [outcome, message] of [
      [compare('--policies martingal'), "did you mean 'martingale'?"],
      [onHistory('--json', join(folder, 'nowhere')), 'the data folder must exist'],
      [onHistory('--json', empty), 'spx_daily.csv: the file must exist'],
      [compare(`--data ${market} --from 2015-01-02 --to 2016-01-04`), 'must lie within the data'],
    ] as const) {
      const { code, out, err, report } = outcome;
      expect({ code, out, report }).toEqual({ code: 3, out: '', report: undefined });
      expect(err).toContain(message);
      expect(err).toContain('Remedy: ');
      expect(err).not.toContain('    at ');
    }
  });

  const ROW = 400;
  const OTHER = '2004-08-04,1,2,3';
  it.each([
    ['a cut row', (row: string) => [row.split(',').slice(0, 3).join(',')], 0, 'end', '6 fields'],
    ['text in a number', (row: string) => [edit(row, 4, 'abc')], 0, 4, 'close must be a number'],
    ['a price below 0', (row: string) => [edit(row, 4, '-5')], 0, 4, 'close must be > 0, was -5'],
    ['a date twice', (row: string) => [row, row], 1, 0, 'a date must occur once'],
    ['a date too early', (row: string) => [row, edit(row, 0, '1990-01-02')], 1, 0, 'must ascend'],
    ['a date of no month', (row: string) => [edit(row, 0, '2004-13-01')], 0, 0, 'must be a date'],
  ] as const)('%s with 8 and its place, and leaves no report', (_, spoil, down, field, rule) => {
    const dir = mkdtempSync(join(folder, 'spoilt-'));
    for (const name of readdirSync(market)) {
      writeFileSync(join(dir, name), readFileSync(join(market, name)));
    }
    const file = join(dir, 'spx_daily.csv');
    const lines = readFileSync(file, 'utf8').split('\n');
    const spoilt = spoil(lines[ROW - 1] ?? OTHER);
    lines.splice(ROW - 1, 1, ...spoilt);
    writeFileSync(file, lines.join('\n'));
    const line = lines[ROW - 1 + down] ?? '';
    const cells = line.split(',');
    const column =
      1 +
      (field === 'end' ? line.length : cells.slice(0, field).join(',').length + Number(field > 0));
    const { code, out, err, report } = onHistory('--json --policies cash', dir);
    expect({ code, out, report }).toEqual({ code: 8, out: '', report: undefined });
    expect(err).toContain(`${file}:${ROW + down}:${column}: `);
    expect(err).toContain(rule);
    expect(err).toContain('Remedy: ');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

function edit(row: string, field: number, text: string): string {
  return row
    .split(',')
    .map((cell, place) => (place === field ? text : cell))
    .join(',');
}
