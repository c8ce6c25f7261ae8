import type { BookCertificate, Certificate, PolicyCertificate } from '../evaluation/certificate.ts';
import { formatNumber, formatPercent, formatUsd } from './format-number.ts';
import { alignedTable, wrapText } from './text-table.ts';

const WIDTH = 100;

/** A certificate for a terminal: the bound first, then what it rests on. */
export function certificateText(certificate: Certificate): string {
  return certificate.kind === 'book' ? bookText(certificate) : policyText(certificate);
}

function bookText(certificate: BookCertificate): string {
  const { bound, worstEquity, groups } = certificate;
  const head =
    bound === null
      ? 'NO BOUND: a group of legs can lose without end.'
      : `LARGEST LOSS ${formatUsd(bound)} against entry prices; net liquidation ends at ` +
        `${formatUsd(worstEquity ?? Number.NaN)} or more.`;
  const table = alignedTable([
    ['settles', 'legs', 'worst value', 'at'],
    ...groups.map((group) => [
      `${group.underlying} ${group.expiry} ${group.settlement}`,
      formatNumber(group.legs.length),
      group.worstValue === null ? 'no bound' : formatUsd(group.worstValue),
      group.worstLevel === null ? '' : formatNumber(group.worstLevel, 1),
    ]),
  ]);
  return `${wrapText(head, WIDTH)}\n${marginText(certificate)}\n\n${table}\n${conditions(certificate)}`;
}

/** Largest margin use and whether a call is possible. */
function marginText({ marginUse, marginCall }: Certificate): string {
  const { requirement, share, reason } = marginUse;
  const dollars = requirement === null ? '' : `${formatUsd(requirement)}, `;
  const use = share === null ? 'no bound' : `at most ${dollars}${formatPercent(share)}`;
  const verdict = marginCall.ruledOut ? 'RULED OUT' : 'not ruled out';
  const why = wrapText(`Margin use: ${use}: ${reason}.`, WIDTH);
  return `${why}\n${wrapText(`Margin call: ${verdict}: ${marginCall.reason}.`, WIDTH)}`;
}

function policyText(certificate: PolicyCertificate): string {
  const { bound, equity, weeks, policy, unproved, losingRun } = certificate;
  const head =
    bound === null
      ? `NO BOUND for ${policy} over ${weeks} weeks.`
      : `LARGEST LOSS of ${policy} over ${weeks} weeks from ${formatUsd(equity)}: ` +
        `${formatUsd(bound)} (${formatPercent(bound / equity)}).`;
  const parts = [`${wrapText(head, WIDTH)}\n${marginText(certificate)}\n`];
  if (unproved.length > 0) parts.push(lines('Without a bound', unproved));
  else parts.push(lines('The worst sequence', certificate.argmax));
  if (losingRun !== undefined) {
    parts.push(
      alignedTable([
        ['losses before', 'size', 'loss', 'left'],
        ...losingRun.map((row) => [
          formatNumber(row.k),
          `× ${formatNumber(row.multiple)}`,
          formatUsd(row.loss),
          formatUsd(row.equityAfter),
        ]),
      ]) + 'The next doubled size costs more than is left.\n',
    );
  }
  return `${parts.join('\n')}\n${conditions(certificate)}`;
}

function conditions(certificate: Certificate): string {
  return lines('Conditions', certificate.conditions);
}

function lines(title: string, each: readonly string[]): string {
  return `${title}\n${each.map((line) => `${wrapText(`- ${line}`, WIDTH, '  ')}\n`).join('')}`;
}
