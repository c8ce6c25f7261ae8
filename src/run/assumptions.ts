import { formatUsd } from '../report/format-number.ts';
import type { RunOptions } from '../engine/context.ts';

/** What every comparison assumes, one sentence each. */
export function commonAssumptions(options: RunOptions): readonly string[] {
  return [
    `Start: a deposit of ${formatUsd(options.equity)}; positive cash earns the three-month bill ` +
      'less 0.50 % (floor 0), debits pay the bill plus 1.50 %, ACT/360, daily, for every policy.',
    'Fills: decisions of a close are filled at that close, at the model mid against a half-spread: ' +
      'SPX legs max(half a tick, 2 % of mid), VIX options max(0.03, 3 %), VX 0.05; widened with VIX ' +
      '(x 1 to 20, x 3 at 30, x 5 at 45, x 8 from 60), twice as wide before 2008.',
    'A vertical is never bought back for more than its width: a limit order at the width is ' +
      'always worth taking for the other side.',
    'Marks: SPX options on an SSVI surface pinned to VIX9D, VIX, VIX3M, VIX6M and SKEW; VIX options ' +
      'by Black on the same-expiry VX future with a smile pinned to VVIX; none of them is a quote.',
    'Worst mark: the lower of SPX low with VIX high and SPX high with VIX low; both are checked for ' +
      'margin, as is the close.',
    `Margin: ${marginSentence(options)}; futures in their own segment with daily variation, drawn ` +
      'from securities excess.',
    'VX margin where no exchange level is known: maintenance 0.35 F x 1000, 0.80 F x 1000 for ten ' +
      'sessions after a VIX day of +30 % (assumption).',
    callSentence(options),
    'Settlement: AM contracts at the opening value (SOQ), PM at the close, in cash.',
    options.counterfactual
      ? 'Counterfactual: layers trade before their instruments were listed. The hedge did not exist.'
      : 'Layers do not trade before their instruments were listed (VX 2004-03-26, VIX options 2006-02-24).',
  ];
}

function marginSentence({ profile, regime }: RunOptions): string {
  if (regime !== 'portfolio') {
    return `${profile.source}. Reg T by strategy, gross of premium, long options without loan value`;
  }
  return (
    `portfolio margin at ${profile.name}: the largest loss over ten moves of the index (implied ` +
    'volatility and time held), 37.50 dollars a contract at least; VIX products a group of their own ' +
    'over a range that is an assumption'
  );
}

function callSentence({ profile }: RunOptions): string {
  if (profile.lifecycle === 'auto') {
    return 'Excess liquidity below zero liquidates at once, whole combinations, at three times the spread.';
  }
  const { securities, futures } = profile.callSessions;
  const restricted =
    profile.restrictedDays === 0
      ? ''
      : `, then ${profile.restrictedDays} days without new positions`;
  return (
    `A deficit at the close is called for: due after ${securities} sessions, of futures alone after ` +
    `${futures}; nobody deposits, so it is met by the market or liquidated, whole combinations, at ` +
    `three times the spread${restricted}.`
  );
}

/** What a comparison on simulated futures assumes on top. */
export const SIMULATION_ASSUMPTIONS: readonly string[] = [
  'Futures: LV2J-H, a two-factor log-VIX with self-exciting joint jumps fitted to 2006-2017; equal ' +
    'random numbers for every policy. Its worlds are a model, not a forecast.',
  'Simulated breadth follows returns (correlation 0.85); macro scores are independent monthly ' +
    'autoregressions (assumption); the bill rate, the dividend yield, VVIX and SKEW are constant.',
  'Simulated markets have no earnings and no consumer prices (NO DATA): budget weights rest on MACD ' +
    'alone, and no price spike moves a budget.',
];
