import type { OptionSpec } from './command.ts';

/** Bounds and defaults of the options that say which futures to simulate. */
export const FUTURES_BOUNDS: Readonly<
  Record<
    'paths' | 'years' | 'seed' | 'workers',
    { readonly min: number; readonly max: number; readonly otherwise: number }
  >
> = {
  paths: { min: 1, max: 10_000_000, otherwise: 2000 },
  years: { min: 1, max: 100, otherwise: 1 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: 1 },
  workers: { min: 0, max: 1024, otherwise: 0 },
};

/** Options of every command that simulates futures. */
export const FUTURES_OPTIONS: readonly OptionSpec[] = [
  { name: 'paths', kind: 'value', valueName: 'N', summary: 'simulated: futures; 2000' },
  { name: 'years', kind: 'value', valueName: 'Y', summary: 'simulated: years of each; 1' },
  { name: 'seed', kind: 'value', valueName: 'S', summary: 'simulated: seed; 1' },
  { name: 'workers', kind: 'value', valueName: 'N', summary: 'threads; as many as cores' },
];
