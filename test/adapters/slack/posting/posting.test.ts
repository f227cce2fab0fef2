import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../../adapters/slack/index.ts';
import type { Adapter, Message } from '../../../../src/adapter.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { directTo } from '../../../../src/domain/feed.ts';
import { DeliveryThrottledError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts';
import { type Channel, type FakeSlack, startSlack, USUAL_SCOPES } from '../../../fakes/slack/index.ts';
import { somePapers } from '../../../fixtures/papers.ts';
import { createMemoryInstallations } from '../installing/memory-installations.ts';

let fake: FakeSlack;
let clock: FakeClock;
let channel: Channel;
let adapter: Adapter;

beforeAll(async () => {
  clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const history = ['channels:history', 'groups:history', 'im:history'];
  fake = await startSlack({ clock, limits: false, scopes: [...USUAL_SCOPES, ...history] });
});
afterAll(() => fake.stop());

function create(): Adapter {
  return createSlackAdapter({
    apiUrl: fake.apiUrl,
    hearing: { kind: 'socket', appToken: fake.appToken },
    tokens: { kind: 'one', botToken: fake.botToken },
    installations: createMemoryInstallations(),
    route: () => {},
    clock,
    log: silentLog,
  });
}

beforeEach(() => {
  clock.advance(DAY_MS);
  fake.mend();
  fake.forget();
  channel = fake.addChannel({ name: 'papers' });
  adapter = create();
});

const [PAPER] = somePapers('2611', [12]);
const PAPER_CARD: Card = {
  kind: 'paper',
  entry: {
    number: 1,
    paper: { ...(PAPER as NonNullable<typeof PAPER>), thumbnailUrl: 'https://cdn.example.org/a.png' },
  },
  notes: [],
  under: 'Monday',
};

function message(id: string, card: Card, first?: string): Message {
  const [payload] = adapter.render(card);
  const destination = { platform: 'slack', workspace: fake.team.id, channel: channel.id } as const;
  return { id, destination, payload: payload ?? null, ...(first === undefined ? {} : { first }) };
}

const text = (title: string): Card => ({ kind: 'text', title, paragraphs: ['Words.'] });
const PICTURE_MISSING = {
  kind: 'error',
  error: 'invalid_blocks',
  more: {
    response_metadata: {
      messages: ['[ERROR] downloading image failed [json-pointer:/blocks/0/accessory/image_url]'],
    },
  },
} as const;

describe('posting', () => {
  it('carries its id unseen, and always has words for those who do not see the blocks', async () => {
    await adapter.send(message('feed@2026-11-23#0', text('Monday')));
    const [posted] = fake.messages(channel);
    expect(posted?.metadata?.event_payload).toEqual({ delivery: 'feed@2026-11-23#0' });
    expect(posted?.text).toContain('Monday');
    expect(fake.requests.at(-1)?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      parse: 'none',
    });
  });

  it('puts a paper into the thread under its heading, and beside it where the thread takes no replies', async () => {
    const first = await adapter.send(message('e#0', text('Monday')));
    await adapter.send(message('e#1', PAPER_CARD, first));
    fake.fail('chat.postMessage', { kind: 'error', error: 'restricted_action_thread_locked' }, { times: 1 });
    const locked = adapter.send(message('e#2', PAPER_CARD, first));
    await expect(locked).rejects.toMatchObject({ code: 'delivery-throttled', retryAfterMs: 0 });
    const beside = await adapter.send(message('e#2', PAPER_CARD, first));
    const [heading] = fake.messages(channel).filter(({ ts }) => ts === first);
    expect(heading && fake.replies(heading)).toHaveLength(1);
    expect(fake.message(channel, beside)?.threadTs).toBeUndefined();
    expect(await adapter.find(message('e#2', PAPER_CARD, first), addMs(clock.now(), -HOUR_MS))).toEqual({
      kind: 'found',
      messageId: beside,
    });
  });

  it('shows a paper without its picture where Slack cannot fetch that, also when it is edited', async () => {
    fake.fail('chat.postMessage', PICTURE_MISSING, { times: 1 });
    const messageId = await adapter.send(message('e#1', PAPER_CARD));
    expect(fake.count('chat.postMessage')).toBe(2);
    expect(fake.messages(channel)).toHaveLength(1);
    expect(JSON.stringify(fake.message(channel, messageId)?.blocks)).not.toContain('image_url');
    fake.fail('chat.update', PICTURE_MISSING, { times: 1 });
    await adapter.edit?.({ ...message('e#1', PAPER_CARD), messageId });
    expect(fake.count('chat.update')).toBe(2);
  });

  it('other refusals of the blocks are not tried again', async () => {
    fake.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, { times: 1 });
    await expect(adapter.send(message('e#1', PAPER_CARD))).rejects.toMatchObject({ code: 'card-rejected' });
    expect(fake.count('chat.postMessage')).toBe(1);
  });

  it('writes to a member by their id, without opening anything first, and finds it there', async () => {
    const ada = fake.addPerson({ name: 'Ada' });
    const direct = {
      ...message('d#0', text('Digest')),
      destination: directTo({ platform: 'slack', workspace: fake.team.id }, ada.id),
    };
    const messageId = await adapter.send(direct);
    expect(fake.count('conversations.open')).toBe(0);
    expect(await adapter.find(direct, addMs(clock.now(), -HOUR_MS))).toEqual({ kind: 'found', messageId });
  });

  it('keeps a rest for the whole workspace and method, and lets other methods leave', async () => {
    const messageId = await adapter.send(message('e#0', text('Monday')));
    fake.fail('chat.postMessage', { kind: 'throttle', retryAfterMs: 20_000 }, { times: 1 });
    const refused = await adapter.send(message('e#1', text('One'))).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'delivery-throttled', retryAfterMs: 20_000 });
    fake.forget();
    const second = await adapter.send(message('e#2', text('Two'))).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(DeliveryThrottledError);
    expect(fake.requests).toHaveLength(0);
    await adapter.edit?.({ ...message('e#0', text('Tuesday')), messageId });
    clock.advance(20_000);
    await adapter.send(message('e#2', text('Two')));
    expect(fake.messages(channel)).toHaveLength(2);
  });

  it('another workspace than that of the token is refused before anything leaves', async () => {
    const elsewhere = message('e#0', text('Monday'));
    const destination = { ...elsewhere.destination, workspace: 'T0OTHER' };
    await expect(adapter.send({ ...elsewhere, destination })).rejects.toMatchObject({ reason: 'gone' });
    expect(fake.count('chat.postMessage')).toBe(0);
  });
});

