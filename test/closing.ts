import { onTestFinished } from 'vitest';

/** Has this closed when the test that runs is over, the youngest first. */
export function closeAfter<T extends { close(): Promise<void> }>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}
