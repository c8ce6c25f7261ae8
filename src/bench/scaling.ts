import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { writeWhole } from '../data/write-whole.ts';
import type { MarginRegime } from '../engine/context.ts';
import { counted } from '../evaluation/path-tally.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import { PROVENANCES } from '../market/provenance.ts';
import { blocksOf } from '../run/block-plan.ts';
import { createTallies, enterBlock } from '../run/simulate.ts';
import { createBlockPool } from '../run/worker-pool.ts';
import { medianOf } from './measure.ts';
import { BENCH_OPTIONS, shippedPolicies } from './shipped-policies.ts';

const WORKER = new URL('../run/block-worker.js', import.meta.url);
const SESSIONS = 252;
/** Futures that let the threads compile their code, a worker. */
const WARM_UP = 100;
const BEGIN = '<!-- scaling: written by npm run -s bench -- scaling --write -->';
const END = '<!-- scaling: end -->';

/** A book to run: policies together, under a margin regime. */
interface Book {
  readonly name: string;
  readonly policies: readonly string[];
  readonly regime: MarginRegime;
}

/** Books by how many legs an account holds, and the default comparison. */
const BOOKS: readonly Book[] = [
  { name: 'unhedged', policies: ['unhedged'], regime: 'reg-t' },
  { name: 'alvh-45', policies: ['alvh-45'], regime: 'reg-t' },
  { name: 'alvh-45, portfolio margin', policies: ['alvh-45'], regime: 'portfolio' },
  {
    name: 'four policies',
    policies: ['unhedged', 'martingale', 'martingale-strangle', 'alvh-45'],
    regime: 'reg-t',
  },
];

/** One row of the table; a JSON line of `bench scaling --json`. */
interface ScalingRow {
  readonly name: 'scaling';
  readonly book: string;
  /** Mean open legs of an account at a close. */
  readonly legs: number;
  readonly paths: number;
  readonly workers: number;
  readonly repeats: number;
  /** Years of accounts a second: every policy over every path counts; median of the repeats. */
  readonly accountYearsPerSecond: number;
  /** Years of futures a second, whatever runs on them. */
  readonly pathYearsPerSecond: number;
}

/**
 * `bench scaling [--json] [--write] [--paths A,B] [--workers A,B] [--repeats N]`: how fast futures
 * are simulated by legs, paths and workers, threads warm; as a table or as JSON lines. `--write` puts
 * the table with the machine into bench/README.md.
 *
 * Errors: an Error that names the rule for what cannot be read.
 */
export async function runScaling(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      paths: { type: 'string', default: '100,400' },
      workers: { type: 'string', default: defaultWorkers() },
      repeats: { type: 'string', default: '3' },
    },
  });
  const [repeats = 3] = wholeNumbers('repeats', values.repeats);
  const rows: ScalingRow[] = [];
  for (const workers of wholeNumbers('workers', values.workers)) {
    for (const book of BOOKS) {
      for (const row of await measureBook(
        book,
        workers,
        wholeNumbers('paths', values.paths),
        repeats,
      )) {
        rows.push(row);
        if (values.json) process.stdout.write(`${JSON.stringify(row)}\n`);
        else process.stderr.write(`${row.book}, ${row.paths} paths, ${row.workers} workers\n`);
      }
    }
  }
  const table = `${machineText()}\n\n${tableText(rows)}`;
  if (!values.json) process.stdout.write(table);
  if (values.write) writeTable(new URL('../../bench/README.md', import.meta.url), table);
}

/** Every path count of a book on threads that stay warm. */
async function measureBook(
  book: Book,
  workers: number,
  pathCounts: readonly number[],
  repeats: number,
): Promise<readonly ScalingRow[]> {
  const policies = shippedPolicies(book.policies);
  const options = { ...BENCH_OPTIONS, regime: book.regime };
  const pool = createBlockPool(workers, WORKER);
  const run = async (paths: number): Promise<readonly PathTally[]> => {
    const plan = blocksOf({ seed: 1, years: 1, options }, policies, paths);
    const tallies = createTallies(policies, paths);
    await pool.run(plan, (_done, _total, { index, result }) =>
      enterBlock(tallies, plan[index]?.firstPath ?? Number.NaN, result),
    );
    return tallies;
  };
  const rows: ScalingRow[] = [];
  try {
    await run(WARM_UP * workers);
    for (const paths of pathCounts) {
      const seconds: number[] = [];
      let tallies: readonly PathTally[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const before = performance.now();
        tallies = await run(paths);
        seconds.push((performance.now() - before) / 1000);
      }
      const pathYearsPerSecond = paths / medianOf(seconds);
      rows.push({
        name: 'scaling',
        book: book.name,
        legs: meanLegs(tallies),
        paths,
        workers,
        repeats,
        accountYearsPerSecond: policies.length * pathYearsPerSecond,
        pathYearsPerSecond,
      });
    }
  } finally {
    await pool.close();
  }
  return rows;
}

function meanLegs(tallies: readonly PathTally[]): number {
  let legDays = 0;
  let sessions = 0;
  for (const tally of tallies) {
    for (const name of PROVENANCES) legDays += counted(tally, `leg-days ${name}`);
    sessions += SESSIONS * tally.paths;
  }
  return legDays / sessions;
}

function tableText(rows: readonly ScalingRow[]): string {
  const lines = rows.map(
    ({ book, legs, paths, workers, accountYearsPerSecond, pathYearsPerSecond }) =>
      `| ${book} | ${legs.toFixed(1)} | ${paths} | ${workers} | ${pathYearsPerSecond.toFixed(0)} | ` +
      `${accountYearsPerSecond.toFixed(0)} |`,
  );
  return [
    '| book | legs | paths | workers | path-years/s | account-years/s |',
    '|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function machineText(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const load = (loadavg()[0] ?? Number.NaN).toFixed(1);
  return (
    `${availableParallelism()} logical processors (${model}), Node ${process.version}, ` +
    `${process.platform}; load average at the end ${load}, of which the benchmark's own threads are a part.`
  );
}

function defaultWorkers(): string {
  const most = availableParallelism();
  return [1, 2, 4, 8, 16, 32]
    .filter((workers) => workers < most)
    .concat(most)
    .join(',');
}

function wholeNumbers(name: string, text: string): readonly number[] {
  return text.split(',').map((part) => {
    if (!/^[1-9]\d{0,6}$/.test(part.trim())) {
      throw new Error(`--${name} must be whole numbers from 1 to 9999999, was ${text}.`);
    }
    return Number(part);
  });
}

function writeTable(file: URL, table: string): void {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`${file.pathname} must hold '${BEGIN}' and '${END}'.`);
  writeWhole(
    file.pathname,
    `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n${text.slice(end)}`,
  );
}
