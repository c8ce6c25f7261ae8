import { DataError } from '../../data/data-error.ts';
import {
  isMarginFault,
  missingSpot,
  MOST_CONTRACTS,
  parseMarginFile,
  parseMarginOrder,
} from '../../data/margin-file.ts';
import type { MarginFault, MarginFile } from '../../data/margin-file.ts';
import { applyMarginRules } from '../../data/margin-rules-file.ts';
import type { SuppliedLevel } from '../../data/margin-rules-file.ts';
import { marginRulesOf } from '../../margin/house-rule.ts';
import { accountState } from '../../margin/account.ts';
import type { AccountMargin } from '../../margin/account.ts';
import type {
  MarginPosition,
  MarginRequest,
  StatementGroup,
} from '../../margin/margin-position.ts';
import { checkMinimumEquity } from '../../margin/minimum-equity.ts';
import type { EquityCheck } from '../../margin/minimum-equity.ts';
import { dueDay } from '../../margin/margin-call.ts';
import { marginStatement } from '../../margin/margin-statement.ts';
import { marginCondition, nextMarginStatus } from '../../margin/margin-status.ts';
import type { MarginStatus } from '../../margin/margin-status.ts';
import type { MarginStatement } from '../../margin/margin-statement.ts';
import { explainMargin } from '../../report/margin-explanation.ts';
import { accountText, equityText, marginText } from '../../report/margin-text.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { locateJson } from '../json-position.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';
import type { InputText } from '../read-input.ts';
import { UsageError } from '../usage-error.ts';

/** `alvh margin`: what a broker asks for positions, and the rule behind each number. */
export const MARGIN: Command = {
  name: 'margin',
  summary: 'margin of positions under a broker’s rules, with the rule behind each number',
  operands: [{ name: 'FILE', summary: 'a JSON request, or - for standard input' }],
  options: [
    {
      name: 'what-if',
      kind: 'value',
      valueName: 'FILE',
      summary: 'add an order: a JSON array of positions',
    },
    { name: 'max-contracts', kind: 'flag', summary: 'how many times the order fits the cash' },
    {
      name: 'rules',
      kind: 'value',
      valueName: 'FILE',
      summary: 'levels of your own, YAML or JSON, in the place of the broker’s',
    },
    { name: 'explain', kind: 'flag', summary: 'work each number out as the margin manual does' },
  ],
  details: [
    'A request is {"regime": "reg-t"|"portfolio", "broker": "exchange"|"ibkr"|"tastytrade"|' +
      '"traditional", "date", "spot": {"SPX", "VIX", ...}, "positions": [{"kind", "right", "strike", ' +
      '"expiry": {"date", "settlement"}, "quantity", "price", "impliedVol"?, "forward"?, ' +
      '"underlying"?, "leverage"?, "broadIndex"?}], "vixCloses"?, "cash"?, "futuresCash"?, "futuresOptionValue"?}. Kinds: spx-option, xsp-option, ' +
      'vix-option, equity-option, vx-future, vxm-future, etp, equity. Quantity is signed, price in points.',
    'Dollars, gross of premium; legs are places in the list of positions. Long options are paid in ' +
      'full. buyingPowerEffect is the initial requirement less the premium received and the loan ' +
      'value of long options of more than nine months.',
    'A rules file is {"options": {"spx"|"xsp"|"vix"|"equity"|"broadFund"|"volatilityFund": ' +
      '{"nakedShare", "minimumShare", "nakedMinimum", "spreadMinimum", "cover"}}, "icRule", ' +
      '"universalSpreadFactor", "shortBoxFactor", "shares": {"initial", "longMaintenance", ' +
      '"shortMaintenance"}, "longOption": {"loanShare", "months"}, "minimumEquity": {"open", ' +
      '"maintain", "callSessions"}, "futures": {"initialRatio", "maintenance", "levels", ' +
      '"calmShare", "stressedShare", "stressRise", "stressSessions", "sensitivity", ' +
      '"calendarShare"}, "account": {"lifecycle", "callSessions": {"house", "portfolio", ' +
      '"futures"}, "restrictedDays", "warningCushion"}, "portfolio": {"broadIndex", "wideRange", ' +
      '"volatility", "equity": {"down", "up"}, "regime": {"above", "below", "sustained", ' +
      '"sessions"}, "minimumPerPoint", "initialRatio", "volatilityScan": {"broadIndex", ' +
      '"volatility", "equity"}, "volatilityCrash": {"move", "share"}, "concentration": ' +
      '{"riskiest", "wideMove", "narrowMove"}, "minimumEquity"}}, any part of it; each entry may ' +
      'have "effective": a date from which it holds, and "source".',
  ],
  examples: [
    'alvh margin book.json --explain',
    'alvh margin book.json --what-if condor.json --max-contracts --json',
  ],
  run: runMargin,
};

