import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';

/** Longer than Slack takes to greet. */
const GREETING_MS = 10 * SECOND_MS;

const helloSchema = z.object({ type: z.literal('hello'), num_connections: z.number().optional() });

/** What Slack greets a connection with (docs.slack.dev/apis/events-api/using-socket-mode, 2026-11-23). */
export interface Greeting {
  /** Connections of the app that stand, this one among them; undefined where Slack does not tell. */
  connections: number | undefined;
}

/**
 * Opens a connection, and ends it as soon as Slack greets: what it is told meanwhile is not acknowledged, and Slack tells it
 * to another. Rejects where no greeting comes within ten seconds.
 */
export async function greetingAt(url: string, clock: Clock): Promise<Greeting> {
  const { promise, resolve, reject } = Promise.withResolvers<Greeting>();
  const socket = new WebSocket(url);
  const deadline = clock.deadline(GREETING_MS);
  deadline.addEventListener('abort', () => reject(new Error('Slack did not greet.')));
  socket.addEventListener('message', ({ data }) => {
    const hello = helloSchema.safeParse(parsed(data));
    if (hello.success) resolve({ connections: hello.data.num_connections });
  });
  for (const end of ['error', 'close'])
    socket.addEventListener(end, () => reject(new Error('Slack ended the connection.')));
  try {
    return await promise;
  } finally {
    socket.close();
  }
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
