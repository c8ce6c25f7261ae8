import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInput } from './read-input.ts';

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

describe('readInput', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alvh-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads a file and names it', async () => {
    const file = join(folder, 'a.json');
    await writeFile(file, '[1]');
    expect(await readInput(file, { stdin: chunks() })).toEqual({ name: file, text: '[1]' });
  });

  it('reads standard input, also where a chunk ends inside a letter', async () => {
    const bytes = Buffer.from('["σ"]');
    const stdin = chunks(bytes.subarray(0, 3), bytes.subarray(3));
    expect(await readInput('-', { stdin })).toEqual({ name: 'stdin', text: '["σ"]' });
  });

  it('says that a file is missing', async () => {
    await expect(readInput(join(folder, 'no.json'), { stdin: chunks() })).rejects.toMatchObject({
      code: 'not-found',
      value: 'ENOENT',
    });
  });

  it('refuses bytes that are not UTF-8', async () => {
    const stdin = chunks(Uint8Array.of(0x5b, 0xff, 0x5d));
    await expect(readInput('-', { stdin })).rejects.toMatchObject({ code: 'bad-data' });
  });
});
