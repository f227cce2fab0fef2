import { load } from 'cheerio';
import type { MailOrder } from '../../../../src/subscribers.ts';
import { type Answer, ORDER, open, pathOf } from './world.ts';

export const ADA = 'ada@example.org';
export const ONE_CLICK = [['List-Unsubscribe', 'One-Click']] as const;

/** The world with the paths of Ada's links in it. */
export async function openFor(order: MailOrder = ORDER, given: Parameters<typeof open>[0] = {}) {
  const world = await open(given);
  const { manage, unsubscribe } = world.links.of(ADA);
  const confirm = pathOf(world.links.confirm(ADA, order));
  return { ...world, confirm, manage: pathOf(manage), unsubscribe: pathOf(unsubscribe) };
}

export const notice = ({ text }: Answer) => load(text)('.notice').text();
export const title = ({ text }: Answer) => load(text)('h1').text();
