import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The option of commands that share work between machines. */
export const QUEUE_OPTION: OptionSpec = {
  name: 'queue',
  kind: 'value',
  valueName: 'URL',
  summary: 'redis://host:port of a Redis or Valkey server that hands out the work',
};

/** The server that --queue names, if any. */
export function queueUrl(args: ParsedArguments): string | undefined {
  const url = args.values.get('queue');
  if (url === undefined || /^rediss?:\/\/[^/\s]+/.test(url)) return url;
  throw new UsageError(`--queue must be redis://host:port, was '${url}'.`);
}
