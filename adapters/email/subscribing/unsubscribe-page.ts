import type { Context, Hono } from 'hono';
import { html } from '../../../src/html.ts';
import { FORM_PATH, fieldsOf, isOpen, show, showBroken } from './answers.ts';
import { drawPress, type LinkPages } from './parts.ts';

/** What a mail program sends where its reader has it unsubscribe (RFC 8058 §3.2), and our own button too. */
const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' } as const;
const WAY_ON = 'Any mail from here has such a link.';

/** Adds the page that ends what somebody gets: by its button, or at once by what a mail program posts to its address. */
export function addUnsubscribePage(app: Hono, { links, subscribers }: LinkPages): void {
  app.get('/email/unsubscribe/:token', async (context) => {
    const read = links.read('unsubscribe', context.req.param('token'));
    return isOpen(read) ? await showQuestion(context, read.address) : await showBroken(context, read, WAY_ON);
  });

  app.post('/email/unsubscribe/:token', async (context) => {
    const read = links.read('unsubscribe', context.req.param('token'));
    if (!isOpen(read)) return await showBroken(context, read, WAY_ON);
    const fields = await fieldsOf(context);
    if (fields.first(ONE_CLICK.name) !== ONE_CLICK.value) return await showQuestion(context, read.address);
    await subscribers.remove(read.address);
    return await showEnded(context, read.address);
  });
}

async function showQuestion(context: Context, address: string) {
  const body = html`<p>Nothing more is to come to <bdi>${address}</bdi>, and what is kept of it is to be erased?</p>
${drawPress('Unsubscribe', ONE_CLICK)}`;
  return await show(context, { title: 'End your papers by e-mail?', body });
}

/** The same whether or not anything came before. */
export async function showEnded(context: Context, address: string): Promise<Response> {
  const body = html`<p class="notice good">Nothing more comes to <bdi>${address}</bdi>.</p>
<p><a class="button" href="${FORM_PATH}">Order papers again</a></p>`;
  return await show(context, { title: 'You are unsubscribed', body });
}
