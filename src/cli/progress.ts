import type { TextSink } from './output.ts';

const WIDTH = 30;

/** A progress bar on standard error. */
export interface Progress {
  readonly show: (done: number, total: number, label: string) => void;
  readonly end: () => void;
}

/**
 * A bar that redraws itself on a terminal, and a line at each tenth elsewhere. It shows counts
 * only: time never enters what a command prints on standard output.
 */
export function createProgress(stderr: TextSink, unit: string): Progress {
  let lastTenth = -1;
  let drawn = false;
  const terminal = stderr.isTerminal === true;
  return {
    show: (done, total, label) => {
      const tenth = Math.floor((10 * done) / total);
      const filled = Math.round((WIDTH * done) / total);
      const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
      const line = `[${bar}] ${done}/${total} ${unit === 'futures' ? 'blocks' : unit} ${label}`;
      if (terminal) {
        drawn = true;
        void stderr.write(`\r${line.padEnd(78)}`);
      } else if (tenth > lastTenth || done === total) void stderr.write(`${line}\n`);
      lastTenth = done === total ? -1 : tenth;
    },
    end: () => {
      if (drawn) void stderr.write('\n');
    },
  };
}
