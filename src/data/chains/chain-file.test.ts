import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { AM, CALL, PM, PUT } from '../../contracts/contract-kind.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { readChainBytes } from './chain-file.ts';
import type { ChainFile } from './chain-file.ts';
import { readChainFile } from './read-chain-file.ts';
import { CHAIN_TEXTS } from './chain-text.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'alvh-chain-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, change: (text: string) => string = (text) => text): ChainFile {
  const sample = CHAIN_TEXTS[name];
  const result = readChainBytes(Buffer.from(change(sample?.text ?? '')), sample?.file ?? '');
  if (!result.ok) throw result.error;
  return result.value;
}

describe('readChainBytes', () => {
  it.each([
    ['cboe-quotedata', 'SPX', '2024-01-05', 975, 4697.2402, 6],
    ['cboe-spanish', 'SPX', '2024-01-05', 975, 4697.2402, 6],
    ['cboe-resaved', 'SPX', '2024-01-05', 975, 4697.2402, 2],
    ['cboe-quotedata-2011', 'SPX', '2011-01-24', 843, 1290.59, 4],
    ['optionsbacktester', 'SPX', '2019-04-25', undefined, 2919.04, 2],
    ['historicaloptiondata', 'SPX', '2017-01-03', undefined, 2257.83, 2],
    ['ivolatility-rawiv', 'SPX', '2011-01-03', undefined, 1271.87, 2],
    ['lean-universe', 'SPX', '2021-01-04', undefined, 3700.65, 2],
    ['pyql', 'SPX', '2011-01-24', undefined, 1290.59, 2],
    ['optionsdx', 'SPX', '2023-01-03', 960, 3824.14, 2],
    ['cboe-datashop-eod', 'SPX', '2020-03-16', undefined, 2386.5, 2],
  ])('reads %s', (name, ...facts) => {
    const [underlying, day, minute, spot, rows] = facts;
    const { chains, rejections } = read(name);
    const chain = chains[0];
    expect(chain?.underlying).toBe(underlying);
    expect(chain === undefined ? '' : formatIsoDate(chain.quoteDay)).toBe(day);
    expect(chain?.quoteMinute).toBe(minute);
    expect(chain?.spot).toBe(spot);
    expect(chain?.rows).toBe(rows);
    expect(rejections.counts.size).toBe(0);
  });

  it('orders AM before PM, strikes up and calls before puts', () => {
    const chain = read('cboe-quotedata').chains[0];
    expect([...(chain?.settlement ?? [])]).toEqual([AM, AM, PM, PM, PM, PM]);
    expect([...(chain?.right ?? [])]).toEqual([CALL, PUT, CALL, PUT, CALL, PUT]);
    expect([...(chain?.strike ?? [])]).toEqual([4700, 4700, 4700, 4700, 4750, 4750]);
    expect([...(chain?.bid ?? [])]).toEqual([49.8, 46.9, 50.2, 47.3, 23.9, 71]);
    // A volatility of zero says that the source had none.
    expect(chain?.sourceVol[5]).toBeNaN();
  });

  it('settles a Saturday expiry on its Friday', () => {
    const chain = read('ivolatility-rawiv').chains[0];
    expect([...(chain?.expiry ?? [])].map((day) => new Date(day * 864e5).getUTCDay())).toEqual([
      5, 5,
    ]);
  });

  it('takes a byte order mark, CRLF, blank lines, semicolons and decimal commas', () => {
    const plain = read('optionsbacktester').chains[0];
    const changed = read('optionsbacktester', (text) => {
      const european = text.replaceAll(',', ';').replaceAll('.', ',').replaceAll('\n', '\r\n\r\n');
      return `\uFEFF${european}`;
    }).chains[0];
    expect(changed).toEqual(plain);
  });

  it.each([
    ['strike', '2900.0,21.0', '-5,21.0'],
    ['strike', '2900.0,21.0', 'abc,21.0'],
    ['bid', ',20.9,', ',-1,'],
    ['ask', ',21.2,', ',x,'],
    ['right', 'SPXW190426C02900000,call', 'bogus,future'],
    ['agreement', 'C02900000,call', 'C02900000,put'],
    ['expired', '04/26/2019,04/25/2019,2900.0,21.0', '04/26/2019,04/27/2019,2900.0,21.0'],
    ['day', '04/25/2019,2900.0,21.0', '13/45/2019,2900.0,21.0'],
  ])('rejects a row that breaks the rule of %s', (rule, from, to) => {
    const { chains, rejections } = read('optionsbacktester', (text) => text.replace(from, to));
    expect([...rejections.counts]).toEqual([[rule, 1]]);
    expect(rejections.rows[0]?.line).toBe(2);
    expect(chains.reduce((rows, chain) => rows + chain.rows, 0)).toBe(1);
  });

  it('keeps the first of two rows of one series and counts the other', () => {
    const { chains, rejections } = read('optionsbacktester', (text) => {
      const [head, call] = text.split('\n');
      return `${head}\n${call}\n${call}\n`;
    });
    expect(chains[0]?.rows).toBe(1);
    expect(rejections.counts.get('duplicate')).toBe(1);
  });

  it('refuses a file of another kind and names what it saw', () => {
    const result = readChainBytes(Buffer.from('a,b,c,d,e\n1,2,3,4,5\n'), 'x.csv');
    expect(result.ok ? '' : result.error.message).toContain('was columns a, b, c, d, e');
    expect(result.ok ? '' : result.error.code).toBe('bad-data');
  });

  it('reads any other layout through a mapping', () => {
    const mapping = {
      columns: { day: 'D', expiry: 'X', strike: 'K', right: 'CP', bid: 'B', ask: 'A' },
      underlying: 'spx',
    };
    const text = 'D,X,K,CP,B,A\n2024-01-05,2024-01-19,4700,C,49.8,50.6\n';
    const result = readChainBytes(Buffer.from(text), 'x.csv', { mapping });
    expect(result.ok ? result.value.chains[0]?.strike[0] : result.error.message).toBe(4700);
    const without = readChainBytes(Buffer.from(text.replace('CP', 'Right')), 'x.csv', { mapping });
    expect(without.ok ? '' : without.error.message).toContain(`mapped column 'CP'`);
  });
});

describe('readChainFile', () => {
  it('reads gzip by content and refuses it when it is cut off', async () => {
    const packed = gzipSync(CHAIN_TEXTS['optionsbacktester']?.text ?? '');
    const whole = join(folder, 'a.csv');
    writeFileSync(whole, packed);
    const result = await readChainFile(whole);
    expect(result.ok ? result.value.chains[0]?.rows : result.error.message).toBe(2);
    const cut = join(folder, 'b.csv.gz');
    writeFileSync(cut, packed.subarray(0, packed.length - 30));
    const broken = await readChainFile(cut);
    expect(broken.ok ? '' : broken.error.code).toBe('bad-data');
  });

  it('says not-found for a missing file', async () => {
    const result = await readChainFile(join(folder, 'none.csv'));
    expect(result.ok ? '' : result.error.code).toBe('not-found');
  });
});
