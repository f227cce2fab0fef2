import type { Context, Hono } from 'hono';
import type { Clock } from '../../clock.ts';
import { StoreError } from '../../errors.ts';
import { type Html, html } from '../../html.ts';
import type { Log } from '../../log.ts';
import { type HealthView, type StatusView, subscribersSentence } from '../../view.ts';
import { type Site, show } from '../answers.ts';
import { instant } from '../moments.ts';
import { askedPage, pagePath, showPageFault, turnPages } from '../paging.ts';
import { alarmsPart } from './alarms.ts';
import { checksPart } from './checks.ts';
import { deliveriesPart } from './deliveries.ts';
import { feedsTable } from './feeds.ts';
import { sourcePart } from './source.ts';

/** What the status page is made from. */
export interface StatusParts {
  site: Site;
  status: StatusView;
  health: HealthView;
  /** Of the program. */
  version: string;
  clock: Clock;
  log: Log;
}

const FEEDS_SHOWN = 50;
const DELIVERIES_SHOWN = 20;
const ALARMS_SHOWN = 20;

/** Adds the page for whoever runs the bot. */
export function addStatusPage(app: Hono, parts: StatusParts): void {
  app.get('/status', (context) => showStatus(context, parts));
}

async function showStatus(context: Context, parts: StatusParts): Promise<Response> {
  const { site, version, clock } = parts;
  const asked = askedPage(context, FEEDS_SHOWN);
  if (!asked) return await showPageFault(context, site, '/status');
  const now = clock.now();
  const sections = await Promise.all(sectionsOf(parts, asked, now));
  const body = html`<div class="wide"><h1>Status</h1>
<p class="lead">Paperwire ${version}, as of ${instant(now)}. <a href="${pagePath('/status', asked.number)}">Reload</a></p>
${sections}</div>`;
  return await show(context, site, { title: 'Status', here: 'status', isUnlisted: true, body });
}

type Asked = NonNullable<ReturnType<typeof askedPage>>;

function sectionsOf(parts: StatusParts, asked: Asked, now: string): Promise<Html>[] {
  const { status, health, log } = parts;
  const section = (id: string, title: string, read: () => Promise<Html>) =>
    sectionOf({ id, title, read, log });
  return [
    section('health', 'Health', async () => checksPart(await health.checks())),
    section('feeds', 'Feeds', () => feedsPart(parts, asked, now)),
    section('deliveries', 'Messages', async () =>
      deliveriesPart(await status.deliveries(DELIVERIES_SHOWN), now),
    ),
    section('alarms', 'Alarms', async () => alarmsPart(await status.alarms(ALARMS_SHOWN), now)),
    section('source', 'Source', async () => sourcePart(await status.source(), now)),
  ];
}

async function feedsPart(
  { site: { hasMail = false }, status }: StatusParts,
  { number, ...page }: Asked,
  now: string,
): Promise<Html> {
  const { total, feeds } = await status.feeds(page);
  const byMail = subscribersSentence(await status.subscribers(), { hasMail });
  const hasMore = page.offset + feeds.length < total;
  const counted = total > feeds.length && html`<p class="muted">${feeds.length} of ${total}</p>`;
  return html`${counted}${feedsTable(feeds, now)}${turnPages(number, hasMore, (one) => `${pagePath('/status', one)}#feeds`)}${byMail && html`<p>${byMail}</p>`}`;
}

/** What cannot be read is said in its place; all else stands. */
async function sectionOf(part: {
  id: string;
  title: string;
  read: () => Promise<Html>;
  log: Log;
}): Promise<Html> {
  const { id, title, read, log } = part;
  const inside = await read().catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    log.error('A part of the status page could not be read', { part: id, error });
    return html`<p class="notice bad">This cannot be read just now, as the store does not answer. The log says more.</p>`;
  });
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${inside}</section>\n`;
}
