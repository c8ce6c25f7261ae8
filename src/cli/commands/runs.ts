import { differenceHtml } from '../../report/runs-html.ts';
import type { EquityOfTwo } from '../../report/runs-html.ts';
import { differenceText, differingManifest, runsText } from '../../report/runs-view.ts';
import type { DifferingValue, ListedRun, RunDifference } from '../../report/runs-view.ts';
import {
  differingSettings,
  equityOfTwo,
  figuresOfRuns,
  figuresOfTwo,
} from '../../run/run-difference.ts';
import type { CurveOfTwo } from '../../run/run-difference.ts';
import { alteredTexts, findRun, storedRuns, textHash } from '../../run/run-store.ts';
import type { StoredRun } from '../../run/run-store.ts';
import { parseIsoDate } from '../../time/epoch-day.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { FINDINGS, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { manifestOfRun, textsOf } from '../kept-run.ts';
import type { FinishedRun } from '../kept-run.ts';
import { writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';
import { COMPARE, comparison } from './compare.ts';
import { SIMULATE, simulation } from './simulate.ts';

/** Commands whose runs can be kept and made again. */
const MAKERS: readonly {
  readonly command: Command;
  readonly make: (context: CommandContext) => Promise<FinishedRun>;
}[] = [
  { command: COMPARE, make: comparison },
  { command: SIMULATE, make: simulation },
];

/** `alvh runs`: runs that were kept, side by side, and made again. */
export const RUNS: Command = {
  name: 'runs',
  summary: 'kept runs: list and show them, set two side by side, make one again byte by byte',
  operands: [
    { name: 'VERB', summary: 'list, show, diff or rerun' },
    { name: 'ID', summary: 'a run, by the beginning of its id (show, diff, rerun)', repeats: true },
  ],
  options: [
    { name: 'runs', kind: 'value', valueName: 'DIR', summary: 'folder of the kept runs; runs' },
    { name: 'out', kind: 'value', valueName: 'FILE', summary: 'two runs as a page (diff)' },
    { name: 'workers', kind: 'value', valueName: 'N', summary: 'threads of rerun; all cores' },
  ],
  details: [
    'compare and simulate keep a run with --runs DIR: its manifest, its document and page, and the ' +
      'tables figures, days and trades as Parquet for any tool that reads it. The id is a hash of ' +
      'command, program, Node, configuration and data or seed.',
    'rerun gives the command line again and holds every byte of the document, the page and the ' +
      'blotter against what was kept. Where they differ it names what changed: program, data, Node, ' +
      'settings; exit code 6.',
  ],
  examples: [
    'alvh compare --paths 200 --runs runs',
    'alvh runs list',
    'alvh runs diff 3fa 91c --out reports/diff.html',
    'alvh runs rerun 3fa',
  ],
  run: runRuns,
};

async function runRuns(context: CommandContext): Promise<ExitCode> {
  const [verb = '', ...ids] = context.args.operands;
  const store = context.args.values.get('runs') ?? 'runs';
  const wanted = { list: 0, show: 1, diff: 2, rerun: 1 }[verb];
  if (wanted === undefined) {
    throw new UsageError(`VERB must be list, show, diff or rerun, was '${verb}'.`);
  }
  if (ids.length !== wanted) {
    throw new UsageError(`${verb} takes ${wanted} of ID, was ${ids.length}.`);
  }
  if (context.args.values.has('out') && verb !== 'diff') {
    throw new UsageError(`--out is for diff, not for ${verb}.`);
  }
  const [a = '', b = ''] = ids;
  switch (verb) {
    case 'list':
      return listRuns(context, store);
    case 'show':
      return showRun(context, findRun(store, a));
    case 'diff':
      return setSideBySide(context, findRun(store, a), findRun(store, b));
    default:
      return rerun(context, findRun(store, a));
  }
}

async function listRuns({ args, stdout }: CommandContext, store: string): Promise<ExitCode> {
  const runs = storedRuns(store);
  const figures = await figuresOfRuns(runs, ['cagr']);
  const listed = runs.map((run): ListedRun => ({
    id: run.id,
    command: run.command.name,
    kept: new Date(run.keptAt).toISOString().slice(0, 16),
    market: run.market,
    from: run.from,
    to: run.to,
    growth: run.policies.map((policy) => ({
      policy,
      cagr: figures.get(`${run.id} ${policy} cagr`) ?? null,
    })),
  }));
  if (args.flags.has('json')) await writeJson(stdout, { schema: 'alvh/runs-list/1', runs: listed });
  else await stdout.write(runsText(listed));
  return OK;
}

async function showRun({ args, stdout }: CommandContext, run: StoredRun): Promise<ExitCode> {
  const altered = alteredTexts(run);
  const { id, dir, command, manifest, market, from, to, policies, config, texts } = run;
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/runs-show/1',
      id,
      command: commandLine(run),
      manifest,
      market,
      from,
      to,
      policies,
      config,
      texts: Object.keys(texts),
      altered,
    });
  } else {
    const { codeVersion, configHash, dataHash, seed, node } = manifest;
    const source = seed === null ? `data ${dataHash ?? 'none'}` : `seed ${seed}`;
    const lines = [
      commandLine(run),
      `${market}, ${from} to ${to}: ${policies.join(', ')}`,
      `program ${codeVersion}, configuration ${configHash}, ${source}, Node ${node}`,
      `${command.name} of ${id} in ${dir}: ${Object.keys(texts).join(', ')}, and tables as Parquet`,
      altered.length === 0 ? 'as it was kept' : `ALTERED since it was kept: ${altered.join(', ')}`,
    ];
    await stdout.write(`${lines.join('\n')}\n`);
  }
  return altered.length === 0 ? OK : FINDINGS;
}

