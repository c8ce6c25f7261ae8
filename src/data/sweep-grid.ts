import { parse } from 'yaml';
import { z } from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import type { Policy } from '../strategy/policy.ts';
import { DataError } from './data-error.ts';
import { overrideKeys } from './policy-file.ts';
import { policySchema } from './policy-schema.ts';

/** A policy key whose values are tried: `sizing.riskPerTrade`. */
export interface SweepAxis {
  readonly key: string;
  /** As the grid file has them: numbers, words, null or whole maps. */
  readonly values: readonly unknown[];
}

/** What to try: a policy, and the keys of it that change. */
export interface SweepGrid {
  /** Shipped name or file of the policy. */
  readonly policy: string;
  readonly axes: readonly SweepAxis[];
}

/** The axes of a grid with their values in words. */
export function axisLabels({
  axes,
}: SweepGrid): readonly { readonly key: string; readonly labels: readonly string[] }[] {
  return axes.map(({ key, values }) => ({
    key,
    labels: values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  }));
}

/** One configuration of a grid. */
export interface SweepCell {
  /** Place of the value on each axis, in the order of the axes. */
  readonly at: readonly number[];
  readonly policy: Policy;
}

/** More configurations than a table shows or a correction for their number leaves anything of. */
const MOST_CELLS = 1000;

const gridSchema = z.strictObject({
  policy: z.string().min(1),
  axes: z.record(z.string().min(1), z.array(z.unknown()).min(1)),
});

/**
 * A grid from YAML or JSON text: `policy: NAME` and `axes: { KEY: [VALUES] }`.
 *
 * Errors: DataError `bad-data` for text that is neither, for another shape, for a value that comes
 * twice on an axis, and for more than 1000 configurations.
 */
export function parseSweepGrid(file: string, text: string): SweepGrid {
  const refuse = (rule: string, value: string, remedy: string): DataError =>
    new DataError({ code: 'bad-data', file, rule, value, remedy });
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    const value = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'other text';
    throw refuse('grid must be YAML or JSON', value, 'correct the file');
  }
  const parsed = gridSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(
      'grid must have policy: NAME and axes: { KEY: [VALUES] }',
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
      'see --help',
    );
  }
  const axes = Object.entries(parsed.data.axes).map(([key, values]) => ({ key, values }));
  for (const { key, values } of axes) {
    const seen = new Set(values.map((value) => JSON.stringify(value)));
    if (seen.size < values.length) {
      throw refuse(`${key}: values must differ`, JSON.stringify(values), 'name each value once');
    }
  }
  const cells = axes.reduce((product, { values }) => product * values.length, 1);
  if (!(cells <= MOST_CELLS)) {
    throw refuse(
      `a grid must have at most ${MOST_CELLS} configurations`,
      String(cells),
      'take values or an axis away',
    );
  }
  return { policy: parsed.data.policy, axes };
}

/**
 * Every configuration of a grid, the last axis running fastest.
 *
 * Errors: DataError `bad-data` naming the axis, for a key the policy does not have (with the nearest
 * one) and for a value the policy may not have.
 */
export function sweepCells(file: string, grid: SweepGrid, base: Policy): readonly SweepCell[] {
  let places: readonly (readonly number[])[] = [[]];
  for (const { key, values } of grid.axes) {
    checkKey(file, key, base);
    places = places.flatMap((at) => values.map((_value, place) => [...at, place]));
  }
  return places.map((at) => ({ at, policy: variant(file, grid, base, at) }));
}

function checkKey(file: string, key: string, base: Policy): void {
  let level: unknown = base;
  const walked: string[] = [];
  for (const part of key.split('.')) {
    const known = isMap(level) ? Object.keys(level) : [];
    if (!isMap(level) || !known.includes(part) || key === 'name' || key === 'summary') {
      const near = nearestName(part, known);
      throw new DataError({
        code: 'bad-data',
        file,
        rule: `axis must be a key of policy ${base.name}`,
        value: key,
        remedy:
          near === undefined
            ? `keys there: ${known.join(', ')}`
            : `did you mean '${[...walked, near].join('.')}'?`,
      });
    }
    walked.push(part);
    level = level[part];
  }
}

function variant(file: string, grid: SweepGrid, base: Policy, at: readonly number[]): Policy {
  let merged: unknown = base;
  for (const [axis, { key, values }] of grid.axes.entries()) {
    let change: unknown = values[at[axis] ?? 0];
    for (const part of key.split('.').toReversed()) change = { [part]: change };
    merged = overrideKeys(merged, change);
  }
  const parsed = policySchema.safeParse(merged);
  if (parsed.success) return { ...parsed.data, name: `${base.name}-${at.join('-')}` };
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  const chosen = grid.axes.map(
    ({ key, values }, axis) => `${key}: ${JSON.stringify(values[at[axis] ?? 0])}`,
  );
  throw new DataError({
    code: 'bad-data',
    file,
    rule: `${place}: ${issue?.message ?? 'invalid'}`,
    value: chosen.join(', '),
    remedy: 'take the value out of the axis, or change the policy',
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
