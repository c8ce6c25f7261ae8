import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const MANIFEST = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

const PUT = {
  model: 'bsm',
  right: 'put',
  spot: 100,
  strike: 95,
  rate: 0.1,
  dividendYield: 0.05,
  vol: 0.2,
  yearFraction: 0.5,
};
const CALL = {
  model: 'black76',
  right: 'call',
  forward: 100,
  strike: 100,
  discountFactor: 1,
  vol: 0.2,
  yearFraction: 1,
};
const GREEKS =
  'price delta gamma vega theta rho vanna volga charm speed zomma color ultima dualDelta dualGamma'.split(
    ' ',
  );

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function alvh(args: readonly string[], input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

function results(outcome: Outcome): readonly Record<string, number | null>[] {
  expect(outcome.err).toBe('');
  expect(outcome.code).toBe(0);
  const document = JSON.parse(outcome.out) as {
    schema: string;
    results: readonly Record<string, number | null>[];
  };
  expect(document.schema).toBe('alvh/price/1');
  return document.results;
}

describe('alvh', () => {
  it('prints its version and help', () => {
    expect(alvh(['--version'])).toEqual({ code: 0, out: `${MANIFEST.version}\n`, err: '' });
    const help = alvh(['help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const command of ['price', 'calendar', 'surface']) {
      expect(help.out).toContain(`\n  ${command} `);
      const own = alvh([command, '--help']);
      expect(own).toMatchObject({ code: 0, err: '' });
      expect(own.out).toContain(`Usage: alvh ${command}`);
      expect(alvh(['help', command]).out).toBe(own.out);
    }
  });

  it.each([
    [['prise'], "unknown command 'prise'. Did you mean price?"],
    [['price', '-', '--jsno'], 'unknown option --jsno. Did you mean --json?'],
    [['calendar', '--year', '2024', '--year', '2025'], '--year must be given once'],
    [['calendar', '--product', 'VX', '--year', '24'], '--year must be a whole number'],
    [['calendar', '--product', 'VIX', '--year', '2024'], '--product must be VX, was VIX.'],
    [['price'], 'FILE is missing'],
    [['surface', '--data', 'x', '--date', '2024-02-30'], '--date must be a date'],
  ])('ends %j with a usage error', (args, message) => {
    const { code, out, err } = alvh(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('ends with 3 when a file or folder is missing', () => {
    for (const args of [
      ['price', 'no-such-file.json'],
      ['surface', '--data', 'no-such-folder', '--date', '2020-03-16'],
    ]) {
      const { code, out, err } = alvh(args);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain('no-such-f');
      expect(err).toContain('Remedy: ');
    }
  });

  it('ends with 143 on a termination signal and 130 on an interrupt', async () => {
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      const child = spawn(process.execPath, [MAIN, 'price', '-'], { stdio: 'pipe' });
      // The program waits for standard input, which stays open; give it the time to get there.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      child.kill(signal);
      const [status] = (await once(child, 'exit')) as unknown[];
      expect(status).toBe(code);
    }
  });
});

describe('alvh price', () => {
  it('prices each item of the array in order, with finite numbers', () => {
    const [put, call, ...rest] = results(
      alvh(['price', '-', '--json'], JSON.stringify([PUT, CALL])),
    );
    expect(rest).toEqual([]);
    // Haug (2007), p. 4: a put on an index, S = 100, X = 95, T = 0.5, r = 10 %, q = 5 %, 20 %.
    expect(put?.['price']).toBeCloseTo(2.4648, 4);
    // F (2 N(sigma sqrt(T) / 2) - 1) at the money.
    expect(call?.['price']).toBeCloseTo(7.965_567_455_405_8, 9);
    for (const result of [put, call]) {
      for (const name of GREEKS) {
        expect(Number.isFinite(result?.[name]), name).toBe(true);
      }
    }
  });

  it('answers an empty array with no results', () => {
    expect(results(alvh(['price', '-', '--json'], '[]'))).toEqual([]);
  });

  it('prints a table without --json', () => {
    const { code, out } = alvh(['price', '-'], JSON.stringify([PUT]));
    expect(code).toBe(0);
    expect(out).toContain('2.4648');
  });

  it.each([
    ['[\n  {"model": "bsm"', 'stdin:2:18: text must be JSON'],
    ['{"model": "bsm"}', 'stdin:1:1: input must be an array'],
    [JSON.stringify([PUT, 7], null, 1), 'stdin:12:2: [1] must be an object, was 7'],
    [JSON.stringify([PUT, { ...PUT, strike: -5 }], null, 1), '[1].strike must be > 0, was -5'],
    [JSON.stringify([{ ...PUT, vol: '0.2' }]), '[0].vol must be a finite number, was "0.2"'],
    [
      '[{"model":"bsm","right":"put","spot":1e999}]',
      'stdin:1:38: [0].spot must be a finite number',
    ],
    [JSON.stringify([{ ...PUT, volatility: 1 }]), '[0].volatility must not be given'],
  ])('refuses %s with 8 and the place', (input, message) => {
    const { code, out, err } = alvh(['price', '-', '--json'], input);
    expect({ code, out }).toEqual({ code: 8, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^stdin:\d+:\d+: /);
    expect(err).toContain('Remedy: ');
  });

  it('gives a slow reader the whole document', async () => {
    const child = spawn(process.execPath, [MAIN, 'price', '-', '--json'], { stdio: 'pipe' });
    child.stdin.end(JSON.stringify(Array.from({ length: 5000 }, () => PUT)));
    // Nobody reads for a while: the pipe is full and the program has long computed everything.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    const [status] = (await once(child, 'close')) as unknown[];
    expect(status).toBe(0);
    expect((JSON.parse(out) as { results: unknown[] }).results).toHaveLength(5000);
  });

  it('ends quietly with 0 when the reader closes the pipe', async () => {
    const child = spawn(process.execPath, [MAIN, 'price', '-', '--json'], { stdio: 'pipe' });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdin.end(JSON.stringify(Array.from({ length: 20_000 }, () => PUT)));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = (await once(child, 'close')) as unknown[];
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});

describe('alvh calendar', () => {
  it('lists the twelve monthly final settlements', () => {
    const { code, out } = alvh(['calendar', '--product', 'VX', '--year', '2024', '--json']);
    expect(code).toBe(0);
    // Cboe Futures Exchange, VX expiration calendar 2024.
    expect(JSON.parse(out)).toEqual({
      schema: 'alvh/calendar/1',
      product: 'VX',
      year: 2024,
      finalSettlements: `2024-01-17 2024-02-14 2024-03-20 2024-04-17 2024-05-22 2024-06-18
        2024-07-17 2024-08-21 2024-09-18 2024-10-16 2024-11-20 2024-12-18`.split(/\s+/),
    });
    expect(alvh(['calendar', '--product', 'VX', '--year', '2024']).out).toMatch(
      /^2024-01-17\n(\d{4}-\d\d-\d\d\n){11}$/,
    );
  });
});
