import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL, PUT } from '../../src/contracts/contract-kind.ts';
import { madeSession, writeMadeSession } from '../../src/data/chains/made-sessions.fixture.ts';
import type { MadeQuote, MadeSession } from '../../src/data/chains/made-sessions.fixture.ts';
import { loadHistoricalMarket } from '../../src/data/historical-market.ts';
import { iso, writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-compare-chains-'));
const market = join(folder, 'market');
const whole = join(folder, 'whole');
/** The same chains without the short put of the first condor from the fourth session on. */
const holed = join(folder, 'holed');
const SPAN = { from: epochDay(2005, 1, 3), to: epochDay(2005, 2, 28), counterfactual: false };

/** A run takes seconds, on a busy machine many. */
const HOOK_MS = 120_000;

const sessions = new Map<string, MadeSession>();

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function compare(...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'compare', '--policies', 'unhedged', '--out', join(folder, 'report.html'), ...args],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  return { code: status, out: stdout, err: stderr };
}

const onChains = (dir: string, ...args: readonly string[]): Outcome =>
  compare('--data', market, '--chains', dir, ...args);

interface LegDayJson {
  readonly date: string;
  readonly trade: number;
  readonly leg: string;
  readonly quantity: number;
  readonly mark: number;
  readonly source: string;
  readonly bid: number | null;
  readonly ask: number | null;
}

interface MarksJson {
  readonly label: string;
  readonly sessions: number;
  readonly policies: readonly {
    readonly entries: number;
    readonly closed: number;
    readonly legDays: number;
    readonly quoted: number;
    readonly modelled: number;
    readonly errors: readonly { readonly band: string; readonly chainModel: number | null }[];
    readonly rows: readonly LegDayJson[];
  }[];
}

interface DocumentJson {
  readonly verdict: { readonly headline: string };
  readonly manifest: { readonly dataHash: string; readonly configHash: string };
  readonly policies: readonly { readonly coverage: Readonly<Record<string, number>> }[];
  readonly chainMarks: MarksJson;
}

function parsed({ code, out, err }: Outcome): DocumentJson {
  expect(code, err).toBe(0);
  return JSON.parse(out) as DocumentJson;
}

function policyOf(document: DocumentJson): MarksJson['policies'][number] {
  const [policy] = document.chainMarks.policies;
  if (policy === undefined) throw new Error('one policy was compared');
  return policy;
}

/** Bid and ask of `SPX 2005-02-18 AM 1150P` in a made-up session; undefined when it has none. */
function findQuote(day: string, leg: string): MadeQuote | undefined {
  const [, expiry = '', , strike = ''] = leg.split(' ');
  const right = strike.endsWith('C') ? CALL : PUT;
  return sessions
    .get(day)
    ?.quotes.find(
      (quote) =>
        iso(quote.expiry) === expiry &&
        quote.right === right &&
        quote.strike === Number(strike.slice(0, -1)),
    );
}

function quoteOf(day: string, leg: string): MadeQuote {
  const found = findQuote(day, leg);
  if (found === undefined) throw new Error(`${leg} is quoted on ${day}`);
  return found;
}

