import { join } from 'node:path';
import { nearestName } from '../../core/nearest-name.ts';
import type { MarketFolder } from '../../data/market-folder.ts';
import { loadPolicy } from '../../data/policy-file.ts';
import {
  methodIndexMarkdown,
  methodPage,
  methodPageMarkdown,
  methodPages,
  methodPageText,
} from '../../run/method-page.ts';
import type { MethodPage } from '../../run/method-page.ts';
import { HEDGED } from '../../run/smaller-policies.ts';
import { methodState } from '../../run/method-state.ts';
import type { ConceptInput } from '../../run/concept-inputs.ts';
import type { ConceptState } from '../../run/method-state.ts';
import { measuredInputs } from '../../run/measured-inputs.ts';
import { planHistory } from '../../run/plan-history.ts';
import { readSlowStore, slowInputs } from '../../run/slow-inputs.ts';
import { userSeriesState } from '../../run/user-series-state.ts';
import { METHOD_TABLE } from '../../strategy/method-table.ts';
import type { Concept } from '../../strategy/method-table.ts';
import type { Policy } from '../../strategy/policy.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  CLOSE_OPTIONS,
  POLICY_FOLDER,
  POLICY_OPTION,
  RUN_OPTIONS,
  onePolicy,
  runOptions,
} from '../compare-options.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalDate, requiredText } from '../option-value.ts';
import {
  SERIES_DETAILS,
  SERIES_OPTIONS,
  seriesJson,
  seriesOf,
  seriesText,
} from '../series-option.ts';
import { writeJson } from '../output.ts';
import { alignedTable, textTable } from '../../report/text-table.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';
import { printActivity } from './rule-activity.ts';

/** `alvh rules`: every concept of the method as a rule, with what it sees and does now. */
export const RULES: Command = {
  name: 'rules',
  summary: 'the method as a table: concept, rule, inputs now, state, last decision and why',
  operands: [],
  options: [
    ...CLOSE_OPTIONS,
    POLICY_OPTION,
    ...RUN_OPTIONS,
    ...SERIES_OPTIONS,
    {
      name: 'explain',
      kind: 'value',
      valueName: 'CONCEPT',
      summary: 'equation, inputs with lag, source and keys of one concept; needs no data',
    },
    {
      name: 'pages',
      kind: 'value',
      valueName: 'DIR',
      summary: 'write a page a concept there, as Markdown; needs no data',
    },
    {
      name: 'activity',
      kind: 'flag',
      summary: 'what each part created, changed and vetoed from --since to --date (all data)',
    },
  ],
  details: [
    'Roles: orders (can place one), guards (can only reduce), measures (shown, weight 0). ' +
      'NO DATA is said, never filled in.',
    SERIES_DETAILS,
  ],
  examples: [
    'alvh rules --data DIR --date 2015-08-24 --since 2007-01-03',
    'alvh rules --data DIR --series claims=claims.csv --series-lag 5',
    'alvh rules --explain vix-futures-90',
    'alvh rules --activity --data DIR --since 1990-01-02 --date 2024-06-28',
  ],
  run: runRules,
};

async function runRules(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  refuseLoneSeries(args);
  const explain = args.values.get('explain');
  if (explain !== undefined) {
    const page = methodPage(conceptOf(explain), methodPolicy());
    if (args.flags.has('json'))
      await writeJson(stdout, { schema: 'alvh/rules/1', ...pageJson(page) });
    else await stdout.write(methodPageText(page));
    return OK;
  }
  const folder = args.values.get('pages');
  if (folder !== undefined) {
    if (args.flags.has('json')) throw new UsageError('--pages writes Markdown; leave --json out.');
    await stdout.write(`${writePages(folder)} pages in ${folder}\n`);
    return OK;
  }
  if (args.flags.has('activity')) {
    await printActivity(context);
    return OK;
  }
  const dir = requiredText(args, 'data');
  const policy = onePolicy(args);
  const options = runOptions(args);
  const {
    folder: files,
    market,
    plan,
    sessions,
  } = planHistory({
    dir,
    date: optionalDate(args, 'date'),
    since: optionalDate(args, 'since'),
    policy,
    options,
  });
  const states = methodState({
    path: market.path,
    sessions,
    plan,
    policy,
    slow: slowInputs(readSlowStore(dir), market.path),
    measured: measuredInputs(files, plan),
  });
  const own = seriesOf(args, lastDayOf(files)).map((series) => userSeriesState(series, plan.day));
  const date = formatIsoDate(plan.day);
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/rules/1',
      date,
      policy: policy.name,
      rules: states.map(ruleJson),
      series: own.map(seriesJson),
    });
    return OK;
  }
  await stdout.write(
    `${policy.name} at the close of ${date}\n\n${rulesTable(states)}${measuresTable(states)}${seriesText(own)}`,
  );
  return OK;
}

