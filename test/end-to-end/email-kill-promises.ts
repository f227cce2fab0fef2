import { messageIdOfDelivery } from '../../adapters/email/posting/message-id.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { slotId } from '../../src/domain/edition.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import type { Store } from '../../src/store.ts';
import { MAIL } from '../../src/subscribers.ts';
import type { Mail } from '../fakes/mail/index.ts';
import { faultsOfFile, withStore } from './bot-store.ts';
import type { KilledMail } from './email-kill-world.ts';
import { DOMAIN } from './email-setup.ts';

/** What came of all mails. */
export interface MailVerdict {
  deliveries: number;
  sent: number;
  uncertain: number;
  /** Uncertain ones that did arrive. */
  arrivedInDoubt: number;
  /** Every promise that was broken, as sentences; empty when all were kept. */
  broken: string[];
}

/** Holds what arrived against what the ledger says. */
export async function judgeMail(world: KilledMail): Promise<MailVerdict> {
  const byReader = Map.groupBy(world.fake.mails, ({ to }) => to);
  const seen = await withStore(world.storeUrl, async (store) => {
    const all: Seen[] = [];
    for (const reader of world.readers) all.push(await seenOf(reader, byReader.get(reader) ?? [], store));
    return all;
  });
  const strangers = [...byReader.keys()].filter((to) => !world.readers.includes(to));
  const deliveries = seen.flatMap((one) => one.deliveries);
  const uncertain = deliveries.filter(({ state }) => state === 'uncertain');
  const arrived = new Set(seen.flatMap(({ mails }) => mails.map(messageIdIn)));
  return {
    deliveries: deliveries.length,
    sent: deliveries.filter(({ state }) => state === 'sent').length,
    uncertain: uncertain.length,
    arrivedInDoubt: uncertain.filter((one) => arrived.has(messageIdOfDelivery(one, DOMAIN))).length,
    broken: [
      ...seen.flatMap((one) => brokenFor(one, world)),
      ...strangers.map((to) => `a mail went to ${to}, who is no reader`),
      // What a killed bot held of an edition that was out ends by itself, as nobody works on it any more.
      ...faultsOfFile(world.storeUrl).filter((fault) => !fault.includes('is still claimed')),
    ],
  };
}

/** What a reader got, and what the ledger knows of it. */
interface Seen {
  reader: string;
  mails: readonly Mail[];
  /** How many editions there were, and of how many it is known how they ended. */
  slots: number;
  done: number;
  deliveries: readonly Delivery[];
}

async function seenOf(reader: string, mails: readonly Mail[], { ledger }: Store): Promise<Seen> {
  const slots = await ledger.slots(digestId(memberAt(MAIL, reader)), 100);
  const deliveries = await Promise.all(slots.map((slot) => ledger.deliveries(slotId(slot))));
  const done = slots.filter((slot, index) => {
    const isWhole = deliveries[index]?.every(({ state }) => state === 'sent');
    return slot.state === (isWhole ? 'posted' : 'incomplete');
  });
  return { reader, mails, slots: slots.length, done: done.length, deliveries: deliveries.flat() };
}

function brokenFor(seen: Seen, world: KilledMail): string[] {
  const { reader, mails, slots, done, deliveries } = seen;
  const byId = Map.groupBy(mails, messageIdIn);
  const known = new Set<string | undefined>(deliveries.map((one) => messageIdOfDelivery(one, DOMAIN)));
  const strays = [...byId.keys()].filter((id) => !known.has(id));
  const twice = [...byId].filter(([, same]) => same.length > 1);
  const papers = deliveries.flatMap(papersOn);
  const again = papers.filter((id, index) => papers.indexOf(id) < index);
  const bySlot = Map.groupBy(deliveries, ({ slotId: slot }) => slot);
  return [
    ...(slots === 2 && done === 2 ? [] : [`of ${slots} editions ${done} have their true outcome`]),
    ...(bySlot.size === slots && papers.length > 0 ? [] : ['an edition has no mail']),
    ...strays.map((id) => `nobody knows of the mail ${id}`),
    ...twice.map(([id, same]) => `the mail ${id} came ${same.length} times`),
    ...again.map((id) => `paper ${id} came twice`),
    ...deliveries.flatMap((delivery) => untrue(delivery, byId, reader, world)),
  ].map((sentence) => `${reader}: ${sentence}`);
}

/** What the ledger says of a mail is so, and only for a reason does it say that nobody knows. */
function untrue(
  delivery: Delivery,
  byId: ReadonlyMap<string | undefined, readonly Mail[]>,
  reader: string,
  { fake, inHand }: KilledMail,
): string[] {
  const { id, state, messageId, reason = '' } = delivery;
  const own = messageIdOfDelivery(delivery, DOMAIN);
  const hasArrived = byId.has(own);
  if (state === 'sent' && messageId === own && hasArrived) return [];
  // All of it was on its way, or may have been, when the connection or the bot was lost.
  const isLost = fake.attempts.some(
    ({ to, stage, hasFailed }) => to.includes(reader) && (stage === 'body' || stage === 'end') && hasFailed,
  );
  if (state === 'uncertain' && (hasArrived || isLost || inHand.has(id))) return [];
  return [
    `${id} ${hasArrived ? 'arrived' : 'did not arrive'}, and is called ${state} ${messageId ?? reason}`,
  ];
}

function papersOn({ payload }: Delivery): string[] {
  return [...new Set(JSON.stringify(payload).match(/2611\.\d{5}/g))];
}

/** Of a mail as it arrived. */
function messageIdIn({ raw }: Mail): string | undefined {
  return /^Message-ID:\s*(\S+)/im.exec(raw.toString('latin1'))?.[1];
}
