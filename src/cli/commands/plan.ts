import type { BookFile } from '../../data/book-file.ts';
import type { OpeningBook } from '../../engine/adopt-book.ts';
import { planHtml } from '../../report/plan-html.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import { planDifference } from '../../report/plan-difference.ts';
import type { ComparedPlan } from '../../report/plan-difference.ts';
import type { PlanReport } from '../../report/plan-view.ts';
import { measuredInputs, volatilityNotes } from '../../run/measured-inputs.ts';
import { exitSentences, planHistory } from '../../run/plan-history.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { readBook } from '../book-input.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  CLOSE_OPTIONS,
  POLICY_OPTION,
  RUN_OPTIONS,
  onePolicy,
  runOptions,
} from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalDate, requiredText } from '../option-value.ts';
import { manifestOf } from '../manifest.ts';
import { writeJson } from '../output.ts';
import { comparedPlan, readPreviousPlan } from '../previous-plan.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';

/** `alvh plan`: what the policy does at one close, and why. */
export const PLAN: Command = {
  name: 'plan',
  summary: 'today’s page: TRADE, REDUCE or NO TRADE, every rule, orders, margin before and after',
  operands: [],
  options: [
    ...CLOSE_OPTIONS,
    {
      name: 'book',
      kind: 'value',
      valueName: 'FILE',
      summary: 'positions held: JSON, or a position export of Interactive Brokers or tastytrade',
    },
    {
      name: 'previous',
      kind: 'value',
      valueName: 'FILE',
      summary: 'an earlier plan (--json): what has changed since',
    },
    POLICY_OPTION,
    { name: 'html', kind: 'value', valueName: 'FILE', summary: 'also write one printable page' },
    ...RUN_OPTIONS,
  ],
  details: [
    'The plan comes from the same steps as any backtest: with --since its orders are those that ' +
      '`compare` fills on that day. Nothing after the planned close is read.',
    'A book in JSON is {"cash", "yearStartEquity"?, "spent"?: {"near", "medium", "long"}, ' +
      '"positions": [{"kind": "spx-option"|"xsp-option"|"vix-option"|"vx-future"|"vxm-future", ' +
      '"right"?, "strike"?, "expiry": {"date", "settlement": "AM"|"PM"}, "quantity", "price"}]}: ' +
      'quantity signed, price paid in points. Legs of one product and expiry are one trade. A CSV ' +
      'export needs OCC symbols, quantities and prices; its cash is --equity.',
    'NO DATA fails a rule that would add risk. The largest loss of each order stands in dollars ' +
      'and as a share of net liquidation value. Marks are modelled, not quoted.',
    'NO TRADE and REDUCE are results, not errors: the exit code is 0.',
  ],
  examples: [
    'alvh plan --data DIR --date 2024-06-25',
    'alvh plan --data DIR --since 2010-01-04 --date 2020-03-03 --json',
  ],
  run: runPlan,
};

async function runPlan(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const dir = requiredText(args, 'data');
  const date = optionalDate(args, 'date');
  const since = optionalDate(args, 'since');
  if (date !== undefined && since !== undefined && !(since <= date)) {
    throw new UsageError('--since must not be after --date');
  }
  const page = args.values.get('html');
  if (page !== undefined) prepareFile('html', page);
  const policy = onePolicy(args);
  const book = await bookOf(context);
  const asked = runOptions(args);
  const options = { ...asked, equity: book?.cash ?? asked.equity };
  const { folder, market, plan } = planHistory({
    dir,
    date,
    since,
    policy,
    options,
    ...(book && { book: openingBook(book) }),
  });
  const previous = await previousPlan(context);
  const bare: PlanReport = {
    policy: policy.name,
    manifest: manifestOf({ policy, options, date, since, book }, { dataHash: market.dataHash }),
    plan,
    account: accountText(since, book),
    exits: exitSentences(policy),
    notes: [...market.notes, ...volatilityNotes(measuredInputs(folder, plan))],
  };
  const now = comparedPlan(planJson(bare));
  const report: PlanReport =
    previous === undefined || now === undefined
      ? bare
      : { ...bare, changes: planDifference(previous, now) };
  if (page !== undefined) writeWhole(page, planHtml(report));
  if (args.flags.has('json')) await writeJson(stdout, planJson(report));
  else await stdout.write(planText(report));
  return OK;
}

/** The plan document that --previous names. */
async function previousPlan(context: CommandContext): Promise<ComparedPlan | undefined> {
  const file = context.args.values.get('previous');
  return file === undefined ? undefined : readPreviousPlan(file, context);
}

/** The book that --book names; a replay builds its own. */
async function bookOf(context: CommandContext): Promise<BookFile | undefined> {
  const { args } = context;
  const file = args.values.get('book');
  if (file === undefined) return undefined;
  if (args.values.has('since')) {
    throw new UsageError('--since replays an account of its own; leave --book or --since out');
  }
  const book = await readBook(file, context);
  if (book.cash !== undefined && args.values.has('equity')) {
    throw new UsageError('the book names its cash; leave --equity out');
  }
  return book;
}

function openingBook({ legs, yearStartEquity, spent }: BookFile): OpeningBook {
  return { legs, spent, ...(yearStartEquity !== undefined && { yearStartEquity }) };
}

function accountText(since: EpochDay | undefined, book: BookFile | undefined): string {
  if (book !== undefined) return `the book: ${book.legs.length} legs beside its cash`;
  return since === undefined
    ? 'fresh, no positions before this close'
    : `replayed by the same policy since ${formatIsoDate(since)}`;
}
