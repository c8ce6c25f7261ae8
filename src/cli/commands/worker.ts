import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { codeVersion } from '../../run/code-version.ts';
import type { Command, CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { FUTURES_OPTIONS, futuresOptions } from '../futures-options.ts';
import { packageVersion } from '../package-version.ts';
import { QUEUE_OPTION, queueUrl } from '../queue-option.ts';
import { UsageError } from '../usage-error.ts';

const WORKER = new URL('../../run/block-worker.js', import.meta.url);
const DIST = fileURLToPath(new URL('../..', import.meta.url));

/** `alvh worker`: runs the chunks of sweeps that a queue hands out. */
export const WORKER_COMMAND: Command = {
  name: 'worker',
  summary: 'run the chunks of sweeps elsewhere, until interrupted',
  operands: [],
  options: [QUEUE_OPTION, ...FUTURES_OPTIONS.filter(({ name }) => name === 'workers')],
  details: [
    'Takes work from the queue as `alvh sweep --queue URL` puts it there, on as many threads as asked. ' +
      'Start and kill as many as you like, on any machines with the same program and the same Node: a ' +
      'chunk whose worker died is given to another after ten seconds, and the sweep ends with the bytes ' +
      'it would have had alone.',
  ],
  examples: [
    'alvh worker --queue redis://127.0.0.1:6379',
    'alvh worker --queue redis://10.0.0.5:6379 --workers 8',
  ],
  run: runWorker,
};

async function runWorker({ args, stderr }: CommandContext): Promise<ExitCode> {
  const url = queueUrl(args);
  if (url === undefined) throw new UsageError('--queue must name the server that hands out work.');
  const { workers } = futuresOptions(args);
  const threads = workers === 0 ? availableParallelism() : workers;
  const { serveQueue } = await import('../../run/chunk-queue.ts');
  const version = codeVersion(packageVersion(), DIST);
  await stderr.write(`version ${version}, ${threads} threads, queue ${url}\n`);
  return serveQueue({ url, codeVersion: version }, threads, WORKER, (text) => {
    void stderr.write(`${text}\n`);
  });
}
