import { compareMoments } from '../simulation/acceptance.ts';
import { marketMoments } from '../simulation/market-moments.ts';
import type { PathModel } from '../simulation/path-model.ts';

/** Years of one long path on which the simulated market is held against history. */
export const ACCEPTANCE_YEARS = 400;
/** Seed of that path: fixed, so that every report prints the same gaps. */
const ACCEPTANCE_SEED = 20_250_102;

/**
 * How far the simulated market is from history, in sentences: which of its moments lie outside the
 * 90 % block-bootstrap interval of 1990-2024. The model makes paths of `ACCEPTANCE_YEARS`.
 */
export function acceptanceLines(model: PathModel): readonly string[] {
  const path = model.generate(ACCEPTANCE_SEED, 0);
  const results = compareMoments(marketMoments(path));
  const outside = results.filter(({ verdict }) => verdict === 'outside');
  const inside = results.filter(({ verdict }) => verdict === 'inside').length;
  const gaps = outside.map(
    ({ name, simulated, low, high }) =>
      `${name} ${digits(simulated)} (history ${digits(low)} to ${digits(high)})`,
  );
  return [
    `The simulated market against history: ${inside} of ${results.length} moments lie inside the ` +
      `90 % interval of 1990-2024 over ${ACCEPTANCE_YEARS} simulated years.`,
    ...(gaps.length === 0 ? [] : [`Outside: ${gaps.join('; ')}.`]),
  ];
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
