import { existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearestName } from '../../core/nearest-name.ts';
import { checkFolder, hasFolderFindings } from '../../data/pull/check-folder.ts';
import { listFolder } from '../../data/pull/list-folder.ts';
import type { PullEffects } from '../../data/pull/polite-fetch.ts';
import { pullSources } from '../../data/pull/pull.ts';
import type { SourceOutcome } from '../../data/pull/pull.ts';
import type { PullSource, TermsName } from '../../data/pull/pull-source.ts';
import { PULL_SOURCES } from '../../data/pull/pull-sources.ts';
import type { ParsedArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { BAD_DATA, FINDINGS, NOT_FOUND, OK, REFUSED } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { packageVersion } from '../package-version.ts';
import { createProgress } from '../progress.ts';
import { suggestion, UsageError } from '../usage-error.ts';
import { checkText, listingText, pullText } from './data-text.ts';

/** The world of `data pull`: network, clock, waiting and environment. */
export interface DataEffects extends PullEffects {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const SYSTEM: DataEffects = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  sleep: (milliseconds) => sleep(milliseconds),
  environment: process.env,
};

/** `alvh data`: public market data pulled into a folder, checked and shown. */
export const DATA: Command = dataCommand(SYSTEM);

const PULL_ONLY = ['only', 'accept-terms', 'fred-key', 'base-url'];

/** The command with its world as an argument. */
export function dataCommand(effects: DataEffects): Command {
  return {
    name: 'data',
    summary: 'market data of your own: pull public sources, check and show a folder',
    operands: [{ name: 'VERB', summary: 'pull, check or show' }],
    options: [
      { name: 'data', kind: 'value', valueName: 'DIR', summary: 'data folder; pull makes it' },
      {
        name: 'only',
        kind: 'value',
        valueName: 'SOURCE,...',
        summary: 'these sources alone (pull)',
      },
      {
        name: 'accept-terms',
        kind: 'value',
        valueName: 'NAME',
        summary: 'cboe: you have read and accept its terms of use (pull)',
      },
      {
        name: 'fred-key',
        kind: 'value',
        valueName: 'KEY',
        summary: 'FRED API key; better in ALVH_FRED_KEY, where no process list shows it (pull)',
      },
      {
        name: 'base-url',
        kind: 'value',
        valueName: 'URL',
        summary: 'a mirror that answers as URL/host/path (pull)',
      },
      {
        name: 'force',
        kind: 'flag',
        summary: 'fetch everything again and let it replace better files (pull)',
      },
    ],
    details: [
      'pull fetches official public sources, at most one request a second, and writes them as the ' +
        'CSV files that --data of other commands reads. What it has and what is fresh is not ' +
        'fetched again, so a pull that was broken off goes on. checksums.json has the SHA-256, ' +
        'address, time, rows and span of every file. A file that would have fewer rows or values ' +
        'than the stored one does not replace it.',
      `Sources: ${PULL_SOURCES.map(({ id }) => id).join(', ')}. Those of cboe need ` +
        '--accept-terms cboe: its figures are for personal, non-commercial use and must not be ' +
        'passed on. Those of fred need a key of your own.',
      'check compares checksums, looks for gaps in the trading calendar, repeated and impossible ' +
        'rows and VX prices that are still ten times as high (before 2007-03-26), and ends with 6 ' +
        'when it finds something.',
      'show lists every series with its span, owner and terms, what the backtest does with it or ' +
        'without it, and how many of its cells would be quoted, calibrated, regressed or missing.',
    ],
    examples: [
      'alvh data pull --data market',
      'alvh data pull --data market --accept-terms cboe --only cboe-spx,cboe-vix,cboe-vx',
      'alvh data check --data market',
      'alvh data show --data market --json',
    ],
    run: (context) => runData(context, effects),
  };
}

async function runData(context: CommandContext, effects: DataEffects): Promise<ExitCode> {
  const [verb = ''] = context.args.operands;
  switch (verb) {
    case 'pull':
      return runPull(context, effects);
    case 'check':
      refusePullOptions(verb, context.args);
      return runCheck(context);
    case 'show':
      refusePullOptions(verb, context.args);
      return runShow(context);
    default:
      throw new UsageError(`VERB must be pull, check or show, was '${verb}'.`);
  }
}

function refusePullOptions(verb: string, args: ParsedArguments): void {
  const name = PULL_ONLY.find((each) => args.values.has(each));
  const given = name ?? (args.flags.has('force') ? 'force' : undefined);
  if (given !== undefined)
    throw new UsageError(`--${given} belongs to pull, was given to ${verb}.`);
}

async function runPull(context: CommandContext, effects: DataEffects): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const dir = requiredText(args, 'data');
  if (existsSync(dir) && !statSync(dir).isDirectory()) {
    throw new UsageError(`--data must name a folder, ${dir} is a file.`);
  }
  const sources = chosenSources(args);
  const fredKey = args.values.get('fred-key') ?? effects.environment['ALVH_FRED_KEY'];
  const baseUrl = args.values.get('base-url');
  if (baseUrl !== undefined) checkBaseUrl(baseUrl);
  const progress = createProgress(stderr, 'parts');
  const outcomes = await pullSources({
    dir,
    sources,
    accepted: acceptedTerms(args, fredKey),
    ...(fredKey === undefined ? {} : { fredKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    force: args.flags.has('force'),
    userAgent: `alvh/${packageVersion()} (data pull; one request a second)`,
    effects,
    onPart: progress.show,
  });
  progress.end();
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/data-pull/1', dir, sources: outcomes });
  } else {
    await stdout.write(pullText(outcomes));
  }
  for (const { source, status, reason } of outcomes) {
    if (status === 'pulled' || reason === undefined) continue;
    await stderr.write(`alvh data: ${source} ${status}: ${reason.replace(/\.$/, '')}.\n`);
  }
  return pullExit(outcomes, args.values.has('only'));
}

/** The worst that happened; a source that was skipped counts when it was asked for by name. */
function pullExit(outcomes: readonly SourceOutcome[], named: boolean): ExitCode {
  const failed = outcomes.filter(({ status }) => status === 'failed');
  if (failed.some(({ code }) => code === 'bad-data')) return BAD_DATA;
  if (failed.length > 0) return NOT_FOUND;
  const kept = outcomes.some(({ files }) => files.some(({ status }) => status === 'kept'));
  const skipped = named && outcomes.some(({ status }) => status === 'skipped');
  return kept || skipped ? REFUSED : OK;
}

function chosenSources(args: ParsedArguments): readonly PullSource[] {
  const text = args.values.get('only');
  if (text === undefined) return PULL_SOURCES;
  const names = PULL_SOURCES.map(({ id }) => id);
  const wanted = text.split(',').map((name) => name.trim());
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const meant = suggestion(nearestName(name, names));
    throw new UsageError(`--only must name sources of ${names.join(', ')}, was ${name}.${meant}`);
  }
  return PULL_SOURCES.filter(({ id }) => wanted.includes(id));
}

