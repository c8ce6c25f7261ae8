import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeTime, startLoopbackPublisher } from '../../data/pull/loopback-publisher.fixture.ts';
import type { LoopbackPublisher } from '../../data/pull/loopback-publisher.fixture.ts';
import { dispatch } from '../dispatch.ts';
import { dataCommand } from './data.ts';

let publisher: LoopbackPublisher;
let dir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  publisher = await startLoopbackPublisher();
});
afterAll(() => publisher.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-data-'));
  environment = {};
  publisher.answer(() => undefined);
  publisher.log.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true }));

async function* noInput(): AsyncGenerator<Uint8Array> {}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(verb: string, ...options: readonly string[]): Promise<Run> {
  let out = '';
  let err = '';
  const effects = { ...fakeTime('2024-01-17T12:00:00Z').effects, environment };
  const where = verb === 'pull' ? ['--base-url', publisher.baseUrl] : [];
  const code = await dispatch(['data', verb, '--data', dir, ...where, ...options], {
    commands: [dataCommand(effects)],
    version: '0',
    streams: {
      stdin: noInput(),
      stdout: { write: async (text) => void (out += text) },
      stderr: { write: async (text) => void (err += text) },
    },
  });
  return { code, out, err };
}

const CBOE = ['--accept-terms', 'cboe'];
const INDICES = ['--only', 'cboe-spx,cboe-vix', ...CBOE];

describe('alvh data pull', () => {
  it('pulls what it is asked for and says what it wrote', async () => {
    const pulled = await run('pull', ...INDICES);
    expect(pulled.code).toBe(0);
    expect(pulled.out).toMatch(/cboe-vix +written +1 +vix_daily\.csv +5 +2024-01-02 +2024-01-16/);
    expect(pulled.out).toContain('- vix_daily.csv: 1 row on days without a session left out.');
    expect(pulled.err).toContain('1/1 parts cboe-vix');
    expect((await run('pull', ...INDICES)).out).toMatch(/cboe-vix +unchanged +0/);
  });

  it('leaves out terms that are not accepted, and refuses when they were asked for by name', async () => {
    const all = await run('pull', '--json');
    expect(all.code).toBe(0);
    expect(publisher.log.some((address) => address.includes('cboe'))).toBe(false);
    const { schema, sources } = JSON.parse(all.out) as {
      schema: string;
      sources: readonly { source: string; status: string }[];
    };
    expect(schema).toBe('alvh/data-pull/1');
    expect(sources.filter(({ status }) => status === 'pulled').map(({ source }) => source)).toEqual(
      ['treasury-yields', 'treasury-bills', 'fomc', 'ny-fed-sofr', 'ny-fed-effr'],
    );
    const named = await run('pull', '--only', 'cboe-vix');
    expect(named.code).toBe(5);
    expect(named.err).toMatch(/cboe-vix skipped: Cboe.*--accept-terms cboe/);
  });

  it('takes the FRED key from the environment and shows it nowhere', async () => {
    environment['ALVH_FRED_KEY'] = 'abc123';
    publisher.answer(() => ({ status: 400 }));
    const refused = await run('pull', '--only', 'fred-reer');
    expect(refused.code).toBe(3);
    publisher.answer(() => undefined);
    const pulled = await run('pull', '--only', 'fred-reer', '--json');
    expect(pulled.code).toBe(0);
    expect(publisher.log.at(-1)).toContain('api_key=abc123');
    const texts = [refused.err, pulled.out, readFileSync(join(dir, 'checksums.json'), 'utf8')];
    for (const text of texts) expect(text).not.toContain('abc123');
  });

  it('ends with 8 on garbage, 3 when nobody answers, 5 when yours is better', async () => {
    publisher.answer((address) =>
      address.includes('VIX_') ? { body: '<html>Verify you are human</html>' } : undefined,
    );
    const garbage = await run('pull', ...INDICES);
    expect(garbage.code).toBe(8);
    expect(garbage.err).toMatch(
      /cboe-vix failed: https:\/\/cdn-api.*VIX_History\.csv:1:1: the answer must be CSV, was <html>.*Remedy: nothing was stored/,
    );
    expect(existsSync(join(dir, 'vix_daily.csv'))).toBe(false);
    expect(existsSync(join(dir, 'spx_daily.csv'))).toBe(true);
    publisher.answer(() => ({ status: 500 }));
    expect((await run('pull', ...INDICES, '--force')).code).toBe(3);
    publisher.answer(() => undefined);
    writeFileSync(join(dir, 'vix_daily.csv'), 'date,close\n1990-01-02,17.24\n');
    const kept = await run('pull', ...INDICES);
    expect([kept.code, kept.out]).toEqual([5, expect.stringContaining('kept the stored file')]);
    expect((await run('pull', ...INDICES, '--force')).code).toBe(0);
  });
});

