import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPolicy } from '../data/policy-file.ts';
import { aggregate } from '../evaluation/frequencies.ts';
import type { SimulationOutcome } from '../evaluation/frequencies.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import { simulatedMetrics } from '../evaluation/simulated-metrics.ts';
import { tallyPaths } from '../evaluation/tally-paths.ts';
import { IBKR_PROFILE } from '../margin/margin-profile.ts';
import { openCheckpoint } from './checkpoint.ts';
import { Interrupted, simulateFutures, tallyFutures } from './simulate.ts';
import type { FuturesRequest, TallyRun } from './simulate.ts';

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const NO_THREADS = new URL('file:///no-worker.js');
const folder = mkdtempSync(join(tmpdir(), 'alvh-futures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const REQUEST: FuturesRequest = {
  paths: 30,
  years: 1,
  seed: 3,
  workers: 1,
  policies: [loadPolicy('unhedged', POLICIES)],
  options: { equity: 1_000_000, profile: IBKR_PROFILE, counterfactual: false },
};
const quiet = { progress: () => {} };

function outcomeOf([tally]: readonly PathTally[]): SimulationOutcome | undefined {
  return tally === undefined ? undefined : aggregate(tally);
}

/** Runs until so many blocks are done, and is interrupted there. */
async function interrupted(
  request: FuturesRequest,
  blocks: number,
  run: Omit<TallyRun, 'progress' | 'signal'>,
): Promise<void> {
  const controller = new AbortController();
  const progress = (done: number): void => {
    if (done === blocks) controller.abort();
  };
  const running = tallyFutures(request, NO_THREADS, {
    ...run,
    progress,
    signal: controller.signal,
  });
  await expect(running).rejects.toBeInstanceOf(Interrupted);
}

describe('tallies of futures', () => {
  it('tell what the summaries of the same paths tell', async () => {
    const [summaries = []] = await simulateFutures(REQUEST, NO_THREADS, () => {});
    const tallies = await tallyFutures(REQUEST, NO_THREADS, quiet);
    expect(outcomeOf(tallies)).toEqual(aggregate(tallyPaths(summaries)));
  });

  it('of sketched quantiles have exact counts and means, and quantiles within their error', async () => {
    const exact = await tallyFutures(REQUEST, NO_THREADS, quiet);
    const sketched = await tallyFutures({ ...REQUEST, exactPaths: 0 }, NO_THREADS, quiet);
    const [one, other] = [outcomeOf(exact), outcomeOf(sketched)];
    expect(other?.quantiles).toEqual({ kind: 'sketched', relativeError: 0.0001 });
    expect(other?.pMarginCall).toEqual(one?.pMarginCall);
    expect(other?.lossRuns).toEqual(one?.lossRuns);
    expect(other?.meanFinalEquity).toBeCloseTo(one?.meanFinalEquity ?? Number.NaN, 7);
    for (const [place, { value }] of (one?.terminalEquity ?? []).entries()) {
      const found = other?.terminalEquity[place]?.value ?? Number.NaN;
      expect(Math.abs(found / value - 1)).toBeLessThan(0.000_101);
    }
    const metrics = [exact, sketched].map(([tally]) => tally && simulatedMetrics(tally));
    expect(metrics[1]?.condors.trades).toBe(metrics[0]?.condors.trades);
    expect(metrics[1]?.hedge).toEqual(metrics[0]?.hedge);
  });
});

describe.each([{ exactPaths: 30 }, { exactPaths: 0 }])('an interrupted run, %j', (kept) => {
  it('goes on from its checkpoint, runs only what is missing, and gives the same', async () => {
    const request = { ...REQUEST, ...kept };
    const file = join(folder, `${kept.exactPaths}.checkpoint`);
    const parquet = join(folder, `${kept.exactPaths}.parquet`);
    const whole = join(folder, `${kept.exactPaths}-whole.parquet`);
    const rows = { file: parquet, key: 'run' };
    const wholeRun = { ...quiet, rows: { file: whole, key: 'run' } };
    const expected = await tallyFutures(request, NO_THREADS, wholeRun);
    await interrupted(request, 1, { checkpoint: openCheckpoint(file, 'key'), rows });
    expect(readdirSync(folder)).not.toContain(`${kept.exactPaths}.parquet`);
    const seen: string[] = [];
    const resumed = await tallyFutures(request, NO_THREADS, {
      progress: (done, total) => seen.push(`${done}/${total}`),
      checkpoint: openCheckpoint(file, 'key'),
      rows,
    });
    expect(seen).toEqual(['2/2']);
    expect(outcomeOf(resumed)).toEqual(outcomeOf(expected));
    expect(readFileSync(parquet).equals(readFileSync(whole))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.parts'))).toEqual([]);
    // Asked once more, nothing is run and the file stays.
    const again = await tallyFutures(request, NO_THREADS, {
      progress: () => expect.unreachable('a block was run'),
      checkpoint: openCheckpoint(file, 'key'),
      rows,
    });
    expect(outcomeOf(again)).toEqual(outcomeOf(expected));
    expect(readFileSync(parquet).equals(readFileSync(whole))).toBe(true);
  });
});

describe('a checkpoint', () => {
  it('of another run, or with other bytes, is refused', async () => {
    const file = join(folder, 'other.checkpoint');
    await interrupted(REQUEST, 1, { checkpoint: openCheckpoint(file, 'one') });
    expect(() => openCheckpoint(file, 'two')).toThrow('must come from the same program');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    writeFileSync(file, bytes);
    expect(() => openCheckpoint(file, 'one')).toThrow('must be the bytes that were written');
  });

  it('that kept no rows does not go on to a file of rows', async () => {
    const file = join(folder, 'rowless.checkpoint');
    await interrupted(REQUEST, 1, { checkpoint: openCheckpoint(file, 'one') });
    const running = tallyFutures(REQUEST, NO_THREADS, {
      ...quiet,
      checkpoint: openCheckpoint(file, 'one'),
      rows: { file: join(folder, 'late.parquet'), key: 'run' },
    });
    await expect(running).rejects.toThrow('must go where they began to go');
  });

  it('that cannot be written ends the run with the reason, and the one before stays', async () => {
    const refusing = {
      saved: undefined,
      save: () => {
        throw new Error('no space left on device');
      },
    };
    const controller = new AbortController();
    const running = tallyFutures(REQUEST, NO_THREADS, {
      progress: () => controller.abort(),
      checkpoint: refusing,
      signal: controller.signal,
    });
    await expect(running).rejects.toThrow('no space left on device');
  });
});
