import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadSession, queryChain, storeChain } from '../data/chains/chain-store.ts';
import { readChainFile } from '../data/chains/read-chain-file.ts';
import { readSessions, writeSessions } from '../data/chains/stored-session.ts';
import type { StoredSession } from '../data/chains/stored-session.ts';
import type { OptionChain } from '../market/option-chain.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { Benchmark } from './benchmark.ts';
import { chainSessionText, SESSION_CONTRACTS, yearSessions } from './chain-year.ts';
import { medianOf, timeRepeats } from './measure.ts';

const NAMES = ['chains.csv.rowsPerSecond', 'chains.cache.seconds', 'chains.query.ms'] as const;
const LOADS = 5;
const QUERIES = 200;

/**
 * A generated year of end-of-day chains in a vendor's layout: contracts a second from file to chain
 * (writing the files not counted), seconds to load the year as stored, and milliseconds for the
 * quotes of one expiry range of one day.
 */
export const CHAINS_BENCH: Benchmark = {
  names: NAMES,
  run: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'alvh-chains-bench-'));
    try {
      const year = await readYear(dir);
      const load = await timeRepeats(LOADS, () => loadYear(dir, year.contracts));
      const query = await timeRepeats(QUERIES, async () => queryOne(dir, year.days));
      return [
        {
          name: NAMES[0],
          unit: 'rows/s',
          value: year.contracts / year.seconds,
          n: year.contracts,
          repeats: 1,
        },
        { name: NAMES[1], unit: 's', value: medianOf(load), n: year.contracts, repeats: LOADS },
        { name: NAMES[2], unit: 'ms', value: 1000 * medianOf(query), n: 1, repeats: QUERIES },
      ];
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

interface ReadYear {
  readonly contracts: number;
  readonly seconds: number;
  readonly days: readonly EpochDay[];
}

/** Reads the files of the year, timed, then stores them, untimed. */
async function readYear(dir: string): Promise<ReadYear> {
  const days = yearSessions();
  const files = days.map((day) => join(dir, `${formatIsoDate(day)}.csv`));
  for (const [place, day] of days.entries()) {
    writeFileSync(files[place] ?? '', chainSessionText(day));
  }
  const before = performance.now();
  let contracts = 0;
  for (const file of files) contracts += (await readSession(file)).rows;
  const seconds = (performance.now() - before) / 1000;
  const sessions: StoredSession[] = [];
  for (const file of files) {
    const chain = await readSession(file);
    sessions.push(describe(chain, await storeChain(dir, chain)));
    rmSync(file);
  }
  writeSessions(dir, sessions);
  return { contracts, seconds, days };
}

async function readSession(file: string): Promise<OptionChain> {
  const read = await readChainFile(file);
  const chain = read.ok ? read.value.chains[0] : undefined;
  if (chain?.rows !== SESSION_CONTRACTS) throw new Error('Invariant: every contract is read');
  return chain;
}

function describe(chain: OptionChain, sha256: string): StoredSession {
  return {
    underlying: chain.underlying,
    day: formatIsoDate(chain.quoteDay),
    minute: chain.quoteMinute ?? null,
    rows: chain.rows,
    expirations: new Set(chain.expiry).size,
    spot: chain.spot,
    layout: 'cboe-quotedata',
    sources: [],
    sha256,
  };
}

async function loadYear(dir: string, contracts: number): Promise<void> {
  let rows = 0;
  for (const session of readSessions(dir)) {
    const chain = await loadSession(dir, session);
    rows += chain.ok ? chain.value.rows : 0;
  }
  if (rows !== contracts) throw new Error('Invariant: the whole year is loaded');
}

async function queryOne(dir: string, days: readonly EpochDay[]): Promise<void> {
  const day = days[125] ?? asEpochDay(0);
  const found = await queryChain({
    dir,
    day,
    firstExpiry: asEpochDay(day + 20),
    lastExpiry: asEpochDay(day + 40),
  });
  if (!found.ok || found.value.rows === 0) throw new Error('Invariant: expiries are found');
}
