import { COMMON_OPTIONS } from './command.ts';
import type { Command, OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-code.ts';

/** The help text of the program: every command with its summary, and the exit codes. */
export function programHelp(commands: readonly Command[], version: string): string {
  return [
    `alvh ${version}: what happens to an account that sells SPX iron condors`,
    '',
    'Usage: alvh <command> [options]',
    '',
    'Commands:',
    ...entries(commands.map((command) => [command.name, command.summary])),
    '',
    'Options of every command:',
    ...entries(COMMON_OPTIONS.map(optionEntry)),
    '',
    'Exit codes:',
    ...entries(EXIT_CODES.map((each) => [each.codes, each.meaning])),
    '',
    "Run 'alvh help <command>' for its options, input and output; 'alvh --version' for the version.",
    '',
  ].join('\n');
}

/** The help text of one command. */
export function commandHelp(command: Command): string {
  const operands = command.operands.map(({ name, repeats }) =>
    repeats === true ? `[${name}...]` : name,
  );
  const options = [...command.options, ...COMMON_OPTIONS];
  return [
    `alvh ${command.name}: ${command.summary}`,
    '',
    `Usage: alvh ${[command.name, ...operands, '[options]'].join(' ')}`,
    '',
    ...(operands.length === 0
      ? []
      : [
          'Operands:',
          ...entries(command.operands.map((operand) => [operand.name, operand.summary])),
          '',
        ]),
    'Options:',
    ...entries(options.map(optionEntry)),
    '',
    ...command.details.flatMap((paragraph) => [...wrap(paragraph, 88), '']),
    ...(command.examples.length === 0
      ? []
      : ['Examples:', ...command.examples.map((example) => `  ${example}`), '']),
  ].join('\n');
}

function optionEntry(option: OptionSpec): readonly [string, string] {
  const value = option.kind === 'value' ? ` ${option.valueName ?? 'VALUE'}` : '';
  return [`--${option.name}${value}`, option.summary];
}

function entries(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`);
}

function wrap(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
