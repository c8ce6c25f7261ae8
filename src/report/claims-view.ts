import type { Claim, ClaimFinding, ClaimVerdict } from '../evaluation/claims.ts';
import { formatPercent } from './format-number.ts';
import { figure } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { wrapText } from './text-table.ts';

/** A claim as a report shows it. */
export interface ClaimRow {
  readonly claim: Claim;
  readonly finding: ClaimFinding;
  readonly verdict: ClaimVerdict;
}

/** Windows the claims were measured on, and the command that measures them again. */
export interface ClaimsBasis {
  readonly history: string;
  readonly futures: string;
  readonly command: string;
}

const WIDTH = 100;

/** Up to the text behind the words said, measured and note. */
const INDENT = ' '.repeat(12);

/** The ledger for a terminal: verdict first, then what was said, how it was measured and found. */
export function claimsText(rows: readonly ClaimRow[], basis: ClaimsBasis): string {
  const blocks = rows.map(({ claim, finding, verdict }) => {
    const lines = [
      `${verdict.toUpperCase()}: ${claim.statement} (${claim.saidBy})`,
      `said      ${rangeText(claim)}`,
      `measured  ${findingText(finding)} (${claim.measure}; ${basis[claim.measuredOn]})`,
      ...(finding.note === '' ? [] : [`note      ${finding.note}`]),
    ];
    return lines.map((line, i) => (i === 0 ? line : `  ${wrapText(line, WIDTH - 2, INDENT)}`));
  });
  const text = blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
  return `${text}\nAgain: ${basis.command}\n`;
}

/** The ledger as JSON. */
export function claimsJson(
  rows: readonly ClaimRow[],
  basis: ClaimsBasis,
): { readonly [key: string]: JsonValue } {
  return {
    command: basis.command,
    claims: rows.map(({ claim, finding, verdict }) => {
      const { id, statement, saidBy, published, measure, measuredOn } = claim;
      return {
        id,
        statement,
        saidBy,
        published: [...published],
        measure,
        window: basis[measuredOn],
        verdict,
        ...of('estimate', finding.estimate),
        ...of('low', finding.low),
        ...of('high', finding.high),
        note: finding.note,
      };
    }),
  };
}

function of(name: string, found: ClaimFinding['low']): { readonly [key: string]: JsonValue } {
  return figure(name, found.value ?? undefined, found.reason ?? 'not measured');
}

function rangeText({ published: [least, most] }: Claim): string {
  if (least <= Number.EPSILON) return 'more than none';
  if (most >= 1 && least !== 1) return `more than ${formatPercent(least)}`;
  return `${formatPercent(least)} to ${formatPercent(most)}`;
}

function findingText({ estimate, low, high }: ClaimFinding): string {
  if (estimate.value === null) return `nothing: ${estimate.reason}`;
  const text = formatPercent(estimate.value, 2);
  if (low.value === null || high.value === null) return text;
  return `${text}, 95 % interval ${formatPercent(low.value, 2)} to ${formatPercent(high.value, 2)}`;
}
