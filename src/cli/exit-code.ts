/** What the process tells its caller. */
export type ExitCode = 0 | 1 | 2 | 3 | 5 | 6 | 8 | 130 | 143;

/** It worked; NO_TRADE and a ruined account are answers too. */
export const OK: ExitCode = 0;
/** A fault of the program. */
export const UNEXPECTED: ExitCode = 1;
/** The command line is wrong. */
export const USAGE: ExitCode = 2;
/** A file is missing, or it holds no data for what was asked. */
export const NOT_FOUND: ExitCode = 3;
/** A rule or a limit forbids what was asked. */
export const REFUSED: ExitCode = 5;
/** A check found something. */
export const FINDINGS: ExitCode = 6;
/** The input data breaks a rule. */
export const BAD_DATA: ExitCode = 8;

/** An interrupt stopped the command, which can go on later. */
export const INTERRUPTED: ExitCode = 130;

/** One line of the exit code table in the help text. */
export interface ExitCodeMeaning {
  readonly codes: string;
  readonly meaning: string;
}

/** Every exit code with its meaning, for the help text. */
export const EXIT_CODES: readonly ExitCodeMeaning[] = [
  { codes: '0', meaning: 'ok, also when the answer is "no trade" or a ruined account' },
  { codes: '1', meaning: 'unexpected: a fault of the program' },
  { codes: '2', meaning: 'usage: the command line is wrong' },
  { codes: '3', meaning: 'not found, or no data for what was asked' },
  { codes: '5', meaning: 'refused by a rule or limit' },
  { codes: '6', meaning: 'findings of a check' },
  { codes: '8', meaning: 'bad input data' },
  { codes: '130, 143', meaning: 'ended by an interrupt or a termination signal' },
];
