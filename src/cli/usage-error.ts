/** A command line that breaks a rule; ends with exit code 2 and a pointer to the help text. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Text to append to a usage message: the name that was probably meant, or nothing. */
export function suggestion(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${name}?`;
}
