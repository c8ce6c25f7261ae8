import { INTERRUPTED } from './exit-code.ts';
import type { ExitCode } from './exit-code.ts';

/** Interrupts of the process: they end it, or are left to a command that asked for them. */
export interface Interruption {
  /** A signal that the next interrupt aborts; its reason is the exit code. */
  readonly hold: () => AbortSignal;
  /** Takes an interrupt that shall end the process with a code. */
  readonly hear: (code: ExitCode) => void;
}

/**
 * The first interrupt goes to the command that holds it; a second one, or one that nobody holds, ends
 * the process at once.
 */
export function createInterruption(exit: (code: ExitCode) => void): Interruption {
  let held: AbortController | undefined;
  return {
    hold: () => {
      held ??= new AbortController();
      return held.signal;
    },
    hear: (code) => {
      if (held === undefined || held.signal.aborted) exit(code);
      else held.abort(code);
    },
  };
}

/** The exit code of a command that an interrupt stopped. */
export function interruptCode({ reason }: AbortSignal): ExitCode {
  return reason === 143 ? 143 : INTERRUPTED;
}
