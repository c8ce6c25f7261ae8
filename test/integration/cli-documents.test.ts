import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRealMarket, REAL_MARKET } from '../history/real-market.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const CHAINS = resolve(REAL_MARKET, '../chains/cboe-quotedata-2011');

/** Documented fields by section: the first column of its table, names between backticks. */
function documented(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [title = ''] = section.split('\n');
      const cells = [...section.matchAll(/^\| (`[^|]*) \|/gm)].map((match) => match[1] ?? '');
      const names = cells.flatMap((cell) => cell.split(',').map((name) => name.trim()));
      return [title, names.map((name) => name.replaceAll('`', ''))];
    }),
  );
}

const FIELDS = documented();

const POSITIONS = `{"regime":"reg-t","broker":"ibkr","date":"2024-06-25","spot":{"SPX":5469},
"positions":[{"kind":"spx-option","right":"put","strike":5200,"quantity":-1,"price":32,
"expiry":{"date":"2024-08-09","settlement":"PM"}}]}`;
const OPTION = `[{"right":"put","forward":5000,"strike":4800,"discountFactor":0.99,
"yearFraction":0.125,"price":48.5}]`;
const PRICED = `[{"model":"black76","right":"put","forward":5000,"strike":4800,
"discountFactor":0.99,"vol":0.2,"yearFraction":0.125}]`;
const QUOTES =
  '[[80,20.2,20.6,0.1,0.2],[90,10.8,11,0.7,0.8],[100,3.4,3.6,3.3,3.5],[110,0.6,0.7,10.4,10.6],[120,0.1,0.2,20,20.4]]';
const TERMS = `{"near":{"minutes":34000,"rate":0.05,"quotes":${QUOTES}},
"next":{"minutes":44000,"rate":0.05,"quotes":${QUOTES}}}`;
const GRID = '{policy: unhedged, axes: {wings.width: [0.02]}}';

/** Command lines that need nothing but the program: section, arguments, standard input. */
const PLAIN: readonly (readonly [string, readonly string[], string])[] = [
  ['compare', ['--paths', '2', '--policies', 'unhedged'], ''],
  ['simulate', ['--paths', '2', '--policies', 'unhedged'], ''],
  ['rare', ['--paths', '4', '--policies', 'unhedged'], ''],
  ['sweep', ['-', '--paths', '2'], GRID],
  ['replay', ['--future', '0'], ''],
  ['rules --explain', ['vix-futures-90'], ''],
  ['ablate', ['--paths', '2'], ''],
  ['margin', ['-'], POSITIONS],
  ['certify', ['--policy', 'unhedged', '--equity', '250000', '--weeks', '26'], ''],
  ['price', ['-'], PRICED],
  ['implied-vol', ['-'], OPTION],
  ['vix-index', ['-'], TERMS],
  ['calendar', ['--product', 'VX', '--year', '2025'], ''],
];

const DAYS = resolve(REAL_MARKET, '../chains/optionsbacktester-cboe-daily');
const SPAN = ['--data', REAL_MARKET, '--from', '2018-10-01', '--to', '2018-12-31'];
const CLOSE = ['--data', REAL_MARKET, '--date', '2018-12-24'];

/** Command lines that read recorded data. */
const ON_HISTORY: readonly (readonly [string, readonly string[]])[] = [
  ['compare --chains', [DAYS, '--data', REAL_MARKET, '--to', '2019-05-01']],
  ['plan', CLOSE],
  ['rules', CLOSE],
  ['rules --activity', [...CLOSE, '--since', '2018-10-01', '--paths', '1']],
  ['claims', [...SPAN, '--paths', '4']],
  ['evidence', [...SPAN, '--placebos', '1']],
  ['lookahead', SPAN],
  ['replicate', ['cndr', ...SPAN]],
  ['surface', CLOSE],
];

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'alvh-documents-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

function fieldsOf(section: string, args: readonly string[], input = ''): readonly string[] {
  const run = spawnSync(process.execPath, [MAIN, ...section.split(' '), ...args, '--json'], {
    encoding: 'utf8',
    cwd: dir,
    input,
    maxBuffer: 2 ** 27,
  });
  const document = JSON.parse(run.stdout) as Readonly<Record<string, unknown>>;
  const { schema, ...rest } = document;
  expect(schema).toMatch(/^alvh\/[a-z-]+\/1$/);
  return Object.keys(rest).sort();
}

