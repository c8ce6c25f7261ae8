import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-tree.ts';
import { REAL_MARKET } from './real-market.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const CHAINS = join(REAL_MARKET, '..', 'chains', 'optionsbacktester-cboe-daily');
const isThere = existsSync(CHAINS) && existsSync(join(REAL_MARKET, 'spx_daily.csv'));
if (!isThere) console.log(`marks at recorded chains skipped: no chains at ${CHAINS}`);

/** A run over 56 days takes seconds, on a busy machine many. */
const HOOK_MS = 120_000;

interface LegDayJson {
  readonly date: string;
  readonly leg: string;
  readonly bid: number;
  readonly ask: number;
  readonly chainModel: number;
}

interface MarksJson {
  readonly label: string;
  readonly sessions: number;
  readonly leftOut: readonly unknown[];
  readonly policies: readonly {
    readonly entries: number;
    readonly closed: number;
    readonly legDays: number;
    readonly quoted: number;
    readonly errors: readonly {
      readonly band: string;
      readonly chainModel: number;
      readonly chainSmile: number;
      readonly indexModel: number;
    }[];
    readonly rows: readonly LegDayJson[];
  }[];
}

/** Bid and ask by `root+yymmdd+right+strike` of a day, read with nothing but line and comma. */
function rawQuotes(day: string): ReadonlyMap<string, readonly [number, number]> {
  const name = `SPX_${day.replaceAll('-', '')}.csv.gz`;
  const text = gunzipSync(readFileSync(join(CHAINS, name))).toString('utf8');
  return new Map(
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const cells = line.split(',');
        return [cells[3] ?? '', [Number(cells[10]), Number(cells[11])] as const];
      }),
  );
}

/** The code of `SPX 2019-06-21 PM 2800P` in the files. */
function codeOf(leg: string): string {
  const [, expiry = '', settlement, strike = ''] = leg.split(' ');
  const date = expiry.slice(2).replaceAll('-', '');
  const price = String(1000 * Number(strike.slice(0, -1))).padStart(8, '0');
  return `${settlement === 'PM' ? 'SPXW' : 'SPX'}${date}${strike.slice(-1)}${price}`;
}

describe.skipIf(!isThere)('condors marked at the 56 recorded days of 2019', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-chain-marks-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let marks: MarksJson;
  let blotter: readonly string[];
  beforeAll(() => {
    // The condors that were worked out by hand are those of a policy that asks no votes.
    const policy = join(folder, 'unhedged.yaml');
    writeFileSync(policy, 'extends: unhedged\nname: unhedged\nguards: { votes: null }\n');
    const trades = join(folder, 'trades.csv');
    const out = join(folder, 'report.html');
    const files = ['--data', REAL_MARKET, '--chains', CHAINS, '--trades', trades, '--out', out];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, 'compare', '--policies', policy, '--json', ...files],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    expect(status, stderr).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
    marks = (JSON.parse(stdout) as { readonly chainMarks: MarksJson }).chainMarks;
    blotter = readFileSync(trades, 'utf8').trim().split('\r\n').slice(1);
  }, HOOK_MS);

  it('uses every day, finds every leg quoted and says that the sample proves nothing', () => {
    const days = readdirSync(CHAINS).filter((name) => name.endsWith('.gz')).length;
    const [policy] = marks.policies;
    expect([marks.sessions, marks.leftOut]).toEqual([days, []]);
    expect(policy?.entries).toBe(12);
    expect(policy?.quoted).toBe(policy?.legDays);
    expect(policy?.legDays).toBeGreaterThan(500);
    expect(marks.label).toBe('plumbing: 12 entries, no inference');
  });

  it('marks a core leg by the other quotes of its chain within 1.5 half-spreads', () => {
    const core = marks.policies[0]?.errors.find(({ band }) => band === 'core');
    expect(core?.chainModel).toBeLessThan(1.5);
    // The smile alone just misses it; the surface of the indices, which history runs mark at, does.
    expect(core?.chainSmile).toBeLessThan(2);
    expect(core?.indexModel).toBeGreaterThan(3);
    expect(core?.indexModel).toBeLessThan(12);
  });

  it('has the bid and ask of the file for every leg-day', () => {
    const rows = marks.policies[0]?.rows ?? [];
    const days = new Set(rows.map(({ date }) => date));
    const byDay = new Map([...days].map((day) => [day, rawQuotes(day)]));
    for (const { date, leg, bid, ask } of rows) {
      expect(byDay.get(date)?.get(codeOf(leg)), `${date} ${leg}`).toEqual([bid, ask]);
    }
  });

  it('fills the third condor as worked out by hand', () => {
    // 2019-05-14: 27.80 + 1.35 - 20.10 - 0.55 = 8.50 received; 2019-06-07: 6.80 + 1.25 - 3.80 -
    // 0.45 = 3.80 paid; four condors of 100 dollars a point, 32 contracts at 1.25 dollars.
    expect(blotter[2]).toContain(
      '2019-05-14,2019-06-07,4,4 SPX 2019-06-28 PM 2660P 20.10>3.80; ' +
        '-4 SPX 2019-06-28 PM 2715P 27.80>6.80; -4 SPX 2019-06-28 PM 3040C 1.35>1.25; ' +
        '4 SPX 2019-06-28 PM 3095C 0.55>0.45,3400.00,40.00,330.00,18600.00,1840.00',
    );
    const opened = rawQuotes('2019-05-14');
    const closed = rawQuotes('2019-06-07');
    expect([opened, closed].map((day) => day.get('SPXW190628P02715000'))).toEqual([
      [27.8, expect.any(Number)],
      [expect.any(Number), 6.8],
    ]);
  });
});
