import { CALL, PUT } from '../contracts/contract-kind.ts';
import type { LegSketch } from './legs.fixture.ts';
import type { OptionMarginRule } from './margin-profile.ts';

/** One way to use the longs of one right: by series of the short, what is netted and what naked. */
interface Assignment {
  /** Series -> [strike, signed contracts] of the netted lots. */
  readonly netted: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  /** Series -> one leg for each naked contract. */
  readonly naked: ReadonlyMap<string, readonly LegSketch[]>;
}

/** What an exact solution needs to know besides the legs; dollars per point. */
export interface ExactTerms {
  readonly rule: OptionMarginRule;
  readonly spot: number;
  readonly multiplier: number;
}

/** Assignments of one right beyond which a portfolio is not enumerated. */
const MOST_ASSIGNMENTS = 20_000;

/** Assignments of calls times those of puts, beyond which it is not either. */
const MOST_PAIRS = 2_000_000;

/**
 * Least requirement of options on one index by complete enumeration, dollars: every number of every
 * long against every short that it may cover, and every pairing of what stays naked. Shares no code
 * with the calculator. NaN when there are too many ways to enumerate.
 *
 * Source: Cboe Rule 10.3; FINRA Rule 4210(f)(2); SEC Rel. 34-67752.
 */
export function exactRequirement(legs: readonly LegSketch[], terms: ExactTerms): number {
  const ofCalls = assignments(legs, 'call', terms);
  const ofPuts = assignments(legs, 'put', terms);
  if (ofCalls.length > MOST_ASSIGNMENTS || ofPuts.length > MOST_ASSIGNMENTS) return Number.NaN;
  if (ofCalls.length * ofPuts.length > MOST_PAIRS) return Number.NaN;
  const series = [...new Set(legs.map(seriesOf))];
  const memo = new Map<string, number>();
  let least = Number.POSITIVE_INFINITY;
  for (const calls of ofCalls) {
    for (const puts of ofPuts) {
      let total = 0;
      for (const name of series) {
        const key = `${name}|${keyOf(calls, name)}|${keyOf(puts, name)}`;
        const known = memo.get(key);
        const cost = known ?? seriesCost(calls, puts, name, terms);
        if (known === undefined) memo.set(key, cost);
        total += cost;
      }
      least = Math.min(least, total);
    }
  }
  return least;
}

function keyOf({ netted, naked }: Assignment, name: string): string {
  const lots = (netted.get(name) ?? []).map(([strike, quantity]) => `${strike}x${quantity}`);
  const alone = (naked.get(name) ?? []).map(({ strike, mark }) => `${strike}@${mark ?? 0}`);
  return `${lots.toSorted().join()}/${alone.toSorted().join()}`;
}

function seriesOf({ expiry = 100, settlement = 'PM' }: LegSketch): string {
  return `${expiry}${settlement}`;
}

function mayCover(long: LegSketch, short: LegSketch, { rule }: ExactTerms): boolean {
  if (rule.cover === 'same-expiry') return seriesOf(long) === seriesOf(short);
  const order = ({ expiry = 100, settlement = 'PM' }: LegSketch): number =>
    2 * expiry + (settlement === 'PM' ? 1 : 0);
  return order(long) >= order(short);
}

/** Every integer matrix of contracts of long against short. */
function assignments(
  legs: readonly LegSketch[],
  right: 'call' | 'put',
  terms: ExactTerms,
): readonly Assignment[] {
  const own = legs.filter((leg) => leg.right === right);
  const shorts = own.filter(({ quantity }) => quantity < 0);
  const longs = own.filter(({ quantity }) => quantity > 0);
  const found = new Map<string, Assignment>();
  const left = longs.map(({ quantity }) => quantity);
  const used = shorts.map(() => longs.map(() => 0));
  const visit = (s: number, l: number, open: number): void => {
    if (found.size > MOST_ASSIGNMENTS) return;
    const short = shorts[s];
    if (short === undefined) {
      const each = assignmentOf(shorts, longs, used);
      const names = [...each.netted.keys(), ...each.naked.keys()].toSorted();
      found.set(names.map((name) => `${name}:${keyOf(each, name)}`).join(';'), each);
      return;
    }
    const long = longs[l];
    if (long === undefined || open === 0) {
      visit(s + 1, 0, -(shorts[s + 1]?.quantity ?? 0));
      return;
    }
    const most = mayCover(long, short, terms) ? Math.min(open, left[l] ?? 0) : 0;
    for (let contracts = 0; contracts <= most; contracts += 1) {
      left[l] = (left[l] ?? 0) - contracts;
      (used[s] ?? [])[l] = contracts;
      visit(s, l + 1, open - contracts);
      left[l] = (left[l] ?? 0) + contracts;
      (used[s] ?? [])[l] = 0;
    }
  };
  visit(0, 0, -(shorts[0]?.quantity ?? 0));
  return [...found.values()];
}

