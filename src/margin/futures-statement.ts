import { VXM_FUTURE, VX_FUTURE } from '../contracts/contract-kind.ts';
import { futuresMargin, stressedSessionsAfter } from './futures-requirement.ts';
import { marginRulesOf } from './house-rule.ts';
import type { FuturesMarginRule } from './margin-profile.ts';
import type { MarginPositionKind, MarginRequest, StatementGroup } from './margin-position.ts';

const FUTURE_CODES: Readonly<Partial<Record<MarginPositionKind, number>>> = {
  'vx-future': VX_FUTURE,
  'vxm-future': VXM_FUTURE,
};

/** Minis in one VX. */
const MINIS_OF_VX = 10;

/** Contracts of one expiry, counted in minis, with what they would require one by one. */
interface Expiry {
  readonly places: number[];
  net: number;
  gross: number;
  initial: number;
  maintenance: number;
}

/**
 * Requirement of VX and VXM futures, dollars: ten minis offset one VX of the same expiry entirely;
 * what is left long of one expiry and short of another is a calendar spread.
 *
 * Source: CFE RG13-019 and the levels of the broker; VXM is a tenth of VX by contract.
 */
export function futuresStatement(request: MarginRequest): readonly StatementGroup[] {
  const { profile, house } = request.rules ?? marginRulesOf(request.broker);
  const expiries = [...byExpiry(request).values()];
  if (expiries.length === 0) return [];
  const left = (of: 'initial' | 'maintenance'): number =>
    expiries.reduce((sum, each) => sum + (each[of] * Math.abs(each.net)) / each.gross, 0);
  const long = expiries.reduce((sum, { net }) => sum + Math.max(0, net), 0);
  const short = expiries.reduce((sum, { net }) => sum + Math.max(0, -net), 0);
  const paired = Math.min(long, short);
  const whole = long + short;
  // Both sides of a pair cost one outright times the calendar share instead of two.
  const share = whole === 0 ? 0 : (whole - 2 * paired + paired * house.calendarShare) / whole;
  const rule = paired > 0 ? 'futures-calendar' : 'futures-outright';
  const legs = expiries.flatMap(({ places }) => places).toSorted((a, b) => a - b);
  return [
    {
      rule: whole === 0 ? 'futures-offset' : rule,
      source:
        paired > 0 ? `${profile.futures.source}; ${house.calendarSource}` : profile.futures.source,
      legs,
      quantities: legs.map((place) => request.positions[place]?.quantity ?? Number.NaN),
      requirement: left('initial') * share,
      maintenance: left('maintenance') * share,
    },
  ];
}

function byExpiry(request: MarginRequest): ReadonlyMap<number, Expiry> {
  const { day, positions } = request;
  const { profile } = request.rules ?? marginRulesOf(request.broker);
  const stressed = isStressed(request.vixCloses ?? [], profile.futures);
  const found = new Map<number, Expiry>();
  for (const [place, position] of positions.entries()) {
    const kind = FUTURE_CODES[position.kind];
    if (kind === undefined) continue;
    const one = futuresMargin({ kind, price: position.price, day, stressed, profile });
    const minis = position.quantity * (kind === VXM_FUTURE ? 1 : MINIS_OF_VX);
    const expiry = position.expiry?.day ?? Number.NaN;
    const own = found.get(expiry) ?? { places: [], net: 0, gross: 0, initial: 0, maintenance: 0 };
    own.places.push(place);
    own.net += minis;
    own.gross += Math.abs(minis);
    own.initial += Math.abs(position.quantity) * one.initial;
    own.maintenance += Math.abs(position.quantity) * one.maintenance;
    found.set(expiry, own);
  }
  return found;
}

/** Whether a spike among earlier VIX closes, oldest first, is still felt. */
function isStressed(closes: readonly number[], rule: FuturesMarginRule): boolean {
  let left = 0;
  for (let at = 1; at < closes.length; at += 1) {
    const change = (closes[at] ?? Number.NaN) / (closes[at - 1] ?? Number.NaN) - 1;
    left = stressedSessionsAfter(left, change, rule);
  }
  return left > 0;
}
