/** A broken promise of the program itself; nobody catches it below the application. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * Throws InvariantError unless the condition holds. The message states the positive rule,
 * `strikes ascend`, and the value that broke it, if given. Where this runs often give the value
 * apart: a text with the value in it would be made at every call.
 */
export function invariant(condition: boolean, rule: string, value?: number): asserts condition {
  if (condition) return;
  throw new InvariantError(`Invariant: ${rule}${value === undefined ? '' : `, was ${value}`}`);
}