async function runMargin(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const input = await readInput(args.operands[0] ?? '-', context);
  const read = orThrow(input, parseMarginFile(parseJsonInput(input)));
  const { file, levels } = await withRules(context, read);
  const order = await orderOf(context, file);
  const before = marginStatement(file.request);
  const after = order === undefined ? undefined : withOrder(file, order, 1);
  const account = accountOf(file, before);
  const most = args.flags.has('max-contracts') ? maxContracts(file, order) : undefined;
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/margin/1',
      regime: file.request.regime,
      broker: file.request.broker,
      ...(levels.length > 0 && { userSupplied: levels }),
      ...statementJson(before),
      ...(account && {
        account,
        status: statusOf(file, account),
        minimumEquity: equityJson(equityOf(file, account)),
      }),
      ...(after && { whatIf: statementJson(after) }),
      ...(most !== undefined && { maxContracts: most }),
    });
    return OK;
  }
  await stdout.write(marginText(file.request, before, after));
  if (account !== undefined) {
    await stdout.write(accountText(account));
    await stdout.write(statusText(statusOf(file, account)));
    await stdout.write(equityText(equityOf(file, account)));
  }
  for (const level of levels) await stdout.write(levelText(level));
  if (most !== undefined) await stdout.write(`\nThe order fits ${most} times.\n`);
  if (args.flags.has('explain')) {
    const shown = order === undefined ? file.request : requestWith(file, order, 1);
    await stdout.write(`\n${explainMargin(shown, after ?? before)}`);
  }
  return OK;
}

/** The account of a request that tells its cash, at the prices of its positions. */
function accountOf(file: MarginFile, statement: MarginStatement): AccountMargin | undefined {
  const { cash, futuresCash, futuresOptionValue, request } = file;
  if (cash === undefined) return undefined;
  const shares = request.positions.reduce(
    (sum, { kind, quantity, price }) =>
      kind === 'etp' || kind === 'equity' ? sum + quantity * price : sum,
    0,
  );
  // Equity counts options under portfolio margin only.
  const options = 0 - statement.premium;
  const counted = request.regime === 'portfolio' ? options : 0;
  return accountState({
    securitiesCash: cash + shares + counted,
    optionMarketValue: options - counted,
    strategyInitial: statement.securities.initial - statement.loanValue,
    strategyMaintenance: statement.securities.maintenance - statement.loanValue,
    futuresCash,
    futuresOptionValue,
    futuresInitial: statement.futures.initial,
    futuresMaintenance: statement.futures.maintenance,
  });
}

function levelText({ path, value, effective, source, inForce }: SuppliedLevel): string {
  const since = effective === undefined ? '' : `, from ${effective}`;
  const by = source === undefined ? '' : `, ${source}`;
  const later = inForce === false ? ' (not in force yet)' : '';
  return `user-supplied: ${path} = ${value}${since}${by}${later}\n`;
}

/** Where the account stands with its broker, and until when a call that goes out today is to be met. */
function statusOf({ request }: MarginFile, account: AccountMargin): StatusJson {
  const { profile } = request.rules ?? marginRulesOf(request.broker);
  const condition = marginCondition(account, profile);
  const status = nextMarginStatus('OK', condition, profile.lifecycle);
  if (status !== 'DEFICIT') return { status };
  const { house, portfolio, futures } = profile.callSessions;
  const securities = request.regime === 'portfolio' ? portfolio : house;
  const sessions = account.excessLiquidity < 0 ? securities : futures;
  return { status, due: formatIsoDate(dueDay(request.day, sessions)) };
}

interface StatusJson {
  readonly status: MarginStatus;
  readonly due?: string;
}

function statusText({ status, due }: StatusJson): string {
  const call = due === undefined ? '' : `: a call, due ${due}`;
  return `status: ${status}${call}\n`;
}

/** The account against the least equity of its regime. */
function equityOf({ request }: MarginFile, { netLiquidation }: AccountMargin): EquityCheck {
  const { house, portfolio } = request.rules ?? marginRulesOf(request.broker);
  const rule = request.regime === 'portfolio' ? portfolio.minimumEquity : house.minimumEquity;
  const hasBegun = request.positions.length > 0;
  return checkMinimumEquity(netLiquidation, rule, { day: request.day, hasBegun });
}

function equityJson({ due, ...check }: EquityCheck): object {
  return { ...check, ...(due !== undefined && { due: formatIsoDate(due) }) };
}

