import type { Policy } from '../strategy/policy.ts';
import type { DeclaredSet, MartingaleLoss, PolicyCertificate } from './certificate.ts';

/** Policy to certify. */
export interface PolicyToCertify {
  readonly policy: Policy;
  /** Dollars. */
  readonly equity: number;
  readonly weeks: number;
  readonly declared: DeclaredSet;
}

/** Credit over largest loss up to which the bound holds: half of the width as credit. */
const CREDIT_TO_LOSS = 1;

/**
 * The largest loss of a policy of condors over weeks, whatever the market does: fill the open risk
 * F while marks flatter equity, lose all of it at once, begin again; and spend every hedge budget
 * for nothing.
 *
 * With unrealised gains of at most c times the open risk R, R <= F (W + c R), so R <= F W / (1 - c F)
 * of what equity W is worth once everything open has lost; one entry a week adds at most f of it.
 * R-21 would only lower the bound and is not used.
 */
export function certifyPolicy(request: PolicyToCertify): PolicyCertificate {
  const { policy, equity, weeks, declared } = request;
  const { riskPerTrade: f, maxOpenRisk: F } = policy.sizing;
  const flattered = 1 / (1 - CREDIT_TO_LOSS * F);
  const entriesPerRound = f > 0 ? Math.max(1, Math.ceil(F / f)) : 0;
  const rounds = entriesPerRound > 0 ? Math.floor(weeks / entriesPerRound) : 0;
  const entriesLeft = entriesPerRound > 0 ? weeks - rounds * entriesPerRound : 0;
  const perRound = Math.max(0, 1 - F * flattered);
  const left = Math.max(0, 1 - Math.min(F, entriesLeft * f) * flattered);
  const yearsTouched = Math.ceil(weeks / 52) + 1;
  const hedgeBudget = hedgeShare(policy);
  const unproved = unprovedParts(policy);
  const core = equity * (1 - perRound ** rounds * left);
  const hedge = hedgeBudget * equity * flattered * yearsTouched;
  const martingale = policy.sizing.kind === 'martingale';
  return {
    schema: 'alvh/certificate/1',
    kind: 'policy',
    policy: policy.name,
    equity,
    weeks,
    declared,
    riskPerTrade: f,
    maxOpenRisk: F,
    creditToLoss: CREDIT_TO_LOSS,
    hedgeBudget,
    yearsTouched,
    rounds,
    entriesPerRound,
    entriesLeft,
    bound: unproved.length > 0 ? null : core + hedge,
    argmax: [
      `${rounds} times: ${entriesPerRound} weekly entries fill the open risk, then all lose at once`,
      `${entriesLeft} more entries, all lost`,
      'every hedge budget spent for nothing',
    ],
    ...marginOf({ open: F * flattered, hedge: hedgeBudget * flattered * yearsTouched, unproved }),
    ...(martingale && { losingRun: fatalRun(equity, f, policy.sizing.maxDoublings) }),
    conditions: [
      'One entry a week at most, of four legs; a vertical is never closed for more than its width.',
      `No condor is sold for more than ${(100 * CREDIT_TO_LOSS) / (1 + CREDIT_TO_LOSS)} % of its width.`,
      'Fees, interest and forced liquidations are not in the bound.',
    ],
    unproved,
  };
}

/**
 * Open risk is at most a share `open` of equity without unrealised results. Strategy rules require the
 * width, which is risk and credit, of cash, which has the credit too and is least when every hedge was
 * bought for nothing; the more credit, the larger the share.
 */
function marginOf(worst: {
  readonly open: number;
  readonly hedge: number;
  readonly unproved: readonly string[];
}): Pick<PolicyCertificate, 'marginUse' | 'marginCall'> {
  const { open, hedge, unproved } = worst;
  const credit = CREDIT_TO_LOSS * open;
  const cash = 1 - hedge + credit;
  if (unproved.length > 0 || !(cash > 0)) {
    const reason = unproved[0] ?? 'hedge budgets may take all of the cash';
    return {
      marginUse: { requirement: null, share: null, reason },
      marginCall: { ruledOut: false, reason },
    };
  }
  const share = (open + credit) / cash;
  const reason = 'widths of all that may be open, over cash after every hedge budget is spent';
  return {
    marginUse: { requirement: null, share, reason },
    marginCall: { ruledOut: share <= 1, reason },
  };
}

function hedgeShare({ budgets, layers }: Policy): number {
  const shares = [
    layers.near.enabled ? budgets.near : 0,
    layers.medium.enabled ? budgets.medium : 0,
    layers.long.enabled ? budgets.long : 0,
  ];
  return budgets.yearly * shares.reduce((sum, share) => sum + share, 0);
}

/** What has no bound whatever the market does. */
function unprovedParts({ base, sizing, layers, guards }: Policy): readonly string[] {
  const parts: string[] = [];
  if (base === 'strangle') parts.push('short strangles have no largest loss');
  if (base === 'spx-total-return') parts.push('the index has no largest loss but all of it');
  if (sizing.kind === 'martingale' && guards === null) {
    parts.push('a Martingale risks what it doubled to: see the losing run');
  }
  for (const [name, rule] of Object.entries(layers)) {
    if (rule.enabled && rule.instrument === 'vx') {
      parts.push(`the ${name} layer's VX can lose more than its budget overnight`);
    }
  }
  return parts;
}

/** Losses in a row until the next doubled size costs more than is left. */
function fatalRun(
  equity: number,
  riskPerTrade: number,
  maxDoublings: number | null,
): readonly MartingaleLoss[] {
  const run: MartingaleLoss[] = [];
  let left = equity;
  for (let k = 0; k < 64; k += 1) {
    const multiple = 2 ** Math.min(k, maxDoublings ?? Number.POSITIVE_INFINITY);
    const loss = riskPerTrade * equity * multiple;
    if (!(loss <= left) || loss === 0) break;
    left -= loss;
    run.push({ k, multiple, loss, equityAfter: left });
  }
  return run;
}
