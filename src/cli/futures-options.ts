import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { optionalInteger } from './option-value.ts';

/** Bounds and defaults of the options that say which futures to simulate. */
const FUTURES_BOUNDS: Readonly<
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

/** Which futures to simulate; workers 0 = as many as the machine has. */
export interface FuturesOptions {
  readonly paths: number;
  readonly years: number;
  readonly seed: number;
  readonly workers: number;
}

/** Reads the futures options; a command may need more paths than one or draw fewer by default. */
export function futuresOptions(
  args: ParsedArguments,
  paths: { readonly min?: number; readonly otherwise?: number } = {},
): FuturesOptions {
  return {
    paths: optionalInteger(args, 'paths', { ...FUTURES_BOUNDS.paths, ...paths }),
    years: optionalInteger(args, 'years', FUTURES_BOUNDS.years),
    seed: optionalInteger(args, 'seed', FUTURES_BOUNDS.seed),
    workers: optionalInteger(args, 'workers', FUTURES_BOUNDS.workers),
  };
}
