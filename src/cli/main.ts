#!/usr/bin/env node
import { COMMANDS } from './command-table.ts';
import { dispatch } from './dispatch.ts';
import { streamSink } from './output.ts';
import { packageVersion } from './package-version.ts';

// By convention 128 + the signal's number. Whoever sends one wants no more output.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

// The exit code is set, not forced: the process ends when its streams have been read.
process.exitCode = await dispatch(process.argv.slice(2), {
  commands: COMMANDS,
  version: packageVersion(),
  streams: {
    stdin: process.stdin,
    stdout: streamSink(process.stdout),
    stderr: streamSink(process.stderr),
  },
});
