import { err, ok } from '../core/result.ts';
import type { Result } from '../core/result.ts';
import type { TextPosition } from '../data/csv-position.ts';

/** Keys and array indices from the top of a JSON document down to a value. */
export type JsonPath = readonly (string | number)[];

/** Where a text stops being JSON, and what stands there. */
export interface JsonFault {
  readonly position: TextPosition;
  readonly found: string;
}

interface Cursor {
  readonly text: string;
  readonly wanted: JsonPath;
  at: number;
  /** Offset of the deepest value on the wanted path met so far. */
  reached: number;
  reachedDepth: number;
}

const DEEPEST = 500;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r\n]*/y;
const HEX = /[0-9a-fA-F]{4}/y;

/** The value of a JSON text, or the place where it stops being one. */
export function parseJsonText(text: string): Result<unknown, JsonFault> {
  try {
    return ok(JSON.parse(text));
  } catch {
    // The wording of V8's errors changes between versions and often lacks the place: look again.
    const cursor = cursorOf(text, []);
    if (scanValue(cursor, 0, true)) match(cursor, BLANK);
    return err({
      position: positionAt(text, cursor.at),
      found:
        cursor.at < text.length
          ? `'${String.fromCodePoint(text.codePointAt(cursor.at) ?? 0)}'`
          : 'the end',
    });
  }
}

/** Where a value starts in a JSON text; a key that is absent gives the object that lacks it. */
export function locateJson(text: string, path: JsonPath): TextPosition {
  const cursor = cursorOf(text, path);
  scanValue(cursor, 0, true);
  return positionAt(text, cursor.reached);
}

function cursorOf(text: string, wanted: JsonPath): Cursor {
  return { text, wanted, at: 0, reached: 0, reachedDepth: -1 };
}

/** Moves past one value; false leaves the cursor where the text stops being JSON. */
function scanValue(cursor: Cursor, depth: number, onPath: boolean): boolean {
  match(cursor, BLANK);
  if (onPath && depth >= cursor.reachedDepth) {
    cursor.reached = cursor.at;
    cursor.reachedDepth = depth;
  }
  if (depth > DEEPEST) return false;
  const first = cursor.text[cursor.at];
  if (first === '{') return scanMembers(cursor, depth, onPath);
  if (first === '[') return scanElements(cursor, depth, onPath);
  if (first === '"') return scanText(cursor) !== undefined;
  return match(cursor, SCALAR);
}

function scanMembers(cursor: Cursor, depth: number, onPath: boolean): boolean {
  cursor.at += 1;
  match(cursor, BLANK);
  if (take(cursor, '}')) return true;
  do {
    match(cursor, BLANK);
    const key = scanText(cursor);
    if (key === undefined) return false;
    match(cursor, BLANK);
    if (!take(cursor, ':')) return false;
    if (!scanValue(cursor, depth + 1, onPath && cursor.wanted[depth] === key)) return false;
    match(cursor, BLANK);
  } while (take(cursor, ','));
  return take(cursor, '}');
}

function scanElements(cursor: Cursor, depth: number, onPath: boolean): boolean {
  cursor.at += 1;
  match(cursor, BLANK);
  if (take(cursor, ']')) return true;
  let index = 0;
  do {
    if (!scanValue(cursor, depth + 1, onPath && cursor.wanted[depth] === index)) return false;
    index += 1;
    match(cursor, BLANK);
  } while (take(cursor, ','));
  return take(cursor, ']');
}

/** Moves past one quoted text; its raw characters, or undefined when it is broken. */
function scanText(cursor: Cursor): string | undefined {
  if (!take(cursor, '"')) return undefined;
  const start = cursor.at;
  while (cursor.at < cursor.text.length) {
    const character = cursor.text[cursor.at] ?? '';
    if (character < ' ') return undefined;
    if (character === '"') {
      cursor.at += 1;
      return cursor.text.slice(start, cursor.at - 1);
    }
    cursor.at += 1;
    if (character === '\\' && !scanEscape(cursor)) return undefined;
  }
  return undefined;
}

function scanEscape(cursor: Cursor): boolean {
  if (take(cursor, 'u')) return match(cursor, HEX);
  if (!'"\\/bfnrt'.includes(cursor.text[cursor.at] ?? ' ')) return false;
  cursor.at += 1;
  return true;
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

function match(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return false;
  cursor.at += found[0].length;
  return true;
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    line: before.split('\n').length,
    // In characters: a pair of surrogates is one.
    column: Array.from(before.slice(lineStart)).length + 1,
  };
}
