import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The torture takes longer than any ten other files: begun last, it would leave all cores but one idle. */
class TortureFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isTorture = ({ moduleId }: TestSpecification) => moduleId.includes('/torture/');
    return [...sorted.filter(isTorture), ...sorted.filter((one) => !isTorture(one))];
  }
}

// Workers and the programs that they start find what Node made of the code before.
process.env.NODE_COMPILE_CACHE ??= new URL('../node_modules/.cache/node', import.meta.url).pathname;

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    passWithNoTests: false,
    globalSetup: 'test/servers/global.ts',
    // Half the work of all tests was to load the same packages and files for each of five hundred files anew.
    isolate: false,
    setupFiles: 'test/setup.ts',
    // What a package of CommonJS exports is to tests what it is to the bot.
    deps: { interopDefault: false },
    // Many start the program several times: on a machine with other work that takes its time.
    testTimeout: 60_000,
    // One more than cores: the torture has processes of its own, and many tests wait for programs that wait.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: TortureFirst },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'adapters/**/*.ts', 'commands/**/*.ts'],
      reporter: ['text-summary', 'text'],
      thresholds: { branches: 90 },
    },
  },
});
