import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Benchmark } from './benchmark.ts';
import { medianOf } from './measure.ts';

const REPEATS = 3;
const NAMES = ['backtest.history.seconds', 'backtest.history.peakMb'] as const;
const RUN = fileURLToPath(new URL('history-run.js', import.meta.url));

const runSchema = z.strictObject({ seconds: z.number(), peakMb: z.number(), policies: z.number() });

/**
 * All shipped policies over 1990-01-02..2024-06-28, files read and smaller-unhedged sized: seconds
 * of a cold process, and its largest resident memory in MiB.
 */
export const HISTORY_BENCH: Benchmark = {
  names: NAMES,
  run: async ({ data }) => {
    if (!existsSync(join(data, 'spx_daily.csv'))) {
      const skipped = `no market data at ${data}; name a folder with --data DIR`;
      return NAMES.map((name) => ({ name, skipped }));
    }
    const runs: z.infer<typeof runSchema>[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, [RUN, data]);
      runs.push(runSchema.parse(JSON.parse(stdout)));
    }
    const n = runs[0]?.policies ?? 0;
    const seconds = medianOf(runs.map((run) => run.seconds));
    const peakMb = medianOf(runs.map((run) => run.peakMb));
    return [
      { name: NAMES[0], unit: 's', value: seconds, n, repeats: REPEATS },
      { name: NAMES[1], unit: 'MiB', value: peakMb, n, repeats: REPEATS },
    ];
  },
};
