import type { Hono } from 'hono';
import { html } from '../../../src/html.ts';
import { isOpen, show, showBroken } from './answers.ts';
import { drawPress, drawRows, type LinkPages, subscribe } from './parts.ts';
import { comesNext, orderRows } from './words.ts';

const WAY_ON = 'Order once more, and a new link comes to you.';

/** Adds the page by which whoever has an address confirms what was ordered for it. Only its button does so: scanners open links. */
export function addConfirmPage(app: Hono, parts: LinkPages): void {
  const { links } = parts;

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
    const subscriber = await subscribe(read.address, read.order, parts);
    const body = html`<p class="notice good">${comesNext(subscriber, 'first')}</p>
<p>It comes to <bdi>${read.address}</bdi>:</p>
${drawRows(orderRows(subscriber))}
<p><a class="button" href="${links.of(read.address).manage}">Change or end it</a></p>
<p class="muted">Each mail has links for that, too.</p>`;
    return await show(context, { title: 'Your papers come by e-mail', body });
  });
}