function commandLine({ command }: StoredRun): string {
  const values = Object.entries(command.values).map(([name, value]) => `--${name} ${value}`);
  const flags = command.flags.map((flag) => `--${flag}`);
  return ['alvh', command.name, ...values, ...flags].join(' ');
}

async function setSideBySide(
  { args, stdout, stderr }: CommandContext,
  a: StoredRun,
  b: StoredRun,
): Promise<ExitCode> {
  const out = args.values.get('out');
  if (out !== undefined) prepareFile('out', out);
  const figures = await figuresOfTwo(a, b);
  const differing = figures.filter((figure) => figure.a !== figure.b);
  const found: RunDifference = {
    a: a.id,
    b: b.id,
    made: differingManifest(a.manifest, b.manifest),
    settings: [
      ...spansOf(a, b),
      ...differingSettings(a.config, b.config).filter(({ key }) => key !== 'from' && key !== 'to'),
    ],
    figures: differing,
    equalFigures: figures.length - differing.length,
  };
  if (out !== undefined) {
    const curves = (await equityOfTwo(a, b)).map((curve) => equityCurve(curve));
    writeWhole(out, differenceHtml(found, [scopeOf(a), scopeOf(b)], curves));
    await stderr.write(`report: ${out}\n`);
  }
  if (args.flags.has('json')) await writeJson(stdout, { schema: 'alvh/runs-diff/1', ...found });
  else await stdout.write(differenceText(found));
  return OK;
}

/** Market and span, which a reader knows as dates and the configuration as day numbers. */
function spansOf(a: StoredRun, b: StoredRun): readonly DifferingValue[] {
  return (['market', 'from', 'to'] as const)
    .map((key) => ({ key, a: a[key], b: b[key] }))
    .filter((value) => value.a !== value.b);
}

function scopeOf(run: StoredRun): string {
  return `${run.market}, ${run.from} to ${run.to}, program ${run.manifest.codeVersion}`;
}

function equityCurve({ policy, days, a, b }: CurveOfTwo): EquityOfTwo {
  const numbers = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (value) => value ?? Number.NaN);
  const dates = days.flatMap((day) => {
    const parsed = parseIsoDate(day);
    return parsed.ok ? [parsed.value] : [];
  });
  return { policy, days: dates, a: numbers(a), b: numbers(b) };
}

async function rerun(context: CommandContext, kept: StoredRun): Promise<ExitCode> {
  const { args, stdout } = context;
  const maker = MAKERS.find(({ command }) => command.name === kept.command.name);
  if (maker === undefined) throw new UsageError(`${kept.command.name} cannot be made again.`);
  const workers = args.values.get('workers');
  const argv = [
    ...Object.entries(kept.command.values).map(([name, value]) => `--${name}=${value}`),
    ...kept.command.flags.map((flag) => `--${flag}`),
    ...(workers === undefined ? [] : [`--workers=${workers}`]),
  ];
  const again = await maker.make({ ...context, args: parseArguments(maker.command, argv) });
  const texts = textsOf(again);
  const differing = Object.entries(kept.texts)
    .filter(([file, hash]) => textHash(texts[file] ?? '') !== hash)
    .map(([file]) => file);
  const { manifest, config } = manifestOfRun(kept.command, again);
  const changed = [
    ...differingManifest(kept.manifest, manifest),
    ...differingSettings(kept.config, config),
  ];
  const identical = differing.length === 0;
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/runs-rerun/1',
      id: kept.id,
      identical,
      differing,
      changed,
    });
  } else {
    const verdict = identical
      ? `IDENTICAL: ${Object.keys(kept.texts).join(', ')}`
      : `DIFFERENT: ${differing.join(', ')}`;
    const reasons = changed.map(
      ({ key, a, b }) => `${key}: was ${a ?? 'absent'}, is ${b ?? 'absent'}`,
    );
    const unexplained =
      identical || changed.length > 0
        ? []
        : ['Program, configuration, data, seed and Node are the same: this is a fault of alvh.'];
    await stdout.write(`${[verdict, ...reasons, ...unexplained].join('\n')}\n`);
  }
  return identical ? OK : FINDINGS;
}
