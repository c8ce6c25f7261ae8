import type { Writable } from 'node:stream';
import { invariant } from '../core/invariant.ts';

/** Where text goes; the promise settles when the reader has been handed all of it. */
export interface TextSink {
  readonly write: (text: string) => Promise<void>;
  /** True on a terminal; absent where nobody knows. */
  readonly isTerminal?: boolean;
}

/** The reader closed the pipe: nothing is wrong and nobody listens any more. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';
}

/** A JSON document of a command; `schema` is `alvh/<command>/<version>`. */
export interface JsonDocument {
  readonly schema: string;
  readonly [field: string]: unknown;
}

/**
 * A sink that writes to a stream and waits for it, so that a slow reader gets every byte.
 *
 * Errors: ClosedPipeError when the reader has gone; any other stream error as it is.
 */
export function streamSink(stream: Writable): TextSink {
  // A failed write also raises 'error', which would end the process without a listener.
  stream.on('error', () => {});
  return {
    isTerminal: 'isTTY' in stream && stream.isTTY === true,
    write: (text) =>
      new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(isClosedPipe(error) ? new ClosedPipeError(error.message) : error);
        });
      }),
  };
}

/** Writes one JSON document and a line end: the only thing a `--json` run puts on stdout. */
export async function writeJson(stdout: TextSink, document: JsonDocument): Promise<void> {
  await stdout.write(`${jsonText(document)}\n`);
}

/**
 * JSON text of a document.
 *
 * Errors: InvariantError on a number that is not finite and on what JSON cannot carry (typed
 * arrays, maps, sets), because they would silently turn into null or {}.
 */
export function jsonText(document: JsonDocument): string {
  return JSON.stringify(document, (key: string, value: unknown) => {
    if (typeof value === 'number') {
      invariant(Number.isFinite(value), `JSON numbers are finite, was ${value} at "${key}"`);
    }
    const isOpaque = ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set;
    invariant(!isOpaque, `JSON holds plain objects, arrays and scalars, was another at "${key}"`);
    return value;
  });
}

function isClosedPipe(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
