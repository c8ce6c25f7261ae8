import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataError } from './data-error.ts';

/**
 * Writes a file beside its place and moves it there: it is there as a whole or not at all. Its folder
 * is made.
 *
 * Errors: DataError `not-written` when the system refuses, as a full disk does; what was there stays.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const part = partOf(file);
  try {
    makeFolder(dirname(file));
    writeFileSync(part, content);
    renameSync(part, file);
  } catch (error) {
    throw notWritten(file, part, error);
  }
}

/** The same for a file that `make` writes under the name it is given, in a folder that exists. */
export async function makeWhole(
  file: string,
  make: (part: string) => Promise<void>,
): Promise<void> {
  const part = partOf(file);
  try {
    await make(part);
    renameSync(part, file);
  } catch (error) {
    throw notWritten(file, part, error);
  }
}

/** Parents first, one by one: a recursive mkdir never returns below some virtual file systems. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Beside its place, told apart by process, so that two runs do not write into one another. */
function partOf(file: string): string {
  return `${file}.${process.pid}.part`;
}

function notWritten(file: string, part: string, error: unknown): DataError {
  rmSync(part, { force: true });
  if (error instanceof DataError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DataError({
    code: 'not-written',
    file,
    rule: 'the file must be written as a whole',
    value: `refused: ${reason.split('\n')[0] ?? ''}`,
    remedy: 'make room or name another place, and run the same command again',
  });
}
