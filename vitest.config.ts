import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', 'node_modules/**'],
    // A zone far from New York: a local-time leak fails loudly.
    env: { TZ: 'Pacific/Kiritimati' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
