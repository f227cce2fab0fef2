import type { Clock } from '../../../src/clock.ts';

/** What comes of it within so long; undefined when it takes longer. Rejects as it does. */
export async function within<T>(durationMs: number, work: Promise<T>, clock: Clock): Promise<T | undefined> {
  const deadline = clock.deadline(durationMs);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const give = () => resolve(undefined);
  deadline.addEventListener('abort', give, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    deadline.removeEventListener('abort', give);
  }
}