const sorted = (section: string): readonly string[] => (FIELDS.get(section) ?? []).toSorted();

describe('docs/cli.md', () => {
  it('has a section for every command that answers', () => {
    const help = spawnSync(process.execPath, [MAIN, 'help'], { encoding: 'utf8' }).stdout;
    const list = help.slice(help.indexOf('Commands:'), help.indexOf('Options of'));
    const commands = [...list.matchAll(/^ {2}([a-z-]+) /gm)].map((match) => match[1] ?? '');
    expect(commands.length).toBeGreaterThan(15);
    const sections = [...FIELDS.keys()].map((title) => title.split(' ')[0]);
    const silent = ['worker'];
    for (const name of commands) if (!silent.includes(name)) expect(sections).toContain(name);
  });

  it.each(PLAIN)('names every field of %s', (section, args, input) => {
    expect(fieldsOf(section, args, input)).toEqual(sorted(section));
  });

  it('names every field of runs', () => {
    const keep = ['compare', '--paths', '2', '--policies', 'unhedged', '--runs', 'runs', '--json'];
    const { stderr } = spawnSync(process.execPath, [MAIN, ...keep], {
      encoding: 'utf8',
      cwd: dir,
      maxBuffer: 2 ** 27,
    });
    const id = /run ([0-9a-f]+) kept/.exec(stderr)?.[1] ?? 'no id';
    expect(fieldsOf('runs list', [])).toEqual(sorted('runs list'));
    expect(fieldsOf('runs show', [id])).toEqual(sorted('runs show'));
    expect(fieldsOf('runs diff', [id, id])).toEqual(sorted('runs diff'));
    expect(fieldsOf('runs rerun', [id])).toEqual(sorted('runs rerun'));
  });

  it('names every field of verify-certificate', () => {
    const args = [
      'certify',
      '--policy',
      'unhedged',
      '--equity',
      '250000',
      '--weeks',
      '4',
      '--json',
    ];
    const certificate = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' }).stdout;
    const file = join(dir, 'certificate.json');
    writeFileSync(file, certificate);
    expect(fieldsOf('verify-certificate', [file])).toEqual(sorted('verify-certificate'));
  });
});

describe('docs/cli.md on data', () => {
  it('names every field of data pull, check and show, without a request', () => {
    const folder = join(dir, 'market');
    // A source under terms that are not accepted is skipped: the document is there all the same.
    const pulled = fieldsOf('data pull', ['--data', folder, '--only', 'cboe-vix']);
    expect(pulled).toEqual(sorted('data pull'));
    mkdirSync(folder);
    for (const name of ['spx', 'vix']) {
      const rows = ['2024-01-02,20,21,19,20', '2024-01-03,20,21,19,20'];
      const file = join(folder, `${name}_daily.csv`);
      writeFileSync(file, `${['date,open,high,low,close', ...rows].join('\n')}\n`);
    }
    const yields = 'date,dgs3mo\n2024-01-02,5.4\n2024-01-03,5.4\n';
    writeFileSync(join(folder, 'treasury_yields_daily.csv'), yields);
    expect(fieldsOf('data check', ['--data', folder])).toEqual(sorted('data check'));
    expect(fieldsOf('data show', ['--data', folder])).toEqual(sorted('data show'));
  });
});

describe.skipIf(!hasRealMarket('docs/cli.md on history'))('docs/cli.md on history', () => {
  it.each(ON_HISTORY)('names every field of %s', (section, args) => {
    expect(fieldsOf(section, args)).toEqual(sorted(section));
  });

  it('names every field of chains check and import', () => {
    const [file = ''] = readdirSync(CHAINS).filter((name) => name.endsWith('.csv'));
    const path = join(CHAINS, file);
    expect(fieldsOf('parity', [path])).toEqual(sorted('parity'));
    expect(fieldsOf('chains check', [path])).toEqual(sorted('chains check'));
    const stored = fieldsOf('chains import', [path, '--into', join(dir, 'store')]);
    expect(stored).toEqual(sorted('chains import'));
  });
});
