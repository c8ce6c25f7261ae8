import type { MarginRegime } from '../engine/context.ts';
import { MARGIN_FACTORS } from '../engine/margin-event.ts';
import type { MarginEvent, MarginFactor } from '../engine/margin-event.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { count, counted, enterAmount, enterMost, mostOf, totalOf } from './path-tally.ts';
import type { PathTally } from './path-tally.ts';

/** Every factor of a change of excess liquidity, in the fixed order of the attribution. */
export const FACTOR_NAMES: readonly MarginFactor[] = factorNames();

/** Figures of a summary that add up as whole numbers, as dollars, and of which the greatest counts. */
const MARGIN_COUNTS = [
  'calls',
  'liquidations',
  'spirals',
  'rounds',
  'unitsForced',
  'unitsForcedNextDay',
] as const;
const MARGIN_DOLLARS = ['cost', 'leggingLoss', 'cured', 'induced'] as const;
const MARGIN_MAXIMA = ['largestReproduction', 'largestDebt', 'finalDebt'] as const;

/** What margin did to an account, or to many of them; dollars, counts where said. */
export interface MarginSummary {
  /** Calls and liquidations: counts. */
  readonly calls: number;
  readonly liquidations: number;
  /** Liquidations that left a deficit with nothing to close, the death spiral: a count. */
  readonly spirals: number;
  /** Orders of the liquidations: a count. */
  readonly rounds: number;
  /** Units closed by force, and of them those on the session after one with such closings. */
  readonly unitsForced: number;
  readonly unitsForcedNextDay: number;
  /** Spread and fees of them, >= 0. */
  readonly cost: number;
  /** Lost by taking combinations apart. */
  readonly leggingLoss: number;
  /** Excess liquidity that orders cured, and that they cost what remained. */
  readonly cured: number;
  readonly induced: number;
  /** Greatest reproduction number of one liquidation; NaN where none is known. */
  readonly largestReproduction: number;
  /** Greatest debt to the broker right after a liquidation, >= 0. */
  readonly largestDebt: number;
  /** Debt at the last close, >= 0. */
  readonly finalDebt: number;
  /** What rising implied volatility did to open positions in these events, by regime. */
  readonly cascade: Readonly<Record<MarginRegime, number>>;
  /** Change of excess liquidity over all events, by factor. */
  readonly attribution: Readonly<Record<MarginFactor, number>>;
  /** Events by the factor that took most: counts. */
  readonly mechanisms: Readonly<Record<MarginFactor, number>>;
}

/**
 * Sums of a run's margin events. Reproduction over many liquidations is `induced / cured`.
 *
 * Source: definitions of `MarginEvent`; cents are added up before they become dollars.
 */
export function marginSummary(record: RunRecord): MarginSummary {
  const events = record.marginEvents;
  const liquidations = events.filter(({ kind }) => kind === 'liquidation');
  const rounds = liquidations.flatMap((event) => event.rounds);
  const debts = liquidations.map(({ debtCents }) => debtCents / 100);
  const finalEquity = record.columns.equityClose.at(-1) ?? record.startEquity;
  return {
    calls: events.length - liquidations.length,
    liquidations: liquidations.length,
    spirals: liquidations.filter(({ outcome }) => outcome === 'exhausted').length,
    rounds: rounds.length,
    unitsForced: sumOf(rounds.map(({ units }) => units)),
    unitsForcedNextDay: forcedNextDay(record),
    cost: sumOf(rounds.map(({ cost }) => cost)),
    leggingLoss: sumOf(rounds.map(({ leggingLoss }) => leggingLoss)),
    cured: sumOf(rounds.map(({ cured }) => cured)),
    induced: sumOf(rounds.map(({ induced }) => induced)),
    largestReproduction: largestKnown(liquidations.map(({ reproduction }) => reproduction)),
    largestDebt: Math.max(0, ...debts),
    finalDebt: Math.max(0, -finalEquity),
    cascade: {
      'reg-t': cascadeUnder(events, 'reg-t'),
      portfolio: cascadeUnder(events, 'portfolio'),
    },
    attribution: byFactor((factor) => attributed(events, factor)),
    mechanisms: byFactor((factor) => events.filter((each) => each.mechanism === factor).length),
  };
}

