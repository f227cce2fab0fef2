import { onTestFinished } from 'vitest';

/** Has this closed when the test that runs is over, the youngest first. */
export function closeAfter<T extends { close(): Promise<void> }>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}

const toEnd: (() => Promise<void>)[] = [];

/** Has this done when all tests of the file that runs are over, the youngest first. */
export function endWithFile(end: () => Promise<void>): void {
  toEnd.push(end);
}

/** For `setup.ts`: ends what the tests of a file shared. */
export async function endFile(): Promise<void> {
  for (const end of toEnd.splice(0).reverse()) await end();
}
