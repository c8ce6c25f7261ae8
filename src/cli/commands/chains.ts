import { basename, join } from 'node:path';
import { expirySpans } from '../../data/chains/chain-checks.ts';
import type { ChainReadOptions } from '../../data/chains/chain-plan.ts';
import { queryChain } from '../../data/chains/chain-store.ts';
import { NO_BANDS, readDayBands } from '../../data/chains/day-bands.ts';
import { chainFilesBelow, importChains } from '../../data/chains/import-chains.ts';
import type { ImportOutcome } from '../../data/chains/import-chains.ts';
import { readMappingFile } from '../../data/chains/mapping-file.ts';
import { readChainFile } from '../../data/chains/read-chain-file.ts';
import { hasFindings, rejectedRowsCsv, reportCard } from '../../data/chains/report-card.ts';
import type { ReportCard } from '../../data/chains/report-card.ts';
import { chainsFolder, readSessions } from '../../data/chains/stored-session.ts';
import { DataError } from '../../data/data-error.ts';
import { asEpochDay, formatIsoDate } from '../../time/epoch-day.ts';
import type { Command, CommandContext } from '../command.ts';
import { BAD_DATA, FINDINGS, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalDate, requiredDate, requiredText } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { createProgress } from '../progress.ts';
import { textTable } from '../../report/text-table.ts';
import { UsageError } from '../usage-error.ts';
import { prepareFile } from '../prepare-file.ts';
import { writeWhole } from '../../data/write-whole.ts';
import {
  cardTable,
  cardText,
  clock,
  expiryTable,
  quotesOf,
  quoteTable,
  settlementName,
} from './chains-text.ts';

/** `alvh chains`: files of option chains checked, stored, listed and shown. */
export const CHAINS: Command = {
  name: 'chains',
  summary: 'option chains: import, list, show and check files of quotes',
  operands: [
    { name: 'VERB', summary: 'import, list, show or check' },
    { name: 'PATH', summary: 'files, or folders with them (import, check)', repeats: true },
  ],
  options: [
    { name: 'into', kind: 'value', valueName: 'DIR', summary: 'data folder of the stored chains' },
    { name: 'day', kind: 'value', valueName: 'DATE', summary: 'session, YYYY-MM-DD' },
    { name: 'expiry', kind: 'value', valueName: 'DATE', summary: 'only this expiry (show)' },
    {
      name: 'underlying',
      kind: 'value',
      valueName: 'SYMBOL',
      summary: 'underlying: SPX unless told (show), or of files that do not name it',
    },
    {
      name: 'mapping',
      kind: 'value',
      valueName: 'FILE',
      summary: 'YAML or JSON that names the columns of another layout',
    },
    {
      name: 'data',
      kind: 'value',
      valueName: 'DIR',
      summary: 'market data folder: check the underlying against the range of the day (check)',
    },
    {
      name: 'rejected',
      kind: 'value',
      valueName: 'FILE',
      summary: 'write rejected rows there (check)',
    },
  ],
  details: [
    'Layouts are known by their header: Cboe quote downloads (also of 2011, other languages and ' +
      'saved again), Cboe DataShop EOD, HistoricalOptionData L3, iVolatility, OptionsDX, LEAN ' +
      'universes, options_backtester and pyql; as CSV, gzipped CSV or Parquet. For any other, ' +
      '--mapping names the columns: columns: { day: ..., expiry: ..., strike: ..., right: ..., ' +
      'bid: ..., ask: ... }, or call.bid, put.bid and so on where both stand in one row.',
    'import stores each session as a whole, or not at all when more than a fifth of its rows ' +
      'break a rule; a later import of a session replaces it. Rejected rows go to ' +
      'DIR/chains/rejected/. --day and --underlying serve files that do not say them.',
    'check prints a report card per file and ends with 6 when it finds something: rejected ' +
      'rows, crossed quotes, prices that are not monotone or convex in strike, put-call parity ' +
      'off by more than the spreads, forwards far from the underlying, repeated sessions. ' +
      'Prices are in index points.',
  ],
  examples: [
    'alvh chains check quotedata.csv',
    'alvh chains import quotes/ --into data',
    'alvh chains list --into data --json',
    'alvh chains show --into data --day 2024-01-05 --expiry 2024-01-19',
  ],
  run: runChains,
};

async function runChains(context: CommandContext): Promise<ExitCode> {
  const [action = '', ...paths] = context.args.operands;
  switch (action) {
    case 'import':
      return runImport(context, paths);
    case 'check':
      return runCheck(context, paths);
    case 'list':
      refusePaths(action, paths);
      return runList(context);
    case 'show':
      refusePaths(action, paths);
      return runShow(context);
    default:
      throw new UsageError(`VERB must be import, list, show or check, was '${action}'.`);
  }
}

function refusePaths(action: string, paths: readonly string[]): void {
  if (paths[0] !== undefined) throw new UsageError(`${action} takes no PATH, was '${paths[0]}'.`);
}

function readOptions({ args }: CommandContext): ChainReadOptions {
  const day = optionalDate(args, 'day');
  const underlying = args.values.get('underlying');
  const mapping = args.values.get('mapping');
  return {
    ...(day === undefined ? {} : { day }),
    ...(underlying === undefined ? {} : { underlying }),
    ...(mapping === undefined ? {} : { mapping: readMappingFile(mapping) }),
  };
}

function filesOf(action: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) throw new UsageError(`${action} needs at least one PATH.`);
  const files = chainFilesBelow(paths);
  if (files.length > 0) return files;
  throw new DataError({
    code: 'no-data',
    file: paths[0] ?? '',
    rule: 'a folder must have .csv, .txt, .gz or .parquet files',
    value: 'none',
    remedy: 'name the files one by one',
  });
}

