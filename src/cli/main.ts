#!/usr/bin/env node
import { COMMANDS } from './command-table.ts';
import { dispatch } from './dispatch.ts';
import { createInterruption } from './interruption.ts';
import { streamSink } from './output.ts';
import { packageVersion } from './package-version.ts';

// By convention 128 + the signal's number. Whoever sends one wants no more output.
const interruption = createInterruption((code) => process.exit(code));
process.on('SIGINT', () => interruption.hear(130));
process.on('SIGTERM', () => interruption.hear(143));

// The exit code is set, not forced: the process ends when its streams have been read.
process.exitCode = await dispatch(process.argv.slice(2), {
  commands: COMMANDS,
  version: packageVersion(),
  streams: {
    stdin: process.stdin,
    stdout: streamSink(process.stdout),
    stderr: streamSink(process.stderr),
    holdInterrupt: interruption.hold,
  },
});
