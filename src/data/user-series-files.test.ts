import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { readUserSeries } from './user-series-files.ts';
import type { UserSeries } from './user-series.ts';

const LAST = epochDay(2004, 12, 31);
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-series-'));
  const months = '2004-01-31,5,2004-02-10\n2004-02-29,6,2004-03-12\n2004-03-31,4,2004-04-09\n';
  writeFileSync(join(dir, 'flows.csv'), `date,value,available\n${months}`);
  writeFileSync(join(dir, 'weekly.csv'), 'date,value\n2004-01-05,1\n2004-01-12,2\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

function read(
  entries: readonly string[],
  terms: Partial<Parameters<typeof readUserSeries>[1]> = {},
): readonly UserSeries[] {
  return readUserSeries(entries, { frequency: undefined, lagDays: undefined, ...terms }, LAST);
}

function description(text: string): string {
  const file = join(dir, 'mine.yaml');
  writeFileSync(file, text);
  return file;
}

describe('readUserSeries', () => {
  it('names a CSV file by its file or by NAME=', () => {
    const file = join(dir, 'flows.csv');
    expect(read([file, `mine=${file}`]).map(({ name }) => name)).toEqual(['flows', 'mine']);
    const [weekly] = read([`w=${join(dir, 'weekly.csv')}`], { lagDays: 2 });
    expect(weekly?.frequency).toBe('weekly');
  });

  it('reads a description, with paths from its own folder', () => {
    const file = description(
      'series:\n  - {name: flows, file: flows.csv, unit: USD, source: own, maxAgeDays: 60}\n' +
        '  - {name: week, file: weekly.csv, frequency: weekly, lagDays: 4}\n',
    );
    const [flows, week] = read([file]);
    expect([flows?.unit, flows?.source, flows?.series.maxAge]).toEqual(['USD', 'own', 60]);
    expect(week?.series.release[0]).toBe(epochDay(2004, 1, 9));
  });

  it('refuses a wrong key or value at its place', () => {
    const wrong = description('series:\n  - name: a\n    file: flows.csv\n    frequency: hourly\n');
    expect(() => read([wrong])).toThrow(/mine.yaml:4:16: series.0.frequency: /);
    expect(() => read([description('series:\n  - {name: a, fill: b}\n')])).toThrow(/mine.yaml:2:5/);
    expect(() => read([description('series: [')])).toThrow(/must be YAML/);
    expect(() => read([description('{}')])).toThrow(/mine.yaml:1:1: series: /);
  });

  it('refuses two of one name, a name of its own taste, and a file that is not there', () => {
    const file = join(dir, 'flows.csv');
    expect(() => read([file, file])).toThrow(/a name of its own, was flows/);
    expect(() => read([`My Flows=${file}`])).toThrow(/small letters, digits and hyphens/);
    expect(() => read([join(dir, 'none.csv')])).toThrow(/must exist and be readable/);
  });
});