async function runImport(context: CommandContext, paths: readonly string[]): Promise<ExitCode> {
  const { args, stdout, stderr } = context;
  const into = requiredText(args, 'into');
  const files = filesOf('import', paths);
  const progress = createProgress(stderr, 'files');
  const outcomes = await importChains(files, {
    into,
    options: readOptions(context),
    onFile: progress.show,
  });
  progress.end();
  const rejected = outcomes.flatMap((outcome) => writeRejected(into, outcome));
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') await stderr.write(`${outcome.error.message}\n`);
  }
  for (const file of rejected) await stderr.write(`alvh chains: rejected rows in ${file}\n`);
  const stored = outcomes.reduce((sum, each) => sum + (each.kind === 'taken' ? each.stored : 0), 0);
  const cards = outcomes.flatMap((each) => (each.kind === 'taken' ? [each.card] : []));
  const failed = outcomes.flatMap((each) => (each.kind === 'failed' ? [each.error] : []));
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/chains-import/1',
      storedSessions: stored,
      cards,
      failed: failed.map(({ file, code, message }) => ({ file, code, message })),
      rejectedFiles: rejected,
    });
  } else {
    await stdout.write(cardTable(cards));
    await stdout.write(`\n${stored} sessions stored in ${chainsFolder(into)}\n`);
  }
  const refused = cards.some((card) => card.refusedSessions > 0);
  return failed.length > 0 || refused ? BAD_DATA : OK;
}

function writeRejected(into: string, outcome: ImportOutcome): readonly string[] {
  if (outcome.kind === 'failed' || outcome.source.rejections.rows.length === 0) return [];
  const file = join(chainsFolder(into), 'rejected', `${basename(outcome.card.file)}.csv`);
  prepareFile('into', file);
  writeWhole(file, rejectedRowsCsv(outcome.source));
  return [file];
}

async function runCheck(context: CommandContext, paths: readonly string[]): Promise<ExitCode> {
  const { args, stdout } = context;
  const target = args.values.get('rejected');
  if (target !== undefined) prepareFile('rejected', target);
  const market = args.values.get('data');
  const bands = market === undefined ? NO_BANDS : readDayBands(market);
  const cards: ReportCard[] = [];
  const rejected: string[] = [];
  for (const file of filesOf('check', paths)) {
    const read = await readChainFile(file, readOptions(context));
    if (!read.ok) throw read.error;
    cards.push(reportCard(read.value, bands));
    rejected.push(rejectedRowsCsv(read.value));
  }
  if (target !== undefined) writeWhole(target, rejected.join(''));
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/chains-check/1', cards });
  } else {
    for (const card of cards) await stdout.write(cardText(card));
  }
  return cards.some(hasFindings) ? FINDINGS : OK;
}

async function runList({ args, stdout }: CommandContext): Promise<ExitCode> {
  const into = requiredText(args, 'into');
  const wanted = args.values.get('underlying');
  const all = readSessions(into);
  const sessions = all.filter(({ underlying }) => wanted === undefined || underlying === wanted);
  if (sessions.length === 0) {
    throw new DataError({
      code: 'no-data',
      file: chainsFolder(into),
      rule: 'the folder must have stored chains',
      value: wanted === undefined ? 'none' : `none of ${wanted}`,
      remedy: `run 'alvh chains import PATH --into ${into}'`,
    });
  }
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/chains-list/1', sessions });
    return OK;
  }
  await stdout.write(
    textTable([
      ['underlying', 'session', 'time', 'rows', 'expirations', 'spot', 'layout'],
      ...sessions.map((each) => [
        each.underlying,
        each.day,
        clock(each.minute),
        String(each.rows),
        String(each.expirations),
        each.spot === null ? 'none' : each.spot.toFixed(2),
        each.layout,
      ]),
    ]),
  );
  return OK;
}

async function runShow({ args, stdout }: CommandContext): Promise<ExitCode> {
  const dir = requiredText(args, 'into');
  const day = requiredDate(args, 'day');
  const expiry = optionalDate(args, 'expiry');
  const found = await queryChain({
    dir,
    day,
    underlying: args.values.get('underlying') ?? 'SPX',
    ...(expiry === undefined ? {} : { firstExpiry: expiry, lastExpiry: expiry }),
  });
  if (!found.ok) throw found.error;
  const chain = found.value;
  if (chain.rows === 0) {
    throw new DataError({
      code: 'no-data',
      file: chainsFolder(dir),
      rule: '--expiry must be listed in the chain',
      value: expiry === undefined ? 'none' : formatIsoDate(expiry),
      remedy: 'leave --expiry out to see the expiries',
    });
  }
  const expiries = expirySpans(chain).map(([from, to]) => ({
    expiry: formatIsoDate(asEpochDay(chain.expiry[from] ?? 0)),
    settlement: settlementName(chain, from),
    rows: to - from,
  }));
  const quotes = expiry === undefined ? [] : quotesOf(chain);
  const spot = Number.isFinite(chain.spot) ? chain.spot : null;
  if (args.flags.has('json')) {
    await writeJson(stdout, {
      schema: 'alvh/chains-show/1',
      underlying: chain.underlying,
      day: formatIsoDate(day),
      minute: chain.quoteMinute ?? null,
      spot,
      ...(spot === null ? { spotReason: 'not in the source' } : {}),
      expiries,
      quotes,
    });
    return OK;
  }
  const price = spot === null ? 'no price' : spot.toFixed(2);
  const time = clock(chain.quoteMinute ?? null);
  await stdout.write(`${chain.underlying} ${price} on ${formatIsoDate(day)}, time ${time}\n\n`);
  await stdout.write(expiry === undefined ? expiryTable(expiries) : quoteTable(quotes));
  return OK;
}
