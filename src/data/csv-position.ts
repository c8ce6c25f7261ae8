/** A place in a text file; line and column count from 1, in characters. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a field of a CSV text starts; records and fields count from 0. Past the last field of a
 * record it is the end of that record.
 *
 * Walks the text, so it is meant for error messages only.
 */
export function locateField(text: string, record: number, field: number): TextPosition {
  let line = 1;
  let column = 1;
  let records = 0;
  let fields = 0;
  let quoted = false;
  for (const character of text) {
    if (records === record && (fields === field || (character === '\n' && !quoted))) break;
    column += 1;
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) fields += 1;
    if (character !== '\n') continue;
    line += 1;
    column = 1;
    if (quoted) continue;
    records += 1;
    fields = 0;
  }
  return { line, column };
}
