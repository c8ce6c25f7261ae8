import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { EpochDay } from '../time/epoch-day.ts';
import type { CsvSource } from './csv-series.ts';
import { DataError } from './data-error.ts';
import { SERIES_FREQUENCIES } from './series-frequency.ts';
import { parseUserSeries } from './user-series.ts';
import type { UserSeries, UserSeriesTerms } from './user-series.ts';

const NAME = /^[a-z][a-z0-9-]*$/;
const days = z.number().int().min(0).max(3660);

const schema = z.strictObject({
  series: z
    .array(
      z.strictObject({
        name: z.string().regex(NAME, 'small letters, digits and hyphens'),
        file: z.string().min(1),
        unit: z.string().optional(),
        source: z.string().optional(),
        frequency: z.enum(SERIES_FREQUENCIES).optional(),
        lagDays: days.optional(),
        maxAgeDays: days.optional(),
      }),
    )
    .min(1),
});

/** Terms of series that are named on a command line without a YAML file. */
export type SharedTerms = Pick<UserSeriesTerms, 'frequency' | 'lagDays'>;

/**
 * The series that a list names: `FILE.yaml` describes any number of them with paths from its own
 * folder, `FILE.csv` and `NAME=FILE.csv` are one each.
 *
 * Errors: DataError for a file that is not there, a wrong key or value with its place, a name that
 * occurs twice, and those of `parseUserSeries`.
 */
export function readUserSeries(
  entries: readonly string[],
  shared: SharedTerms,
  lastDay: EpochDay,
): readonly UserSeries[] {
  const found = entries.flatMap((entry) =>
    /\.ya?ml$/.test(entry) ? described(entry, lastDay) : [named(entry, shared, lastDay)],
  );
  const names = found.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice === undefined) return found;
  throw new DataError({
    code: 'bad-data',
    file: entries.join(','),
    rule: 'every series must have a name of its own',
    value: twice,
    remedy: 'rename one: NAME=FILE.csv',
  });
}

function named(entry: string, shared: SharedTerms, lastDay: EpochDay): UserSeries {
  const equals = entry.indexOf('=');
  const file = entry.slice(equals + 1);
  const name = equals < 0 ? basename(file).replace(/\.[^.]*$/, '') : entry.slice(0, equals);
  if (!NAME.test(name)) {
    throw new DataError({
      code: 'bad-data',
      file,
      rule: 'a series name must be small letters, digits and hyphens',
      value: `'${name}'`,
      remedy: 'name it: --series NAME=FILE.csv',
    });
  }
  const terms = { name, unit: '', source: '', maxAgeDays: undefined, ...shared };
  return parseUserSeries(sourceOf(file), terms, lastDay);
}

function described(file: string, lastDay: EpochDay): readonly UserSeries[] {
  const lines = new LineCounter();
  const document = parseDocument(sourceOf(file).text, { lineCounter: lines });
  const placeOf = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new DataError({
      code: 'bad-data',
      file,
      ...placeOf(broken.pos[0]),
      rule: 'a description of series must be YAML',
      value: broken.code,
      remedy: broken.message.split('\n')[0] ?? 'mend the syntax',
    });
  }
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    // A key that is missing has no place: the nearest node around it has.
    let depth = path.length;
    const nodeAt = (): unknown =>
      depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    while (depth > 0 && !isNode(nodeAt())) depth -= 1;
    const node = nodeAt();
    throw new DataError({
      code: 'bad-data',
      file,
      ...placeOf(isNode(node) ? (node.range?.[0] ?? 0) : 0),
      rule: `${path.join('.') || 'series'}: ${issue?.message ?? 'invalid'}`,
      value: issue?.code ?? 'invalid',
      remedy:
        'series: [{name, file, frequency, lagDays, unit, source, maxAgeDays}]; see docs/cli.md',
    });
  }
  return parsed.data.series.map((each) =>
    parseUserSeries(
      sourceOf(join(dirname(file), each.file)),
      {
        name: each.name,
        unit: each.unit ?? '',
        source: each.source ?? '',
        frequency: each.frequency,
        lagDays: each.lagDays,
        maxAgeDays: each.maxAgeDays,
      },
      lastDay,
    ),
  );
}

function sourceOf(file: string): CsvSource {
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch {
    throw new DataError({
      code: 'not-found',
      file,
      rule: 'a file of a series must exist and be readable',
      value: 'absent',
      remedy: 'check the path; paths in a YAML file start from its folder',
    });
  }
}
