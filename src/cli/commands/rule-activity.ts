import { marketSpan } from '../../data/market-folder.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { measureActivity } from '../../run/measure-activity.ts';
import type { RuleActivity } from '../../run/measure-activity.ts';
import type { CommandContext } from '../command.ts';
import { onePolicy, runOptions } from '../compare-options.ts';
import { manifestOf } from '../manifest.ts';
import { optionalDate, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
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
  const activity = measureActivity({ dir, from, to, policy, options }, (done, total) =>
    progress.show(done, total, 'parts'),
  );
  progress.end();
  const span = { from: formatIsoDate(from), to: formatIsoDate(to) };
  if (args.flags.has('json')) {
    const { dataHash, parts, ...rest } = activity;
    await writeJson(stdout, {
      schema: 'alvh/rules-activity/1',
      policy: policy.name,
      ...span,
      ...rest,
      parts: parts.map(({ goldenDay, ...part }) =>
        goldenDay === undefined
          ? { ...part, goldenDay: null, goldenDayReason: 'never acted' }
          : { ...part, goldenDay: formatIsoDate(goldenDay) },
      ),
      manifest: manifestOf({ policy, options, span }, { dataHash }),
    });
    return;
  }
  await stdout.write(
    `${policy.name}, ${span.from} to ${span.to}, ${activity.sessions} sessions\n\n` +
      activityText(activity),
  );
}

function activityText({ parts, layers, skipped }: RuleActivity): string {
  const partRows = parts.map(({ part, goldenDay, created, changed, vetoed }) => [
    part,
    goldenDay === undefined ? 'never acted' : formatIsoDate(goldenDay),
    ...[created, changed, vetoed].map(String),
  ]);
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
    textTable([['part', 'golden day', 'created', 'changed', 'vetoed'], ...partRows]),
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
