import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // CI=true would colour what the tests read.
    env: { NO_COLOR: '1' },
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
