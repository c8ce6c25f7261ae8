import { readFile } from 'node:fs/promises';
import { DataError } from '../data/data-error.ts';
import type { CommandStreams } from './command.ts';

/** A text and the name its errors carry. */
export interface InputText {
  readonly name: string;
  readonly text: string;
}

/**
 * Text of a file, or of standard input when the operand is `-`.
 *
 * Errors: DataError `not-found` for a file that is missing or cannot be read, `bad-data` for bytes
 * that are not UTF-8.
 */
export async function readInput(
  operand: string,
  streams: Pick<CommandStreams, 'stdin'>,
): Promise<InputText> {
  const name = operand === '-' ? 'stdin' : operand;
  const bytes = operand === '-' ? await readAll(streams.stdin) : await readBytes(operand);
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new DataError({
      code: 'bad-data',
      file: name,
      rule: 'text must be UTF-8',
      value: 'other bytes',
      remedy: 'save the file as UTF-8',
    });
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new DataError({
      code: 'not-found',
      file,
      rule: 'file must exist and be readable',
      value: code,
      remedy: 'check the path, or give - for standard input',
    });
  }
}
