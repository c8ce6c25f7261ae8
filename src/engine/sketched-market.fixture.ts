import { PILLARS, VX_NODES } from '../market/market-path.ts';
import type { MarketPath } from '../market/market-path.ts';
import { SIMULATED } from '../market/provenance.ts';
import { createRandomStream } from '../math/philox.ts';
import { isSession, nextSession } from '../time/cboe-calendar.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { vxExpiriesAfter } from '../time/vx-expiry.ts';
import { fillPillars } from '../volatility/surface-pillars.ts';

/** VX nodes that a sketched market lists. */
const NODES = 9;

/** A value of each session; index 0 is the first session. */
export type Sketch = (session: number) => number;

/** A market drawn by hand: closes, and whatever else should not follow from them. */
export interface MarketSketch {
  /** A session. */
  readonly first: EpochDay;
  readonly sessions: number;
  /** First session to trade, default 0. */
  readonly start?: number;
  /** Closes, points. */
  readonly spx: Sketch;
  readonly vix: Sketch;
  /** Default 0.3 % beyond both closes. */
  readonly spxLow?: Sketch;
  readonly spxHigh?: Sketch;
  /** Default 3 % beyond both closes. */
  readonly vixHigh?: Sketch;
  readonly vixLow?: Sketch;
  /** AM settlement; default half way between the closes. */
  readonly spxSettlement?: Sketch;
  /** VX price by session and days to expiry; default decays from VIX to 20. */
  readonly vx?: (session: number, days: number) => number;
  /** Default 3 % and 1.4 %. */
  readonly billRate?: Sketch;
  readonly dividendYield?: Sketch;
}

/** Days of consecutive sessions. */
function sessionDays(first: EpochDay, count: number): Int32Array {
  if (!isSession(first)) throw new Error(`the first day is a session, was ${first} (EpochDay)`);
  const days = new Int32Array(count);
  let day = first;
  for (let i = 0; i < count; i += 1) {
    days[i] = day;
    day = nextSession(day);
  }
  return days;
}

function before(value: Sketch, session: number): number {
  return value(Math.max(0, session - 1));
}

function middle(value: Sketch, session: number): number {
  return 0.5 * (before(value, session) + value(session));
}

/** The market of a sketch; breadth falls with SPX, macro scores wave, FOMC meets every 31 sessions. */
export function sketchMarket(sketch: MarketSketch): MarketPath {
  const { sessions, spx, vix } = sketch;
  const column = (value: Sketch): Float64Array =>
    Float64Array.from({ length: sessions }, (_unused, i) => value(i));
  const day = sessionDays(sketch.first, sessions);
  let line = 0;
  return {
    label: 'sketch',
    length: sessions,
    start: sketch.start ?? 0,
    day,
    spxOpen: column((i) => middle(spx, i)),
    spxHigh: column(sketch.spxHigh ?? ((i) => 1.003 * Math.max(before(spx, i), spx(i)))),
    spxLow: column(sketch.spxLow ?? ((i) => 0.997 * Math.min(before(spx, i), spx(i)))),
    spxClose: column(spx),
    spxSettlement: column(sketch.spxSettlement ?? ((i) => middle(spx, i))),
    vixHigh: column(sketch.vixHigh ?? ((i) => 1.03 * Math.max(before(vix, i), vix(i)))),
    vixLow: column(sketch.vixLow ?? ((i) => 0.97 * Math.min(before(vix, i), vix(i)))),
    vixClose: column(vix),
    vvix: column(() => 95),
    billRate: column(sketch.billRate ?? (() => 0.03)),
    dividendYield: column(sketch.dividendYield ?? (() => 0.014)),
    eta: column(() => 1.25),
    advanceDeclineLine: column((i) => {
      line += spx(i) < before(spx, i) ? -700 : 500;
      return line;
    }),
    aboveFiftyDay: column((i) => Math.max(5, 60 - 400 * (1 - spx(i) / spx(Math.max(0, i - 20))))),
    reerChangeZ: column((i) => 2 * Math.sin(i / 40)),
    rateDifferentialZ: column((i) => Math.cos(i / 60)),
    surfaceSource: new Uint8Array(sessions).fill(SIMULATED),
    fomcDays: day.filter((_day, i) => i % 31 === 20),
    ...surface(sketch),
    ...futures(sketch, day),
  };
}