function acceptedTerms(args: ParsedArguments, fredKey: string | undefined): ReadonlySet<TermsName> {
  const accepted = new Set<TermsName>();
  const text = args.values.get('accept-terms');
  if (text === 'cboe') accepted.add('cboe');
  else if (text !== undefined) throw new UsageError(`--accept-terms must be cboe, was ${text}.`);
  // Whoever has a key has accepted the terms it was given under.
  if (fredKey !== undefined && fredKey !== '') accepted.add('fred');
  return accepted;
}

function checkBaseUrl(text: string): void {
  if (URL.canParse(text) && /^https?:/.test(text)) return;
  throw new UsageError(`--base-url must be an address http(s)://HOST, was ${text}.`);
}

async function runCheck({ args, stdout }: CommandContext): Promise<ExitCode> {
  const dir = requiredText(args, 'data');
  const card = checkFolder(dir);
  const found = hasFolderFindings(card);
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/data-check/1', dir, sound: !found, ...card });
  } else {
    await stdout.write(checkText(card));
  }
  return found ? FINDINGS : OK;
}

async function runShow({ args, stdout }: CommandContext): Promise<ExitCode> {
  const dir = requiredText(args, 'data');
  const listing = listFolder(dir);
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/data-show/1', dir, ...listing });
  } else {
    await stdout.write(listingText(listing));
  }
  return OK;
}
