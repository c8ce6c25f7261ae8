import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMadeUpMarket } from '../../src/data/market-folder.fixture.ts';
import { ROOT } from '../architecture/source-tree.ts';

const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-plan-'));
const market = join(folder, 'market');

beforeAll(() => {
  mkdirSync(market);
  writeMadeUpMarket(market);
});
afterAll(() => rmSync(folder, { recursive: true }));

function plan(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'plan', '--data', market, ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
}

describe('alvh plan', () => {
  it('puts the decision first and every rule with its result', () => {
    const { code, out, err } = plan('--date', '2004-06-15');
    expect(code, err).toBe(0);
    expect(out).toMatch(/^(TRADE|REDUCE|NO TRADE) {2}2004-06-15 {2}alvh-45/);
    expect(out).toMatch(/entry-clock +\d +\S+ \d +(PASS|FAIL)/);
    expect(out).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('writes the documented fields as JSON, and one page without script', () => {
    const page = join(folder, 'plan.html');
    const { code, out, err } = plan(
      '--since',
      '2004-01-05',
      '--date',
      '2004-06-15',
      '--json',
      '--html',
      page,
    );
    expect(code, err).toBe(0);
    const document = JSON.parse(out) as Record<string, unknown>;
    expect(document['schema']).toBe('alvh/plan/1');
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining([
        'date',
        'decision',
        'reasons',
        'rules',
        'orders',
        'layers',
        'margin',
      ]),
    );
    const html = readFileSync(page, 'utf8');
    expect(html).not.toMatch(/<script|https?:|NaN|undefined/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  it('plans the last session of the data when no day is given', () => {
    const { code, out } = plan('--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as { date: string }).date).toBe('2005-06-30');
  });

  it('refuses a day that is no session with the one before it', () => {
    const { code, out, err } = plan('--date', '2004-06-12');
    expect([code, out]).toEqual([3, '']);
    // Friday the 11th was a day of mourning.
    expect(err).toContain('the one before it is 2004-06-10');
  });

  it('plans on a book, and refuses a broken or expired one at its place', () => {
    const file = join(folder, 'book.json');
    const leg = (change: object): object => ({
      kind: 'spx-option',
      right: 'put',
      strike: 900,
      expiry: { date: '2004-07-16', settlement: 'AM' },
      quantity: 1,
      price: 4,
      ...change,
    });
    const onBook = (...positions: readonly object[]): ReturnType<typeof plan> => {
      writeFileSync(file, JSON.stringify({ cash: 500_000, positions }));
      return plan('--date', '2004-06-15', '--book', file);
    };
    expect(onBook(leg({})).out).toMatch(/net liquidation \$500,/);
    const broken = onBook(leg({}), leg({ quantity: 0.5 }));
    expect([broken.code, broken.out]).toEqual([8, '']);
    expect(broken.err).toMatch(/book\.json:1:\d+: positions\.1\.quantity/);
    const expired = onBook(leg({ expiry: { date: '2004-05-21', settlement: 'AM' } }));
    expect([expired.code, expired.out]).toEqual([8, '']);
    expect(expired.err).toContain('expired');
  });

  it('refuses a history that starts after the plan', () => {
    expect(plan('--since', '2004-07-01', '--date', '2004-06-15').code).toBe(2);
  });
});
