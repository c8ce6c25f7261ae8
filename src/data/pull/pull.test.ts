import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeTime, startLoopbackPublisher } from './loopback-publisher.fixture.ts';
import type { FakeTime, LoopbackPublisher } from './loopback-publisher.fixture.ts';
import { SPX_HISTORY, VIX_HISTORY } from './publisher-samples.fixture.ts';
import { pullSources } from './pull.ts';
import type { PullOptions, SourceOutcome } from './pull.ts';
import { readManifest } from './pull-manifest.ts';
import { PULL_SOURCES } from './pull-sources.ts';

const HOUR = 3_600_000;
let publisher: LoopbackPublisher;
let dir: string;
let time: FakeTime;

beforeAll(async () => {
  publisher = await startLoopbackPublisher();
});
afterAll(() => publisher.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-pull-'));
  // A Wednesday, after the yields of Tuesday the 16th are out.
  time = fakeTime('2024-01-17T12:00:00Z');
  publisher.answer(() => undefined);
  publisher.log.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true }));

async function pull(
  ids: readonly string[],
  changes: Partial<PullOptions> = {},
): Promise<readonly SourceOutcome[]> {
  return pullSources({
    dir,
    sources: PULL_SOURCES.filter(({ id }) => ids.includes(id)),
    accepted: new Set(['cboe']),
    force: false,
    baseUrl: publisher.baseUrl,
    userAgent: 'alvh/test',
    effects: time.effects,
    onPart: () => {},
    ...changes,
  });
}

const stored = (file: string): string => readFileSync(join(dir, file), 'utf8');

