import { describe, expect, it } from 'vitest';
import { parseArguments } from '../arguments.ts';
import { IMPLIED_VOL } from './implied-vol.ts';

const OPTION = {
  right: 'put',
  forward: 5000,
  strike: 4800,
  discountFactor: 0.99,
  yearFraction: 0.125,
};
// Its volatility is from 40-digit arithmetic.
const PRICED = { ...OPTION, price: 48.5 };

async function run(document: unknown, ...argv: readonly string[]): Promise<string> {
  let out = '';
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  async function* input(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  await IMPLIED_VOL.run({
    args: parseArguments(IMPLIED_VOL, ['-', ...argv]),
    stdin: input(),
    stdout: { write: async (each) => void (out += each) },
    stderr: { write: async () => {} },
  });
  return out;
}

async function results(items: readonly unknown[], ...argv: readonly string[]): Promise<unknown> {
  const document: unknown = JSON.parse(await run(items, '--json', ...argv));
  expect(document).toMatchObject({ schema: 'alvh/implied-vol/1' });
  return (document as { results: unknown }).results;
}

describe('alvh implied-vol', () => {
  it('gives one result for each item, in their order', async () => {
    expect(
      await results([
        PRICED,
        { ...PRICED, price: 5000 },
        { ...PRICED, right: 'call', price: 197 },
        { ...PRICED, price: 0 },
        { ...PRICED, yearFraction: 0 },
        { ...PRICED, strike: -1 },
      ]),
    ).toEqual([
      { vol: expect.closeTo(0.1797735404558305, 13) },
      { vol: null, volReason: 'above-maximum' },
      { vol: null, volReason: 'below-intrinsic' },
      { vol: null, volReason: 'at-intrinsic' },
      { vol: null, volReason: 'no-time' },
      { vol: null, volReason: 'not-positive-input' },
    ]);
    expect(await results([])).toEqual([]);
  });

  it('takes bid and ask for the price', async () => {
    const quote = { ...OPTION, bid: 48.3, ask: 48.7 };
    const [priced] = (await results([PRICED])) as readonly { vol: number }[];
    expect(
      await results([
        quote,
        { ...quote, bid: 49 },
        { ...quote, bid: 0 },
        { ...quote, ask: 0 },
        { ...quote, right: 'call', bid: 190, ask: 260 },
      ]),
    ).toEqual([
      { vol: priced?.vol, bidVol: expect.any(Number), askVol: expect.any(Number) },
      { vol: null, volReason: 'crossed' },
      { vol: null, volReason: 'no-bid' },
      { vol: null, volReason: 'no-quote' },
      {
        vol: expect.any(Number),
        bidVol: null,
        bidVolReason: 'below-intrinsic',
        askVol: expect.any(Number),
      },
    ]);
  });

  it('tells a stale quote by --max-age', async () => {
    const quote = { ...OPTION, bid: 48.3, ask: 48.7, ageSeconds: 901 };
    expect(await results([quote, { ...quote, ageSeconds: 900 }], '--max-age', '900')).toMatchObject(
      [{ vol: null, volReason: 'stale' }, { vol: expect.any(Number) }],
    );
    expect(await results([quote])).toMatchObject([{ vol: expect.any(Number) }]);
  });

  it('prints a table without --json', async () => {
    const lines = (await run([PRICED, { ...PRICED, price: 0 }])).split('\n');
    expect(lines[0]).toMatch(/^#\s+vol\s+bid\s+ask\s+reason/);
    expect(lines[1]).toMatch(/^0\s+0\.179774/);
    expect(lines[2]).toMatch(/^1\s+none\s+at-intrinsic/);
  });

  it.each([
    ['{}', 'stdin:1:1: input must be an array, was {}. Remedy: put the quotes between [ and ].'],
    [
      '[3]',
      'stdin:1:2: [0] must be an object, was 3. Remedy: give an object with right and numbers.',
    ],
    [[{ ...PRICED, right: 'Put' }], '[0].right must be "call" or "put", was "Put".'],
    [
      [PRICED, { ...PRICED, forward: '5000' }],
      '[1].forward must be a finite number, was "5000" (index points). Remedy: give a JSON number.',
    ],
    ['[{"right":"put","forward":1e999}]', '[0].forward must be a finite number, was Infinity'],
    [[OPTION], '[0].price must be a finite number, was missing (index points)'],
    [[{ ...OPTION, bid: 1 }], '[0].ask must be a finite number, was missing'],
    [[{ ...PRICED, bid: 1 }], '[0].bid must not be given with price, was 1. Remedy: remove it'],
    [
      [{ ...OPTION, bid: 1, ask: 2, ageSecond: 1 }],
      '[0].ageSecond must not be given with bid and ask, was 1. Remedy: remove it, or write ageSeconds.',
    ],
  ])('refuses %j with its place', async (document, message) => {
    await expect(run(document)).rejects.toThrow(message);
  });

  it('wants the age of each quote once there is a limit', async () => {
    await expect(run([{ ...OPTION, bid: 1, ask: 2 }], '--max-age', '60')).rejects.toThrow(
      '[0].ageSeconds must be a finite number, was missing (seconds)',
    );
    await expect(run([PRICED], '--max-age', '-1')).rejects.toThrow('--max-age must be');
  });
});
