import { compareSimulation } from '../run/compare-simulation.ts';
import type { SimulationRequest } from '../run/compare-simulation.ts';
import { HEDGED } from '../run/smaller-policies.ts';
import type { Benchmark } from './benchmark.ts';
import { medianOf, timeRepeats } from './measure.ts';
import { BENCH_OPTIONS, sizingPolicies } from './shipped-policies.ts';

const PATHS = 1000;
const REPEATS = 5;
const WORKER = new URL('../run/block-worker.js', import.meta.url);

/** Years of simulated futures a second: alvh-45 under Reg T, threads and their start included. */
export const SIMULATE_BENCH: Benchmark = {
  names: ['simulate.pathYearsPerSecond'],
  run: async ({ workers }) => {
    const smaller = sizingPolicies();
    const request: SimulationRequest = {
      paths: PATHS,
      years: 1,
      seed: 1,
      workers,
      policies: [smaller[HEDGED]],
      smaller,
      options: BENCH_OPTIONS,
    };
    const seconds = await timeRepeats(REPEATS, async () => {
      const { tallies } = await compareSimulation(request, WORKER, () => {});
      if (tallies[0]?.paths !== PATHS) throw new Error('Invariant: every path was run');
    });
    return [
      {
        name: 'simulate.pathYearsPerSecond',
        unit: 'path-years/s',
        value: (PATHS * request.years) / medianOf(seconds),
        n: PATHS * request.years,
        repeats: REPEATS,
        workers,
      },
    ];
  },
};
