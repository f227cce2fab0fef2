import type { CardRow } from '../../../src/domain/card.ts';
import { type Html, html } from '../../../src/html.ts';
import type { Mailboxes, MailOrder, Subscriber, Subscribers } from '../../../src/subscribers.ts';
import type { Links } from './links.ts';

/** What the pages behind links are made of. */
export interface LinkPages {
  links: Links;
  subscribers: Subscribers;
  mailboxes: Mailboxes;
}

/**
 * Keeps what somebody orders who has shown that the address is theirs: `put` begins or changes what they get, `change` does
 * nothing where that has ended meanwhile, as only a link to confirm begins it. Undefined, and nothing is kept, there and after a
 * complaint. Errors: `StoreError`.
 */
export async function keepOrder(
  address: string,
  order: MailOrder,
  how: 'put' | 'change',
  { mailboxes, subscribers }: LinkPages,
): Promise<Subscriber | undefined> {
  // First: the next edition may be due at once.
  return (await reopen(address, mailboxes)) ? await subscribers[how](address, order) : undefined;
}

/** Holds nothing more against an address; false after a complaint, which only whoever runs the bot forgets. */
async function reopen(address: string, mailboxes: Mailboxes): Promise<boolean> {
  const mailbox = await mailboxes.get(address);
  if (mailbox?.blocked === 'complained') return false;
  // Else a complaint that is told at this instant would be lost.
  if (mailbox) await mailboxes.clear(address);
  return true;
}

/** Names and what is said of them. */
export function drawRows(rows: readonly CardRow[]): Html {
  return html`<dl class="facts">${rows.map(({ name, value }) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`;
}

/** A form of one button, sent to the address of its own page. */
export function drawPress(
  does: string,
  { name, value }: { name: string; value: string },
  isFirst = true,
): Html {
  return html`<form class="asked" method="post"><button class="button${isFirst && ' primary'}" type="submit" name="${name}" value="${value}">${does}</button></form>`;
}
