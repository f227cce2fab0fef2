import { createHash } from 'node:crypto';
import type { Delivery } from '../../../src/domain/delivery.ts';

const CHARACTERS = 40;
const COMPLETE = /^<[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d.-]+>$/i;

/**
 * The `Message-ID` of what has an id of ours: always the same for the same, so that a mailbox that compares them shows a message
 * once that came twice. One that is complete stays as it is. `domain`: that of the sender, in ASCII.
 */
export function messageIdOf(id: string, domain: string): string {
  if (COMPLETE.test(id)) return id;
  const hash = createHash('sha256').update(`paperwire mail ${id}`).digest('hex');
  return `<${hash.slice(0, CHARACTERS)}@${domain}>`;
}

/**
 * That of a delivery, however often it is sent. Its payload counts too: who ends a subscription and begins it anew on the same
 * day gets another edition under the same id, which a mailbox must not take for the first one.
 */
export function messageIdOfDelivery(
  { id, payload }: Pick<Delivery, 'id' | 'payload'>,
  domain: string,
): string {
  return messageIdOf(`${id} ${JSON.stringify(payload)}`, domain);
}
