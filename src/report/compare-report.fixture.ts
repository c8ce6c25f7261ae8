import type { AuditEvent, LayerRecord, MartingaleStep, RunRecord } from '../engine/run-record.ts';
import { NO_CHANGE } from '../engine/margin-attribution.ts';
import type { MarginEvent } from '../engine/margin-event.ts';
import { aggregate } from '../evaluation/frequencies.ts';
import { martingaleLadder } from '../evaluation/martingale-ladder.ts';
import { summarisePath } from '../evaluation/path-summary.ts';
import type { PathSummary } from '../evaluation/path-summary.ts';
import { policyMetrics } from '../evaluation/policy-metrics.ts';
import { baseTrade } from '../evaluation/run-record.fixture.ts';
import { simulatedMetrics } from '../evaluation/simulated-metrics.ts';
import { tallyPaths } from '../evaluation/tally-paths.ts';
import { asEpochDay, epochDay, formatIsoDate, weekday } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { CompareReport } from './compare-view.ts';

const POLICIES = [
  'alvh-45',
  'smaller-unhedged',
  'unhedged',
  'martingale',
  'martingale-capped',
  'martingale-strangle',
  'strangle',
  'fixed-fraction',
  'spx-puts',
  'cash',
  'spx-tr',
] as const;

const START = 1_000_000;

/** A report of invented runs of 11 policies over the given number of sessions from 1990. */
export function inventedReport(sessions: number): CompareReport {
  const records = POLICIES.map((policy, index) => inventedRecord(policy, index + 1, sessions));
  const days = records[0]?.columns.day ?? new Int32Array();
  const bills = Float64Array.from(days, (_, row) => 1.03 ** (row / 252));
  return {
    manifest: {
      codeVersion: '0.1.0+3f9c2a7d51be',
      configHash: 'sha256:9b1c4f0e7a',
      dataHash: 'sha256:77aa02d9c4',
      seed: null,
      seedReason: 'replay of history',
      node: 'v20.20.2',
    },
    market: 'S&P 500 and VIX history',
    from: formatIsoDate(asEpochDay(days[0] ?? 0)),
    to: formatIsoDate(asEpochDay(days.at(-1) ?? 0)),
    policies: records.map((record) => ({ metrics: policyMetrics(record, bills), record })),
    assumptions: ASSUMPTIONS,
    coverage: [
      row('SPX close', '1990-01-02', sessions, 0, 0, 0),
      row('VIX close', '1990-01-02', sessions, 0, 0, 0),
      row('VX settlement', '2004-03-26', 5100, 0, 3560, 24),
      row('VVIX', '2006-03-06', 4600, 0, 0, 4060),
      { ...row('PPI release dates', '', 0, 0, 0, 0), from: null, to: null },
    ],
    smallerUnhedgedNote:
      'f solved to 1.63 %, so that its mean annual cost equals the hedge carry of alvh-45 (bisection, 12 runs).',
    martingale: records
      .filter(({ martingale }) => martingale.length > 0)
      .map((record) =>
        martingaleLadder(record, {
          structure: record.policy.includes('strangle') ? 'strangle' : 'condor',
          regime: 'Reg T',
        }),
      ),
  };
}

/** A simulated report of invented paths, one year each. */
export function inventedSimulation(paths: number): CompareReport {
  const history = inventedReport(252);
  return {
    ...history,
    manifest: { ...history.manifest, dataHash: null, seed: 1 },
    market: 'simulated (LV2J-H)',
    recordLabel: 'path 17, the median of final equity',
    coverage: [],
    policies: POLICIES.map((policy, index) => {
      const example = inventedRecord(policy, index + 1, 252);
      const summaries = Array.from({ length: paths }, (_, path): PathSummary =>
        summarisePath(inventedRecord(policy, 1000 * (index + 1) + path, 40)),
      );
      const tally = tallyPaths(summaries);
      return {
        metrics: simulatedMetrics(tally),
        record: example,
        outcome: aggregate(tally),
      };
    }),
  };
}

const ASSUMPTIONS: readonly string[] = [
  'Fills: same close; half-spread max(½ tick, 2 % of mid) × M(VIX) per SPX leg; $1.25 a leg in fees.',
  'Marks: model mid of the day; worst mark from the high of VIX and the low or high of SPX.',
  'Settlement: AM by the special opening quotation, PM by the close.',
  'Margin rule: Reg T, exchange minimums; VX maintenance 0.35·F·1000, 0.80·F·1000 after a spike.',
  'Open positions count at their mark; interest is the 3-month bill − 0.50 %, floor 0.',
  'VIX options before 2006-02-24 and VX before 2004-03-26 were not listed: their layers did nothing.',
];

