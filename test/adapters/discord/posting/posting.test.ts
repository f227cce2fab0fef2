import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import { MOST_INVALID } from '../../../../adapters/discord/posting/brake.ts';
import { DIRECT_EVERY_MS } from '../../../../adapters/discord/posting/direct.ts';
import type { Message } from '../../../../src/adapter.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { type Destination, directTo } from '../../../../src/domain/feed.ts';
import { silentLog } from '../../../../src/log.ts';
import { PAPER_CARD, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type Channel, type FakeDiscord, messageText, startDiscord } from '../../../fakes/discord/index.ts';

const HEADING = { ...TEXT_CARD, title: 'Papers of Monday, 2026-11-23' } satisfies Card;

let fake: FakeDiscord;
afterEach(async () => {
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
  await fake.stop();
});

/** A Discord with a server, one of its channels, and an adapter that posts there. */
async function open(kind: 'text' | 'forum' = 'text') {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  fake = await startDiscord({ clock, limits: false });
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers', kind });
  const member = fake.addPerson({ name: 'Ada' });
  fake.join(guild, member);
  const create = () =>
    createDiscordAdapter({ token: 'loopback-token', apiUrl: fake.url, clock, log: silentLog });
  const adapter = create();
  const destination: Destination = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const message = (given: Card, id: string, first?: string): Message => {
    const card = given.kind === 'paper' ? { ...given, under: HEADING.title } : given;
    const [payload = null] = adapter.render(card);
    return { id, destination, payload, ...(first === undefined ? {} : { first }) };
  };
  return { clock, guild, channel, member, adapter, create, destination, message };
}

const titles = (channel: Channel) =>
  fake
    .messages(channel)
    .filter(({ type }) => type === 0)
    .map(messageText);

describe('an edition in cards', () => {
  it('hangs its papers under the heading, in one thread that has its name', async () => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    await adapter.send(message(PAPER_CARD, 'slot#2', first));
    const [thread, ...others] = fake.threads(channel);
    expect(others).toEqual([]);
    expect(thread?.id).toBe(first);
    expect(thread?.name).toBe(HEADING.title);
    expect(titles(channel)).toHaveLength(1);
    expect(titles(thread as Channel)).toHaveLength(2);
    expect(fake.count('POST /channels/*/messages/*/threads')).toBe(1);
  });

  it('goes on in the thread that another process has opened', async () => {
    const { adapter, create, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    await create().send(message(PAPER_CARD, 'slot#2', first));
    expect(titles(fake.threads(channel)[0] as Channel)).toHaveLength(2);
  });

  it('puts a paper into the channel when the heading is gone or is not out', async () => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    fake.removeMessage(fake.messages(channel)[0] as never);
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    await adapter.send(message(PAPER_CARD, 'slot#2'));
    expect(titles(channel)).toHaveLength(2);
  });

  it('is a post with its papers in it where the channel is a forum', async () => {
    const { adapter, message, channel } = await open('forum');
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    const [post, ...others] = fake.threads(channel);
    expect(others).toEqual([]);
    expect(post?.name).toBe(HEADING.title);
    expect(titles(post as Channel)).toHaveLength(2);
  });

  it('is refused, and says what is missing, where no thread may be opened', async () => {
    const { adapter, message, channel } = await open();
    fake.permit(channel, 'everyone', { deny: ['CreatePublicThreads'] });
    fake.permit(channel, 'bot', { deny: ['CreatePublicThreads'] });
    const first = await adapter.send(message(HEADING, 'slot#0'));
    const refused = adapter.send(message(PAPER_CARD, 'slot#1', first));
    await expect(refused).rejects.toMatchObject({ code: 'delivery-refused', reason: 'forbidden' });
  });

  it('finds a paper in its thread, and brings it up to date there', async () => {
    const { adapter, create, message, clock, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    const messageId = await adapter.send(message(PAPER_CARD, 'slot#1', first));
    const since = addMs(clock.now(), -HOUR_MS);
    const restarted = create();
    expect(await restarted.find(message(PAPER_CARD, 'slot#1', first), since)).toEqual({
      kind: 'found',
      messageId,
    });
    expect(await restarted.find(message(PAPER_CARD, 'slot#2', first), since)).toEqual({ kind: 'absent' });
    await restarted.edit?.({ ...message({ ...PAPER_CARD, notes: ['Newer'] }, 'slot#1', first), messageId });
    expect(titles(fake.threads(channel)[0] as Channel).join()).toContain('Newer');
  });
});

