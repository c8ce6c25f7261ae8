import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './usage-error.ts';

/**
 * Makes sure a file can be written before work is spent on it: its folder exists or is made, and it
 * is no folder itself. Throws UsageError naming the option.
 */
export function prepareFile(option: string, file: string): void {
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new UsageError(`--${option} must name a file, ${file} is a folder.`);
  }
  try {
    makeFolder(dirname(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--${option} must name a file that can be written: ${reason}.`);
  }
}

/** Writes a file beside its place and moves it there, so that nothing half-written is left. */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Parents first, one by one: a recursive mkdir never returns below some virtual file systems. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
