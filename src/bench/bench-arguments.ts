import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nearestName } from '../core/nearest-name.ts';
import type { BenchSettings } from './benchmark.ts';

/** What the command line of the benchmarks says. */
export interface BenchArguments extends BenchSettings {
  readonly json: boolean;
  /** Names asked for, all known. */
  readonly only: readonly string[];
}

/**
 * The arguments of `bench [--json] [--only NAME,...] [--workers N] [--data DIR]`; market data lie
 * beside the repository unless told.
 *
 * Errors: an Error that names the rule, for an unknown option or name and a bad worker count.
 */
export function benchArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      workers: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const only = values.only === undefined ? names : values.only.split(',').map((n) => n.trim());
  for (const name of only) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new Error(`--only must name one of ${names.join(', ')}, was '${name}'.${hint}`);
  }
  const workers = values.workers ?? String(availableParallelism());
  if (!/^[1-9]\d{0,3}$/.test(workers)) {
    throw new Error(`--workers must be a whole number from 1 to 9999, was ${workers}.`);
  }
  const root = resolve(import.meta.dirname, '..', '..');
  const data = values.data ?? join(root, '..', 'shared', 'data', 'market');
  return { json: values.json, only, workers: Number(workers), data };
}