function row(
  series: string,
  from: string,
  quoted: number,
  ...[calibrated, regressed, missing]: readonly [number, number, number]
): CompareReport['coverage'][number] {
  return { series, from, to: '2024-06-28', quoted, calibrated, regressed, missing };
}

/** Uniform numbers in (0, 1) of a linear congruential generator. */
function uniforms(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function inventedRecord(policy: string, seed: number, sessions: number): RunRecord {
  const draw = uniforms(seed);
  const day = sessionDays(sessions);
  const doubles = policy.startsWith('martingale') && policy !== 'martingale-capped';
  const trades = policy !== 'cash' && policy !== 'spx-tr';
  const hedged = policy === 'alvh-45' || policy === 'spx-puts';
  const columns = emptyColumns(day);
  const endedRow = doubles ? Math.floor(sessions * 0.62) : sessions;
  let equity = START;
  for (let at = 0; at < sessions; at += 1) {
    const shock = draw() + draw() + draw() - 1.5;
    const crash = trades && draw() < 0.004 ? -0.03 * draw() : 0;
    const size = (trades ? 0.006 : policy === 'cash' ? 0 : 0.02) * (doubles ? 2.2 : 1);
    const drift = policy === 'cash' ? 0.00012 : doubles ? -0.0001 : 0.0002;
    if (at < endedRow) equity *= 1 + drift + size * shock + crash * (doubles ? 3 : 1);
    if (at === endedRow && policy === 'martingale-strangle') equity = -48_000;
    columns.equityClose[at] = equity;
    columns.equityWorst[at] = at < endedRow ? equity * (1 - 0.02 * draw() * size * 100) : equity;
    if (trades && at < endedRow) fillBook(columns, at, { equity, doubles, draw });
    const pnl = equity - START;
    columns.sleevePnl.set(
      hedged
        ? [pnl + at * 12, at * -4, at * -2 + 9000 * Math.sin(at / 90), at * -9, 0, at * 3]
        : [pnl, 0, 0, 0, 0, 0],
      at * 6,
    );
  }
  const endedDay = doubles ? asEpochDay(day[endedRow] ?? 0) : undefined;
  const events = inventedEvents(policy, day, endedRow);
  const count = (kind: AuditEvent['kind']): number =>
    events.filter((each) => each.kind === kind).length;
  return {
    policy,
    startEquity: START,
    columns,
    trades: trades
      ? Array.from({ length: 60 }, (_, at) =>
          baseTrade(draw() < 0.8 ? 900 * draw() : -3000 * draw(), at * 20),
        )
      : [],
    events,
    marginEvents: policy === 'martingale-strangle' ? inventedMarginEvents(day, endedRow) : [],
    martingale: policy.startsWith('martingale') ? inventedLadder(day, doubles) : [],
    layers: hedged ? inventedLayers(policy) : [],
    endedBy: policy === 'martingale' ? 'doubling-refused' : doubles ? 'ruined' : 'completed',
    endedDay,
    skips: trades ? { 'no-expiry-in-range': 14, 'size-zero': 3 } : {},
    coverage: {
      quoted: 0,
      calibrated: trades ? sessions * 8 : 0,
      regressed: hedged ? 4100 : 0,
      simulated: 0,
    },
    peakMarginUse: trades ? (doubles ? 1.31 : 0.42) : 0,
    marginWarnings: 0,
    marginCalls: count('margin-call'),
    forcedLiquidations: count('forced-liquidation'),
    doublingRefused: count('doubling-refused'),
    ruined: policy === 'martingale-strangle',
    ruinDay: policy === 'martingale-strangle' ? endedDay : undefined,
  };
}

/** Weekdays from 2 January 1990 on. */
function sessionDays(sessions: number): Int32Array {
  const day = new Int32Array(sessions);
  let at: number = epochDay(1990, 1, 2);
  for (let index = 0; index < sessions; index += 1) {
    while (weekday(asEpochDay(at)) % 6 === 0) at += 1;
    day[index] = at;
    at += 1;
  }
  return day;
}

function emptyColumns(day: Int32Array): RunRecord['columns'] {
  const column = (): Float64Array => new Float64Array(day.length);
  return {
    day,
    equityClose: column(),
    equityWorst: column(),
    marginUsed: column(),
    excessLiquidity: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
    sleevePnl: new Float64Array(day.length * 6),
    ledger: new Float64Array(day.length * 8),
    unitsOpen: new Int32Array(day.length),
  };
}

function fillBook(
  columns: RunRecord['columns'],
  at: number,
  {
    equity,
    doubles,
    draw,
  }: { readonly equity: number; readonly doubles: boolean; readonly draw: () => number },
): void {
  const size = doubles ? 2 ** (Math.floor(at / 25) % 4) : 1 + (Math.floor(at / 7) % 3) * 0.4;
  columns.marginUsed[at] = Math.max(0, equity) * 0.08 * size;
  columns.delta[at] = (draw() - 0.5) * 900 * size;
  columns.gamma[at] = -60 * size * (0.5 + draw());
  columns.vega[at] = -420 * size * (0.5 + draw());
  columns.theta[at] = 130 * size * (0.5 + draw());
}

function inventedEvents(policy: string, day: Int32Array, endedRow: number): readonly AuditEvent[] {
  const at = (row: number, kind: AuditEvent['kind']): AuditEvent => ({
    day: asEpochDay(day[row] ?? 0),
    kind,
    sleeve: 'core',
    reason: kind,
    values: {},
  });
  const last = endedRow - 1;
  if (policy === 'martingale') return [at(endedRow, 'doubling-refused')];
  if (policy === 'alvh-45') return [at(Math.floor(day.length * 0.8), 'margin-call')];
  if (policy !== 'martingale-strangle') return [];
  return [
    at(Math.floor(endedRow / 2), 'margin-call'),
    at(last - 4, 'margin-call'),
    at(last, 'margin-call'),
    at(last, 'forced-liquidation'),
    at(endedRow, 'ruined'),
  ];
}

/** A call, and a liquidation in two rounds that ends in debt. */
function inventedMarginEvents(day: Int32Array, endedRow: number): readonly MarginEvent[] {
  const at = (row: number): EpochDay => asEpochDay(day[row] ?? 0);
  const attribution = { ...NO_CHANGE, spot: -9_000_000, size: -63_000_000, cascade: -21_000_000 };
  const call: MarginEvent = {
    day: at(endedRow - 5),
    moment: 'close',
    kind: 'call',
    type: 'house',
    regime: 'reg-t',
    due: at(endedRow - 2),
    since: at(endedRow - 6),
    excessCentsBefore: 62_000_000,
    excessCents: -31_000_000,
    attribution,
    mechanism: 'size',
    rounds: [],
    outcome: 'called',
    cost: 0,
    leggingLoss: 0,
    reproduction: Number.NaN,
    debtCents: 0,
  };
  const round = { group: 1, units: 16, cost: 42_000, leggingLoss: 1200, requirement: 0 };
  return [
    call,
    {
      ...call,
      day: at(endedRow - 1),
      kind: 'liquidation',
      due: undefined,
      outcome: 'exhausted',
      rounds: [
        { ...round, cured: 190_000, induced: 60_000, excess: -180_000, equity: 20_000 },
        { ...round, cured: 132_000, induced: 0, excess: -48_000, equity: -48_000 },
      ],
      cost: 84_000,
      leggingLoss: 2400,
      reproduction: 60_000 / 322_000,
      debtCents: 4_800_000,
    },
  ];
}

function inventedLadder(day: Int32Array, ends: boolean): readonly MartingaleStep[] {
  return Array.from({ length: 6 }, (_, step): MartingaleStep => ({
    day: asEpochDay((day[0] ?? 0) + 45 * step),
    step,
    units: 2 ** step,
    requirement: 42_000 * 2 ** step,
    equity: START - 45_000 * (2 ** step - 1),
    outcome: ends && step === 5 ? 'refused' : 'opened',
  }));
}

function inventedLayers(policy: string): readonly LayerRecord[] {
  const layer = {
    openings: 0,
    refusals: 0,
    notListed: 0,
    noData: 0,
    triggers: 0,
    overshoot: 0,
    rollsProposed: 0,
  };
  if (policy === 'spx-puts') {
    return [
      { ...layer, sleeve: 'puts', openings: 140, triggers: 140, cost: 512_000, payoff: 301_400 },
    ];
  }
  return [
    {
      ...layer,
      sleeve: 'near',
      openings: 212,
      triggers: 240,
      refusals: 28,
      notListed: 4060,
      cost: 148_200,
      payoff: 61_730,
    },
    {
      ...layer,
      sleeve: 'medium',
      openings: 17,
      triggers: 21,
      noData: 2180,
      cost: 96_400,
      payoff: 141_900,
      overshoot: 3120,
    },
    { ...layer, sleeve: 'long', triggers: 3, refusals: 3, cost: 0, payoff: 0 },
  ];
}
