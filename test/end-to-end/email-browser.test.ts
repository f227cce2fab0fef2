import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMs, type Instant } from '../../src/domain/calendar.ts';
import { openBrowser, WITHOUT } from '../browser.ts';
import type { Mail } from '../fakes/mail/index.ts';
import { freePort } from '../servers/free-port.ts';
import { type MailWorld, oneClickOf, openMailWorld } from './email-world.ts';
import { AGENTS, eventually, MORNING, type RunningProgram, stop, TODAY } from './running.ts';
import { LONGEST_STORY_MS } from './web-world.ts';

const ADA = 'ada@example.net';
/** An edition of nine o’clock is due. */
const DUE_AT: Instant = `${TODAY}T09:00:10.000Z`;
const TOMORROW_DUE_AT: Instant = addMs(DUE_AT, 24 * 3_600_000);

describe.skipIf(WITHOUT)(`papers by e-mail in a browser${WITHOUT}`, { timeout: 2 * LONGEST_STORY_MS }, () => {
  let browser: Browser;
  let world: MailWorld;
  let url: string;

  beforeAll(async () => {
    browser = await openBrowser();
    world = await openMailWorld();
    url = `http://127.0.0.1:${await freePort()}`;
  }, LONGEST_STORY_MS);
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** Starts the bot at a time, on the store that there is. */
  async function startAt(at: Instant): Promise<RunningProgram> {
    world.setTime(at);
    const started = world.start({ PUBLIC_URL: url, HTTP_PORT: new URL(url).port });
    const isThere = () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(isThere, `it starts: ${started.said()}${started.log()}`);
    return started;
  }

  /** The mail that comes next. */
  async function nextMail(after: number, { said, log }: RunningProgram): Promise<Mail> {
    const { fake } = world;
    await eventually(() => fake.mails.length > after, `a mail arrives: ${said()}${log()}`);
    return fake.mails[after] as Mail;
  }

  /** Opens a mail as its reader does. */
  async function read(mail: Mail, page: Page): Promise<void> {
    await page.setContent(String(mail.parsed.html));
  }

  async function order(page: Page): Promise<void> {
    await page.goto(`${url}/email`);
    await page.getByLabel('Your e-mail address').fill(ADA);
    await page.getByLabel('In which time zone').fill('UTC');
    await page.getByLabel('At what time').fill('09:00');
    await page.getByLabel(/ Agents$/).check();
    await page.getByRole('button', { name: 'Send me a link to confirm' }).click();
    await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
  }

  async function confirm(mail: Mail, page: Page): Promise<void> {
    await read(mail, page);
    const link = await page.getByRole('link', { name: 'See and confirm' }).getAttribute('href');
    await page.goto(link ?? '');
    await page.getByText('09:00 UTC').waitFor();
    await page.getByRole('button', { name: 'Yes, send it to me' }).click();
    await page.getByText(`The first edition comes on Wednesday, ${TODAY}, at 09:00 UTC`).waitFor();
  }

  it('lead, without a script, from the form to the first edition, and end by one press', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const morning = await startAt(MORNING);
    await order(page);
    await confirm(await nextMail(0, morning), page);
    await stop(morning);

    const nine = await startAt(DUE_AT);
    const edition = await nextMail(1, nine);
    expect(edition.to).toBe(ADA);
    expect(edition.parsed.text).toContain(AGENTS);
    await read(edition, page);
    await page.getByRole('link', { name: AGENTS }).first().waitFor();
    const { manage, unsubscribe } = linksOf(edition);

    // As a mail program does: no page of ours, and nobody sees the answer.
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(unsubscribe, { method: 'POST', body })).status).toBe(200);
    await page.goto(manage);
    await page.getByText(`Nothing comes to ${ADA}.`).waitFor();
    await page.goto(unsubscribe);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    await stop(nine);

    const nextDay = await startAt(TOMORROW_DUE_AT);
    await order(page);
    const asked = await nextMail(2, nextDay);
    expect(asked.parsed.text).toMatch(/\/email\/confirm\/v1/);
    await stop(nextDay);
    // What was ordered once more waits for its owner, and the edition of the day went to nobody.
    expect(world.fake.mails).toHaveLength(3);
    await context.close();
  });
});

/** Where a mail says that its reader changes what comes, and ends it. */
function linksOf({ raw, parsed }: Mail): { manage: string; unsubscribe: string } {
  const [manage = ''] = /http\S+\/email\/manage\/[\w.-]+/.exec(parsed.text ?? '') ?? [];
  return { manage, unsubscribe: oneClickOf(raw) };
}