/** Enters what margin did to the account of a path. */
export function enterMargin(tally: PathTally, path: number, margin: MarginSummary): void {
  for (const name of MARGIN_MAXIMA) enterMost(tally, `margin ${name}`, margin[name]);
  // Without an event all else is 0, and adds nothing.
  if (margin.calls === 0 && margin.liquidations === 0) return;
  for (const name of MARGIN_COUNTS) count(tally, `margin ${name}`, path, margin[name]);
  for (const name of MARGIN_DOLLARS) enterAmount(tally, `margin ${name}`, path, margin[name]);
  for (const regime of ['reg-t', 'portfolio'] as const) {
    enterAmount(tally, `cascade ${regime}`, path, margin.cascade[regime]);
  }
  for (const factor of FACTOR_NAMES) {
    enterAmount(tally, `attribution ${factor}`, path, margin.attribution[factor]);
    count(tally, `mechanism ${factor}`, path, margin.mechanisms[factor]);
  }
}

/** Sums over accounts; debts and the reproduction number are the greatest of any. */
export function totalMargin(tally: PathTally): MarginSummary {
  const events = (name: (typeof MARGIN_COUNTS)[number]): number => counted(tally, `margin ${name}`);
  const dollars = (name: (typeof MARGIN_DOLLARS)[number]): number =>
    totalOf(tally, `margin ${name}`);
  const most = (name: (typeof MARGIN_MAXIMA)[number]): number => mostOf(tally, `margin ${name}`);
  return {
    calls: events('calls'),
    liquidations: events('liquidations'),
    spirals: events('spirals'),
    rounds: events('rounds'),
    unitsForced: events('unitsForced'),
    unitsForcedNextDay: events('unitsForcedNextDay'),
    cost: dollars('cost'),
    leggingLoss: dollars('leggingLoss'),
    cured: dollars('cured'),
    induced: dollars('induced'),
    largestReproduction: most('largestReproduction'),
    largestDebt: Math.max(0, most('largestDebt')),
    finalDebt: Math.max(0, most('finalDebt')),
    cascade: {
      'reg-t': totalOf(tally, 'cascade reg-t'),
      portfolio: totalOf(tally, 'cascade portfolio'),
    },
    attribution: byFactor((factor) => totalOf(tally, `attribution ${factor}`)),
    mechanisms: byFactor((factor) => counted(tally, `mechanism ${factor}`)),
  };
}

/** Units forced on a session that follows one on which units were forced. */
function forcedNextDay({ columns, marginEvents }: RunRecord): number {
  const units = new Map<number, number>();
  for (const { day, rounds } of marginEvents) {
    for (const round of rounds) units.set(day, (units.get(day) ?? 0) + round.units);
  }
  if (units.size < 2) return 0;
  let next = 0;
  for (let row = 1; row < columns.day.length; row += 1) {
    const before = units.has(columns.day[row - 1] ?? Number.NaN);
    if (before) next += units.get(columns.day[row] ?? Number.NaN) ?? 0;
  }
  return next;
}

function cascadeUnder(events: readonly MarginEvent[], regime: MarginRegime): number {
  return attributed(
    events.filter((event) => event.regime === regime),
    'cascade',
  );
}

function attributed(events: readonly MarginEvent[], factor: MarginFactor): number {
  return sumOf(events.map(({ attribution }) => attribution[factor])) / 100;
}

function byFactor(of: (factor: MarginFactor) => number): Readonly<Record<MarginFactor, number>> {
  return {
    trades: of('trades'),
    cash: of('cash'),
    spreads: of('spreads'),
    expiry: of('expiry'),
    spot: of('spot'),
    size: of('size'),
    cascade: of('cascade'),
    level: of('level'),
    variation: of('variation'),
    sweep: of('sweep'),
    remainder: of('remainder'),
  };
}

function factorNames(): readonly MarginFactor[] {
  const names: MarginFactor[] = [];
  for (const name of Object.keys(MARGIN_FACTORS)) if (isFactor(name)) names.push(name);
  return names;
}

function isFactor(name: string): name is MarginFactor {
  return Object.hasOwn(MARGIN_FACTORS, name);
}

function largestKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : Math.max(...known);
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
