/** What kind of trouble a data error is: a file is absent, holds nothing of use, is wrong, or cannot be written. */
export type DataErrorCode = 'not-found' | 'no-data' | 'bad-data' | 'not-written';

/** The parts of a data error. `line` and `column` count from 1, in characters. */
export interface DataErrorParts {
  readonly code: DataErrorCode;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The rule that is broken, positive: `close must be > 0`. */
  readonly rule: string;
  /** What stands there instead, as read. */
  readonly value: string;
  readonly unit?: string;
  /** What the reader can do about it. */
  readonly remedy: string;
}

/**
 * Trouble with a data file: `FILE:LINE:COLUMN: rule, was value (unit). Remedy: …`. The place is left
 * out where the trouble is with the file as a whole.
 */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly rule: string;
  readonly value: string;
  readonly unit: string | undefined;
  readonly remedy: string;

  constructor(parts: DataErrorParts) {
    super(message(parts));
    this.code = parts.code;
    this.file = parts.file;
    this.line = parts.line;
    this.column = parts.column;
    this.rule = parts.rule;
    this.value = parts.value;
    this.unit = parts.unit;
    this.remedy = parts.remedy;
  }
}

function message(parts: DataErrorParts): string {
  const line = parts.line === undefined ? '' : `:${parts.line}`;
  const column = parts.line === undefined || parts.column === undefined ? '' : `:${parts.column}`;
  const unit = parts.unit === undefined ? '' : ` (${parts.unit})`;
  return `${parts.file}${line}${column}: ${parts.rule}, was ${parts.value}${unit}. Remedy: ${parts.remedy}.`;
}
