import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { priceOption } from '../../pricing/price-option.ts';
import { parseArguments } from '../arguments.ts';
import { SURFACE } from './surface.ts';

const DAYS = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'];
const VIX = [13.2, 14.04, 14.13, 13.35, 13.08];

async function* noInput(): AsyncGenerator<Uint8Array> {}

describe('alvh surface', () => {
  const dir = mkdtempSync(join(tmpdir(), 'alvh-surface-'));
  beforeAll(() => {
    const spx = DAYS.map((day, i) => `${day},${4710 + i},${4690 + i},${4700 + i}`);
    const vix = DAYS.map((day, i) => `${day},13.5,14.5,13,${VIX[i] ?? 13}`);
    writeFileSync(join(dir, 'spx_daily.csv'), `date,high,low,close\n${spx.join('\n')}\n`);
    writeFileSync(join(dir, 'vix_daily.csv'), `date,open,high,low,close\n${vix.join('\n')}\n`);
    const yields = DAYS.map((day) => `${day},5.4`);
    writeFileSync(join(dir, 'treasury_yields_daily.csv'), `date,dgs3mo\n${yields.join('\n')}\n`);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(...argv: readonly string[]): Promise<string> {
    let out = '';
    await SURFACE.run({
      args: parseArguments(SURFACE, ['--data', dir, ...argv]),
      stdin: noInput(),
      stdout: { write: async (text) => void (out += text) },
      stderr: { write: async () => {} },
    });
    return out;
  }

  it('gives the close, four pillars in ascending tenor and the VX curve', async () => {
    const document: unknown = JSON.parse(await run('--date', '2024-01-04', '--json'));
    expect(document).toMatchObject({
      schema: 'alvh/surface/1',
      date: '2024-01-04',
      spot: 4702,
      pillars: [9, 30, 93, 184].map((days) => ({ days, rho: -0.65, source: 'regressed' })),
    });
    const { vx } = document as { vx: readonly { expiry: string; source: string }[] };
    expect(vx[0]?.expiry).toBe('2024-01-17');
    expect(vx.map((node) => node.expiry)).toEqual(vx.map((node) => node.expiry).toSorted());
  });

  it('gives back the VIX as the index vol of 30 days, above the at-the-money vol', async () => {
    const { pillars } = JSON.parse(await run('--date', '2024-01-04', '--json')) as {
      pillars: readonly { theta: number; atmVol: number; indexVol: number }[];
    };
    const month = pillars[1];
    expect(month?.indexVol).toBeCloseTo(0.1413, 5);
    expect(month?.atmVol).toBeLessThan(0.1413);
    expect(month?.theta).toBeCloseTo(((month?.atmVol ?? 0) ** 2 * 30) / 365, 12);
  });

  it('prints tables without --json', async () => {
    const text = await run('--date', '2024-01-04');
    expect(text).toContain('SPX 4702.00 on 2024-01-04');
    expect(text).toContain('14.13');
    expect(text).toContain('2024-01-17');
  });

  it.each(['2024-01-06', '2024-01-07', '2025-01-02', '2023-12-29'])(
    'has no data for %s',
    async (date) => {
      await expect(run('--date', date)).rejects.toMatchObject({ code: 'no-data' });
    },
  );

  it.each([
    [['--chain', 'a.csv', '--score', 'b'], 'give --chain or --score, not both'],
    [['--rate', '0.05'], '--rate goes with --chain'],
    [['--chain', 'a.csv'], '--chain needs no --data'],
    [['--score', 'b', '--date', '2024-01-04'], '--score takes every day of the folder'],
    [['--score', 'b', '--json'], '--score gives a page, no --json'],
  ])('refuses %j', async (argv, message) => {
    await expect(run(...argv)).rejects.toThrow(message);
  });

  describe('--chain', () => {
    const chain = join(dir, 'chain.csv');

    it('fits the expiries of a chain file and gives forward, forms and parity of each', async () => {
      writeFileSync(chain, chainText());
      const document = JSON.parse(await runBare('--chain', chain, '--rate', '0.05', '--json')) as {
        readonly slices: readonly Readonly<Record<string, unknown>>[];
      };
      expect(document).toMatchObject({ schema: 'alvh/surface-chain/1', date: '2024-01-04' });
      expect(document.slices).toHaveLength(1);
      const [slice] = document.slices;
      expect(slice).toMatchObject({
        expiry: '2024-02-16',
        settlement: 'PM',
        isBlocked: false,
        staleStrikes: [],
        edges: [],
        svi: { hasArbitrage: false },
        essvi: { hasArbitrage: false },
      });
      expect(slice?.['forward']).toBeCloseTo(4720, 0);
    });

    it('prints a line for each expiry', async () => {
      expect(await runBare('--chain', chain)).toMatch(/2024-02-16 {2}PM/);
    });

    it('has no data for a chain without bids', async () => {
      writeFileSync(chain, chainText(0));
      await expect(runBare('--chain', chain)).rejects.toMatchObject({ code: 'no-data' });
    });
  });

  describe('--score', () => {
    it('lists what it cannot score and refuses a folder without SPX chains', async () => {
      const empty = mkdtempSync(join(tmpdir(), 'alvh-score-'));
      await expect(run('--score', empty)).rejects.toMatchObject({ code: 'no-data' });
      writeFileSync(join(empty, 'one-expiry.csv'), chainText());
      const page = await run('--score', empty);
      expect(page).toMatch(/^# Score of the index-only surface\n/);
      expect(page).toContain('- one-expiry.csv: fewer than 3 expiries with a smile');
      rmSync(empty, { recursive: true });
    });
  });
});

async function runBare(...argv: readonly string[]): Promise<string> {
  let out = '';
  await SURFACE.run({
    args: parseArguments(SURFACE, argv),
    stdin: noInput(),
    stdout: { write: async (text) => void (out += text) },
    stderr: { write: async () => {} },
  });
  return out;
}

/** One expiry at 15 % volatility with a forward of 4720, quotes 0.2 points wide. */
function chainText(share: number = 1): string {
  const lines = [
    'underlying,underlying_last, exchange,optionroot,optionext,type,expiration,quotedate,strike,' +
      'last,bid,ask,volume,openinterest,impliedvol,delta,gamma,theta,vega,optionalias',
  ];
  for (let strike = 4200; strike <= 5200; strike += 25) {
    for (const right of ['call', 'put'] as const) {
      const priced = priceOption({
        model: 'black76',
        right,
        forward: 4720,
        strike,
        yearFraction: 43 / 365,
        discountFactor: 0.994,
        vol: 0.15,
      });
      const price = priced.ok ? priced.value.price : Number.NaN;
      const bid = Math.max(0, share * (price - 0.1));
      const root = `SPXW240216${right === 'call' ? 'C' : 'P'}0${strike}000`;
      lines.push(
        `SPX,4702,*,${root},,${right},2024-02-16,2024-01-04,${strike},0,${bid.toFixed(4)},` +
          `${(price + 0.1).toFixed(4)},0,0,0,0,0,0,0,${root}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
