import type { App, Receiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../../src/log.ts';
import type { SocketReceiver } from './bolt.ts';

/**
 * Slack tells no more events of a team for the rest of a minute, as more than 30,000 came within an hour
 * (docs.slack.dev/apis/events-api, 2026-11-23). The envelope has no event in it.
 */
const limitedSchema = z.object({ type: z.literal('app_rate_limited'), team_id: z.string() });
const envelopeSchema = z.object({
  type: z.literal('events_api'),
  envelope_id: z.string(),
  payload: limitedSchema,
});

/** Told while the bot stops; not acknowledged, so that Slack tells it again, or to another. */
export class NotTakenError extends Error {}

export interface Ahead {
  onLimited: (team: string) => void;
  /** Nothing is taken any more. */
  isEnded: () => boolean;
}

/**
 * Puts what Bolt knows nothing of ahead of it: that a team's events are held back is acknowledged and told; once nothing is
 * taken any more nothing is acknowledged, which Bolt would do with events; all else goes on to the app.
 */
export function hearAhead(receiver: Receiver, app: App, { onLimited, isEnded }: Ahead): void {
  const ahead: Pick<App, 'processEvent'> = {
    async processEvent(event) {
      if (isEnded()) throw new NotTakenError('The bot stops.');
      const { data: limited } = limitedSchema.safeParse(event.body);
      if (!limited) return await app.processEvent(event);
      await event.ack();
      onLimited(limited.team_id);
    },
  };
  receiver.init(ahead as App);
}

type SocketClient = SocketReceiver['client'];

/**
 * An envelope without an event makes the socket's client throw where nobody catches it, which would end the process
 * (socket-mode 3.1.0). This one is handed on past it; whatever else it stumbles over is told in the log.
 */
export function guardSocket(client: SocketClient, log: Log): void {
  const hearing = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const limited = envelopeSchema.safeParse(jsonOf(data)).data;
    if (limited) return handOn(client, limited);
    for (const hear of hearing) {
      Promise.resolve(hear(data, isBinary)).catch((error: unknown) =>
        log.error('What Slack told over the socket could not be read', { error }),
      );
    }
  });
}

function handOn(
  client: SocketClient,
  { envelope_id: id, payload: body }: z.infer<typeof envelopeSchema>,
): void {
  // Private by its type only; the client's own acknowledgements go this way.
  const { send } = client as unknown as { send(id: string): Promise<void> };
  client.emit('slack_event', { type: 'events_api', body, ack: () => send.call(client, id) });
}

function jsonOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
