const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00A0';

/** Dollars with thousands separators: `$1,234`, `−$5.50`. Non-finite gives `n/a`. */
export function formatUsd(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return 'n/a';
  const digits = group(Math.abs(value).toFixed(decimals));
  return `${signOf(value, digits)}$${digits}`;
}

/** Dollars with a sign in front of gains too: `+$1,234`; zero has none. */
export function formatUsdChange(value: number, decimals = 0): string {
  const text = formatUsd(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Dollars in three digits or so, for axes and tight places: `$1.2M`, `−$350k`. */
export function formatUsdShort(value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  const [scale, suffix] = shortScale(size);
  const digits = trimZeros((size / scale).toFixed(size / scale >= 100 ? 0 : 2));
  return `${signOf(value, digits)}$${digits}${suffix}`;
}

/** A fraction as percent: 0.1234 gives `12.3 %`, with a space that does not break. */
export function formatPercent(fraction: number, decimals = 1): string {
  if (!Number.isFinite(fraction)) return 'n/a';
  const digits = group(Math.abs(fraction * 100).toFixed(decimals));
  return `${signOf(fraction, digits)}${digits}${NO_BREAK_SPACE}%`;
}

/** A fraction as percent with a sign in front of gains too; zero has none. */
export function formatPercentChange(fraction: number, decimals = 1): string {
  const text = formatPercent(fraction, decimals);
  return fraction > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number with thousands separators and fixed decimals: `−1,234.5`. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return 'n/a';
  const digits = group(Math.abs(value).toFixed(decimals));
  return `${signOf(value, digits)}${digits}`;
}

/** A count with its noun: `1 call`, `2 calls`; the plural may be given. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** No sign in front of what rounds to zero. */
function signOf(value: number, digits: string): string {
  return value < 0 && /[1-9]/.test(digits) ? MINUS : '';
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function shortScale(size: number): readonly [number, string] {
  if (size >= 999_500_000) return [1e9, 'B'];
  if (size >= 999_500) return [1e6, 'M'];
  if (size >= 999.5) return [1e3, 'k'];
  return [1, ''];
}
