import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
