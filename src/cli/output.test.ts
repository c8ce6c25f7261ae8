import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../core/invariant.ts';
import { ClosedPipeError, jsonText, streamSink, writeJson } from './output.ts';

describe('jsonText', () => {
  it('is one document with the schema first', () => {
    expect(jsonText({ schema: 'alvh/price/1', results: [{ price: 1.5, vol: null }] })).toBe(
      '{"schema":"alvh/price/1","results":[{"price":1.5,"vol":null}]}',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d, wherever it is',
    (value) => {
      expect(() => jsonText({ schema: 'x', a: [{ delta: value }] })).toThrow(InvariantError);
      expect(() => jsonText({ schema: 'x', a: [{ delta: value }] })).toThrow('at "delta"');
    },
  );

  it('refuses what JSON would empty', () => {
    for (const value of [new Float64Array(2), new Map([[1, 2]]), new Set([1])]) {
      expect(() => jsonText({ schema: 'x', value })).toThrow(InvariantError);
    }
  });
});

describe('streamSink', () => {
  it('hands a slow reader every byte before it settles', async () => {
    const pipe = new PassThrough({ highWaterMark: 16 });
    const text = 'x'.repeat(100_000);
    let received = '';
    let isSettled = false;
    const written = writeJson(streamSink(pipe), { schema: 's', text }).then(() => {
      isSettled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isSettled).toBe(false);
    pipe.on('data', (chunk: Buffer) => (received += chunk.toString()));
    await written;
    await new Promise((resolve) => setImmediate(resolve));
    expect(received).toBe(`{"schema":"s","text":"${text}"}\n`);
  });

  it.each([
    ['EPIPE', true],
    ['ENOSPC', false],
  ])('reports %s', async (code, isClosed) => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    });
    const failure: unknown = await streamSink(stream)
      .write('x')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure instanceof ClosedPipeError).toBe(isClosed);
  });
});
