import { join } from 'node:path';
import { queryRows } from '../data/duckdb-session.ts';
import type { JsonValue } from '../report/json-value.ts';
import type { StoredRun } from './run-store.ts';

/** A setting of two configurations, as JSON text; undefined where one has no such key. */
export interface SettingDifference {
  /** Keys from the root, joined by dots; members of lists go by their name, or their place. */
  readonly key: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** A figure of a policy in two runs; null where unknown or absent. */
export interface FigureDifference {
  readonly policy: string;
  readonly figure: string;
  readonly a: number | null;
  readonly b: number | null;
}

/** A line of two runs through time; null where a run has no such day. */
export interface CurveOfTwo {
  readonly policy: string;
  readonly days: readonly string[];
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/**
 * Leaves in which two JSON values differ, in the order of their keys. A map or list that only one
 * of them has is one difference, not as many as it has leaves.
 */
export function differingSettings(
  a: JsonValue,
  b: JsonValue,
  key = '',
): readonly SettingDifference[] {
  const left = membersOf(a);
  const right = membersOf(b);
  if (left === undefined || right === undefined) {
    const setting = { key, a: textOfSetting(a), b: textOfSetting(b) };
    return setting.a === setting.b ? [] : [setting];
  }
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) =>
    differingSettings(left.get(name), right.get(name), key === '' ? name : `${key}.${name}`),
  );
}

function textOfSetting(value: JsonValue): string | undefined {
  if (value === undefined) return undefined;
  return membersOf(value) === undefined ? JSON.stringify(value) : 'present';
}

/** Members of a map by key, of a list by the name or place of each; undefined for a scalar. */
function membersOf(value: JsonValue): ReadonlyMap<string, JsonValue> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(
    value.map((member: JsonValue, place) => [nameOf(member) ?? String(place), member]),
  );
}

function nameOf(value: JsonValue): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name } = value as { readonly name?: JsonValue };
  return typeof name === 'string' ? name : undefined;
}

/** Every figure of the policies that both runs have, in the order of the definitions. */
export async function figuresOfTwo(
  a: StoredRun,
  b: StoredRun,
): Promise<readonly FigureDifference[]> {
  const rows = await queryRows(
    `WITH a AS (SELECT *, file_row_number AS place FROM read_parquet(?, file_row_number = true)),
          b AS (SELECT *, file_row_number AS place FROM read_parquet(?, file_row_number = true))
     SELECT coalesce(a.policy, b.policy) AS policy, coalesce(a.figure, b.figure) AS figure,
            a.value AS a, b.value AS b
     FROM a FULL JOIN b ON a.policy = b.policy AND a.figure = b.figure
     WHERE coalesce(a.policy, b.policy) IN (SELECT policy FROM a)
       AND coalesce(a.policy, b.policy) IN (SELECT policy FROM b)
     ORDER BY coalesce(a.place, 1e9), b.place`,
    [join(a.dir, 'figures.parquet'), join(b.dir, 'figures.parquet')],
  );
  return rows.map((row) => ({
    policy: textOf(row['policy']),
    figure: textOf(row['figure']),
    a: numberOf(row['a']),
    b: numberOf(row['b']),
  }));
}

/** Equity at the closes of each policy that both runs have, on the days that either has. */
export async function equityOfTwo(a: StoredRun, b: StoredRun): Promise<readonly CurveOfTwo[]> {
  const rows = await queryRows(
    `WITH a AS (SELECT policy, day, equity_close FROM read_parquet(?)),
          b AS (SELECT policy, day, equity_close FROM read_parquet(?))
     SELECT coalesce(a.policy, b.policy) AS policy,
            CAST(coalesce(a.day, b.day) AS VARCHAR) AS day, a.equity_close AS a, b.equity_close AS b
     FROM a FULL JOIN b ON a.policy = b.policy AND a.day = b.day
     WHERE coalesce(a.policy, b.policy) IN (SELECT policy FROM a)
       AND coalesce(a.policy, b.policy) IN (SELECT policy FROM b)
     ORDER BY policy, day`,
    [join(a.dir, 'days.parquet'), join(b.dir, 'days.parquet')],
  );
  const policies = [...new Set(rows.map((row) => textOf(row['policy'])))];
  return policies.map((policy) => {
    const days = rows.filter((row) => row['policy'] === policy);
    return {
      policy,
      days: days.map((row) => textOf(row['day'])),
      a: days.map((row) => numberOf(row['a'])),
      b: days.map((row) => numberOf(row['b'])),
    };
  });
}

/** Figures of many runs by id, policy and name. */
export async function figuresOfRuns(
  runs: readonly StoredRun[],
  figures: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  const found = new Map<string, number | null>();
  if (runs.length === 0) return found;
  const files = runs.map(({ dir }) => `'${join(dir, 'figures.parquet').replaceAll("'", "''")}'`);
  const rows = await queryRows(
    `SELECT parse_filename(parse_path(filename)[-2]) AS id, policy, figure, value
     FROM read_parquet([${files.join(', ')}], filename = true)
     WHERE list_contains(string_split(?, ','), figure)`,
    [figures.join(',')],
  );
  for (const { id, policy, figure, value } of rows) {
    found.set(`${textOf(id)} ${textOf(policy)} ${textOf(figure)}`, numberOf(value));
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