/** Series are shown at a close: where none is looked at, they would be ignored without a word. */
function refuseLoneSeries(args: ParsedArguments): void {
  const other =
    ['explain', 'pages'].find((name) => args.values.has(name)) ??
    (args.flags.has('activity') ? 'activity' : undefined);
  if (other !== undefined && args.values.has('series')) {
    throw new UsageError(`--series shows values at a close; leave --${other} or --series out.`);
  }
}

/** Last day on which the folder has SPX. */
function lastDayOf({ series }: MarketFolder): EpochDay {
  return asEpochDay(series.spx?.day.at(-1) ?? 0);
}

function conceptOf(name: string): Concept {
  const found = METHOD_TABLE.find(({ concept }) => concept === name);
  if (found !== undefined) return found;
  const names = METHOD_TABLE.map(({ concept }) => concept);
  const near = nearestName(name, names);
  throw new UsageError(
    `--explain must be a concept, was ${name}. ` +
      (near === undefined ? `Concepts: ${names.join(', ')}.` : `Did you mean ${near}?`),
  );
}

/** The method's own policy, whose values are the defaults. */
function methodPolicy(): Policy {
  return loadPolicy(HEDGED, POLICY_FOLDER);
}

function pageJson({ defaults, goldenDays, ...page }: MethodPage): object {
  return {
    ...page,
    defaults: Object.fromEntries(defaults.map(({ key, value }) => [key, value])),
    goldenDays: goldenDays.map(({ part, day }) =>
      day === null ? { part, day, dayReason: 'never acted' } : { part, day },
    ),
  };
}

/** Writes the index and a page a concept; returns how many files. */
function writePages(folder: string): number {
  const pages = methodPages(methodPolicy());
  prepareFile('pages', join(folder, 'README.md'));
  for (const page of pages) {
    writeWhole(join(folder, `${page.concept}.md`), methodPageMarkdown(page));
  }
  writeWhole(join(folder, 'README.md'), methodIndexMarkdown(pages));
  return pages.length + 1;
}

function ruleJson({ concept, inputs, state, decision, reason }: ConceptState): object {
  return {
    id: concept.concept,
    concept: concept.concept,
    role: concept.role,
    rule: concept.rule,
    inputs: Object.assign({}, ...inputs.map(inputJson)) as object,
    state,
    decision,
    reason,
  };
}

function inputJson({ name, value, reason }: ConceptInput): object {
  return Number.isFinite(value)
    ? { [name]: value }
    : { [name]: null, [`${name}Reason`]: reason ?? 'NO DATA' };
}

function rulesTable(states: readonly ConceptState[]): string {
  return textTable([
    ['concept', 'role', 'inputs now', 'state', 'decision', 'reason'],
    ...states.map(({ concept, inputs, state, decision, reason }) => [
      concept.concept,
      concept.role,
      inputs
        .filter(({ beside }) => beside !== true)
        .map(inputText)
        .join(', '),
      state,
      decision,
      reason,
    ]),
  ]);
}

/** What is measured beside the rules: it would make the table of rules too wide to read. */
function measuresTable(states: readonly ConceptState[]): string {
  const rows = states.flatMap(({ concept, inputs }) =>
    inputs
      .filter(({ beside }) => beside === true)
      .map((input) => [
        concept.concept,
        input.name,
        Number.isNaN(input.value) ? 'NO DATA' : numberText(input.value),
        Number.isNaN(input.value) ? (input.reason ?? '') : input.unit,
      ]),
  );
  const head = ['concept', 'measure', 'value', 'unit'];
  return `\nMeasured beside them, weight 0\n\n${alignedTable([head, ...rows], [1, 3])}`;
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

function inputText({ name, value }: ConceptInput): string {
  if (Number.isNaN(value)) return `${name} NO DATA`;
  return `${name} ${numberText(value)}`;
}
