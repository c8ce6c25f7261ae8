import { fileURLToPath } from 'node:url';
import { marketSpan } from '../data/market-folder.ts';
import { loadPolicy, policyNames } from '../data/policy-file.ts';
import type { RunOptions } from '../engine/context.ts';
import { LIQUIDATION_PLANS } from '../margin/liquidation-plan.ts';
import type { LiquidationPlan } from '../margin/liquidation-plan.ts';
import { MARGIN_PROFILES } from '../margin/margin-profile.ts';
import type { SmallerPolicies } from '../run/smaller-policies.ts';
import { HEDGED, SMALLER, UNHEDGED } from '../run/smaller-policies.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { optionalChoice, optionalDate, optionalInteger } from './option-value.ts';
import { UsageError } from './usage-error.ts';

/** Folder of the shipped policies. */
export const POLICY_FOLDER: string = fileURLToPath(new URL('../../policies', import.meta.url));

/** Policies compared when none are named. */
const DEFAULT_POLICIES: readonly string[] = [
  UNHEDGED,
  SMALLER,
  'martingale',
  'martingale-strangle',
  HEDGED,
];

const EQUITY = { min: 1000, max: 1_000_000_000, otherwise: 1_000_000 } as const;

/** Options of the account and its broker. */
export const RUN_OPTIONS: readonly OptionSpec[] = [
  { name: 'equity', kind: 'value', valueName: 'USD', summary: 'starting deposit; 1000000' },
  { name: 'margin', kind: 'value', valueName: 'REGIME', summary: 'reg-t (default) or portfolio' },
  {
    name: 'broker',
    kind: 'value',
    valueName: 'NAME',
    summary: 'ibkr (default), exchange, tastytrade or traditional',
  },
  {
    name: 'liquidate',
    kind: 'value',
    valueName: 'HOW',
    summary: 'forced closing: combos (default), legs, or thin markets',
  },
  {
    name: 'counterfactual',
    kind: 'flag',
    summary: 'trade layers before their instruments were listed',
  },
];

/** The option of a command that runs one policy. */
export const POLICY_OPTION: OptionSpec = {
  name: 'policy',
  kind: 'value',
  valueName: 'NAME',
  summary: 'shipped name or file; alvh-45',
};

/** The policy that --policy names. */
export function onePolicy(args: ParsedArguments): Policy {
  return loadPolicy(args.values.get('policy') ?? HEDGED, POLICY_FOLDER);
}

/** The data and day of a command that looks at one close. */
export const CLOSE_OPTIONS: readonly OptionSpec[] = [
  { name: 'data', kind: 'value', valueName: 'DIR', summary: 'folder of market data files' },
  { name: 'date', kind: 'value', valueName: 'DATE', summary: 'the close; last of the data' },
  {
    name: 'since',
    kind: 'value',
    valueName: 'DATE',
    summary: 'replay the account from this day; a fresh account without it',
  },
];

/** The data and span of a command that reads a history. */
export const HISTORY_OPTIONS: readonly OptionSpec[] = [
  { name: 'data', kind: 'value', valueName: 'DIR', summary: 'folder of market data files' },
  { name: 'from', kind: 'value', valueName: 'DATE', summary: 'first day; first of the data' },
  { name: 'to', kind: 'value', valueName: 'DATE', summary: 'last day; last of the data' },
];

/**
 * The span of history that --from and --to name; where they name none, the first day and the last on
 * which the folder has SPX and VIX.
 */
export function historySpan(
  args: ParsedArguments,
  dir: string,
): { readonly from: EpochDay; readonly to: EpochDay } {
  const asked = { from: optionalDate(args, 'from'), to: optionalDate(args, 'to') };
  const whole = asked.from === undefined || asked.to === undefined ? marketSpan(dir) : undefined;
  const from = asked.from ?? whole?.first;
  const to = asked.to ?? whole?.last;
  if (from === undefined || to === undefined || !(from < to)) {
    throw new UsageError('--from must be before --to');
  }
  return { from, to };
}

/** Options of every command that runs policies. */
export const POLICY_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'policies',
    kind: 'value',
    valueName: 'A,B',
    summary: 'shipped names or files, comma-separated; `all` = every shipped policy',
  },
  ...RUN_OPTIONS,
];

/** What the options of a comparison say. */
export interface CompareOptions {
  readonly policies: readonly Policy[];
  readonly smaller: SmallerPolicies;
  readonly options: RunOptions;
}

/**
 * Reads the policy options. `smaller-unhedged` joins whenever the hedged policy is compared: the
 * verdict always sets the hedge against simply being smaller.
 */
export function compareOptions(args: ParsedArguments): CompareOptions {
  const names = askedNames(args, DEFAULT_POLICIES);
  if (names.includes(HEDGED) && !names.includes(SMALLER)) names.push(SMALLER);
  return {
    policies: loadPolicies(names),
    smaller: {
      [UNHEDGED]: loadPolicy(UNHEDGED, POLICY_FOLDER),
      [HEDGED]: loadPolicy(HEDGED, POLICY_FOLDER),
    },
    options: runOptions(args),
  };
}

/** The policies that --policies names and no others; the given ones when it names none. */
export function askedPolicies(
  args: ParsedArguments,
  otherwise: readonly string[],
): readonly Policy[] {
  return loadPolicies(askedNames(args, otherwise));
}

/** Equity, margin regime, broker and liquidation plan of a run. */
export function runOptions(args: ParsedArguments): RunOptions {
  const regime = optionalChoice(args, 'margin', ['reg-t', 'portfolio'], 'reg-t');
  const broker = optionalChoice(args, 'broker', Object.keys(MARGIN_PROFILES), 'ibkr');
  const plan = optionalChoice(args, 'liquidate', Object.keys(LIQUIDATION_PLANS), 'combos');
  return {
    equity: optionalInteger(args, 'equity', EQUITY),
    profile: { ...profileOf(broker), liquidation: planOf(plan) },
    regime: regime === 'portfolio' ? 'portfolio' : 'reg-t',
    counterfactual: args.flags.has('counterfactual'),
  };
}

function profileOf(broker: string): RunOptions['profile'] {
  const profile = Object.values(MARGIN_PROFILES).find(({ name }) => name === broker);
  return profile ?? MARGIN_PROFILES.ibkr;
}

function planOf(name: string): LiquidationPlan {
  const plan = Object.values(LIQUIDATION_PLANS).find((each) => each.name === name);
  return plan ?? LIQUIDATION_PLANS.combos;
}

/** Policies by shipped name or file, no two of one name. */
export function loadPolicies(names: readonly string[]): readonly Policy[] {
  const policies = names.map((name) => loadPolicy(name, POLICY_FOLDER));
  refuseTwins(policies);
  return policies;
}

/** Results are told by policy name: two policies of one name could not be told apart. */
function refuseTwins(policies: readonly Policy[]): void {
  const names = new Set<string>();
  for (const { name } of policies) {
    if (names.has(name)) {
      throw new UsageError(
        `--policies must differ in name, '${name}' came twice. Change name: in the copied file.`,
      );
    }
    names.add(name);
  }
}

function askedNames(args: ParsedArguments, otherwise: readonly string[]): string[] {
  const asked = args.values.get('policies');
  if (asked === 'all') return [...policyNames(POLICY_FOLDER)];
  if (asked === undefined) return [...otherwise];
  const names = asked
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Set(names)];
}
