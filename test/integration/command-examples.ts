import { COMMANDS } from '../../src/cli/command-table.ts';

/** A shell line of the help texts or of the README, with `alvh` in it. */
export interface CommandExample {
  readonly line: string;
  /** Whether it reads files that only a user has: market data, chains, a server. */
  readonly needs: 'nothing' | 'history' | 'chain' | 'network' | 'server';
}

/** Every example of every command. */
export const EXAMPLES: readonly CommandExample[] = COMMANDS.flatMap(({ examples }) =>
  examples.map((line) => ({ line, needs: needsOf(line) })),
);

function needsOf(line: string): CommandExample['needs'] {
  if (line.includes('redis://')) return 'server';
  if (/\bdata pull\b/.test(line)) return 'network';
  if (/CHAINS|quotedata\.csv|quotes\/|chains (list|show)/.test(line)) return 'chain';
  return /\bDIR\b|--data market/.test(line) ? 'history' : 'nothing';
}

/**
 * The line as a test can run it: with few futures, sparse looks, and the given program, folders and
 * ids in place of what a user would write.
 */
export function runnable(line: string, places: Readonly<Record<string, string>>): string {
  let text = line
    .replaceAll(/--paths \d+/g, '--paths 4')
    .replace('--every 5', '--every 250')
    .replace('--workers 8', '--workers 1');
  const draws = /alvh (?:simulate|compare --model|ablate|claims|sweep)/.test(text);
  if (draws && !text.includes('--paths')) text += ' --paths 4';
  if (/alvh evidence/.test(text)) text += ' --placebos 1';
  for (const [from, to] of Object.entries(places)) text = text.replaceAll(from, to);
  return text;
}
