import { type Clock, within } from '../../clock.ts';
import { SECOND_MS } from '../../domain/calendar.ts';
import { QueueError } from '../../errors.ts';

/** A server that has not answered by then is taken for one that does not. */
export const ANSWER_MS = 8 * SECOND_MS;

const ADVICE = 'is QUEUE_URL right, and its server up?';

/** Asks a server for something. Errors: `QueueError`, also where it does not answer in time. */
export async function ask<T>(operation: string, asked: () => Promise<T>, clock: Clock): Promise<T> {
  let answer: { value: T } | undefined;
  try {
    const work = asked().then((value) => ({ value }));
    answer = await within(ANSWER_MS, work, clock);
  } catch (cause) {
    throw new QueueError(operation, { cause, message: `${reasonOf(cause)}; ${ADVICE}` });
  }
  if (answer) return answer.value;
  const message = `its server did not answer within ${ANSWER_MS / SECOND_MS} s; ${ADVICE}`;
  throw new QueueError(operation, { message });
}

/** Node's error for a name with several addresses has a code and no words, and that of ioredis is about its options. */
function reasonOf(cause: unknown): string {
  const { name, message, code } = cause as { name?: string; message?: string; code?: string };
  if (name === 'MaxRetriesPerRequestError') return 'there is no connection to its server';
  return message || code || 'unknown';
}