function assignmentOf(
  shorts: readonly LegSketch[],
  longs: readonly LegSketch[],
  used: readonly (readonly number[])[],
): Assignment {
  const netted = new Map<string, (readonly [number, number])[]>();
  const naked = new Map<string, LegSketch[]>();
  for (const [s, short] of shorts.entries()) {
    const name = seriesOf(short);
    const row = used[s] ?? [];
    const covered = row.reduce((sum, contracts) => sum + contracts, 0);
    const lots = netted.get(name) ?? [];
    if (covered > 0) lots.push([short.strike, -covered]);
    for (const [l, contracts] of row.entries()) {
      if (contracts > 0) lots.push([longs[l]?.strike ?? Number.NaN, contracts]);
    }
    if (lots.length > 0) netted.set(name, lots);
    const alone = naked.get(name) ?? [];
    for (let k = covered; k < -short.quantity; k += 1) alone.push(short);
    if (alone.length > 0) naked.set(name, alone);
  }
  return { netted, naked };
}

function seriesCost(calls: Assignment, puts: Assignment, name: string, terms: ExactTerms): number {
  const callLots = calls.netted.get(name) ?? [];
  const putLots = puts.netted.get(name) ?? [];
  const levels = [0, 1e7, ...callLots.map(([strike]) => strike), ...putLots.map(([k]) => k)];
  let worst = 0;
  for (const level of levels) {
    let value = 0;
    for (const [strike, quantity] of callLots) value += quantity * Math.max(0, level - strike);
    for (const [strike, quantity] of putLots) value += quantity * Math.max(0, strike - level);
    worst = Math.min(worst, value);
  }
  const alone = strangles(puts.naked.get(name) ?? [], calls.naked.get(name) ?? [], terms);
  return -worst * terms.multiplier + alone;
}

/** Least total of naked contracts over every pairing of puts with calls. */
function strangles(
  puts: readonly LegSketch[],
  calls: readonly LegSketch[],
  terms: ExactTerms,
): number {
  const memo = new Map<number, number>();
  const alone = calls.map((call) => naked(call, CALL, terms));
  const best = (p: number, taken: number): number => {
    const put = puts[p];
    if (put === undefined) {
      return alone.reduce((sum, dollars, c) => ((taken >> c) & 1 ? sum : sum + dollars), 0);
    }
    const key = p * 4096 + taken;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const ofPut = naked(put, PUT, terms);
    let least = ofPut + best(p + 1, taken);
    for (const [c, call] of calls.entries()) {
      if ((taken >> c) & 1) continue;
      const ofCall = alone[c] ?? Number.NaN;
      const other = ofPut > ofCall ? call : put;
      const pair = Math.max(ofPut, ofCall) + terms.multiplier * (other.mark ?? 0);
      least = Math.min(least, pair + best(p + 1, taken | (1 << c)));
    }
    memo.set(key, least);
    return least;
  };
  return best(0, 0);
}

function naked(leg: LegSketch, right: number, { rule, spot, multiplier }: ExactTerms): number {
  const { strike, mark = 0 } = leg;
  const out = Math.max(0, right === PUT ? spot - strike : strike - spot);
  const least = rule.minimumShare * (right === PUT ? strike : spot);
  const dollars = Math.max(
    rule.nakedMinimum,
    multiplier * (mark + Math.max(rule.nakedShare * spot - out, least)),
  );
  return right === PUT ? Math.min(dollars, multiplier * strike) : dollars;
}
