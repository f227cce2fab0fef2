import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ConfigError, type ConfigProblem } from '../../src/errors.ts';

/** Where the tests of a file put what variables name; it goes when they are over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What is wrong with an environment, in its order; empty where nothing is. */
export function problemsOf(environment: Record<string, string>): readonly ConfigProblem[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}

/** The variables that are wrong, in the same order. */
export function problems(environment: Record<string, string>): string[] {
  return problemsOf(environment).map(({ variable }) => variable);
}