describe('looking where 15 messages a minute may be read', () => {
  it('goes on where it was told to rest, and reads each page once', async () => {
    const usual = fake;
    const scopes = [...USUAL_SCOPES, 'channels:history'];
    fake = await startSlack({ clock, limits: { history: 'commercial' }, scopes });
    try {
      channel = fake.addChannel({ name: 'papers' });
      adapter = create();
      const wanted = message('wanted#0', text('Wanted'));
      const messageId = await adapter.send(wanted);
      for (let index = 0; index < 40; index += 1)
        await adapter.send(message(`other#${index}`, text('Other')));
      const seen: unknown[] = [];
      for (let tries = 0; tries < 4; tries += 1) {
        const look = adapter.find(wanted, addMs(clock.now(), -2 * HOUR_MS));
        seen.push(await look.catch((error: { code?: string }) => error.code));
        clock.advance(MINUTE_MS);
      }
      const rest = 'delivery-throttled';
      expect(seen.slice(0, 3)).toEqual([rest, rest, { kind: 'found', messageId }]);
      const pages = fake.requests.filter(
        ({ method, status }) => method === 'conversations.history' && status === 200,
      );
      const [first, second, third] = pages.map(({ args }) => args.cursor);
      expect([first, second === third, second === undefined]).toEqual([undefined, false, false]);
    } finally {
      await fake.stop();
      fake = usual;
    }
  });
});
