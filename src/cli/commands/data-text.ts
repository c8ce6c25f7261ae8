import type { FileCard, FolderCard } from '../../data/pull/check-folder.ts';
import type { FolderListing, ListedFile } from '../../data/pull/list-folder.ts';
import type { SourceOutcome } from '../../data/pull/pull.ts';
import { alignedTable, wrapText } from '../../report/text-table.ts';

const WIDTH = 100;

/** What became of each source, and its notes, as text. */
export function pullText(outcomes: readonly SourceOutcome[]): string {
  const rows = outcomes.flatMap((outcome) =>
    outcome.files.length === 0
      ? [[outcome.source, outcome.status, String(outcome.requests), '', '', '', '']]
      : outcome.files.map((file) => [
          outcome.source,
          file.status,
          String(outcome.requests),
          file.file,
          String(file.rows),
          file.first ?? 'none',
          file.last ?? 'none',
        ]),
  );
  const notes = outcomes.flatMap(({ source, missing, files }) => [
    ...files.flatMap(({ file, notes: each }) => each.map((note) => `- ${file}: ${note}.`)),
    ...(missing.length === 0 ? [] : [`- ${source}: ${missingText(missing)}.`]),
  ]);
  const table = alignedTable([
    ['source', 'status', 'requests', 'file', 'rows', 'first', 'last'],
    ...rows,
  ]);
  return `${table}${notes.length === 0 ? '' : '\n'}${linesOf(notes)}`;
}

function missingText(missing: readonly string[]): string {
  const shown = missing.slice(0, 3).join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return `the publisher does not have ${shown}${more}`;
}

/** The report card of a folder as text. */
export function checkText(card: FolderCard): string {
  const table = alignedTable([
    ['file', 'state', 'rows', 'first', 'last', 'findings'],
    ...card.files.map((file) => [
      file.file,
      file.state,
      String(file.rows),
      file.first ?? 'none',
      file.last ?? 'none',
      String(file.findings.reduce((sum, { count }) => sum + count, 0)),
    ]),
  ]);
  const { raw } = card;
  const broken = [
    ...raw.changed.map((path) => `- ${path}: changed after it was pulled; pull again.`),
    ...raw.missing.map((path) => `- ${path}: pulled and gone; pull again.`),
  ];
  const sound = raw.files - broken.length;
  const files = raw.files === 0 ? [] : [`${sound} of ${raw.files} raw files have their checksum.`];
  return `${table}\n${linesOf([...card.files.flatMap(fileLines), ...broken, ...files])}`;
}

function fileLines({ file, findings, notes }: FileCard): readonly string[] {
  return [
    ...findings.map(({ rule, count, example }) => `- ${file}: ${rule}, ${count}: ${example}`),
    ...notes.map((note) => `- ${file}: ${note}.`),
  ];
}

/** A folder's series, their owners, and what a backtest would use, as text. */
export function listingText({ files, backtest, backtestReason }: FolderListing): string {
  const table = alignedTable([
    ['file', 'state', 'rows', 'first', 'last', 'public source', 'the backtest'],
    ...files.map((file) => [
      file.file,
      file.state === 'absent' ? 'NO DATA' : file.state,
      file.rows === null ? '' : String(file.rows),
      file.first ?? '',
      file.last ?? '',
      file.source ?? 'none public',
      purposeOf(file),
    ]),
  ]);
  const absent = files.filter(({ rowsReason }) => rowsReason !== undefined);
  const lacking = absent.map(({ file, rowsReason }) => `- ${file}: ${rowsReason ?? ''}`);
  const terms = new Set(
    files
      .filter(({ state }) => state === 'pulled')
      .map(({ publisher, licence, termsUrl }) => `- ${publisher}: ${licence} (${termsUrl}).`),
  );
  const parts = [table, linesOf(lacking), linesOf([...terms])];
  if (backtest === null) return joined([...parts, linesOf([`No backtest: ${backtestReason}`])]);
  const columns = alignedTable([
    ['column', 'quoted', 'calibrated', 'regressed', 'missing', 'first', 'last'],
    ...backtest.columns.map((column) => [
      column.column,
      String(column.quoted),
      String(column.calibrated),
      String(column.regressed),
      String(column.missing),
      column.first ?? '',
      column.last ?? '',
    ]),
  ]);
  const heading = `A backtest would run from ${backtest.from} to ${backtest.to}; cells by origin:`;
  const standIns = backtest.notes.filter((note) => !note.startsWith('NO DATA'));
  const notes = linesOf(standIns.map((note) => `- ${note}.`));
  return joined([...parts, `${heading}\n\n${columns}`, notes]);
}

function purposeOf({ state, use, without }: ListedFile): string {
  if (use === null) return 'does not read it';
  return state === 'absent' ? `lacks it: ${without ?? ''}` : use;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${wrapText(line, WIDTH, '  ')}\n`).join('');
}
