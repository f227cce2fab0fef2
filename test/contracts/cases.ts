import { describe, expect, it } from 'vitest';

/** One case of a contract suite. */
export interface Case {
  name: string;
  run: () => Promise<void> | void;
}

/** Registers a contract suite for something that obeys it. */
export function describeContract(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    for (const { name, run } of cases) it(name, run);
  });
}

/**
 * Runs a contract suite on something that breaks it and expects at least one of its cases to fail: a suite that lets
 * everything pass proves nothing.
 */
export function expectToFail(what: string, cases: readonly Case[]): void {
  it(`notices ${what}`, async () => {
    const failures: string[] = [];
    for (const { name, run } of cases) {
      try {
        await run();
      } catch {
        failures.push(name);
      }
    }
    expect(failures, 'no case failed').not.toEqual([]);
  });
}
