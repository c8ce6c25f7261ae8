import { InvariantError } from './invariant.ts';

/** Ends an exhaustive switch: a case the types say cannot happen throws InvariantError. */
export function assertNever(value: never): never {
  throw new InvariantError(`Invariant: every case is handled, was ${JSON.stringify(value)}`);
}
