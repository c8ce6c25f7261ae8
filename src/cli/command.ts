import type { ParsedArguments } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import type { TextSink } from './output.ts';

/** An option of a command. A `value` option takes a text after it, a `flag` stands alone. */
export interface OptionSpec {
  readonly name: string;
  readonly kind: 'value' | 'flag';
  /** What stands for the value in the help text, such as DATE. */
  readonly valueName?: string;
  readonly summary: string;
}

/** A positional argument; every operand is required, but for a last one that may repeat. */
export interface OperandSpec {
  readonly name: string;
  readonly summary: string;
  /** Any number of them, none too. */
  readonly repeats?: true;
}

/** The streams a command may touch, and interrupts. */
export interface CommandStreams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** A signal that an interrupt aborts in place of ending the process; its reason is the exit code. */
  readonly holdInterrupt?: () => AbortSignal;
}

/** All that a command is handed. */
export interface CommandContext extends CommandStreams {
  readonly args: ParsedArguments;
}

/**
 * A command as data. `run` returns the exit code, throws UsageError for a wrong command line and
 * DataError for bad files, and yields to the event loop while it works, or signals wait for it.
 */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly operands: readonly OperandSpec[];
  readonly options: readonly OptionSpec[];
  /** Paragraphs for the help text: input, output, units. */
  readonly details: readonly string[];
  readonly examples: readonly string[];
  readonly run: (context: CommandContext) => Promise<ExitCode>;
}

/** Options that every command understands. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', kind: 'flag', summary: 'one JSON document on standard output' },
  { name: 'debug', kind: 'flag', summary: 'show where in the program an error arose' },
  { name: 'help', kind: 'flag', summary: 'show this help' },
];
