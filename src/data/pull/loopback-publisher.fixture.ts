import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PullEffects } from './polite-fetch.ts';
import {
  FOMC_CALENDAR,
  FOMC_YEAR,
  FRED_OBSERVATIONS,
  SOFR_RATES,
  SPX_HISTORY,
  treasuryFeed,
  VIX_HISTORY,
  VX_FINALS,
  VX_NEW,
  VX_OLD,
} from './publisher-samples.fixture.ts';

/** What the loopback server answers; 200 unless told. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Bytes after which the connection breaks, though all were announced. */
  readonly breakAfter?: number;
}

/** An answer by address (`host/path?query`) and by how often it has been asked before. */
export type Answers = (address: string, before: number) => Answer | undefined;

/** A server on this machine that stands for every publisher. */
export interface LoopbackPublisher {
  readonly baseUrl: string;
  /** Addresses asked for, in order. */
  readonly log: string[];
  /** Headers of the last request. */
  readonly lastHeaders: () => Readonly<Record<string, unknown>>;
  /** Answers that come before the usual ones; undefined leaves those. */
  readonly answer: (answers: Answers) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server that knows the layout of every publisher and 404 for all else. */
export async function startLoopbackPublisher(): Promise<LoopbackPublisher> {
  const log: string[] = [];
  let first: Answers = () => undefined;
  let headers: Readonly<Record<string, unknown>> = {};
  const server = createServer((request, response) => {
    const address = (request.url ?? '').slice(1);
    const before = log.filter((each) => each === address).length;
    log.push(address);
    headers = request.headers;
    const answer = first(address, before) ?? usualAnswer(address);
    const body = Buffer.from(answer.body ?? '');
    response.writeHead(answer.status ?? 200, {
      'content-length': String(body.length),
      ...answer.headers,
    });
    if (answer.breakAfter === undefined) response.end(body);
    else response.write(body.subarray(0, answer.breakAfter), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    log,
    lastHeaders: () => headers,
    answer: (answers) => {
      first = answers;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const YEAR_OF_FEED = /field_tdr_date_value=(\d{4})/;

function usualAnswer(address: string): Answer {
  const year = YEAR_OF_FEED.exec(address)?.[1];
  if (address.includes('daily_treasury_yield_curve') && year !== undefined) {
    const days = ['02', '03', '04', '05', '08', '09', '10', '11', '12', '16'];
    return {
      body: treasuryFeed(
        'NEW_DATE',
        days.map((day) => [`${year}-01-${day}`, { BC_3MONTH: 5.4 }]),
      ),
    };
  }
  if (address.includes('daily_treasury_bill_rates') && year !== undefined) {
    return {
      body: treasuryFeed('INDEX_DATE', [[`${year}-01-03`, { ROUND_B1_YIELD_13WK_2: 5.3 }]]),
    };
  }
  const table: readonly (readonly [RegExp, string])[] = [
    [/SPX_History\.csv$/, SPX_HISTORY],
    [/(?:VIX|VIX9D|VIX3M|VIX6M)_History\.csv$/, VIX_HISTORY],
    [/(?:VVIX|SKEW|CNDR|VXTH)_History\.csv$/, SPX_HISTORY],
    [/CFE_FinalSettlement_Archive\.csv$/, VX_FINALS],
    [/CFE_J07_VX\.csv$/, VX_OLD],
    [/VX_2024-01-17\.csv$/, VX_NEW],
    [/fomccalendars\.htm$/, FOMC_CALENDAR],
    [/fomchistorical\d{4}\.htm$/, FOMC_YEAR],
    [/api\/rates\/.*search\.json/, SOFR_RATES],
    [/fred\/series\/observations/, FRED_OBSERVATIONS],
  ];
  const body = table.find(([pattern]) => pattern.test(address))?.[1];
  return body === undefined ? { status: 404, body: 'not found' } : { body };
}

/** Effects with the real network and a clock that only waiting moves. */
export interface FakeTime {
  readonly effects: PullEffects;
  /** Every wait, ms. */
  readonly waits: number[];
  readonly advance: (milliseconds: number) => void;
}

/** A clock that starts at an instant of ISO 8601. */
export function fakeTime(start: string): FakeTime {
  let now = Date.parse(start);
  const waits: number[] = [];
  return {
    effects: {
      fetch: (url, init) => fetch(url, init),
      now: () => now,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
    },
    waits,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
