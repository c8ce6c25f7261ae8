/*
 * Time-shifting of a base position: a roll is a realised close and an opening that stands on its own.
 *
 * | from     | event   | condition                                         | to       | intent |
 * |----------|---------|---------------------------------------------------|----------|--------|
 * | HELD     | close   | not threatened, or the regime is calm             | HELD     |        |
 * | HELD     | close   | threatened, rolls used up                         | SPENT    |        |
 * | HELD     | close   | threatened, no later opening stands on its own    | HELD     |        |
 * | HELD     | close   | threatened, the chain's loss leaves no unit       | HELD     |        |
 * | HELD     | close   | threatened, an opening stands and a unit fits     | SHIFTING | close  |
 * | SHIFTING | closed  | the realised loss leaves a unit                   | SHIFTING | open   |
 * | SHIFTING | closed  | it leaves none                                    | ENDED    |        |
 * | SHIFTING | filled  |                                                   | HELD     |        |
 * | SHIFTING | refused |                                                   | ENDED    |        |
 * | SPENT    | close   |                                                   | SPENT    |        |
 *
 * SPENT is held by the policy's exits. Realised loss plus the largest loss of what is open never
 * exceeds the largest loss of the chain's first position, and contracts never grow.
 */
import type { TimeShiftRule } from './policy.ts';

/** Phases of a chain of rolls. */
export type ChainPhase = 'HELD' | 'SHIFTING' | 'SPENT' | 'ENDED';

/** A base position and what it was rolled from; dollars. */
export interface ChainState {
  readonly phase: ChainPhase;
  /** Trade with which the chain began. */
  readonly id: number;
  readonly rolls: number;
  /** Largest loss of the first position. */
  readonly maxLoss: number;
  /** Sum of realised losses less gains so far. */
  readonly realisedLoss: number;
}

/** What a chain sees at a close; NaN = NO DATA, which never rolls. */
export interface ShiftView {
  readonly threatened: boolean;
  /** Expected daily range over spot, fraction. */
  readonly dailyRange: number;
  readonly vix: number;
  /** Contracts held, and loss of closing them now (event `closed`: as realised), dollars. */
  readonly units: number;
  readonly closingLoss: number;
  /** Largest loss of one unit of the later opening, dollars; undefined when none stands. */
  readonly offeredLoss: number | undefined;
  /** Why none stands. */
  readonly obstacle: string;
}

/** What happened: the daily close, or the fate of the roll's two halves. */
export type ChainEvent = 'close' | 'closed' | 'filled' | 'refused';

/** A step of a chain: its state, and what it asks for. */
export interface ChainStep {
  readonly chain: ChainState;
  readonly intent: 'none' | 'close' | 'open';
  /** Units to open, 0 unless `open`. */
  readonly units: number;
  readonly note: string;
}

/** The chain of a position that was not rolled yet. */
export function startChain(id: number, maxLoss: number): ChainState {
  return { phase: 'HELD', id, rolls: 0, maxLoss, realisedLoss: 0 };
}

/** One event through a chain; transitions in the table above. */
export function stepTimeShift(
  chain: ChainState,
  event: ChainEvent,
  view: ShiftView,
  rule: TimeShiftRule,
): ChainStep {
  switch (chain.phase) {
    case 'HELD':
      return event === 'close' ? decide(chain, view, rule) : stay(chain, '');
    case 'SHIFTING':
      return shift(chain, event, view);
    case 'SPENT':
    case 'ENDED':
      return stay(chain, '');
  }
}

/** True in the regime in which the published method rolls: a wide expected day, or a high VIX. */
export function isStirred(
  view: Pick<ShiftView, 'dailyRange' | 'vix'>,
  rule: TimeShiftRule,
): boolean {
  return view.dailyRange > rule.dailyRange || view.vix > rule.vix;
}

function decide(chain: ChainState, view: ShiftView, rule: TimeShiftRule): ChainStep {
  if (!view.threatened || !isStirred(view, rule)) return stay(chain, '');
  if (chain.rolls >= rule.maxRolls) return stay({ ...chain, phase: 'SPENT' }, 'rolls-used-up');
  if (view.offeredLoss === undefined) return stay(chain, view.obstacle);
  if (!(unitsLeft(chain, view) >= 1)) return stay(chain, 'chain-loss');
  return { chain: { ...chain, phase: 'SHIFTING' }, intent: 'close', units: 0, note: 'time-shift' };
}

function shift(chain: ChainState, event: ChainEvent, view: ShiftView): ChainStep {
  switch (event) {
    case 'closed': {
      const units = unitsLeft(chain, view);
      const realised = { ...chain, realisedLoss: chain.realisedLoss + view.closingLoss };
      if (!(units >= 1)) return stay({ ...realised, phase: 'ENDED' }, 'chain-loss');
      return { chain: realised, intent: 'open', units, note: 'time-shift' };
    }
    case 'filled':
      return stay({ ...chain, phase: 'HELD', rolls: chain.rolls + 1 }, 'time-shift-opened');
    case 'refused':
      return stay({ ...chain, phase: 'ENDED' }, 'time-shift-refused');
    case 'close':
      return stay(chain, '');
  }
}

/** Units, no more than held, that the chain's largest loss leaves once the position is closed. */
function unitsLeft(chain: ChainState, view: ShiftView): number {
  const { offeredLoss } = view;
  if (offeredLoss === undefined || !(offeredLoss > 0)) return 0;
  const left = chain.maxLoss - chain.realisedLoss - view.closingLoss;
  return Math.min(view.units, Math.floor(left / offeredLoss));
}

function stay(chain: ChainState, note: string): ChainStep {
  return { chain, intent: 'none', units: 0, note };
}
