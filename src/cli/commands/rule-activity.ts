import { marketSpan } from '../../data/market-folder.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { measureActivity, measureFuturesActivity } from '../../run/measure-activity.ts';
import type {
  FuturesActivity,
  PartRow,
  RuleActivity,
  SwitchedRow,
} from '../../run/measure-activity.ts';
import { formatCount } from '../../report/format-number.ts';
import type { JsonValue } from '../../report/json-value.ts';
import type { CommandContext } from '../command.ts';
import { onePolicy, runOptions } from '../compare-options.ts';
import { futuresOptions } from '../futures-options.ts';
import { manifestOf } from '../manifest.ts';
import { optionalDate, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import { textTable } from '../../report/text-table.ts';

/** Prints what every part of a policy did from --since to --date. */
export async function printActivity({ args, stdout, stderr }: CommandContext): Promise<void> {
  const dir = requiredText(args, 'data');
  const whole = marketSpan(dir);
  const from = optionalDate(args, 'since') ?? whole.first;
  const to = optionalDate(args, 'date') ?? whole.last;
  const policy = onePolicy(args);
  const options = runOptions(args);
  const progress = createProgress(stderr, 'runs');
  const { dataHash, ...activity } = measureActivity(
    { dir, from, to, policy, options },
    (done, total) => progress.show(done, total, 'parts'),
  );
  const futures = futuresOf(args);
  const simulated =
    futures &&
    measureFuturesActivity({ ...futures, policy, options }, (done, total) =>
      progress.show(done, total, 'futures'),
    );
  progress.end();
  const span = { from: formatIsoDate(from), to: formatIsoDate(to) };
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/rules-activity/1',
      policy: policy.name,
      ...span,
      ...activityJson(activity),
      simulated: simulated &&
        futures && { paths: futures.paths, years: futures.years, ...activityJson(simulated) },
      manifest: manifestOf({ policy, options, span, futures }, { dataHash }),
    });
    return;
  }
  await stdout.write(
    `${policy.name}, ${span.from} to ${span.to}, ${activity.sessions} sessions\n\n` +
      activityText(activity, true),
  );
  if (simulated === undefined || futures === undefined) return;
  const years = formatCount(futures.paths * futures.years, 'simulated year');
  await stdout.write(
    `\n${policy.name}, ${years}, ${simulated.sessions} sessions\n\n${activityText(simulated, false)}`,
  );
}

/** The futures asked for by --paths; none without it. */
function futuresOf(args: CommandContext['args']): FuturesActivity | undefined {
  if (!args.values.has('paths')) {
    for (const name of ['years', 'seed']) {
      if (args.values.has(name)) throw new UsageError(`--${name} needs --paths N`);
    }
    return undefined;
  }
  const { paths, years, seed } = futuresOptions(args);
  return { paths, years, seed };
}

function activityJson({ parts, switchedOn, ...rest }: RuleActivity): {
  readonly [key: string]: JsonValue;
} {
  const row = ({ goldenDay, ...part }: PartRow | SwitchedRow): JsonValue =>
    goldenDay === undefined
      ? { ...part, goldenDay: null, goldenDayReason: 'never acted, or no day of one history' }
      : { ...part, goldenDay: formatIsoDate(goldenDay) };
  return {
    sessions: rest.sessions,
    parts: parts.map(row),
    switchedOn: switchedOn.map(row),
    layers: rest.layers.map((layer) => ({ ...layer })),
    skipped: rest.skipped.map((each) => ({ ...each })),
  };
}

function activityText(
  { parts, switchedOn, layers, skipped }: RuleActivity,
  isHistory: boolean,
): string {
  const partRow = ({ part, goldenDay, created, changed, vetoed }: PartRow | SwitchedRow) => [
    part,
    ...(isHistory ? [goldenDay === undefined ? 'never acted' : formatIsoDate(goldenDay)] : []),
    ...[created, changed, vetoed].map(String),
  ];
  const columns = [...(isHistory ? ['golden day'] : []), 'created', 'changed', 'vetoed'];
  const layerRows = layers.map((layer) => [
    layer.openings === 0 ? `${layer.sleeve} (never opened)` : layer.sleeve,
    ...[
      layer.evaluated,
      layer.triggers,
      layer.noData,
      layer.notListed,
      layer.openings,
      layer.refusals,
    ].map(String),
  ]);
  return [
    textTable([['part', ...columns], ...parts.map(partRow)]),
    textTable([['off, if switched on', ...columns], ...switchedOn.map(partRow)]),
    textTable([
      ['layer', 'evaluated', 'true', 'NO DATA', 'not listed', 'opened', 'refused'],
      ...layerRows,
    ]),
    textTable([
      ['entry skipped by', 'times'],
      ...skipped.map(({ reason, count }) => [reason, String(count)]),
    ]),
    'Golden day: the first close that differs without the part. Counts: openings only with it, ' +
      'with other size or strikes, only without it.\n',
  ].join('\n');
}