async function withRules(
  context: CommandContext,
  file: MarginFile,
): Promise<{ readonly file: MarginFile; readonly levels: readonly SuppliedLevel[] }> {
  const operand = context.args.values.get('rules');
  if (operand === undefined) return { file, levels: [] };
  const input = await readInput(operand, context);
  const base = marginRulesOf(file.request.broker);
  const { rules, levels } = applyMarginRules(input, base, file.request.day);
  return { file: { ...file, request: { ...file.request, rules } }, levels };
}

async function orderOf(
  context: CommandContext,
  file: MarginFile,
): Promise<readonly MarginPosition[] | undefined> {
  const operand = context.args.values.get('what-if');
  if (operand === undefined) return undefined;
  const input = await readInput(operand, context);
  const order = orThrow(input, parseMarginOrder(parseJsonInput(input), file.request.day));
  return orThrow(input, missingSpot({ ...file.request, positions: order }) ?? order);
}

function withOrder(
  file: MarginFile,
  order: readonly MarginPosition[],
  times: number,
): MarginStatement {
  return marginStatement(requestWith(file, order, times));
}

function requestWith(
  { request }: MarginFile,
  order: readonly MarginPosition[],
  times: number,
): MarginRequest {
  const added = order.map((position) => ({ ...position, quantity: position.quantity * times }));
  return { ...request, positions: [...request.positions, ...added] };
}

/**
 * Most times the order can be opened: the requirement afterwards is within the cash and what the
 * order brings in; the credit of what is held is in the cash already. Positive check: NaN fits none.
 */
function maxContracts(file: MarginFile, order: readonly MarginPosition[] | undefined): number {
  const { cash } = file;
  if (order === undefined) throw new UsageError('--max-contracts needs --what-if FILE');
  if (cash === undefined) throw new UsageError('--max-contracts needs "cash" in the request');
  const now = marginStatement(file.request);
  const held = now.premium + now.loanValue;
  const fits = (times: number): boolean => {
    if (order.some(({ quantity }) => !(Math.abs(quantity * times) <= MOST_CONTRACTS))) return false;
    return withOrder(file, order, times).buyingPowerEffect + held <= cash;
  };
  if (!fits(1)) return 0;
  let low = 1;
  let high = 2;
  while (high <= MOST_CONTRACTS && fits(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function orThrow<T extends object>(input: InputText, result: T | MarginFault): T {
  if (!isMarginFault(result)) return result;
  const value = result.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    parseJsonInput(input),
  );
  throw new DataError({
    code: 'bad-data',
    file: input.name,
    ...locateJson(input.text, result.path),
    rule: `${result.path.join('.')}: ${result.rule}`,
    value: value === undefined ? 'missing' : JSON.stringify(value),
    remedy: result.remedy,
  });
}

function statementJson(statement: MarginStatement): object {
  const { initial, maintenance, premium, loanValue, buyingPowerEffect } = statement;
  const { securities, futures, groups } = statement;
  return {
    ...dollars('initial', initial),
    ...dollars('maintenance', maintenance),
    ...dollars('premium', premium),
    ...dollars('loanValue', loanValue),
    ...dollars('buyingPowerEffect', buyingPowerEffect),
    segments: {
      ...dollars('securities', securities.initial),
      ...dollars('futures', futures.initial),
    },
    segmentsMaintenance: {
      ...dollars('securities', securities.maintenance),
      ...dollars('futures', futures.maintenance),
    },
    groups: groups.map(groupJson),
  };
}

function groupJson(group: StatementGroup): object {
  const { rule, source, legs, quantities, requirement, maintenance, portfolio } = group;
  return {
    rule,
    source,
    legs,
    quantities,
    ...dollars('requirement', requirement),
    ...dollars('maintenance', maintenance),
    ...(portfolio && {
      charge: portfolio.charge,
      points: portfolio.points.map((point) => (Number.isFinite(point) ? toMillionth(point) : null)),
      ...dollars('scanning', portfolio.scanning),
      ...dollars('volatilityScanning', portfolio.volatilityScanning),
      ...dollars('crash', portfolio.crash),
      ...dollars('minimum', portfolio.minimum),
      ...dollars('concentration', portfolio.concentration),
    }),
  };
}

/** Dollars are printed to a millionth: below it is what sums of doubles leave behind. */
const MILLION = 1e6;

function dollars(name: string, value: number): object {
  return Number.isFinite(value)
    ? { [name]: toMillionth(value) }
    : { [name]: null, [`${name}Reason`]: 'a level or volatility it needs is not given' };
}

function toMillionth(value: number): number {
  return Math.round(value * MILLION) / MILLION;
}
