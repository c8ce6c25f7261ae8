import { performance } from 'node:perf_hooks';
import { compareHistory } from '../run/compare-history.ts';
import { epochDay } from '../time/epoch-day.ts';
import { BENCH_OPTIONS, shippedPolicies, sizingPolicies } from './shipped-policies.ts';

/* A process of its own, so that its memory is the backtest's alone. One JSON line on stdout. */
const before = performance.now();
const policies = shippedPolicies();
await compareHistory(
  {
    dir: process.argv[2] ?? '',
    from: epochDay(1990, 1, 2),
    to: epochDay(2024, 6, 28),
    policies,
    smaller: sizingPolicies(),
    options: BENCH_OPTIONS,
  },
  () => {},
);
const seconds = (performance.now() - before) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, peakMb, policies: policies.length })}\n`);
