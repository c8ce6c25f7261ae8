/** Most fields of a record that are looked at; further ones are ignored. */
const MOST_FIELDS = 256;
const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const SPACE = 32;
const MINUS = 45;
const ZERO = 48;
/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);
const MISSING = new Set(['', 'nan', 'n/a', 'na', 'null', 'none', '-', '--', '.']);

/** Where the fields of one record lie in the bytes; `ends` are exclusive. */
export interface FieldSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  count: number;
}

/** Spans for records of up to 256 fields. */
export function createFieldSpans(): FieldSpans {
  return { starts: new Int32Array(MOST_FIELDS), ends: new Int32Array(MOST_FIELDS), count: 0 };
}

/**
 * Position after the record that starts at `from`; its fields go to `spans`, without their quotes.
 *
 * A line end always ends the record, inside quotes too: no field of a chain file spans lines, and
 * so a lost quote spoils one record and not the file. A record of one empty field is a blank line.
 */
export function scanRecord(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  spans: FieldSpans,
): number {
  const { starts, ends } = spans;
  let count = 0;
  let at = from;
  let byte = delimiter;
  while (byte === delimiter && count < MOST_FIELDS) {
    const start = at;
    if (at < to && bytes[at] === QUOTE) at = closingQuote(bytes, at + 1, to) + 1;
    byte = LINE_FEED;
    for (; at < to; at += 1) {
      byte = bytes[at] ?? LINE_FEED;
      if (byte === delimiter || byte === LINE_FEED) break;
      byte = LINE_FEED;
    }
    starts[count] = start;
    ends[count] = at;
    count += 1;
    at += 1;
  }
  at -= 1;
  // Fields beyond the last that is looked at.
  while (at < to && bytes[at] !== LINE_FEED) at += 1;
  const last = count - 1;
  const end = ends[last] ?? 0;
  if (end > (starts[last] ?? 0) && bytes[end - 1] === RETURN) ends[last] = end - 1;
  spans.count = count;
  return at < to ? at + 1 : to;
}

/** Place of the quote that closes a field, or the last byte of its line when none does. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED) return at - 1;
    if (byte !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at;
    at += 1;
  }
  return to - 1;
}

/** Text of a field as Latin-1, without blanks and quotes around it. */
export function fieldText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? SPACE);
  return text.trim().replace(/^"|"$/g, '').trim();
}

/**
 * Number in a field: NaN when the field is blank or says that nothing is known, Infinity when it
 * holds something that is no number.
 *
 * `point` is the byte of the decimal point (46, or 44 in files with a decimal comma). Exact to the
 * last bit: at most 15 digits are divided by an exact power of ten, the rest goes to Number().
 */
export function numberField(bytes: Uint8Array, start: number, end: number, point: number): number {
  const isNegative = start < end && bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  if (end - first > EXACT_DIGITS || end === first) return slowNumber(bytes, start, end, point);
  let mantissa = 0;
  let pointAt = -1;
  for (let at = first; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (byte === point && pointAt < 0 && end - first > 1) pointAt = at;
    else return slowNumber(bytes, start, end, point);
  }
  const value = pointAt < 0 ? mantissa : mantissa / (POWERS[end - 1 - pointAt] ?? Number.NaN);
  return isNegative ? -value : value;
}

function slowNumber(bytes: Uint8Array, start: number, end: number, point: number): number {
  if (end - start > 64) return Number.POSITIVE_INFINITY;
  const text = fieldText(bytes, start, end);
  if (MISSING.has(text.toLowerCase())) return Number.NaN;
  const plain =
    point === 44 ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return Number.POSITIVE_INFINITY;
  return Number(plain);
}
