import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAIN_TEXTS } from '../../data/chains/chain-text.fixture.ts';
import { dispatch } from '../dispatch.ts';
import { CHAINS } from './chains.ts';

const folder = mkdtempSync(join(tmpdir(), 'alvh-chains-command-'));
const good = join(folder, 'quotedata.csv');
const clean = join(folder, 'clean.csv');
const bad = join(folder, 'bad.csv');
const other = join(folder, 'other.csv');
const into = join(folder, 'data');

async function* noInput(): AsyncGenerator<Uint8Array> {}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...argv: readonly string[]): Promise<Run> {
  let out = '';
  let err = '';
  const code = await dispatch(['chains', ...argv], {
    commands: [CHAINS],
    version: '0',
    streams: {
      stdin: noInput(),
      stdout: { write: async (text) => void (out += text) },
      stderr: { write: async (text) => void (err += text) },
    },
  });
  return { code, out, err };
}

beforeAll(() => {
  const text = CHAIN_TEXTS['cboe-quotedata']?.text ?? '';
  writeFileSync(good, text);
  writeFileSync(clean, CHAIN_TEXTS['optionsbacktester']?.text ?? '');
  writeFileSync(bad, text.replace(',49.8,50.6,', ',49.8,oops,'));
  writeFileSync(other, 'a,b,c,d\n1,2,3,4\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('alvh chains', () => {
  it('imports, lists and shows', async () => {
    const imported = await run('import', good, clean, '--into', into, '--json');
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.out)).toMatchObject({
      schema: 'alvh/chains-import/1',
      storedSessions: 2,
      failed: [],
    });
    expect(imported.err).toContain('2/2 files');
    const listed = await run('list', '--into', into, '--json');
    expect(JSON.parse(listed.out)).toMatchObject({
      sessions: [{ day: '2019-04-25' }, { day: '2024-01-05', rows: 6, spot: 4697.2402 }],
    });
    const place = ['--into', into, '--day', '2024-01-05'];
    const shown = await run('show', ...place, '--expiry', '2024-01-19', '--json');
    const { quotes } = JSON.parse(shown.out) as { quotes: readonly unknown[] };
    expect(quotes[0]).toEqual({
      root: 'SPX',
      settlement: 'AM',
      right: 'call',
      strike: 4700,
      bid: 49.8,
      ask: 50.6,
      last: 50.1,
      volume: 12,
      openInterest: 100,
      sourceVol: 0.1211,
    });
    expect((await run('show', ...place)).out).toMatch(/2024-01-19 +PM +4/);
    expect((await run('show', ...place, '--expiry', '2024-02-16')).code).toBe(3);
  });

  it('ends a check with 0 on sound files and 6 on findings, and writes rejected rows', async () => {
    expect((await run('check', clean)).code).toBe(0);
    const target = join(folder, 'rejected.csv');
    const found = await run('check', bad, '--rejected', target, '--json');
    expect(found.code).toBe(6);
    expect(JSON.parse(found.out)).toMatchObject({
      cards: [{ offered: 6, rows: 5, rejected: 1, rejectedByRule: { ask: 1 } }],
    });
    expect(readFileSync(target, 'utf8')).toContain('5,ask,');
  });

  it.each([
    [3, ['check', join(folder, 'none.csv')]],
    [3, ['list', '--into', join(folder, 'empty')]],
    [3, ['show', '--into', into, '--day', '2024-01-08']],
    [8, ['check', other]],
    [8, ['import', other, '--into', join(folder, 'nothing')]],
    [2, ['check']],
    [2, ['list', good, '--into', into]],
    [2, ['export']],
    [2, ['import', good]],
  ])('ends with %i on %j', async (code, argv) => {
    expect((await run(...argv)).code).toBe(code);
    expect(existsSync(join(folder, 'nothing', 'chains', 'manifest.json'))).toBe(false);
  });

  it('reads other layouts through a mapping, and names the nearest role', async () => {
    const quotes = join(folder, 'mine.csv');
    const mapping = join(folder, 'mapping.yaml');
    writeFileSync(quotes, 'D;X;K;CP;B;A\n2024-01-05;2024-01-19;4700;C;49,8;50,6\n');
    const columns = '{ day: D, expiry: X, strike: K, right: CP, bid: B, ask: A }';
    writeFileSync(mapping, `underlying: SPX\ncolumns: ${columns}\n`);
    const read = await run('check', quotes, '--mapping', mapping, '--json');
    expect([read.code, JSON.parse(read.out)]).toMatchObject([0, { cards: [{ rows: 1 }] }]);
    writeFileSync(mapping, `columns: ${columns.replace('strike', 'stike')}\n`);
    const wrong = await run('check', quotes, '--mapping', mapping);
    expect([wrong.code, wrong.err]).toMatchObject([8, expect.stringContaining('use strike')]);
  });
});
