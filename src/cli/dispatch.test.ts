import { describe, expect, it } from 'vitest';
import { InvariantError } from '../core/invariant.ts';
import { DataError } from '../data/data-error.ts';
import type { DataErrorCode } from '../data/data-error.ts';
import type { Command } from './command.ts';
import { dispatch } from './dispatch.ts';
import { OK } from './exit-code.ts';
import { ClosedPipeError } from './output.ts';
import { UsageError } from './usage-error.ts';

function sample(name: string, run: Command['run']): Command {
  const options = [{ name: 'year', kind: 'value', summary: 'a year' }] as const;
  return { name, summary: `does ${name}`, operands: [], options, details: [], examples: [], run };
}

function failing(error: Error): Command {
  return sample('fail', () => Promise.reject(error));
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

async function run(
  argv: readonly string[],
  commands: readonly Command[] = [
    sample('price', async ({ stdout, args }) => {
      await stdout.write(`year ${args.values.get('year') ?? 'none'}\n`);
      return OK;
    }),
  ],
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const code = await dispatch(argv, {
    commands,
    version: '1.2.3',
    streams: {
      stdin: noInput(),
      stdout: { write: async (text) => void (out += text) },
      stderr: { write: async (text) => void (err += text) },
    },
  });
  return { code, out, err };
}

describe('dispatch', () => {
  it('runs the named command with its arguments', async () => {
    expect(await run(['price', '--year', '2024'])).toEqual({
      code: 0,
      out: 'year 2024\n',
      err: '',
    });
  });

  it('prints help and version on stdout', async () => {
    expect((await run(['--version'])).out).toBe('1.2.3\n');
    for (const argv of [['help'], ['--help'], ['-h']]) {
      const { code, out } = await run(argv);
      expect(code).toBe(0);
      expect(out).toContain('price  does price');
      expect(out).toContain('130, 143');
    }
    for (const argv of [
      ['help', 'price'],
      ['price', '--help'],
      ['--help', 'price'],
    ]) {
      const { code, out } = await run(argv);
      expect(code).toBe(0);
      expect(out).toContain('Usage: alvh price [options]');
      expect(out).toContain('--year VALUE');
    }
  });

  it('ends a bare call with the help on stderr and code 2', async () => {
    const { code, out, err } = await run([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: alvh <command>');
  });

  it.each([
    [['prise'], "alvh: unknown command 'prise'. Did you mean price?\nRun 'alvh help' for usage.\n"],
    [['help', 'prise'], "alvh: unknown command 'prise'. Did you mean price?"],
    [['--json', 'price'], 'alvh: a command must come first, was --json.'],
    [['price', '--yaer', '1'], 'alvh price: unknown option --yaer. Did you mean --year?'],
    [['price', 'x'], "alvh price: unexpected argument 'x'.\nRun 'alvh help price' for usage."],
    [['--version', 'x'], "alvh: unexpected argument 'x'."],
  ])('answers %j with code 2', async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it.each([
    ['not-found', 3],
    ['no-data', 3],
    ['bad-data', 8],
    ['not-written', 1],
  ] satisfies readonly (readonly [DataErrorCode, number])[])(
    'turns %s into code %i',
    async (code, exit) => {
      const error = new DataError({
        code,
        file: 'a.csv',
        line: 3,
        column: 7,
        rule: 'close must be > 0',
        value: '-1',
        unit: 'index points',
        remedy: 'correct the row',
      });
      expect(await run(['fail'], [failing(error)])).toEqual({
        code: exit,
        out: '',
        err: 'a.csv:3:7: close must be > 0, was -1 (index points). Remedy: correct the row.\n',
      });
    },
  );

  it('turns a usage error of the command into code 2', async () => {
    const { code, err } = await run(['fail'], [failing(new UsageError('--year is required.'))]);
    expect(code).toBe(2);
    expect(err).toBe("alvh fail: --year is required.\nRun 'alvh help fail' for usage.\n");
  });

  it('turns a fault into code 1, with the stack only under --debug', async () => {
    const commands = [failing(new InvariantError('Invariant: strikes ascend'))];
    const plain = await run(['fail'], commands);
    expect(plain.code).toBe(1);
    expect(plain.err).toContain('alvh fail: unexpected: Invariant: strikes ascend');
    expect(plain.err).not.toContain('dispatch.test.ts');
    expect((await run(['fail', '--debug'], commands)).err).toContain('dispatch.test.ts');
  });

  it('does not take the blame for a full disk', async () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    expect(await run(['fail'], [failing(error)])).toEqual({
      code: 1,
      out: '',
      err: 'alvh fail: unexpected: ENOSPC: no space left on device\n',
    });
  });

  it('is quiet when the reader closed the pipe', async () => {
    const commands = [failing(new ClosedPipeError('EPIPE'))];
    expect(await run(['fail'], commands)).toEqual({ code: 0, out: '', err: '' });
  });
});
