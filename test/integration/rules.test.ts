import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iso, writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { GOLDEN_DAYS } from '../../src/strategy/golden-days.ts';
import { epochDay } from '../../src/time/epoch-day.ts';
import { ROOT } from '../architecture/source-tree.ts';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-rules-'));
const market = join(folder, 'market');

beforeAll(() => {
  mkdirSync(market);
  writeMadeUpMarket(market);
});
afterAll(() => rmSync(folder, { recursive: true }));

function rules(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'rules', ...args], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

/** The names programs ask for; a name that changes breaks them. */
const CONCEPTS =
  'condor expected-move-capm fomc-call-spread vix-futures-90 rsi-advance-decline long-180 ' +
  'volatility-etf macd price-to-earnings price-to-cash-flow cpi ppi extrinsic-value wacc irr ' +
  'exchange-rate rate-differential gdp-revision conversion-reversal hft mev-defi quick-ratio ' +
  'steward-promoter break-even dividend-discount reit big-top multi-sig market-cap ipo etf-flow ' +
  'false-binary second-engine martingale time-shift clustering dao-independence';

interface Rule {
  readonly concept: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly decision: string;
  readonly reason: string;
}

interface Document {
  readonly rules: readonly Rule[];
  readonly series: readonly Readonly<Record<string, unknown>>[];
}

