import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../data/write-whole.ts';
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