describe('a channel that refuses', () => {
  it('is told by the permission that is missing there, which Discord does not name', async () => {
    const { adapter, message, channel } = await open();
    await adapter.send(message(HEADING, 'slot#0'));
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    const refused = { code: 'delivery-refused', reason: 'forbidden' };
    const error = await adapter.send(message(HEADING, 'slot#1')).catch((cause: Error) => cause);
    expect(error).toMatchObject(refused);
    expect(error).toHaveProperty('message', expect.stringContaining('lacks the permission Send Messages'));
  });

  it.each(['CreatePublicThreads', 'SendMessagesInThreads'] as const)('%s, of a paper', async (name) => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    for (const whom of ['everyone', 'bot'] as const) fake.permit(channel, whom, { deny: [name] });
    const words = name.replace(/[A-Z]/g, ' $&').trim().replace('In', 'in');
    const refused = adapter.send(message(PAPER_CARD, 'slot#1', first));
    await expect(refused).rejects.toThrow(`lacks the permission ${words}`);
  });

  it('is told in general where Discord cannot be asked', async () => {
    const { adapter, message, channel } = await open();
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    fake.fail('GET /channels/*', { kind: 'cut-before' });
    const refused = { code: 'delivery-refused', reason: 'forbidden' };
    const sending = adapter.send(message(HEADING, 'slot#1'));
    await expect(sending).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('It needs View Channel, Send Messages'),
    });
  });
});

describe('a thread that is closed half-way', () => {
  type Scene = Awaited<ReturnType<typeof open>>;
  const closings: [string, (thread: Channel) => void][] = [
    ['deleted', (thread) => fake.removeChannel(thread)],
    ['locked', (thread) => fake.archive(thread, { isLocked: true })],
    [
      'locked and open',
      (thread) => {
        fake.archive(thread, { isLocked: true });
        fake.unarchive(thread);
      },
    ],
  ];

  /** What the line does when it is asked for the message again: once, with the same. */
  async function sendAgain(adapter: Scene['adapter'], message: Message): Promise<string> {
    await expect(adapter.send(message)).rejects.toMatchObject({
      code: 'delivery-throttled',
      retryAfterMs: 0,
    });
    return await adapter.send(message);
  }

  /** Its rest stands in the channel, where it is found and brought up to date. */
  async function expectBeside({ create, message, clock, channel }: Scene, first: string, messageId: string) {
    expect(titles(channel)).toHaveLength(2);
    const paper = message(PAPER_CARD, 'slot#2', first);
    const since = addMs(clock.now(), -HOUR_MS);
    expect(await create().find(paper, since)).toEqual({ kind: 'found', messageId });
    const { payload } = message({ ...PAPER_CARD, notes: ['Newer'] }, 'slot#2', first);
    await create().edit?.({ ...paper, payload, messageId });
    expect(titles(channel).join()).toContain('Newer');
  }

  it.each(closings)('%s leaves the rest to the channel', async (_, close) => {
    const scene = await open();
    const { adapter, message, channel } = scene;
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    close(fake.threads(channel)[0] as Channel);
    await expectBeside(scene, first, await sendAgain(adapter, message(PAPER_CARD, 'slot#2', first)));
    await adapter.send(message(PAPER_CARD, 'slot#3', first));
    expect(titles(channel)).toHaveLength(3);
  });

  it.each(closings)('%s leaves the rest to the channel after a restart too', async (_, close) => {
    const scene = await open();
    const { adapter, create, message, channel } = scene;
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    close(fake.threads(channel)[0] as Channel);
    await expectBeside(scene, first, await sendAgain(create(), message(PAPER_CARD, 'slot#2', first)));
  });

  it('is opened by the next message where it was only folded away', async () => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    const [thread] = fake.threads(channel) as [Channel];
    fake.archive(thread);
    await adapter.send(message(PAPER_CARD, 'slot#2', first));
    expect([titles(channel).length, titles(thread).length]).toEqual([1, 2]);
  });

  it.each([160006, 160007])('is not needed where no more may be open (%i)', async (code) => {
    const scene = await open();
    const { adapter, message } = scene;
    const mend = fake.fail('POST /channels/*/messages/*/threads', { kind: 'status', status: 400, code });
    const first = await adapter.send(message(HEADING, 'slot#0'));
    const messageId = await adapter.send(message(PAPER_CARD, 'slot#2', first));
    mend();
    await expectBeside(scene, first, messageId);
  });

  it.each([false, true])(
    'as a post of a forum leaves the rest to new posts; restarted: %s',
    async (isNew) => {
      const { adapter, create, message, channel, clock } = await open('forum');
      const first = await adapter.send(message(HEADING, 'slot#0'));
      fake.archive(fake.threads(channel)[0] as Channel, { isLocked: true });
      const paper = message(PAPER_CARD, 'slot#1', first);
      const sender = isNew ? create() : adapter;
      const messageId = await sendAgain(sender, paper);
      // Nothing compares a new post with an earlier one.
      expect(sender.repeatableForMs(paper)).toBe(0);
      const since = addMs(clock.now(), -HOUR_MS);
      expect(await create().find(paper, since)).toEqual({ kind: 'found', messageId });
      const { payload } = message({ ...PAPER_CARD, notes: ['Newer'] }, 'slot#1', first);
      await create().edit?.({ ...paper, payload, messageId });
      expect(titles(fake.channel(messageId) as Channel).join()).toContain('Newer');
    },
  );
});

