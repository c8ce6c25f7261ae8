import { benchArguments } from './bench-arguments.ts';
import type { BenchArguments } from './bench-arguments.ts';
import type { Benchmark, Measurement, Skipped } from './benchmark.ts';
import { CHAINS_BENCH } from './chains-bench.ts';
import { GREEKS_BENCH } from './greeks-bench.ts';
import { HISTORY_BENCH } from './history-bench.ts';
import { IMPLIED_VOL_BENCH } from './implied-vol-bench.ts';
import { MARGIN_BENCH } from './margin-bench.ts';
import { runScaling } from './scaling.ts';
import { SIMULATE_BENCH } from './simulate-bench.ts';

const BENCHMARKS: readonly Benchmark[] = [
  GREEKS_BENCH,
  IMPLIED_VOL_BENCH,
  MARGIN_BENCH,
  SIMULATE_BENCH,
  HISTORY_BENCH,
  CHAINS_BENCH,
];

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'scaling') return scaling(argv.slice(1));
  let args: BenchArguments;
  try {
    args = benchArguments(
      argv,
      BENCHMARKS.flatMap((bench) => bench.names),
    );
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  for (const bench of BENCHMARKS) {
    if (!bench.names.some((name) => args.only.includes(name))) continue;
    for (const line of await bench.run(args)) {
      if (args.only.includes(line.name)) tell(line, args.json);
    }
  }
  return 0;
}

async function scaling(argv: readonly string[]): Promise<number> {
  try {
    await runScaling(argv);
    return 0;
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** A measured figure goes to stdout, a skipped one to stderr. */
function tell(line: Measurement | Skipped, json: boolean): void {
  if ('skipped' in line) process.stderr.write(`bench: ${line.name} skipped: ${line.skipped}\n`);
  else process.stdout.write(json ? `${JSON.stringify(line)}\n` : `${textLine(line)}\n`);
}

function textLine(line: Measurement): string {
  const value = line.value >= 1000 ? String(Math.round(line.value)) : line.value.toPrecision(4);
  const workers = line.workers === undefined ? '' : `, ${line.workers} workers`;
  const detail = `median of ${line.repeats}, n = ${line.n}${workers}`;
  return `${line.name.padEnd(30)}${value.padStart(12)} ${line.unit.padEnd(14)}${detail}`;
}
