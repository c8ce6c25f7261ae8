import { fileURLToPath } from 'node:url';
import type { ReportManifest } from '../report/compare-view.ts';
import { codeVersion, configHash } from '../run/code-version.ts';
import { packageVersion } from './package-version.ts';

const DIST = fileURLToPath(new URL('..', import.meta.url));

/** What made a report: program, configuration, Node, and data, a seed, or both. */
export function manifestOf(
  config: unknown,
  source: { readonly dataHash: string } | { readonly seed: number; readonly dataHash?: string },
): ReportManifest {
  const made = {
    codeVersion: codeVersion(packageVersion(), DIST),
    configHash: configHash(config),
    node: process.version,
  };
  if ('seed' in source && source.dataHash !== undefined) {
    return { ...made, dataHash: source.dataHash, seed: source.seed };
  }
  return 'seed' in source
    ? {
        ...made,
        dataHash: null,
        dataHashReason: 'simulated market: no data read',
        seed: source.seed,
      }
    : { ...made, dataHash: source.dataHash, seed: null, seedReason: 'history: no randomness' };
}
