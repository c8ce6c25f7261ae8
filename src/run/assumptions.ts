import { formatUsd } from '../report/format-number.ts';
import type { ModelMarks } from './chain-request.ts';
import type { RunOptions } from '../engine/context.ts';
import type { PathTally } from '../evaluation/path-tally.ts';
import { SKETCH_ERROR } from '../math/quantile-sketch.ts';

/** What a run on recorded quotes assumes before all else, one sentence each. */
export function quoteAssumptions(modelMarks: ModelMarks): readonly string[] {
  return [
    'Quotes: SPX and XSP options are marked at the mid of their recorded quote, sold at its bid and ' +
      'bought at its ask, plus the fees of the schedule; no modelled spread comes on top. What ' +
      'follows about models holds for the other legs, for the worst mark of a day and for margin.',
    'A quote needs both sides and a bid not above the ask; a bid of zero marks at half the ask and ' +
      'cannot be sold; a chain that repeats the quotes of the session before is left out. A forced ' +
      'liquidation at the close takes three times the quoted half-spread.',
    fallbackSentence(modelMarks),
    'Strikes are on the finest grid of 5, 10 or 25 points on which all four legs are quoted.',
    'Signals, strikes and surface use the underlying and the time of each chain and the VIX of its ' +
      'quotes; VX, VVIX, SKEW and breadth are those of the close, which may be hours later. ' +
      'Settlement is official; PM expiries of a day settle before that day is marked.',
  ];
}

/** What becomes of a leg without a quote. */
export function fallbackSentence({ all, contracts }: ModelMarks): string {
  const refused =
    'an entry that needs it is skipped (leg-not-quoted), an open leg without one ends the run.';
  const model =
    'is marked at the mid that the other quotes of its chain give, else at the surface of the ' +
    'indices, and filled with the modelled half-spread';
  if (all) return `Without a quote: a leg ${model}.`;
  if (contracts.length === 0) return `Without a quote: ${refused}`;
  return `Without a quote: a leg of ${contracts.join(', ')} ${model}; of any other, ${refused}`;
}

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

function callSentence({ profile, regime }: RunOptions): string {
  const how = liquidationPhrase(profile);
  if (profile.lifecycle === 'auto')
    return `Excess liquidity below zero liquidates at once, ${how}.`;
  const { house, portfolio, futures } = profile.callSessions;
  const securities = regime === 'portfolio' ? portfolio : house;
  const restricted =
    profile.restrictedDays === 0
      ? ''
      : `, then ${profile.restrictedDays} days without new positions`;
  return (
    `A deficit at the close is called for: due after ${securities} sessions, of futures alone after ` +
    `${futures}; nobody deposits, so it is met by the market or liquidated, ${how}${restricted}.`
  );
}

function liquidationPhrase({ liquidation }: RunOptions['profile']): string {
  const { mode, sizing, spreadMultiple, impactPerHundred } = liquidation;
  const what = mode === 'combo' ? 'whole combinations' : 'leg by leg';
  const size = sizing === 'whole' ? '' : ', no more units than the deficit takes';
  const thin = impactPerHundred > 0 ? ', with its own impact on what remains' : '';
  const times = spreadMultiple === 3 ? 'three' : String(spreadMultiple);
  return `${what}${size}, at ${times} times the spread${thin}`;
}

/** How well quantiles over futures are known. */
export function quantileSentence([tally]: readonly PathTally[]): string {
  return tally?.kind === 'sketched'
    ? 'Medians, quantiles, fans and dots over futures come from counts in bins: each order statistic is ' +
        `within ${100 * SKETCH_ERROR} % of itself. Counts, frequencies, sums and means are exact.`
    : 'Medians, quantiles, fans and dots over futures are exact: every future was kept.';
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