describe('a pull', () => {
  it('writes every file of every source, with checksums, and keeps it out of repositories', async () => {
    const outcomes = await pull(
      PULL_SOURCES.map(({ id }) => id),
      { accepted: new Set(['cboe', 'fred']), fredKey: 'secret' },
    );
    expect(outcomes.filter(({ status }) => status !== 'pulled')).toEqual([
      // The only weekly contract that the server knows is the monthly one.
      expect.objectContaining({ source: 'cboe-vx-weekly', code: 'no-data' }),
    ]);
    const { files } = readManifest(dir);
    for (const { status, files: made } of outcomes) {
      for (const { file, status: each } of made) {
        expect([status, each, existsSync(join(dir, file))]).toEqual(['pulled', 'written', true]);
        expect(files[file]?.rows).toBeGreaterThan(0);
      }
    }
    expect(files['vix_daily.csv']).toMatchObject({
      source: 'cboe-vix',
      rows: 5,
      first: '2024-01-02',
      last: '2024-01-16',
      retrieved: expect.stringMatching(/^2024-01-17T1/),
    });
    expect(stored('.gitignore')).toBe('*\n');
    expect(stored('checksums.json')).not.toContain('secret');
    expect(publisher.log.some((address) => address.includes('api_key=secret'))).toBe(true);
    expect(publisher.lastHeaders()['user-agent']).toBe('alvh/test');
    const leftovers = readdirSync(dir, { recursive: true }).filter((name) =>
      String(name).endsWith('.part'),
    );
    expect(leftovers).toEqual([]);
  });

  it('asks at most once a second', async () => {
    await pull(['cboe-vix', 'cboe-vix9d', 'fomc']);
    expect(time.waits).toHaveLength(publisher.log.length - 1);
    expect(Math.min(...time.waits)).toBeGreaterThanOrEqual(1000);
  });

  it('fetches nothing under terms that are not accepted', async () => {
    const [vix, reer] = await pull(['cboe-vix', 'fred-reer'], { accepted: new Set() });
    expect([vix?.status, reer?.status]).toEqual(['skipped', 'skipped']);
    expect(vix?.reason).toMatch(/no redistribution\. Read https:.*--accept-terms cboe$/);
    expect(reer?.reason).toMatch(/set ALVH_FRED_KEY/);
    expect(publisher.log).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a second pull', () => {
  it('fetches nothing while what is stored is fresh, and one row more when it is due', async () => {
    await pull(['cboe-vix']);
    expect((await pull(['cboe-vix']))[0]?.files[0]?.status).toBe('unchanged');
    expect(publisher.log).toHaveLength(1);
    time.advance(24 * HOUR);
    publisher.answer(() => ({ body: `${VIX_HISTORY}01/17/2024,14.21,15.40,14.21,14.79\n` }));
    const [outcome] = await pull(['cboe-vix']);
    expect(outcome).toMatchObject({ requests: 1, files: [{ status: 'written', rows: 6 }] });
  });

  it('goes on where the first was broken off', async () => {
    publisher.answer((address) => (address.includes('=1995') ? { status: 418 } : undefined));
    const [failed] = await pull(['treasury-yields']);
    expect(failed).toMatchObject({ status: 'failed', code: 'no-data', requests: 6 });
    expect(existsSync(join(dir, 'treasury_yields_daily.csv'))).toBe(false);
    publisher.answer(() => undefined);
    const [rest] = await pull(['treasury-yields']);
    expect(rest).toMatchObject({ status: 'pulled', requests: 30, files: [{ rows: 350 }] });
  });

  it('fetches a file again whose checksum does not hold', async () => {
    await pull(['cboe-vix']);
    writeFileSync(join(dir, 'raw/cboe-vix/VIX_History.csv'), 'broken');
    writeFileSync(join(dir, 'vix_daily.csv'), 'date,open,high,low,close\n2024-01-02,1,1,1,1\n');
    const [outcome] = await pull(['cboe-vix']);
    expect(outcome).toMatchObject({ requests: 1, files: [{ status: 'written', rows: 5 }] });
  });

  it('does not ask again for contracts that expired or were never listed', async () => {
    await pull(['cboe-vx']);
    const asked = publisher.log.length;
    time.advance(2 * HOUR);
    const [outcome] = await pull(['cboe-vx']);
    expect(publisher.log).toHaveLength(asked);
    expect(outcome?.missing).toContain('CFE_J04_VX.csv');
    expect(outcome?.missing).not.toContain('VX_2024-02-14.csv');
    time.advance(24 * HOUR);
    await pull(['cboe-vx']);
    const again = publisher.log.slice(asked);
    expect(again.every((address) => /VX_2024|VX_2023/.test(address))).toBe(true);
    expect(again.length).toBeLessThan(12);
  });
});

describe('a pull never stores', () => {
  it('fewer rows than before, unless forced', async () => {
    await pull(['cboe-vix']);
    const before = stored('vix_daily.csv');
    time.advance(48 * HOUR);
    publisher.answer(() => ({ body: VIX_HISTORY.split('\n').slice(0, 4).join('\n') }));
    const [refused] = await pull(['cboe-vix']);
    expect(refused).toMatchObject({ status: 'failed', code: 'bad-data' });
    expect(refused?.reason).toMatch(/at least the 6 rows of 2024-01-17, was 3 \(rows\)/);
    expect(stored('vix_daily.csv')).toBe(before);
    const [forced] = await pull(['cboe-vix'], { force: true });
    expect(forced).toMatchObject({ status: 'pulled', files: [{ status: 'written', rows: 3 }] });
  });

  it('a poorer file over one of your own', async () => {
    const own = 'date,open,high,low,close\n2024-01-02,4745,4754,4722,4742.83\n';
    writeFileSync(join(dir, 'spx_daily.csv'), own);
    const [kept] = await pull(['cboe-spx']);
    expect(kept?.files[0]).toMatchObject({ status: 'kept', rows: 1 });
    expect(kept?.files[0]?.notes[0]).toMatch(/0 values of open where 1 are stored; --force/);
    expect(stored('spx_daily.csv')).toBe(own);
  });

  it.each([
    ['a web page', { body: '<html>Just a moment</html>' }, 'bad-data', /must be CSV, was <html>/],
    ['nothing', { body: '' }, 'no-data', /must be CSV, was empty/],
    ['a header alone', { body: 'DATE,OPEN,HIGH,LOW,CLOSE\n' }, 'no-data', /must have rows/],
    ['half a row', { body: VIX_HISTORY.slice(0, -12) }, 'bad-data', /end with a whole row/],
    ['other bytes', { body: Uint8Array.of(0x1f, 0x8b, 0xff) }, 'bad-data', /must be UTF-8 text/],
    ['a refusal', { status: 403 }, 'no-data', /publisher must have the file, was status 403/],
    ['an error', { status: 400 }, 'no-data', /status 200, was status 400/],
  ] as const)('%s', async (_name, answer, code, reason) => {
    publisher.answer(() => answer);
    const [outcome] = await pull(['cboe-vix']);
    expect(outcome).toMatchObject({ status: 'failed', code, files: [] });
    expect(outcome?.reason).toMatch(reason);
    expect(outcome?.reason).toContain('cdn-api.cboe.com');
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a file of your own', () => {
  it('that a richer one replaces is kept beside', async () => {
    const own = 'date,open,high,low,close\n2024-01-02,1,1,1,1\n';
    writeFileSync(join(dir, 'vix_daily.csv'), own);
    const [outcome] = await pull(['cboe-vix']);
    const note = outcome?.files[0]?.notes.at(-1) ?? '';
    expect(note).toMatch(/^your own file is kept as own\/[0-9a-f]{8}-vix_daily\.csv$/);
    expect(stored(note.replace(/^.* as /, ''))).toBe(own);
    time.advance(48 * HOUR);
    publisher.answer(() => ({ body: `${VIX_HISTORY}01/17/2024,14.21,15.40,14.21,14.79\n` }));
    expect((await pull(['cboe-vix']))[0]?.files[0]?.notes.join()).not.toContain('own');
  });
});

describe('a busy or broken server', () => {
  it('is asked again after the time it names', async () => {
    publisher.answer((_address, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '7' } } : undefined,
    );
    expect((await pull(['cboe-vix']))[0]).toMatchObject({ status: 'pulled', requests: 2 });
    expect(time.waits[0]).toBe(7000);
  });

  it('is asked again on a date, and left alone when that is far', async () => {
    publisher.answer((_address, before) =>
      before === 0
        ? { status: 503, headers: { 'retry-after': 'Wed, 17 Jan 2024 12:00:30 GMT' } }
        : { status: 503, headers: { 'retry-after': '3600' } },
    );
    const [outcome] = await pull(['cboe-vix']);
    expect(time.waits[0]).toBe(30_000);
    expect(outcome?.reason).toMatch(/was status 503\. Remedy: pull again in 3600 s, as it asks/);
  });

  it('is asked for plain text, but may compress it all the same', async () => {
    const headers = { 'content-encoding': 'gzip' };
    publisher.answer(() => ({ body: gzipSync(VIX_HISTORY), headers }));
    expect((await pull(['cboe-vix']))[0]).toMatchObject({ files: [{ rows: 5 }] });
    expect(publisher.lastHeaders()['accept-encoding']).toBe('identity');
  });

  it('is given up after four tries', async () => {
    publisher.answer(() => ({ status: 502 }));
    const [outcome] = await pull(['cboe-vix']);
    expect(outcome).toMatchObject({ status: 'failed', requests: 4 });
    expect(time.waits.filter((wait) => wait >= 2000)).toEqual([2000, 4000, 8000]);
  });

  it('that breaks off is asked again, and never believed', async () => {
    publisher.answer((_address, before) =>
      before === 0 ? { body: VIX_HISTORY, breakAfter: 100 } : undefined,
    );
    expect((await pull(['cboe-vix']))[0]).toMatchObject({ status: 'pulled', requests: 2 });
    publisher.answer(() => ({ body: SPX_HISTORY, breakAfter: 80 }));
    const [outcome] = await pull(['cboe-spx']);
    expect(outcome?.reason).toMatch(/was cut off: .*, 4 times/);
  });

  it('that is not there is named', async () => {
    const [outcome] = await pull(['cboe-vix'], { baseUrl: 'http://127.0.0.1:9' });
    expect(outcome).toMatchObject({ status: 'failed', code: 'no-data' });
  });
});

describe('a redirect', () => {
  const OLD = 'cdn.cboe.com/api/global/us_indices/daily_prices/VIX_History.csv';

  it('is followed to a registered host', async () => {
    publisher.answer((address) =>
      address.startsWith('cdn-api.cboe.com')
        ? { status: 307, headers: { location: `https://${OLD}` } }
        : undefined,
    );
    expect((await pull(['cboe-vix']))[0]).toMatchObject({ status: 'pulled', requests: 2 });
    expect(publisher.log[1]).toBe(OLD);
    publisher.answer((address) =>
      address.startsWith('cdn-api.cboe.com')
        ? { status: 302, headers: { location: `${publisher.baseUrl}/${OLD}` } }
        : undefined,
    );
    expect((await pull(['cboe-vix'], { force: true }))[0]?.status).toBe('pulled');
  });

  it.each(['https://example.org/VIX_History.csv', 'http://cdn.cboe.com/a.csv', ''])(
    'to %j is refused',
    async (location) => {
      publisher.answer((_address, before) =>
        before < 6 ? { status: 302, headers: { location } } : undefined,
      );
      const [outcome] = await pull(['cboe-vix']);
      expect(outcome).toMatchObject({ status: 'failed', files: [] });
      expect(outcome?.reason).toMatch(/a redirect must lead to https at|more than 5 redirects/);
    },
  );
});

describe('the newest older page of the Fed', () => {
  it('may not be there yet; an older one must', async () => {
    publisher.answer((address) =>
      address.includes('historical2018') ? { status: 404 } : undefined,
    );
    expect((await pull(['fomc']))[0]).toMatchObject({
      status: 'pulled',
      missing: ['fomchistorical2018.htm'],
    });
    publisher.answer((address) =>
      address.includes('historical2017') ? { status: 404 } : undefined,
    );
    expect((await pull(['fomc'], { force: true }))[0]).toMatchObject({ status: 'failed' });
  });
});

describe('the manifest', () => {
  it('is refused when it is another document', async () => {
    writeFileSync(join(dir, 'checksums.json'), '{"files":{}}');
    await expect(pull(['cboe-vix'])).rejects.toThrow(/schema alvh\/data-checksums\/1/);
  });
});
