import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedStatus } from '../../src/abilities.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { FeedId } from '../../src/domain/feed.ts';
import { withStore } from './bot-store.ts';
import { liveInTerminal } from './lived-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let stores = 0;
let env: { STORE_URL: string };
let feeds: { unsure: FeedId; waiting: FeedId };

beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());
beforeEach(async () => {
  stores += 1;
  env = { STORE_URL: `sqlite:${join(program.folder, `${stores}.db`)}` };
  feeds = await liveInTerminal(env.STORE_URL);
});

const paperwire = (...args: string[]) => program.run(args, { env });

async function listed(): Promise<DeliveryStatus[]> {
  const { code, out } = await paperwire('delivery', 'list', '--json');
  expect(code).toBe(0);
  return JSON.parse(out).deliveries;
}

async function statusOf(id: FeedId): Promise<FeedStatus> {
  const { out } = await paperwire('status', '--json');
  return JSON.parse(out).feeds.find(({ feed }: FeedStatus) => feed.id === id);
}

describe('paperwire delivery', () => {
  it('lists what is not out, with what may be done about it', async () => {
    const open = await listed();
    expect(open.map(({ id }) => id.split('#')[1])).toEqual(['2', '3']);
    for (const one of open) {
      expect(one).toMatchObject({ state: 'uncertain', reason: expect.stringContaining('may have arrived') });
      expect(one).not.toHaveProperty('payload');
    }
    const { code, out } = await paperwire('delivery', 'list');
    expect(code).toBe(0);
    for (const { id } of open) expect(out).toContain(id);
    expect(out).toContain('paperwire delivery resend <id>');
  });

  it('sends one again, lets the other be, and then everything is out', async () => {
    const [first, second] = (await listed()).map(({ id }) => id);
    const resent = await paperwire('delivery', 'resend', first ?? '');
    expect(resent.code, resent.err).toBe(0);
    expect(resent.out).toContain('Invented paper 2611.00002');
    expect(resent.out).not.toContain('Invented paper 2611.00003');
    expect((await listed()).map(({ id }) => id)).toEqual([second]);
    const dismissed = await paperwire('delivery', 'dismiss', second ?? '', '--json');
    expect(dismissed.code, dismissed.err).toBe(0);
    expect(JSON.parse(dismissed.out)).toMatchObject({ state: 'incomplete' });
    expect(dismissed.out).not.toContain('Invented paper');
    expect((await paperwire('delivery', 'list')).out).toContain('Everything is out.');
    // Both are decided for ever.
    for (const verb of ['resend', 'dismiss']) {
      for (const id of [first, second]) expect((await paperwire('delivery', verb, id ?? '')).code).toBe(2);
    }
  });

  it('sends a whole edition again, once', async () => {
    const slot = (await listed())[0]?.slotId ?? '';
    const { code, out, err } = await paperwire('delivery', 'resend', slot);
    expect([code, err]).toEqual([0, expect.stringMatching(/: posted\. 4 papers\./)]);
    expect(out.match(/Invented paper 2611\.\d+/g)).toEqual([
      'Invented paper 2611.00002',
      'Invented paper 2611.00003',
    ]);
    expect(await listed()).toEqual([]);
    expect((await statusOf(feeds.unsure)).lastEdition?.state).toBe('posted');
    expect((await paperwire('delivery', 'resend', slot)).code).toBe(2);
  });

  it('ends with 1 when one that was sent again could not be shown, and keeps it for later', async () => {
    const [first] = (await listed()).map(({ id }) => id);
    const child = program.spawn(['delivery', 'resend', first ?? ''], env);
    child.stdout.destroy();
    expect((await once(child, 'close'))[0]).toBe(1);
    expect((await listed())[0]).toMatchObject({ id: first, state: 'planned' });
    const { out } = await paperwire('post', '--feed', feeds.unsure);
    expect(out).toContain('Invented paper 2611.00002');
    expect((await listed()).map(({ id }) => id)).not.toContain(first);
  });

  it.each([
    [['delivery'], 'paperwire delivery resend <id>'],
    [['delivery', 'dance'], 'paperwire delivery resend <id>'],
    [['delivery', 'resend'], 'paperwire delivery resend <id>'],
    [['delivery', 'dismiss'], 'paperwire delivery resend <id>'],
    [['delivery', 'resend', 'one#1', 'one#2'], 'paperwire delivery resend <id>'],
    [['delivery', 'list', 'one#1'], 'paperwire delivery resend <id>'],
    [['delivery', 'list', '--fast'], '--fast'],
    [['delivery', 'resend', 'nobody@2026-11-23#0'], 'There is no message "nobody@2026-11-23#0"'],
    [['delivery', 'dismiss', '--json', 'nobody@2026-11-23'], 'There is no message "nobody@2026-11-23"'],
  ])('wrong usage %j: a sentence and exit 2', async (args, sentence) => {
    const { code, out, err } = await paperwire(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('paperwire status', () => {
  it('tells programs of the last edition and its open messages', async () => {
    const status = await statusOf(feeds.unsure);
    expect(status.lastEdition).toMatchObject({
      state: 'incomplete',
      sentence: expect.stringContaining('Of 5 messages 2 uncertain.'),
    });
    expect(status.openDeliveries.map(({ id }) => id)).toEqual((await listed()).map(({ id }) => id));
    expect(status.nextDueAt).toMatch(/^\d{4}-\d\d-\d\dT09:00:00\.000Z$/);
  });

  it('tells programs since when a feed waits, and why', async () => {
    const status = await statusOf(feeds.waiting);
    const { waitingSinceAt = '', lookAgainAt = '' } = status.lastSlot ?? {};
    expect(status.lastSlot).toMatchObject({ state: 'waiting', sentence: 'The source cannot be reached.' });
    expect(waitingSinceAt).toMatch(/Z$/);
    expect(lookAgainAt > waitingSinceAt).toBe(true);
    expect(status).not.toHaveProperty('lastEdition');
    expect(status.openDeliveries).toEqual([]);
  });

  it('tells the operator what only they can mend, until it is mended', async () => {
    const raisedAt = '2026-11-23T09:00:00.000Z';
    const subject = 'platform/discord';
    const alarm = { id: `alarm/${subject}/${raisedAt}`, subject, sentence: 'Reset it.', raisedAt };
    await withStore(env.STORE_URL, (store) => store.alarms.raise(alarm));
    expect((await paperwire('status')).out).toMatch(/Since 2026-11-23 09:00 UTC: Reset it\./);
    expect(JSON.parse((await paperwire('status', '--json')).out).alarms).toEqual([alarm]);
    await withStore(env.STORE_URL, (store) => store.alarms.clear(alarm.id, raisedAt));
    expect((await paperwire('status')).out).not.toContain('Reset it.');
    expect(JSON.parse((await paperwire('status', '--json')).out).alarms).toEqual([]);
  });

  it('tells people the same, and how to decide', async () => {
    const { out } = await paperwire('status');
    const flat = out.replace(/\s+/g, ' ');
    expect(flat).toContain('Waiting since');
    expect(flat).toContain('2 uncertain. "paperwire delivery resend ');
    expect(flat).toMatch(/Next \d{4}-\d\d-\d\d 09:00 UTC/);
  });
});
