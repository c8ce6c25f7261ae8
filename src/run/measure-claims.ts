import { loadHistoricalMarket } from '../data/historical-market.ts';
import type { RunOptions } from '../engine/context.ts';
import { CLAIMS, claimVerdict } from '../evaluation/claims.ts';
import type { Claim, ClaimFinding, ClaimVerdict } from '../evaluation/claims.ts';
import { createRandomStream } from '../math/philox.ts';
import type { Policy } from '../strategy/policy.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import { runOnPath } from './run-block.ts';
import { simulateFutures } from './simulate.ts';
import type { FuturesRequest } from './simulate.ts';

/** Resamples of the bootstrap, and sessions of a mean block (a condor's life). */
const REPLICATES = 500;
const MEAN_BLOCK = 46;

/** On what to measure the claims, after arguments and files were validated. */
export interface ClaimsRequest {
  readonly dir: string;
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly options: RunOptions;
  readonly historyPolicies: readonly Policy[];
  readonly futuresPolicies: readonly Policy[];
  readonly futures: Omit<FuturesRequest, 'policies' | 'options'>;
}

/** A claim with what was found. */
export interface MeasuredClaim {
  readonly claim: Claim;
  readonly finding: ClaimFinding;
  readonly verdict: ClaimVerdict;
}

/** Every claim of the ledger, measured, with the hash of the data. */
export async function measureClaims(
  request: ClaimsRequest,
  workerUrl: URL,
  progress: (done: number, total: number) => void,
): Promise<{ readonly measured: readonly MeasuredClaim[]; readonly dataHash: string }> {
  const { options, historyPolicies, futuresPolicies, futures } = request;
  const market = loadHistoricalMarket({ ...request, counterfactual: options.counterfactual });
  const records = runOnPath(market.path, historyPolicies, options, 'full');
  const summaries = await simulateFutures(
    { ...futures, options, policies: futuresPolicies },
    workerUrl,
    progress,
  );
  const inputs = {
    path: market.path,
    history: new Map(records.map((record) => [record.policy, record])),
    futures: new Map(futuresPolicies.map(({ name }, i) => [name, summaries[i] ?? []])),
    bootstrap: {
      stream: createRandomStream(futures.seed),
      replicates: REPLICATES,
      meanBlock: MEAN_BLOCK,
    },
  };
  const measured = CLAIMS.map((claim) => {
    const finding = claim.find(inputs);
    return { claim, finding, verdict: claimVerdict(claim, finding) };
  });
  return { measured, dataHash: market.dataHash };
}
