import { DataError } from '../data/data-error.ts';
import { parseJsonText } from './json-position.ts';
import type { InputText } from './read-input.ts';

/** The value of a JSON input; DataError `bad-data` with the place where it stops being JSON. */
export function parseJsonInput(input: InputText): unknown {
  const parsed = parseJsonText(input.text);
  if (parsed.ok) return parsed.value;
  const { position, found } = parsed.error;
  throw new DataError({
    code: 'bad-data',
    file: input.name,
    ...position,
    rule: 'text must be JSON',
    value: found,
    remedy: 'correct the text there',
  });
}
