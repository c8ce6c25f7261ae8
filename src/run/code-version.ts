import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Package version and the hash of the built program: what a report's numbers came from. */
export function codeVersion(version: string, dist: string): string {
  const hash = createHash('sha256');
  for (const file of builtFiles(dist)) {
    hash.update(file);
    hash.update(readFileSync(join(dist, file)));
  }
  return `${version}+${hash.digest('hex').slice(0, 12)}`;
}

/** Hash of a configuration: equal objects with equal key order give equal hashes. */
export function configHash(config: unknown): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 16);
}

function builtFiles(dist: string): readonly string[] {
  return readdirSync(dist, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js') && !name.startsWith('bench/'))
    .sort();
}
