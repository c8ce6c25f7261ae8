import { z } from 'zod';
import type { BuiltFile, ParsedPart, PulledRow, PulledText, RawPart } from './pull-source.ts';
import { ascending, cellNumber, csvOf, pulledDay, refusal, refuseOther } from './pulled-rows.ts';

const nyFedSchema = z.object({
  refRates: z.array(z.object({ effectiveDate: z.string(), percentRate: z.number().optional() })),
});
const fredSchema = z.object({
  observations: z.array(z.object({ date: z.string(), value: z.string() })),
});

/** Rates of the New York Fed, percent per year. A day without a rate is left out. */
export function parseNyFedRates(pulled: PulledText): readonly PulledRow[] {
  const { refRates } = document(pulled, nyFedSchema, 'refRates');
  const rows = refRates.flatMap(({ effectiveDate, percentRate }) =>
    percentRate === undefined
      ? []
      : [{ day: pulledDay(effectiveDate, pulled.file), cells: { value: percentRate } }],
  );
  return ascending(rows, pulled.file);
}

/** Observations of a FRED series in the column of its part; `.` is blank. */
export function parseFredSeries(pulled: PulledText, part: RawPart): readonly PulledRow[] {
  const { observations } = document(pulled, fredSchema, 'observations');
  const rows = observations.map(({ date, value }) => {
    const read = value === '.' ? Number.NaN : cellNumber(value);
    if (value !== '.' && Number.isNaN(read)) {
      throw refusal(pulled.file, { rule: 'value must be a number or .', value });
    }
    return { day: pulledDay(date, pulled.file), cells: { [part.column ?? 'value']: read } };
  });
  return ascending(rows, pulled.file);
}

/** Several series side by side, a row for each date that any of them has. */
export function buildJoined(
  file: string,
  columns: readonly string[],
): (parts: readonly ParsedPart[]) => readonly BuiltFile[] {
  return (parts) => {
    const byDay = new Map<number, Record<string, number>>();
    for (const { rows } of parts) {
      for (const { day, cells } of rows) byDay.set(day, { ...byDay.get(day), ...cells });
    }
    const rows = [...byDay]
      .map(([day, cells]) => ({ day, cells }))
      .filter(({ cells }) => Object.values(cells).some((value) => !Number.isNaN(value)))
      .toSorted((a, b) => a.day - b.day);
    return [{ file, text: csvOf(columns, rows), notes: [] }];
  };
}

function document<T>(pulled: PulledText, schema: z.ZodType<T>, list: string): T {
  refuseOther(pulled, 'JSON');
  let content: unknown;
  try {
    content = JSON.parse(pulled.text);
  } catch (error) {
    throw refusal(pulled.file, {
      rule: 'the answer must be whole JSON',
      value: error instanceof Error ? error.message : 'broken',
    });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refusal(pulled.file, {
    rule: `the document must have ${list} of dates and values`,
    value: issue === undefined ? 'another' : `${issue.path.join('.')}: ${issue.message}`,
  });
}
