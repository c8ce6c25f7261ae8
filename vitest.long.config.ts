import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.long.test.ts', 'test/**/*.long.test.ts'],
    env: { TZ: 'Pacific/Kiritimati' },
    testTimeout: 2_400_000,
    hookTimeout: 120_000,
  },
});
