import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Copy } from './copy.ts';

/** What came of the tests of one file. */
export interface FileResult {
  passed: string[];
  failed: string[];
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Runs test files of a copy, of `titles` those tests alone that have one of them in their name. Out: the titles of the
 * tests by file. Throws where there is no report.
 */
export async function runSuites(
  copy: Copy,
  files: readonly string[],
  titles: readonly string[] = [],
): Promise<Map<string, FileResult>> {
  const report = join(copy.folder, 'report.json');
  const given = ['--config', 'test/vitest.config.ts', '--reporter=json', `--outputFile=${report}`, ...files];
  const pattern = titles.map((title) => title.replaceAll(/[^\w ]/g, '.')).join('|');
  const { said } = await copy.run('node_modules/vitest/vitest.mjs', 'run', ...given, '-t', pattern);
  try {
    const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    return new Map(
      testResults.map(({ name, assertionResults }) => {
        const of = (status: string) =>
          assertionResults.filter((one) => one.status === status).map(({ title }) => title);
        return [relative(copy.folder, name), { passed: of('passed'), failed: of('failed') }];
      }),
    );
  } catch (cause) {
    throw new Error(`The tests of the copy did not run: ${said}`, { cause });
  }
}
