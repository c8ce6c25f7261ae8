import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochDay } from '../../time/epoch-day.ts';
import { CHAIN_TEXTS } from './chain-text.fixture.ts';
import { loadChainDay, queryChain } from './chain-store.ts';
import { chainFilesBelow, importChains } from './import-chains.ts';
import type { ImportOutcome } from './import-chains.ts';
import { readChainFile } from './read-chain-file.ts';
import { readSessions, sessionFolder } from './stored-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'alvh-chain-store-'));
const sources = join(folder, 'sources');
const dir = join(folder, 'data');
const DAY = epochDay(2019, 4, 25);
const PARQUET = join(sessionFolder(dir, 'SPX', DAY), 'quotes.parquet');
const COLUMNS = join(sessionFolder(dir, 'SPX', DAY), 'quotes.columns');
let outcomes: readonly ImportOutcome[];

function importInto(into: string, paths: readonly string[]): Promise<readonly ImportOutcome[]> {
  return importChains(chainFilesBelow(paths), { into, options: {}, onFile: () => {} });
}

beforeAll(async () => {
  mkdirSync(sources);
  for (const name of ['optionsbacktester', 'historicaloptiondata', 'ivolatility-rawiv']) {
    writeFileSync(join(sources, `${name}.csv`), CHAIN_TEXTS[name]?.text ?? '');
  }
  outcomes = await importInto(dir, [sources]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('importChains', () => {
  it('stores every session and lists it with its sources', () => {
    expect(outcomes.map(({ kind }) => kind)).toEqual(['taken', 'taken', 'taken']);
    const sessions = readSessions(dir);
    expect(sessions.map(({ day }) => day)).toEqual([
      '2011-01-03',
      '2017-01-03',
      '2017-01-04',
      '2019-04-25',
    ]);
    expect(sessions[3]?.sources[0]?.file).toBe('optionsbacktester.csv');
    expect(sessions[3]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves nothing half-written', () => {
    expect(readdirSync(sessionFolder(dir, 'SPX', DAY)).sort()).toEqual([
      'quotes.columns',
      'quotes.parquet',
    ]);
  });

  it('puts files of one session together when they come in one import', async () => {
    const [head = '', call = '', put = ''] = (CHAIN_TEXTS['optionsbacktester']?.text ?? '').split(
      '\n',
    );
    const parts = join(folder, 'parts');
    mkdirSync(parts);
    writeFileSync(join(parts, 'a.csv'), `${head}\n${put}\n`);
    writeFileSync(join(parts, 'b.csv'), `${head}\n${call}\n`);
    const into = join(folder, 'together');
    await importInto(into, [parts]);
    const joined = await loadChainDay(into, DAY);
    const whole = await loadChainDay(dir, DAY);
    expect(joined).toEqual(whole);
    expect(readSessions(into)[0]?.sources).toHaveLength(2);
  });

  it('refuses a session of which more than a fifth of the rows break a rule', async () => {
    const file = join(folder, 'bad.csv');
    const text = (CHAIN_TEXTS['optionsbacktester']?.text ?? '').replace(',20.9,', ',-1,');
    writeFileSync(file, text);
    const into = join(folder, 'refused');
    const [outcome] = await importInto(into, [file]);
    expect(outcome?.kind === 'taken' ? outcome.stored : -1).toBe(0);
    expect(outcome?.kind === 'taken' ? outcome.card.refusedSessions : -1).toBe(1);
    expect(readSessions(into)).toEqual([]);
  });
});

describe('loadChainDay', () => {
  it('gives the chain that was read, bit for bit', async () => {
    const read = await readChainFile(join(sources, 'optionsbacktester.csv'));
    const loaded = await loadChainDay(dir, DAY);
    expect(loaded.ok ? loaded.value : loaded.error).toEqual(read.ok ? read.value.chains[0] : 0);
  });

  it.each([
    ['absent', (): void => rmSync(COLUMNS)],
    ['cut off', (): void => writeFileSync(COLUMNS, readFileSync(COLUMNS).subarray(0, 90))],
    [
      'flipped in one bit',
      (): void => {
        const bytes = readFileSync(COLUMNS);
        bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
        writeFileSync(COLUMNS, bytes);
      },
    ],
  ])('makes columns that are %s anew from Parquet', async (_, damage) => {
    const before = await loadChainDay(dir, DAY);
    const bytes = readFileSync(COLUMNS);
    damage();
    expect(await loadChainDay(dir, DAY)).toEqual(before);
    expect(readFileSync(COLUMNS).equals(bytes)).toBe(true);
  });

  it('refuses a Parquet file that is not the one stored', async () => {
    const other = join(folder, 'other');
    cpSync(dir, other, { recursive: true });
    const place = sessionFolder(other, 'SPX', DAY);
    rmSync(join(place, 'quotes.columns'));
    writeFileSync(join(place, 'quotes.parquet'), readFileSync(PARQUET).subarray(0, 300));
    const loaded = await loadChainDay(other, DAY);
    expect(loaded.ok ? '' : loaded.error.code).toBe('bad-data');
  });

  it('says no-data for a session that is not stored', async () => {
    const loaded = await loadChainDay(dir, epochDay(2019, 4, 26));
    expect(loaded.ok ? '' : loaded.error.code).toBe('no-data');
  });
});

describe('queryChain', () => {
  it('takes only the expiries within the bounds', async () => {
    const day = epochDay(2011, 1, 3);
    const expiry = epochDay(2011, 1, 21);
    const found = await queryChain({ dir, day, firstExpiry: expiry, lastExpiry: expiry });
    expect(found.ok ? [...found.value.expiry] : found.error).toEqual([expiry]);
    expect(found.ok ? [...found.value.bid] : found.error).toEqual([21.1]);
  });
});

describe('readChainFile', () => {
  it('reads a stored Parquet file like any other', async () => {
    const read = await readChainFile(PARQUET);
    const loaded = await loadChainDay(dir, DAY);
    expect(read.ok ? read.value.layout : read.error).toBe('alvh');
    expect(read.ok ? read.value.chains[0] : 0).toEqual(loaded.ok ? loaded.value : 1);
  });

  it('says bad-data for Parquet that is cut off', async () => {
    const cut = join(folder, 'cut.parquet');
    writeFileSync(cut, readFileSync(PARQUET).subarray(0, 200));
    const read = await readChainFile(cut);
    expect(read.ok ? '' : read.error.code).toBe('bad-data');
  });
});
