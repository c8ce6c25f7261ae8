import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', 'node_modules/**'],
    // On two cores vitest would start one worker; much of a test's time is a child process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A zone far from New York: a local-time leak fails loudly.
    env: { TZ: 'Pacific/Kiritimati' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
