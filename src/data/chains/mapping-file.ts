import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { nearestName } from '../../core/nearest-name.ts';
import { DataError } from '../data-error.ts';
import { SHARED_ROLES, SIDE_ROLES } from './chain-plan.ts';
import type { ColumnMapping } from './chain-plan.ts';

const ROLES: readonly string[] = [
  ...SHARED_ROLES,
  ...SIDE_ROLES,
  ...SIDE_ROLES.flatMap((role) => [`call.${role}`, `put.${role}`]),
];

const mappingSchema = z.strictObject({
  columns: z.record(z.string(), z.string().min(1)),
  underlying: z.string().min(1).optional(),
  root: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/)
    .optional(),
  decimal: z.enum([',', '.']).optional(),
});

/**
 * A column mapping from a YAML or JSON file: `columns: { day: QuoteDate, strike: K, ... }`.
 *
 * Errors: DataError `not-found` without the file, `bad-data` for an unknown role (with the nearest
 * one), a mapping without bid and ask, or one that does not say what a contract is.
 */
export function readMappingFile(file: string): ColumnMapping {
  const refuse = (rule: string, value: string, remedy: string): DataError =>
    new DataError({ code: 'bad-data', file, rule, value, remedy });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DataError({
      code: 'not-found',
      file,
      rule: 'mapping file must exist and be readable',
      value: 'absent',
      remedy: 'check the path',
    });
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    const value = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'other text';
    throw refuse('mapping must be YAML or JSON', value, 'correct the file');
  }
  const parsed = mappingSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') ?? '';
    throw refuse(
      `mapping must have columns: role: name`,
      `${place}: ${issue?.message}`,
      'see --help',
    );
  }
  const { columns } = parsed.data;
  const unknown = Object.keys(columns).find((role) => !ROLES.includes(role));
  if (unknown !== undefined) {
    const near = nearestName(unknown, ROLES);
    const meant =
      near === undefined ? `use one of ${ROLES.slice(0, 19).join(', ')}` : `use ${near}`;
    throw refuse('a column role must be known', unknown, meant);
  }
  const has = (role: string): boolean => Object.hasOwn(columns, role);
  const isWide = has('call.bid') && has('put.bid') && has('call.ask') && has('put.ask');
  if (!isWide && !(has('bid') && has('ask'))) {
    throw refuse(
      'mapping must name bid and ask',
      'no such column',
      'add them, or call.bid, put.bid',
    );
  }
  const isSeries = has('expiry') && has('strike') && (isWide || has('right'));
  if (!isSeries && !has('contract')) {
    throw refuse(
      'mapping must name expiry, strike and right, or contract',
      'no such column',
      'add the columns that tell one contract from another',
    );
  }
  return parsed.data;
}