function surface({ sessions, vix }: MarketSketch): Pick<MarketPath, 'theta'> {
  const theta = new Float64Array(sessions * PILLARS);
  const unknown = { vix9d: NaN, vix3m: NaN, vix6m: NaN, ewma21: NaN, ewma126: NaN };
  for (let i = 0; i < sessions; i += 1) {
    const pillars = theta.subarray(i * PILLARS, (i + 1) * PILLARS);
    fillPillars({ ...unknown, vix: vix(i) }, 1.25, pillars);
  }
  return { theta };
}

function futures(
  sketch: MarketSketch,
  day: Int32Array,
): Pick<MarketPath, 'vxCount' | 'vxExpiry' | 'vxSettle' | 'vxSource' | 'vixSettlement'> {
  const { sessions, vix } = sketch;
  const price = sketch.vx ?? ((i, days) => 20 + (vix(i) - 20) * Math.exp(-days / 120));
  const vxExpiry = new Int32Array(sessions * VX_NODES);
  const vxSettle = new Float64Array(sessions * VX_NODES).fill(Number.NaN);
  const vixSettlement = new Float64Array(sessions).fill(Number.NaN);
  let next = 0;
  for (let i = 0; i < sessions; i += 1) {
    const today = day[i] ?? 0;
    if (today === next) vixSettlement[i] = 0.5 * (vix(Math.max(0, i - 1)) + vix(i));
    const expiries = vxExpiriesAfter(asEpochDay(today), NODES);
    next = expiries[0] ?? 0;
    for (const [node, expiry] of expiries.entries()) {
      vxExpiry[i * VX_NODES + node] = expiry;
      vxSettle[i * VX_NODES + node] = price(i, expiry - today);
    }
  }
  return {
    vxCount: new Uint8Array(sessions).fill(NODES),
    vxExpiry,
    vxSettle,
    vxSource: new Uint8Array(sessions * VX_NODES).fill(SIMULATED),
    vixSettlement,
  };
}

/** One session on which everything happens at once. */
export interface Shock {
  /** Sessions after the first traded one. */
  readonly session: number;
  /** Return of SPX on it, -0.3 = -30 %. */
  readonly spx: number;
  /** VIX at its close, points; it decays from there. */
  readonly vix: number;
}

/** Sessions before trading begins in a random market. */
export const WARM_UP = 160;

/** A random market: correlated walks of SPX and log VIX with fat tails, and shocks if any. */
export function randomMarket(
  seed: number,
  first: EpochDay,
  traded: number,
  shocks: readonly Shock[] = [],
): MarketPath {
  const random = createRandomStream(seed);
  const sessions = WARM_UP + traded;
  const spx = new Float64Array(sessions);
  const vix = new Float64Array(sessions);
  const draw = new Float64Array(3);
  let level = 5000;
  let fear = 18;
  for (let i = 0; i < sessions; i += 1) {
    random.fillNormals(0, i, draw);
    const [own = 0, other = 0, tail = 0] = draw;
    const size = tail > 2 ? 3 : 1;
    level *= Math.exp((fear / 100 / Math.sqrt(252)) * size * own + 0.0002);
    fear *= Math.exp(-0.03 * Math.log(fear / 18) + 0.055 * size * (0.6 * other - 0.8 * own));
    fear = Math.min(120, Math.max(9, fear));
    for (const shock of shocks) {
      if (shock.session + WARM_UP !== i) continue;
      level *= 1 + shock.spx;
      fear = shock.vix;
    }
    spx[i] = level;
    vix[i] = fear;
  }
  return sketchMarket({
    first,
    sessions,
    start: WARM_UP,
    spx: (i) => spx[i] ?? Number.NaN,
    vix: (i) => vix[i] ?? Number.NaN,
  });
}
