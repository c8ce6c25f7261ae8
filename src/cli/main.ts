#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { COMMANDS } from './command-table.ts';
import { dispatch } from './dispatch.ts';
import { streamSink } from './output.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

// By convention 128 + the signal's number. Whoever sends one wants no more output.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

// The exit code is set, not forced: the process ends when its streams have been read.
process.exitCode = await dispatch(process.argv.slice(2), {
  commands: COMMANDS,
  version: manifest.version,
  streams: {
    stdin: process.stdin,
    stdout: streamSink(process.stdout),
    stderr: streamSink(process.stderr),
  },
});
