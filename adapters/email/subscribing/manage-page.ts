import type { Context, Hono } from 'hono';
import { html } from '../../../src/html.ts';
import type { Subscriber } from '../../../src/subscribers.ts';
import { FORM_PATH, fieldsOf, isOpen, show, showBroken } from './answers.ts';
import { drawForm } from './draw-form.ts';
import { choicesFor, type Faults, type Filled, filledBy, filledIn, readOrder } from './order-form.ts';
import { drawPress, keepOrder, type LinkPages } from './parts.ts';
import { showEnded } from './unsubscribe-page.ts';
import { comesNext } from './words.ts';

const WAY_ON = 'The newest mail from here has a link that works; or order once more, and one comes to you.';

/** Adds the page on which a subscriber sees and changes what they get. */
export function addManagePage(app: Hono, parts: LinkPages): void {
  const { links, subscribers } = parts;

  app.get('/email/manage/:token', async (context) => {
    const read = links.read('manage', context.req.param('token'));
    if (!isOpen(read)) return await showBroken(context, read, WAY_ON);
    const subscriber = await subscribers.get(read.address);
    if (!subscriber) return await showNothing(context, read.address);
    return await showOrder(context, subscriber, { filled: filledBy(subscriber) });
  });

  app.post('/email/manage/:token', async (context) => {
    const read = links.read('manage', context.req.param('token'));
    if (!isOpen(read)) return await showBroken(context, read, WAY_ON);
    const fields = await fieldsOf(context);
    if (fields.first('end') !== '') {
      await subscribers.remove(read.address);
      return await showEnded(context, read.address);
    }
    const known = await subscribers.get(read.address);
    if (!known) return await showNothing(context, read.address);
    const { address: _, ...filled } = filledIn(fields);
    const what = readOrder(filled, choicesFor(known.interests));
    if ('faults' in what) return await showOrder(context, known, { filled, faults: what.faults });
    const changed = await keepOrder(read.address, what.order, 'change', parts);
    if (!changed) return await showNothing(context, read.address);
    return await showOrder(context, changed, { filled: filledBy(changed), isSaved: true });
  });
}

async function showOrder(
  context: Context,
  subscriber: Subscriber,
  { filled, faults, isSaved = false }: { filled: Filled; faults?: Faults; isSaved?: boolean },
) {
  const { address, state, interests } = subscriber;
  const choices = choicesFor(interests);
  const form = drawForm({ filled, ...(faults && { faults }), choices, does: 'Save' });
  const body = html`<p class="lead">For <bdi>${address}</bdi></p>
${isSaved && html`<p class="notice good">Saved. ${comesNext(subscriber, 'next')}</p>`}
${!isSaved && state === 'active' && html`<p>${comesNext(subscriber, 'next')}</p>`}
${state !== 'active' && html`<p class="notice bad">Nothing is sent just now, as your mail server has refused several messages in a row. Once it takes them, save here, and it goes on.</p>`}
${form}
<h2>End it</h2>
<p>Nothing comes any more, and what is kept of your address is erased.</p>
${drawPress('Unsubscribe', { name: 'end', value: 'yes' }, false)}`;
  return await show(context, {
    title: 'What you get by e-mail',
    body,
    ...(faults && { status: 400 as const }),
  });
}

async function showNothing(context: Context, address: string) {
  const body = html`<p class="notice">Nothing comes to <bdi>${address}</bdi>.</p>
<p><a class="button" href="${FORM_PATH}">Order papers by e-mail</a></p>`;
  return await show(context, { title: 'Nothing to change', body });
}
