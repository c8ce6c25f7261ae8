import { parseBrokerPositions } from '../data/broker-positions.ts';
import { isBookFault, parseBook } from '../data/book-file.ts';
import type { BookFile } from '../data/book-file.ts';
import { DataError } from '../data/data-error.ts';
import type { CommandStreams } from './command.ts';
import { parseJsonInput } from './json-input.ts';
import { locateJson } from './json-position.ts';
import { readInput } from './read-input.ts';

/**
 * The book in a file, or on standard input for `-`: a JSON object, or a broker's position export
 * as CSV, told apart by the first character.
 *
 * Errors: DataError with the place of what is wrong.
 */
export async function readBook(
  operand: string,
  streams: Pick<CommandStreams, 'stdin'>,
): Promise<BookFile> {
  const input = await readInput(operand, streams);
  if (!/^\uFEFF?\s*[[{]/.test(input.text)) {
    const legs = parseBrokerPositions(input.name, input.text);
    return { cash: undefined, yearStartEquity: undefined, spent: {}, legs };
  }
  const document = parseJsonInput(input);
  const book = parseBook(document);
  if (!isBookFault(book)) return book;
  const value = book.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    document,
  );
  throw new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, book.path),
    rule: `${book.path.join('.')}: ${book.rule}`,
    value: JSON.stringify(value) ?? 'missing',
    remedy: 'see `alvh plan --help` for the format of a book',
  });
}
