import type { Context, Hono } from 'hono';
import { html } from '../../../src/html.ts';
import type { Subscriber } from '../../../src/subscribers.ts';
import { FORM_PATH, isOpen, show, showBroken } from './answers.ts';
import type { Limits } from './limits.ts';
import { drawPress, drawRows, keepOrder, type LinkPages } from './parts.ts';
import { comesNext, orderRows } from './words.ts';

const WAY_ON = 'Order once more, and a new link comes to you.';

/**
 * Adds the page by which whoever has an address confirms what was ordered for it. Only its button does so, as scanners open
 * links, and only once: who comes upon the link later turns nothing back.
 */
export function addConfirmPage(
  app: Hono,
  { limits, ...parts }: LinkPages & { limits: Pick<Limits, 'mayConfirm'> },
): void {
  const { links, subscribers } = parts;

  app.get('/email/confirm/:token', async (context) => {
    const read = links.read('confirm', context.req.param('token'));
    if (!isOpen(read)) return await showBroken(context, read, WAY_ON);
    const { address, order } = read;
    const body = html`<p class="lead">This was ordered for <bdi>${address}</bdi>:</p>
${drawRows(orderRows(order))}
${drawPress('Yes, send it to me', { name: 'confirm', value: 'yes' })}
<p class="muted">Not yours, or not wanted? Close this page, and nothing comes.</p>`;
    return await show(context, { title: 'Papers by e-mail?', body });
  });

  app.post('/email/confirm/:token', async (context) => {
    const read = links.read('confirm', context.req.param('token'));
    if (!isOpen(read)) return await showBroken(context, read, WAY_ON);
    const { address, order } = read;
    const isFirst = await limits.mayConfirm(read);
    const subscriber = isFirst
      ? await keepOrder(address, order, 'put', parts)
      : await subscribers.get(address);
    if (!subscriber) return await showNothing(context, address, isFirst ? UNWANTED : USED);
    return await showSubscriber(context, subscriber, {
      which: isFirst ? 'first' : 'next',
      manage: links.of(address).manage,
    });
  });
}

async function showSubscriber(
  context: Context,
  subscriber: Subscriber,
  { which, manage }: { which: 'first' | 'next'; manage: string },
) {
  const notice =
    subscriber.state === 'active'
      ? html`<p class="notice good">${comesNext(subscriber, which)}</p>`
      : html`<p class="notice bad">Nothing is sent just now, as your mail server has refused several messages in a row.</p>`;
  const body = html`${notice}
<p>It comes to <bdi>${subscriber.address}</bdi>:</p>
${drawRows(orderRows(subscriber))}
<p><a class="button" href="${manage}">Change or end it</a></p>
<p class="muted">Each mail has links for that, too.</p>`;
  return await show(context, { title: 'Your papers come by e-mail', body });
}

const USED = 'This link was used before, and it works once.';
const UNWANTED =
  'Mail from here was called unwanted at this address; only whoever runs this bot can open it again.';

async function showNothing(context: Context, address: string, why: string) {
  const body = html`<p class="notice">${why} Nothing comes to <bdi>${address}</bdi>.</p>
${why === USED && html`<p class="muted">Pressed twice just now? Load this page anew, and it shows how it stands.</p>`}
<p><a class="button" href="${FORM_PATH}">Order papers by e-mail</a></p>`;
  return await show(context, { title: 'Nothing comes by e-mail', body });
}
