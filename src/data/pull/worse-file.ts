import papaparse from 'papaparse';

/** Rows, span and filled cells of a CSV text; dates as text, first column. */
export interface TableExtent {
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Cells with a value by column. */
  readonly filled: Readonly<Record<string, number>>;
}

/** Extent of a CSV text with a header; unreadable rows count for nothing. */
export function tableExtent(text: string): TableExtent {
  const { data } = papaparse.parse<readonly string[]>(text.replace(/^\uFEFF/, '').trimEnd(), {
    delimiter: ',',
  });
  const [header = [], ...records] = data;
  const dated = records.filter(([key = '']) => /^\d{4}-\d{2}-\d{2}$/.test(key));
  const filled = Object.fromEntries(
    header.map((name, place) => [
      name,
      dated.filter((record) => (record[place] ?? '') !== '').length,
    ]),
  );
  return {
    rows: dated.length,
    first: dated[0]?.[0] ?? null,
    last: dated.at(-1)?.[0] ?? null,
    filled,
  };
}

/**
 * Why a file should not take the place of another: fewer rows, a shorter span, a column less, or
 * fewer values in one. Undefined when it is no worse in any of these.
 */
export function worseThan(old: TableExtent, made: TableExtent): string | undefined {
  if (made.rows < old.rows) return `${made.rows} rows where ${old.rows} are stored`;
  if ((made.first ?? '') > (old.first ?? '') && old.first !== null) {
    return `begins ${made.first ?? 'never'}, the stored one ${old.first}`;
  }
  if ((made.last ?? '') < (old.last ?? '')) {
    return `ends ${made.last ?? 'never'}, the stored one ${old.last ?? 'never'}`;
  }
  for (const [name, count] of Object.entries(old.filled)) {
    const now = made.filled[name];
    if (now === undefined && count > 0) return `has no column ${name}, which is stored`;
    if ((now ?? 0) < count) return `${now ?? 0} values of ${name} where ${count} are stored`;
  }
  return undefined;
}