describe('a role that is called', () => {
  it('is called once, and nobody else is', async () => {
    const { adapter, guild, channel, destination } = await open();
    const role = fake.addRole(guild, { name: 'readers', isMentionable: true });
    const title = `@everyone <@&${role.id}> <@1>`;
    const [payload = null] = adapter.render({ ...TEXT_CARD, title, ping: role.id });
    await adapter.send({ id: 'slot#0', destination, payload });
    const [posted] = fake.messages(channel);
    expect(posted?.mentions).toMatchObject({ roles: [role.id], users: [], isEveryone: false });
  });
});

describe('a direct message', () => {
  it('carries the server that its presses act in', async () => {
    const { adapter, member, guild, destination } = await open();
    const [payload = null] = adapter.render(TEXT_CARD);
    await adapter.send({ id: 'note#0', destination: directTo(destination, member.id), payload });
    const [posted] = fake.messages(member.dm());
    expect(JSON.stringify(posted?.components)).toContain(`@${BigInt(guild.id).toString(36)}`);
  });

  it('leaves no oftener than every two seconds, to whomever', async () => {
    const { adapter, clock, guild, destination } = await open();
    const [payload = null] = adapter.render(TEXT_CARD);
    for (let count = 0; count < 5; count += 1) {
      const person = fake.addPerson({ name: `Person ${count}` });
      fake.join(guild, person);
      await adapter.send({ id: `note#${count}`, destination: directTo(destination, person.id), payload });
    }
    expect(clock.now()).toBe(addMs('2026-11-23T09:00:00.000Z', 4 * DIRECT_EVERY_MS));
  });

  it('is refused by a member who takes none', async () => {
    const { adapter, member, destination } = await open();
    member.closeDms();
    const [payload = null] = adapter.render(TEXT_CARD);
    const sent = adapter.send({ id: 'note#0', destination: directTo(destination, member.id), payload });
    await expect(sent).rejects.toMatchObject({ code: 'delivery-refused', reason: 'forbidden' });
  });
});

describe('looking', () => {
  it('says nothing where the history may not be read, and names the permission', async () => {
    const { adapter, message, clock, channel } = await open();
    fake.permit(channel, 'bot', { deny: ['ReadMessageHistory'] });
    const sighting = await adapter.find(message(TEXT_CARD, 'slot#0'), addMs(clock.now(), -HOUR_MS));
    expect(sighting).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('Read Message History'),
    });
  });

  it('is refused where the channel cannot be seen', async () => {
    const { adapter, message, clock, channel } = await open();
    fake.permit(channel, 'bot', { deny: ['ViewChannel'] });
    const found = adapter.find(message(TEXT_CARD, 'slot#0'), addMs(clock.now(), -HOUR_MS));
    await expect(found).rejects.toMatchObject({ code: 'delivery-refused' });
  });
});

describe('what protects the bot', () => {
  it('a token that is refused is not shown again for ten minutes', async () => {
    const { adapter, message, clock } = await open();
    fake.resetToken('another-token');
    const send = () => adapter.send(message(TEXT_CARD, 'slot#0'));
    for (let count = 0; count < 20; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false });
    expect(fake.invalidRequests).toBe(1);
    fake.resetToken('loopback-token');
    clock.advance(10 * MINUTE_MS);
    await expect(send()).resolves.toMatch(/^\d+$/);
  });

  it('all rests after 500 refused requests in ten minutes, and goes on by itself', async () => {
    const { adapter, message, clock } = await open();
    const mend = fake.fail('POST /channels/*/messages', { kind: 'status', status: 403, code: 50013 });
    const send = () => adapter.send(message(TEXT_CARD, 'slot#0'));
    for (let count = 0; count < MOST_INVALID; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-refused' });
    for (let count = 0; count < 100; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-throttled' });
    expect(fake.invalidRequests).toBe(MOST_INVALID);
    mend();
    clock.advance(10 * MINUTE_MS);
    await expect(send()).resolves.toMatch(/^\d+$/);
  });

  it('a refusal that is not Discord’s own closes no channel', async () => {
    const { adapter, message } = await open();
    fake.fail('POST /channels/*/messages', { kind: 'status', status: 403 }, { times: 1 });
    const sent = adapter.send(message(TEXT_CARD, 'slot#0'));
    await expect(sent).rejects.toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false });
  });

  it('a 5xx after Discord took the message does not post it twice', async () => {
    const { adapter, message, channel } = await open();
    fake.fail('POST /channels/*/messages', { kind: 'status', status: 502, isHandled: true }, { times: 1 });
    const one = message(TEXT_CARD, 'slot#0');
    await expect(adapter.send(one)).rejects.toMatchObject({ mayHaveArrived: true });
    const messageId = await adapter.send(one);
    expect(fake.messages(channel).map(({ id }) => id)).toEqual([messageId]);
  });
});
