import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { StoreError } from '../../../src/errors.ts';
import { isGone } from '../../../src/gate.ts';
import { type Html, html } from '../../../src/html.ts';
import type { Log } from '../../../src/log.ts';
import { page } from '../../../src/page.ts';
import type { Reading } from './links.ts';

/** What a page says. */
export interface Shown {
  title: string;
  body: Html;
  /** Search engines may show it; all others are somebody's own, or come of what they did. */
  isListed?: true;
  /** Default 200. */
  status?: 200 | 400 | 404 | 410 | 429 | 500 | 503;
}

/** Where the form is that everybody begins at. */
export const FORM_PATH = '/email';

/** Sends a page that nobody keeps. */
export async function show(
  context: Context,
  { title, body, isListed, status = 200 }: Shown,
): Promise<Response> {
  context.header('Cache-Control', 'no-store');
  const isUnlisted = !isListed;
  // The playground is for whoever runs the bot; these pages are for strangers.
  const shown = await page({
    title,
    isUnlisted,
    hasPlayground: false,
    hasMail: true,
    ...(isListed ? { here: 'mail' } : {}),
    body: html`<h1>${title}</h1>\n${body}`,
  });
  return context.html(String(shown), status);
}

/** Says in a sentence why something cannot be had. */
async function showFault(
  context: Context,
  { sentence, ...fault }: { title: string; sentence: string; status: Exclude<Shown['status'], undefined> },
): Promise<Response> {
  const body = html`<p class="notice bad">${sentence}</p>\n<p><a class="button" href="${FORM_PATH}">Papers by e-mail</a></p>`;
  return await show(context, { ...fault, body });
}

/** Says what to do about a link that opens nothing. */
export async function showBroken(
  context: Context,
  token: 'over' | undefined,
  wayOn: string,
): Promise<Response> {
  return token === 'over'
    ? await showFault(context, { title: 'This link has ended', sentence: wayOn, status: 410 })
    : await showFault(context, {
        title: 'This link is not whole',
        sentence: `Mail programs break long links at times: copy it whole into the address line. ${wayOn}`,
        status: 404,
      });
}

/** What a token opened to. */
export type Opened<T> = Exclude<Reading<T>, 'over' | undefined>;

/** A token that says something. */
export function isOpen<T>(read: Reading<T>): read is Opened<T> {
  return read !== undefined && read !== 'over';
}

const REST_S = 60;

/** Adds what is answered where no page fits, and where one broke. */
export function addFaultPages(app: Hono, log: Log): Hono {
  app.notFound((context) =>
    showFault(context, { title: 'Not found', sentence: 'There is no such page here.', status: 404 }),
  );
  app.onError(async (error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (isGone(context)) return context.text('You have gone.\n', 400);
    // Not its path: what is in it opens somebody's order.
    log.error('A page about e-mail could not be shown', { error });
    if (!(error instanceof StoreError)) {
      const sentence = 'That went wrong in Paperwire itself; its operator finds the reason in the log.';
      return await showFault(context, { title: 'That did not work', sentence, status: 500 });
    }
    context.header('Retry-After', `${REST_S}`);
    const sentence = 'This cannot be done just now. Please try again in a minute.';
    return await showFault(context, { title: 'Not just now', sentence, status: 503 });
  });
  return app;
}

/** What a form of either kind holds; nothing where the body is none. */
export async function fieldsOf(context: Context): Promise<Fields> {
  const form = await context.req.formData().catch(() => new FormData());
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  return { all, first: (name) => all(name)[0] ?? '' };
}

/** The fields of a form that was sent; files are none. */
export interface Fields {
  all(name: string): string[];
  /** Empty for a field that is not there. */
  first(name: string): string;
}