/** A file of plain CSV as rows of named cells. */
function csv(file: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

const trades = join(folder, 'trades.csv');
const legDays = join(folder, 'legs.csv');
let document: DocumentJson;

beforeAll(() => {
  for (const dir of [market, whole, holed]) mkdirSync(dir);
  writeMadeUpMarket(market);
  const { path } = loadHistoricalMarket({ dir: market, ...SPAN });
  for (let row = path.start; row < path.length; row += 1) {
    const session = madeSession(path, row);
    sessions.set(iso(session.day), session);
    writeMadeSession(whole, session);
  }
  document = parsed(onChains(whole, '--json', '--trades', trades, '--leg-days', legDays));
  const [first] = policyOf(document).rows;
  const short = policyOf(document).rows.find(({ quantity }) => quantity < 0)?.leg ?? '';
  const opened = [...sessions.keys()].indexOf(first?.date ?? '');
  for (const [place, [day, session]] of [...sessions].entries()) {
    const lost = place >= opened + 3 ? findQuote(day, short) : undefined;
    writeMadeSession(holed, {
      ...session,
      quotes: session.quotes.filter((quote) => quote !== lost),
    });
  }
}, HOOK_MS);
afterAll(() => rmSync(folder, { recursive: true }));

describe('alvh compare --chains', () => {
  it('fills at the bid and the ask of the files, and its profit adds up to the cent', () => {
    const rows = csv(trades);
    expect(rows.length).toBe(policyOf(document).closed);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      let cash = 0;
      for (const text of (row['legs'] ?? '').split('; ')) {
        const [count = '', ...rest] = text.split(' ');
        const leg = rest.slice(0, -1).join(' ');
        const [entry = NaN, exit = NaN] = (rest.at(-1) ?? '').split('>').map(Number);
        const [opened, closed] = [row['opened'] ?? '', row['closed'] ?? ''].map((day) =>
          quoteOf(day, leg),
        );
        const isLong = Number(count) > 0;
        expect(entry).toBe(isLong ? opened?.ask : opened?.bid);
        expect(exit).toBe(isLong ? closed?.bid : closed?.ask);
        cash += Math.round(100 * 100 * Number(count) * (exit - entry)) / 100;
      }
      expect(Number(row['pnl'])).toBeCloseTo(cash - Number(row['fees']), 6);
    }
  });

  it('tells for every leg-day what marked it, in JSON and CSV', () => {
    const { rows, legDays: count, quoted, modelled, entries } = policyOf(document);
    expect(rows).toHaveLength(count);
    expect([quoted, modelled]).toEqual([count, 0]);
    expect(document.policies[0]?.coverage).toEqual({
      quoted: count,
      calibrated: 0,
      regressed: 0,
      simulated: 0,
    });
    for (const { date, leg, mark, bid, ask, source } of rows) {
      expect({ bid, ask }).toEqual(pick(quoteOf(date, leg)));
      expect(mark).toBe(0.5 * ((bid ?? NaN) + (ask ?? NaN)));
      expect(source).toBe('quoted');
    }
    const lines = csv(legDays);
    expect(lines.map((line) => `${line['date']} ${line['leg']} ${line['bid']}`)).toEqual(
      rows.map(({ date, leg, bid }) => `${date} ${leg} ${bid?.toFixed(2)}`),
    );
    expect(new Set(rows.map(({ trade }) => trade)).size).toBe(entries);
  });

  it('calls the sample plumbing, in every form of the report', () => {
    const label = `plumbing: ${policyOf(document).entries} entries, no inference`;
    expect(document.chainMarks.label).toBe(label);
    expect(document.verdict.headline).toBe(label);
    expect(document.chainMarks.sessions).toBe(sessions.size);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(label);
    const text = onChains(whole).out;
    expect(text).toContain(label);
    expect(text).toMatch(/core +\d+ +0\.\d\d/);
  });

  it('has the chains and the allowed models in its manifest', () => {
    const plain = parsed(
      compare('--data', market, '--from', '2005-01-03', '--to', '2005-02-28', '--json'),
    );
    expect(plain.chainMarks).toBeUndefined();
    expect(plain.manifest.dataHash).not.toBe(document.manifest.dataHash);
    const allowed = parsed(onChains(whole, '--allow-model-marks', '--json'));
    expect(allowed.manifest.dataHash).toBe(document.manifest.dataHash);
    expect(allowed.manifest.configHash).not.toBe(document.manifest.configHash);
    expect(allowed.chainMarks.policies).toEqual(document.chainMarks.policies);
  });
});

describe('a leg that loses its quote', () => {
  let refused: Outcome;
  let leg: string;
  beforeAll(() => {
    refused = onChains(holed);
    leg = /open leg (SPX \S+ AM \d+P)/.exec(refused.err)?.[1] ?? '';
  }, HOOK_MS);

  it('ends the run with its day, its name and the remedy', () => {
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(
      /the open leg SPX 2005-\d\d-\d\d AM \d+P must be quoted on 2005-\d\d-\d\d, was not-listed/,
    );
    expect(refused.err).toContain(`--model-contracts '${leg}'`);
    expect(refused.err).toContain('--allow-model-marks');
    expect(refused.err).not.toMatch(/ at .*\.js/);
  });

  it.each([
    ['any leg may be modelled', () => ['--allow-model-marks']],
    ['it is named', () => ['--model-contracts', leg]],
    ['its contract is named', () => ['--model-contracts', 'spx-option']],
  ])('is marked by the other quotes of its chain where %s', (_name, options) => {
    const policy = policyOf(parsed(onChains(holed, '--json', ...options())));
    expect(policy.modelled).toBeGreaterThan(0);
    expect(policy.quoted + policy.modelled).toBe(policy.legDays);
    for (const row of policy.rows) {
      if (row.source === 'quoted') continue;
      expect([row.leg, row.source, row.bid, row.ask]).toEqual([leg, 'chain-model', null, null]);
      const { bid, ask } = quoteOf(row.date, leg);
      expect(Math.abs(row.mark - 0.5 * (bid + ask))).toBeLessThan(0.15);
    }
  });
});

describe('the command line', () => {
  it.each([
    [['--chains', whole], /--chains needs --data/],
    [['--data', market, '--leg-days', legDays], /--leg-days needs --chains/],
    [['--data', market, '--allow-model-marks'], /--allow-model-marks needs --chains/],
    [
      ['--data', market, '--chains', whole, '--model-contracts', 'vix-option'],
      /--model-contracts must be/,
    ],
  ])('is refused: %j', (args, message) => {
    const { code, err } = compare(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it('finds no chains in a folder without', () => {
    const { code, err } = onChains(market);
    expect(code).toBe(3);
    expect(err).toMatch(/must hold SPX chains/);
  });
});

function pick({ bid, ask }: { readonly bid: number; readonly ask: number }): unknown {
  return { bid, ask };
}
