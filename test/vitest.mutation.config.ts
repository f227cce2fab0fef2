import { defineConfig } from 'vitest/config';

/**
 * The tests that hold what `npm run mutate` breaks; without those that start processes or take their time. Nor
 * are servers shared (no `globalSetup`): what is broken is never Postgres's or Redis's own.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/pipeline/**/*.test.ts', 'test/scheduler/**/*.test.ts', 'test/stores/**/*.test.ts'],
    exclude: ['test/stores/processes.test.ts', 'test/pipeline/corpus.test.ts'],
    testTimeout: 30_000,
  },
});