describe('alvh rules', () => {
  it('lists every concept once, each with inputs, state, decision and reason', () => {
    const { code, out, err } = rules('--data', market, '--date', '2004-06-15', '--json');
    expect(code, err).toBe(0);
    const document = JSON.parse(out) as { schema: string; rules: readonly Rule[] };
    expect(document.schema).toBe('alvh/rules/1');
    expect(document.rules.map(({ concept }) => concept)).toEqual(CONCEPTS.split(' '));
    for (const { state, decision, reason, inputs } of document.rules) {
      expect([state, decision, reason].every((text) => text.length > 0)).toBe(true);
      for (const [name, value] of Object.entries(inputs)) {
        if (value === null) expect(inputs[`${name}Reason`]).toBeTypeOf('string');
      }
    }
    const rsi = document.rules.find(({ concept }) => concept === 'rsi-advance-decline');
    expect(rsi?.inputs['rsi14']).toBeTypeOf('number');
  });

  it('measures signals beside the rules, and clustering of the account’s own losses', () => {
    const { out } = rules(
      '--data',
      market,
      '--date',
      '2005-06-30',
      '--since',
      '2003-03-03',
      '--json',
    );
    const document = JSON.parse(out) as { rules: readonly Rule[] };
    const inputsOf = (name: string): Readonly<Record<string, unknown>> =>
      document.rules.find(({ concept }) => concept === name)?.inputs ?? {};
    const move = inputsOf('expected-move-capm');
    for (const name of ['oneSigma45', 'straddle45', 'edr', 'ivRank', 'realised21', 'parkinson21']) {
      expect(move[name], name).toBeTypeOf('number');
    }
    // 0.85 straddles are 0.678 of one deviation.
    expect(Number(move['straddle45']) / Number(move['oneSigma45'])).toBeCloseTo(0.678, 2);
    expect(move['harNextSession']).toBeTypeOf('number');
    const term = inputsOf('volatility-etf');
    expect(term['vix9dOverVix']).toBeLessThan(1);
    expect(term['vixOverVix3m']).toBeLessThan(1);
    expect(inputsOf('rsi-advance-decline')['divergence']).toBeTypeOf('number');
    expect(rules('--data', market, '--date', '2005-06-30').out).toMatch(
      /Measured beside them, weight 0\n[\s\S]*expected-move-capm +straddle45 +\d/,
    );
    const clustering = inputsOf('clustering');
    expect(clustering['turbulent']).toBeTypeOf('number');
    expect(Number(clustering['closedResults'])).toBeGreaterThanOrEqual(20);
    expect(clustering['runOf5In60Clustered']).toBeTypeOf('number');
    const stated = document.rules.find(({ concept }) => concept === 'clustering');
    expect(stated?.reason).toMatch(/a loss follows a loss in \d+ %, any result in \d+ %; independ/);
    const fresh = rules('--data', market, '--date', '2005-06-30', '--json');
    expect(fresh.out).toMatch(/0 closed results, at least 20 needed/);
  });

  it('says the same of a close when every file ends there', () => {
    const date = '2004-06-15';
    const ended = join(folder, 'ended');
    mkdirSync(ended);
    for (const file of readdirSync(market)) {
      const [header = '', ...rows] = readFileSync(join(market, file), 'utf8').split('\n');
      const ahead = file === 'fomc_meetings.csv';
      // A vintage of a quarter is there from the 15th of its second month on.
      const from = (row: string): string =>
        row.replace(/^(\d{4})Q(\d).*$/, (_, year: string, quarter: string) => {
          const month = String(3 * Number(quarter) - 1).padStart(2, '0');
          return `${year}-${month}-15`;
        });
      const kept = rows.filter((row) => row !== '' && (ahead || from(row).slice(0, 10) <= date));
      writeFileSync(join(ended, file), `${[header, ...kept].join('\n')}\n`);
    }
    const since = ['--date', date, '--since', '2003-03-03', '--json'];
    const whole = rules('--data', market, ...since);
    expect(whole.code, whole.err).toBe(0);
    expect(rules('--data', ended, ...since).out).toBe(whole.out);
  });

  it('names every measured input in docs/cli.md, and none besides', () => {
    const { out } = rules('--data', market, '--date', '2004-06-15', '--json');
    const text = readFileSync(join(ROOT, 'docs', 'cli.md'), 'utf8');
    const listed = text.slice(
      text.indexOf('Measured beside'),
      text.indexOf('A series of your own'),
    );
    const byConcept = listed.split(/^- /m).slice(1);
    expect(byConcept.length).toBe(4);
    for (const item of byConcept) {
      const [concept = '', ...names] = [...item.matchAll(/`([^`]+)`/g)].map(
        (each) => each[1] ?? '',
      );
      const found = (JSON.parse(out) as Document).rules.find((rule) => rule.concept === concept);
      const inputs = Object.keys(found?.inputs ?? {}).filter((name) => !name.endsWith('Reason'));
      expect(inputs, concept).toEqual(expect.arrayContaining(names));
      if (concept === 'clustering') expect(inputs.toSorted()).toEqual(names.toSorted());
    }
  });

  it('shows series of the user with weight 0, as documented, and changes nothing by it', () => {
    const file = join(folder, 'claims.csv');
    const weeks = Array.from({ length: 75 }, (_unused, i) => {
      const day = iso(epochDay(2003, 1, 4) + 7 * i);
      return `${day},${300 + 10 * Math.sin(i)}`;
    });
    writeFileSync(file, `date,value\n${weeks.join('\n')}\n`);
    const close = ['--data', market, '--date', '2004-06-15'];
    const own = ['--series', `claims=${file}`, '--series-lag', '5'];
    const { code, out, err } = rules(...close, ...own, '--json');
    expect(code, err).toBe(0);
    const shown = JSON.parse(out) as Document;
    expect(shown.rules).toEqual((JSON.parse(rules(...close, '--json').out) as Document).rules);
    const [claims] = shown.series;
    expect(claims).toMatchObject({
      name: 'claims',
      frequency: 'weekly',
      release: '5 days after date',
      referenceDate: '2004-06-05',
      availableSince: '2004-06-10',
      ageDays: 5,
      weight: 0,
      maxAgeDays: 10,
    });
    expect(claims?.['zScore']).toBeTypeOf('number');
    const documented = /\| `series` \|.*`\[\{(.*)\}\]`/.exec(
      readFileSync(join(ROOT, 'docs', 'cli.md'), 'utf8'),
    );
    expect(Object.keys(claims ?? {})).toEqual(documented?.[1]?.split(', '));
    const text = rules(...close, ...own).out;
    expect(text).toMatch(/claims +\d{3}.* 2004-06-05 +2004-06-10 +5 +weekly, 5 days after date/);
  });

  it('refuses a broken series with file, line, rule and remedy, and options without one', () => {
    const file = join(folder, 'broken.csv');
    writeFileSync(file, 'date,value,available\n2004-01-05,1,2004-01-06\n2004-01-12,x,2004-01-13\n');
    const wrong = rules('--data', market, '--date', '2004-06-15', '--series', file);
    expect([wrong.code, wrong.out]).toEqual([8, '']);
    expect(wrong.err).toMatch(/broken.csv:3:12: value must be a number, was x .*Remedy: /);
    const lone = rules('--data', market, '--date', '2004-06-15', '--series-lag', '5');
    expect([lone.code, lone.err]).toEqual([
      2,
      expect.stringContaining('--series-lag needs --series'),
    ]);
    const unseen = rules('--explain', 'condor', '--series', file);
    expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining('leave --explain')]);
  });

  it('prints the table for people', () => {
    const { code, out } = rules('--data', market, '--date', '2004-06-15');
    expect(code).toBe(0);
    expect(out).toMatch(/second-engine +measures/);
    expect(out).not.toMatch(/NaN|undefined/);
  });

  it('explains one concept without data, and names the nearest for a mistyped one', () => {
    const { code, out } = rules('--explain', 'quick-ratio');
    expect(code).toBe(0);
    expect(out).toContain('guards.quickRatioBlock: 1');
    expect(out).toMatch(/equation +Q = /);
    const release = rules('--explain', 'exchange-rate').out;
    expect(release.replaceAll(/\s+/g, ' ')).toContain('from the 25th of the 1st month after');
    const wrong = rules('--explain', 'quick-ration');
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('Did you mean quick-ratio?');
  });

  it('writes the page of every concept', () => {
    const pages = join(folder, 'pages');
    const { code, out } = rules('--pages', pages);
    expect([code, out]).toEqual([0, `38 pages in ${pages}\n`]);
    const written = readFileSync(join(pages, 'clustering.md'), 'utf8');
    expect(written).toBe(readFileSync(join(ROOT, 'docs', 'method', 'clustering.md'), 'utf8'));
    expect(rules('--pages', pages, '--json').code).toBe(2);
  });

  it('counts what each part did over all of the data', () => {
    const { code, out } = rules('--activity', '--data', market, '--json');
    expect(code).toBe(0);
    const document = JSON.parse(out) as {
      readonly schema: string;
      readonly sessions: number;
      readonly parts: readonly { readonly id: string; readonly goldenDay: string | null }[];
      readonly layers: readonly { readonly sleeve: string }[];
    };
    expect(document.schema).toBe('alvh/rules-activity/1');
    expect(document.layers.map(({ sleeve }) => sleeve)).toEqual(['near', 'medium', 'long']);
    expect(new Set(document.parts.map(({ id }) => id)).size).toBe(document.parts.length);
    expect(document.parts.some(({ goldenDay }) => goldenDay !== null)).toBe(true);
  });
});

describe.skipIf(!hasRealMarket('golden days'))('golden days of alvh-45', () => {
  it('are those on which each part first acted', () => {
    const span = ['--since', '1990-01-02', '--date', '2024-06-28'];
    const { out } = rules('--activity', '--data', REAL_MARKET, ...span, '--json');
    const { parts } = JSON.parse(out) as {
      readonly parts: readonly { readonly part: string; readonly goldenDay: string | null }[];
    };
    expect(Object.fromEntries(parts.map(({ part, goldenDay }) => [part, goldenDay]))).toEqual(
      GOLDEN_DAYS,
    );
  });
});
