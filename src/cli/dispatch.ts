import { nearestName } from '../core/nearest-name.ts';
import { DataError } from '../data/data-error.ts';
import type { DataErrorCode } from '../data/data-error.ts';
import { parseArguments } from './arguments.ts';
import type { Command, CommandStreams } from './command.ts';
import { BAD_DATA, NOT_FOUND, OK, UNEXPECTED, USAGE } from './exit-code.ts';
import type { ExitCode } from './exit-code.ts';
import { commandHelp, programHelp } from './help.ts';
import { ClosedPipeError } from './output.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** The program as data: its commands, its version, and the streams it talks through. */
export interface Program {
  readonly commands: readonly Command[];
  readonly version: string;
  readonly streams: CommandStreams;
}

const DATA_EXIT_CODES: Readonly<Record<DataErrorCode, ExitCode>> = {
  'not-found': NOT_FOUND,
  'no-data': NOT_FOUND,
  'bad-data': BAD_DATA,
  'not-written': UNEXPECTED,
};

/**
 * Runs one command line and gives its exit code. It never throws: every failure becomes a message
 * on stderr, and a reader who closed the pipe is a quiet success.
 */
export async function dispatch(argv: readonly string[], program: Program): Promise<ExitCode> {
  try {
    return await runCommand(argv, program);
  } catch (error) {
    if (error instanceof ClosedPipeError) return OK;
    const name = program.commands.find((command) => command.name === argv[0])?.name;
    const { code, text } = describeFailure(error, name);
    const stack = argv.includes('--debug') ? `${stackOf(error)}\n` : '';
    await program.streams.stderr.write(`${text}\n${stack}`).catch(() => {});
    return code;
  }
}

async function runCommand(argv: readonly string[], program: Program): Promise<ExitCode> {
  const { commands, version, streams } = program;
  const [first, ...rest] = argv;
  if (first === undefined) {
    await streams.stderr.write(programHelp(commands, version));
    return USAGE;
  }
  if (first === '--version') {
    refuseMore(rest);
    await streams.stdout.write(`${version}\n`);
    return OK;
  }
  if (first === 'help' || first === '--help' || first === '-h') {
    const [topic, ...surplus] = rest;
    refuseMore(surplus);
    const text =
      topic === undefined
        ? programHelp(commands, version)
        : commandHelp(findCommand(topic, commands));
    await streams.stdout.write(text);
    return OK;
  }
  const command = findCommand(first, commands);
  const args = parseArguments(command, rest);
  if (args.flags.has('help')) {
    await streams.stdout.write(commandHelp(command));
    return OK;
  }
  return command.run({ ...streams, args });
}

function refuseMore(surplus: readonly string[]): void {
  if (surplus[0] !== undefined) throw new UsageError(`unexpected argument '${surplus[0]}'.`);
}

function findCommand(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  if (name.startsWith('-')) {
    throw new UsageError(`a command must come first, was ${name}. Options follow the command.`);
  }
  const names = commands.map((command) => command.name);
  throw new UsageError(`unknown command '${name}'.${suggestion(nearestName(name, names))}`);
}

function describeFailure(
  error: unknown,
  command: string | undefined,
): { readonly code: ExitCode; readonly text: string } {
  const speaker = command === undefined ? 'alvh' : `alvh ${command}`;
  if (error instanceof UsageError) {
    const topic = command === undefined ? 'alvh help' : `alvh help ${command}`;
    return { code: USAGE, text: `${speaker}: ${error.message}\nRun '${topic}' for usage.` };
  }
  if (error instanceof DataError) {
    return { code: DATA_EXIT_CODES[error.code], text: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  // The system's refusals (a full disk) carry a code; all else is our own fault.
  const isSystem = error instanceof Error && 'code' in error;
  const blame = isSystem ? '' : '\nThis is a fault of alvh; --debug shows where.';
  return { code: UNEXPECTED, text: `${speaker}: unexpected: ${message}${blame}` };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
