import type { Message } from '../../src/adapter.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Json, MessageId } from '../../src/domain/delivery.ts';
import type { AdapterBench } from './adapter.ts';
import { TEXT_CARD } from './adapter-cards.ts';

/** What is needed for posting. */
export type Outlet = Pick<AdapterBench, 'adapter' | 'destination'>;

/** The messages of a card as they come back from the ledger. */
function messagesOf({ adapter, destination }: Outlet, card: Card, slot = 'slot'): Message[] {
  return thaw(adapter.render(card)).map((payload, position) => ({
    id: `${slot}#${position}`,
    destination,
    payload,
  }));
}

/** A message with a title of its own. */
export function aMessage(outlet: Outlet, id = 'slot#0', title = 'An answer'): Message {
  const [payload = null] = thaw(outlet.adapter.render({ ...TEXT_CARD, title }));
  return { id, destination: outlet.destination, payload };
}

/** Renders a card and sends its messages. */
export async function post(
  outlet: Outlet,
  card: Card,
  slot?: string,
  signal?: AbortSignal,
): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (const message of messagesOf(outlet, card, slot)) ids.push(await outlet.adapter.send(message, signal));
  return ids;
}

/** What the ledger makes of payloads. */
export function thaw(messages: Json[]): Json[] {
  return JSON.parse(JSON.stringify(messages)) as Json[];
}

/** How often a text stands in another. */
export function countOf(part: string, text: string): number {
  return text.split(part).length - 1;
}
