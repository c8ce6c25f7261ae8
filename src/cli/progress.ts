import { performance } from 'node:perf_hooks';
import type { TextSink } from './output.ts';

const WIDTH = 30;
/** Seconds of work before the time left is guessed: the first blocks run slow. */
const LEAST_SECONDS = 2;

/** A progress bar on standard error. */
export interface Progress {
  readonly show: (done: number, total: number, label: string) => void;
  readonly end: () => void;
}

/**
 * A bar that redraws itself on a terminal, and a line at each tenth elsewhere, with the time left
 * once it can be guessed. Time never enters what a command prints on standard output.
 *
 * @param now Milliseconds of a clock that only runs forward.
 */
export function createProgress(
  stderr: TextSink,
  unit: string,
  now: () => number = () => performance.now(),
): Progress {
  let lastTenth = -1;
  let drawn = false;
  let phase = { label: '', from: 0, since: 0 };
  const terminal = stderr.isTerminal === true;
  return {
    show: (done, total, label) => {
      const tenth = Math.floor((10 * done) / total);
      const filled = Math.round((WIDTH * done) / total);
      const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
      if (label !== phase.label) phase = { label, from: done, since: now() };
      const seconds = (now() - phase.since) / 1000;
      const left = (seconds * (total - done)) / (done - phase.from);
      const guess =
        done < total && seconds >= LEAST_SECONDS ? `, about ${durationText(left)} left` : '';
      const line = `[${bar}] ${done}/${total} ${unit === 'futures' ? 'blocks' : unit} ${label}${guess}`;
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

/** Two figures are enough: `40 s`, `12 min`, `3.5 h`. */
function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown time';
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