describe('alvh data check', () => {
  it('is content with sound files of your own', async () => {
    const spx = '2024-01-02,,,,4742\n2024-01-03,,,,4704\n2024-01-04,,,,4688\n2024-01-05,,,,4697\n';
    const vix = spx.replaceAll(/4\d{3}/g, '14');
    writeFileSync(join(dir, 'spx_daily.csv'), `date,open,high,low,close\n${spx}`);
    writeFileSync(join(dir, 'vix_daily.csv'), `date,open,high,low,close\n${vix}`);
    const checked = await run('check', '--json');
    expect([checked.code, JSON.parse(checked.out)]).toMatchObject([
      0,
      { schema: 'alvh/data-check/1', sound: true, files: [{ state: 'own', findings: [] }, {}] },
    ]);
  });

  it('finds changed files, gaps, repeated and impossible rows, and the era of ten', async () => {
    await run('pull', '--only', 'cboe-spx,cboe-vix,cboe-vx', ...CBOE);
    writeFileSync(
      join(dir, 'vix_daily.csv'),
      'date,open,high,low,close\n2007-03-22,13,14,12,13\n2007-03-22,13,14,12,13\n' +
        '2007-03-23,13,12,13,12.9\n2007-03-26,13,14,12,oops\n2007-03-27,13,14,12,0.5\n2007-03-26,1,1,1,13\n',
    );
    const curve = join(dir, 'vix_futures_curve.csv');
    writeFileSync(curve, readFileSync(curve, 'utf8').replace(',13.36,', ',133.6,'));
    rmSync(join(dir, 'raw/cboe-vx/VX_2024-01-17.csv'));
    const { code, out } = await run('check', '--json');
    expect(code).toBe(6);
    const { files, raw } = JSON.parse(out) as {
      files: readonly { file: string; findings: readonly { rule: string; count: number }[] }[];
      raw: { missing: readonly string[] };
    };
    const rules = (name: string): readonly string[] =>
      (files.find(({ file }) => file === name)?.findings ?? []).map(
        ({ rule, count }) => `${rule} ${count}`,
      );
    expect(rules('vix_daily.csv')).toEqual(['checksum 1', 'duplicate 1', 'value 6', 'order 1']);
    expect(rules('vix_futures_curve.csv')).toContain('tenfold 1');
    expect(rules('spx_daily.csv')).toEqual(['gap 5']);
    expect(raw.missing).toEqual(['raw/cboe-vx/VX_2024-01-17.csv']);
    const text = await run('check');
    expect(text.out).toContain('vx1 133.6 with VIX at 13: divide by 10');
    expect(text.out).toContain('longest gap: 5 from 2024-01-08 to 2024-01-12');
    expect(text.out).toContain('VX_2024-01-17.csv: pulled and gone; pull again.');
  });

  it('names a file that cannot be read at all, or is gone', async () => {
    await run('pull', ...INDICES);
    writeFileSync(join(dir, 'vix_daily.csv'), 'day,close\n2024-01-02,13\n');
    rmSync(join(dir, 'spx_daily.csv'));
    const { code, out } = await run('check');
    expect(code).toBe(6);
    expect(out).toMatch(/spx_daily\.csv: missing, 1: the file was pulled and is gone/);
    expect(out).toMatch(/vix_daily\.csv: date, 1/);
  });

  it.each(['check', 'show'])('ends with 3 when the folder is not there: %s', async (verb) => {
    rmSync(dir, { recursive: true });
    const missing = await run(verb);
    expect([missing.code, missing.err]).toEqual([
      3,
      expect.stringMatching(/the data folder must exist.*alvh data pull/),
    ]);
    dir = mkdtempSync(join(tmpdir(), 'alvh-data-'));
    if (verb === 'check') expect((await run(verb)).code).toBe(3);
  });
});

describe('alvh data show', () => {
  it('lists series, terms, what the backtest would use, and NO DATA', async () => {
    await run('pull', '--only', 'cboe-spx,cboe-vix,treasury-yields,ny-fed-sofr', ...CBOE);
    const shown = await run('show', '--json');
    expect(shown.code).toBe(0);
    const document = JSON.parse(shown.out) as {
      files: readonly { file: string; state: string; rowsReason?: string }[];
    };
    expect(document).toMatchObject({
      schema: 'alvh/data-show/1',
      backtest: { from: '2024-01-02', to: '2024-01-16' },
      files: expect.arrayContaining([
        expect.objectContaining({ file: 'vix_daily.csv', state: 'pulled', rows: 5 }),
        expect.objectContaining({ file: 'sofr_daily.csv', series: null }),
        expect.objectContaining({
          file: 'shiller_monthly.csv',
          rows: null,
          rowsReason: 'NO DATA: no public source; add a file of your own',
        }),
        expect.objectContaining({
          file: 'vvix_daily.csv',
          rowsReason: 'NO DATA: alvh data pull --only cboe-vvix --accept-terms cboe',
        }),
      ]),
    });
    const text = (await run('show')).out;
    expect(text).toContain('Cboe Global Markets: copyright; personal, non-commercial use');
    expect(text).toMatch(/spxClose +5 +0 +0 +0 +2024-01-02/);
    expect(text).toMatch(/shiller_monthly\.csv +NO DATA .*1\.9 % throughout/);
  });

  it('says why there is no backtest', async () => {
    await run('pull', '--only', 'cboe-vix', ...CBOE);
    const shown = JSON.parse((await run('show', '--json')).out) as unknown;
    expect(shown).toMatchObject({
      backtest: null,
      backtestReason: expect.stringContaining('spx_daily.csv: the file must exist'),
    });
  });
});

describe('alvh data', () => {
  it('needs a folder, not a file', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    const whole = dir;
    dir = file;
    const refused = await run('pull');
    dir = whole;
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/is a file/)]);
  });

  it.each([
    [['pull', '--only', 'cboe-vxi'], /Did you mean cboe-vix/],
    [['pull', '--accept-terms', 'all'], /--accept-terms must be cboe, was all/],
    [['check', '--force'], /--force belongs to pull/],
    [['show', '--only', 'fomc'], /--only belongs to pull/],
    [['fetch'], /VERB must be pull, check or show, was 'fetch'/],
  ] as const)('refuses %j', async ([verb, ...options], message) => {
    const refused = await run(verb, ...options);
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(message)]);
    expect(publisher.log).toEqual([]);
  });
});
