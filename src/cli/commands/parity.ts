import { DataError } from '../../data/data-error.ts';
import { parityJson, parityText } from '../../report/parity-view.ts';
import type { ParityReport } from '../../report/parity-view.ts';
import { formatIsoDate } from '../../time/epoch-day.ts';
import type { EpochDay } from '../../time/epoch-day.ts';
import { chainExpiries } from '../../volatility/chain-expiries.ts';
import { compareDividends } from '../../volatility/dividend-comparison.ts';
import type { CondorQuoteStrikes } from '../../volatility/dividend-comparison.ts';
import { monitorParity } from '../../volatility/parity-monitor.ts';
import type { ExpiryParity } from '../../volatility/parity-monitor.ts';
import type { ParsedArguments } from '../arguments.ts';
import { chainOfFile, rateOption } from '../chain-input.ts';
import type { Command, CommandContext } from '../command.ts';
import { FINDINGS, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { optionalDate, optionalNumber } from '../option-value.ts';
import { writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** Days to expiry of the expiry that is told in detail unless one is named. */
const USUAL_DAYS = 45;
/** Trailing yields, growth and the REITs' share of SPX unless told; labelled in the help. */
const YIELD = { min: 0, max: 0.2, otherwise: 0.013 } as const;
const REIT_YIELD = { min: 0, max: 0.2, otherwise: 0.035 } as const;
const REIT_SHARE = { min: 0, max: 1, otherwise: 0.025 } as const;
const GROWTH = { min: -0.2, max: 0.3, otherwise: 0.05 } as const;

/** `alvh parity`: put-call parity of a chain, dividends in both ways, and quotes that are no market. */
export const PARITY: Command = {
  name: 'parity',
  summary: 'put-call parity of a chain: residuals, box rates, stale quotes, dividends two ways',
  operands: [{ name: 'FILE', summary: 'a chain file of a known layout' }],
  options: [
    { name: 'date', kind: 'value', valueName: 'DATE', summary: 'session, where there are several' },
    { name: 'rate', kind: 'value', valueName: 'R', summary: 'continuous bill rate a year; 0' },
    {
      name: 'expiry',
      kind: 'value',
      valueName: 'DATE',
      summary: 'told in detail; nearest 45 days',
    },
    {
      name: 'previous',
      kind: 'value',
      valueName: 'FILE',
      summary: 'an earlier chain: quotes that have not moved since are no market',
    },
    {
      name: 'condor',
      kind: 'value',
      valueName: 'A,B,C,D',
      summary: 'strikes from low to high: break-evens against either forward',
    },
    { name: 'dividend-yield', kind: 'value', valueName: 'Y', summary: 'trailing, others; 0.013' },
    { name: 'reit-yield', kind: 'value', valueName: 'Y', summary: 'trailing, REITs; 0.035' },
    { name: 'reit-share', kind: 'value', valueName: 'S', summary: 'of REITs in the index; 0.025' },
    { name: 'growth', kind: 'value', valueName: 'G', summary: 'of dividends a year; 0.05' },
  ],
  details: [
    'Forward and discount factor come from a regression of call less put on strike, the financing ' +
      'rate from the box whose rate is most certain. Dividends are read off the forward, and set beside ' +
      'the dividend-discount model (Gordon 1959) with REITs apart; its yields, share and growth are ' +
      'yours to give, the defaults are round numbers of 2023.',
    'Exit code 6 when pricing of the expiry should wait. Conversions and reversals are reported and never ' +
      'ordered. Prices are in index points.',
  ],
  examples: [
    'alvh parity quotedata.csv --rate 0.053',
    'alvh parity quotedata.csv --rate 0.053 --expiry 2024-02-16 --condor 4400,4500,4850,4950 --json',
  ],
  run: runParity,
};

async function runParity(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const file = args.operands[0] ?? '';
  const chain = await chainOfFile(file, optionalDate(args, 'date'));
  const before = args.values.get('previous');
  const previous = before === undefined ? undefined : await chainOfFile(before, undefined);
  const rate = rateOption(args);
  const kind = chain.underlying === 'XSP' ? 'xsp-option' : 'spx-option';
  const expiries = monitorParity(chain, { billRate: rate, kind, previous });
  const chosen = chosenExpiry(expiries, optionalDate(args, 'expiry'), {
    file,
    day: chain.quoteDay,
  });
  const term = chainExpiries(chain).find(
    ({ expiry, settlement }) => expiry === chosen.expiry && settlement === chosen.settlement,
  );
  const growth = optionalNumber(args, 'growth', GROWTH);
  const reitShare = optionalNumber(args, 'reit-share', REIT_SHARE);
  const report: ParityReport = {
    underlying: chain.underlying,
    date: formatIsoDate(chain.quoteDay),
    spot: chain.spot,
    rate,
    expiries,
    chosen,
    dividends: compareDividends(chosen, term?.quotes ?? [], {
      spot: chain.spot,
      rate,
      reits: {
        share: reitShare,
        trailingYield: optionalNumber(args, 'reit-yield', REIT_YIELD),
        growth,
      },
      rest: {
        share: 1 - reitShare,
        trailingYield: optionalNumber(args, 'dividend-yield', YIELD),
        growth,
      },
      strikes: condorStrikes(args),
    }),
  };
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/parity/1', ...parityJson(report) });
  } else await stdout.write(parityText(report));
  return chosen.isBlocked ? FINDINGS : OK;
}

function chosenExpiry(
  expiries: readonly ExpiryParity[],
  asked: EpochDay | undefined,
  { file, day }: { readonly file: string; readonly day: EpochDay },
): ExpiryParity {
  const target = asked ?? day + USUAL_DAYS;
  const [nearest] = expiries.toSorted(
    (a, b) =>
      Math.abs(a.expiry - target) - Math.abs(b.expiry - target) || b.settlement - a.settlement,
  );
  if (nearest !== undefined && (asked === undefined || nearest.expiry === asked)) return nearest;
  throw new DataError({
    code: 'no-data',
    file,
    rule: 'the chain must have an expiry with calls and puts quoted at three strikes',
    value: asked === undefined ? 'none' : `none on ${formatIsoDate(asked)}`,
    remedy: 'name another --expiry, or give a chain with bids and asks on both sides',
  });
}

function condorStrikes(args: ParsedArguments): CondorQuoteStrikes | undefined {
  const text = args.values.get('condor');
  if (text === undefined) return undefined;
  const strikes = text.split(',').map(Number);
  const [a, b, c, d] = strikes;
  const ascends = strikes.every((strike, i) => strike > (strikes[i - 1] ?? 0));
  if (strikes.length === 4 && ascends && a && b && c && d) return [a, b, c, d];
  throw new UsageError(`--condor must be four strikes from low to high, was ${text}.`);
}
