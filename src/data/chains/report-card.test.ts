import { describe, expect, it } from 'vitest';
import { epochDay } from '../../time/epoch-day.ts';
import { readChainBytes } from './chain-file.ts';
import { hasFindings, rejectedRowsCsv, reportCard } from './report-card.ts';
import type { ReportCard } from './report-card.ts';

const HEAD =
  'underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,ask,volume,openinterest,impliedvol,delta,gamma';

/** Calls and puts of one expiry at parity: forward 3000, a smooth convex curve, 0.4 wide. */
function chainText(
  days: readonly string[],
  change: (row: string) => string = (row) => row,
): string {
  const rows = days.flatMap((day, place) =>
    Array.from({ length: 21 }, (_, step) => 2900 + 10 * step).flatMap((strike) => {
      const moved = 3000 - strike + place;
      const call = Math.sqrt(moved * moved + 1600) / 2 + moved / 2 + 5;
      return (['call', 'put'] as const).map((right) => {
        const mid = right === 'call' ? call : call - moved;
        const code = `SPXW190531${right === 'call' ? 'C' : 'P'}0${strike}000`;
        return `SPX,3000,CBOE,${code},${right},05/31/2019,${day},${strike},0,0,${(mid - 0.2).toFixed(2)},${(mid + 0.2).toFixed(2)},1,1,0.15,0,0`;
      });
    }),
  );
  return [HEAD, ...rows.map(change), ''].join('\n');
}

function cardOf(
  text: string,
  bands = new Map<number, { low: number; high: number }>(),
): ReportCard {
  const read = readChainBytes(Buffer.from(text), 'x.csv');
  if (!read.ok) throw read.error;
  return reportCard(read.value, bands);
}

describe('reportCard', () => {
  it('finds nothing in sound quotes', () => {
    const card = cardOf(chainText(['05/01/2019', '05/02/2019']));
    expect(card.flags).toEqual({
      crossed: 0,
      noAsk: 0,
      notMonotone: 0,
      notConvex: 0,
      offParity: 0,
      farForwards: 0,
    });
    expect([card.rows, card.sessions.length, card.expirations]).toEqual([84, 2, 1]);
    expect([card.quotedShare, card.sourceVolShare, card.spotSource]).toEqual([1, 1, 'file']);
    expect(hasFindings(card)).toBe(false);
  });

  it.each([
    ['crossed', /C03000000,call,(.*),3000,0,0,[\d.]+,/, 'C03000000,call,$1,3000,0,0,99,'],
    ['offParity', /P03000000,put,(.*),3000,0,0,[\d.]+,[\d.]+/, 'P03000000,put,$1,3000,0,0,40,40.4'],
    [
      'notMonotone',
      /C03050000,call,(.*),3050,0,0,[\d.]+,[\d.]+/,
      'C03050000,call,$1,3050,0,0,60,61',
    ],
    [
      'notConvex',
      /C03000000,call,(.*),3000,0,0,[\d.]+,[\d.]+/,
      'C03000000,call,$1,3000,0,0,28,28.1',
    ],
  ] as const)('flags quotes that are %s', (flag, from, to) => {
    const card = cardOf(chainText(['05/01/2019'], (row) => row.replace(from, to)));
    expect(card.flags[flag]).toBeGreaterThan(0);
    expect(hasFindings(card)).toBe(true);
  });

  it('flags a session that repeats the one before', () => {
    const day = chainText(['05/01/2019']);
    const repeated =
      day + day.replaceAll('05/01/2019', '05/02/2019').split('\n').slice(1).join('\n');
    expect(cardOf(repeated).sessions.map((session) => session.isStale)).toEqual([false, true]);
  });

  it('flags an underlying outside the range of its day and one far from the forward', () => {
    const bands = new Map([[epochDay(2019, 5, 1), { low: 2910, high: 2950 }]]);
    const card = cardOf(chainText(['05/01/2019']), bands);
    expect(card.sessions[0]?.spotBand).toBe('outside');
    const far = cardOf(chainText(['05/01/2019'], (row) => row.replace('SPX,3000', 'SPX,2500')));
    expect(far.flags.farForwards).toBe(1);
  });

  it('writes rejected rows with line, rule and record', () => {
    const text = chainText(['05/01/2019']).replace(',2900,0,0', ',-2900,0,0');
    const read = readChainBytes(Buffer.from(text), 'x.csv');
    const [, row] = (read.ok ? rejectedRowsCsv(read.value) : '').split('\n');
    expect(row).toMatch(/^2,strike,"strike must be > 0 \(index points\)","SPX,3000,CBOE,/);
  });
});
