import { createLinks } from '../../../../adapters/email/subscribing/links.ts';
import { createSeal } from '../../../../src/sealing.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { HOOK, NOW, ORDER, open, SECRET_KEY, type World } from '../subscribing/world.ts';
import { aBounce, type Recipient } from './mails.ts';

export const PATH = `/email/reports/${HOOK}`;
export const MAIL = { 'content-type': 'message/rfc822' };
export const JSON_BODY = { 'content-type': 'application/json' };
export const ADA = 'ada@example.org';

/** A world in which these get papers. */
export async function openFor(...addresses: string[]): Promise<World> {
  const world = await open();
  for (const address of addresses) await world.people.subscribers.put(address, ORDER);
  world.people.calls.length = 0;
  return world;
}

/** What came of it: who still gets papers, and which addresses are blocked. */
export function outcome({ people, mailboxes }: World) {
  const blocked = [...mailboxes.kept].map(([address, { blocked }]) => [address, blocked]);
  return { subscribed: [...people.kept.keys()], blocked: Object.fromEntries(blocked) };
}

/** The header by which a mail of ours shows whom it was for; it opens in every world, as all have one key. */
export const PROOF = `<${
  createLinks({
    publicUrl: 'https://papers.example.org',
    seal: createSeal(SECRET_KEY),
    clock: createFakeClock(NOW),
  }).of(ADA).unsubscribe
}>`;

export const proven = { listUnsubscribe: PROOF };
export const failed = (recipient: Recipient) => aBounce([recipient], proven);
