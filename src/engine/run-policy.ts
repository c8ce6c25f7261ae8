import type { Expiry } from '../contracts/contract-kind.ts';
import { isListed, listedSpxExpiries } from '../contracts/listing.ts';
import { createMarginCalculator } from '../margin/strategy-requirement.ts';
import type { MarketPath } from '../market/market-path.ts';
import { createSnapshot } from '../market/market-snapshot.ts';
import type { MarketSnapshot } from '../market/market-snapshot.ts';
import { createMarker } from '../pricing/mark-legs.ts';
import { shortTermVxIndex } from '../volatility/vx-roll-index.ts';
import { asEpochDay } from '../time/epoch-day.ts';
import type { Policy } from '../strategy/policy.ts';
import { AccountState, LAYERS } from './account-state.ts';
import { adoptBook } from './adopt-book.ts';
import type { OpeningBook } from './adopt-book.ts';
import type { AuditSink } from './audit-sink.ts';
import type { EngineContext, Probe, QuoteRules, RunOptions } from './context.ts';
import type { SessionPlan } from './session-plan.ts';
import { deposit, step } from './step.ts';

/** Called after each session with the account as it stands; must not keep a reference. */
export type SessionObserver = (
  context: EngineContext,
  account: AccountState,
  session: number,
) => void;

/** What an engine run needs. */
export interface RunInput {
  readonly path: MarketPath;
  readonly plan: SessionPlan;
  readonly policy: Policy;
  readonly options: RunOptions;
  readonly sink: AuditSink;
  readonly observe: SessionObserver;
  /** Quotes to mark and fill at; without them every mark is the model's. */
  readonly quotes?: QuoteRules;
  readonly probe?: Probe;
  /** Positions the account starts with; `options.equity` is then its cash. */
  readonly book?: OpeningBook;
}

/** Runs one policy over one path from `path.start` to its end and returns the final account. */
export function runPolicy(input: RunInput): AccountState {
  const context = createContext(input);
  const account = new AccountState();
  deposit(context, account);
  if (input.book !== undefined) adoptBook(context, account, input.book, input.path.start);
  for (let session = input.path.start; session < input.path.length; session += 1) {
    step(context, account, 'open', session);
    step(context, account, 'worst', session);
    step(context, account, 'close', session);
    input.observe(context, account, session);
  }
  return account;
}

const expiriesByDay: Map<number, readonly Expiry[]> = new Map();

/** Listed expiries of a day. A pure function's results, remembered: paths share their calendar. */
function listedExpiries(day: number): readonly Expiry[] {
  const known = expiriesByDay.get(day);
  if (known !== undefined) return known;
  const listed = listedSpxExpiries(asEpochDay(day));
  expiriesByDay.set(day, listed);
  return listed;
}

/** One flat literal: what is read at every step must have one shape from run to run. */
function createContext(input: RunInput): EngineContext {
  const { policy, options } = input;
  return {
    path: withEtp(input.path, policy),
    plan: input.plan,
    policy,
    layers: LAYERS.filter((name) => policy.layers[name].enabled),
    options,
    margin: createMarginCalculator(options.profile),
    marker: createMarker(),
    close: createSnapshot(),
    down: createSnapshot(),
    up: createSnapshot(),
    listedExpiries,
    smallestRequirement: (market) => smallestRequirement(policy, market),
    sink: input.sink,
    quotes: input.quotes,
    probe: input.probe,
  };
}

/** The path with the index of a short-term VX fund, when a layer of the policy holds the fund. */
function withEtp(path: MarketPath, policy: Policy): MarketPath {
  const { near, medium, long } = policy.layers;
  const held = [near, medium, long].some((rule) => rule.enabled && rule.instrument === 'etp');
  return held ? { ...path, shortTermVx: shortTermVxIndex(path) } : path;
}

/** Dollars one unit of the smallest listed product requires under the policy; 0 without options. */
function smallestRequirement(policy: Policy, market: MarketSnapshot): number {
  if (policy.base !== 'condor' && policy.base !== 'strangle') return 0;
  const { wings } = policy;
  const width = wings.selector === 'points' ? wings.width : 0.02 * market.spot;
  const spx = width * 100;
  return isListed('xsp-option', asEpochDay(market.day)) ? spx / 10 : spx;
}
