import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import type { FeedNeeds } from '../../../../src/adapter.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type Channel, type FakeDiscord, type Guild, startDiscord } from '../../../fakes/discord/index.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
let fake: FakeDiscord;
let guild: Guild;
beforeAll(async () => {
  fake = await startDiscord({ clock, limits: false });
  guild = fake.addGuild({ name: 'Lab' });
});
afterAll(() => fake.stop());

/** What keeps a feed from a channel, a minute later than what was asked before. */
async function obstacles(channel: Pick<Channel, 'id'>, more: Partial<FeedNeeds> = {}): Promise<string[]> {
  clock.advance(MINUTE_MS);
  const adapter = createDiscordAdapter({ token: 'loopback-token', apiUrl: fake.url, clock, log: silentLog });
  const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
  return (await adapter.obstacles?.({ destination, layout: 'digest', ...more })) ?? ['no such question'];
}

describe('what keeps a feed from a channel', () => {
  it('nothing where all is there', async () => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    expect(await obstacles(channel)).toEqual([]);
    expect(await obstacles(channel, { layout: 'cards' })).toEqual([]);
    expect(await obstacles(fake.addChannel(guild, { name: 'news', kind: 'announcement' }))).toEqual([]);
    expect(await obstacles(fake.addChannel(guild, { name: 'posts', kind: 'forum' }))).toEqual([]);
  });

  it.each([
    ['SendMessages', 'digest', 'Send Messages'],
    ['ReadMessageHistory', 'digest', 'Read Message History'],
    ['CreatePublicThreads', 'cards', 'Create Public Threads'],
    ['SendMessagesInThreads', 'cards', 'Send Messages in Threads'],
  ] as const)('names the missing permission %s, and no other', async (name, layout, shown) => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    fake.permit(channel, 'bot', { deny: [name] });
    expect(await obstacles(channel, { layout })).toEqual([expect.stringContaining(`permission ${shown} `)]);
  });

  it('a permission that only threads need is not asked for a digest', async () => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    fake.permit(channel, 'bot', { deny: ['CreatePublicThreads', 'SendMessagesInThreads'] });
    expect(await obstacles(channel)).toEqual([]);
  });

  it('a channel that cannot be seen, is not there or is another server’s', async () => {
    const hidden = fake.addChannel(guild, { name: 'hidden' });
    fake.permit(hidden, 'bot', { deny: ['ViewChannel'] });
    const foreign = fake.addChannel(fake.addGuild({ name: 'Elsewhere' }), { name: 'papers' });
    for (const channel of [hidden, foreign, { id: '123' }])
      expect(await obstacles(channel)).toEqual([expect.stringContaining('cannot see this channel')]);
  });

  it('a channel in which nothing can be posted', async () => {
    const category = fake.addChannel(guild, { name: 'all', kind: 'category' });
    expect(await obstacles(category)).toEqual([expect.stringContaining('of this kind')]);
  });

  it('a forum that asks for a tag', async () => {
    const forum = fake.addChannel(guild, { name: 'posts', kind: 'forum', requiresTag: true });
    expect(await obstacles(forum)).toEqual([expect.stringContaining('tag')]);
  });

  it('a role that is not there, or that the bot may not call', async () => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    const role = fake.addRole(guild, { name: 'readers' });
    const open = fake.addRole(guild, { name: 'all readers', isMentionable: true });
    expect(await obstacles(channel, { role: '99' })).toEqual([expect.stringContaining('no such role')]);
    expect(await obstacles(channel, { role: role.id })).toEqual([expect.stringContaining('@mention')]);
    expect(await obstacles(channel, { role: open.id })).toEqual([]);
  });

  it('a thread goes by the channel that it is in', async () => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    const by = fake.addPerson({ name: 'Ada' });
    fake.join(guild, by);
    const thread = fake.addThread(channel, { name: 'talk', by });
    expect(await obstacles(thread)).toEqual([]);
    fake.permit(channel, 'bot', { deny: ['SendMessagesInThreads'] });
    expect(await obstacles(thread)).toEqual([expect.stringContaining('Send Messages in Threads')]);
  });
});

it('a permission that was just given is seen at once', async () => {
  const channel = fake.addChannel(guild, { name: 'papers' });
  fake.permit(channel, 'bot', { deny: ['SendMessages'] });
  const adapter = createDiscordAdapter({ token: 'loopback-token', apiUrl: fake.url, clock, log: silentLog });
  const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
  const feed = { destination, layout: 'digest' } as const;
  expect(await adapter.obstacles?.(feed)).toHaveLength(1);
  fake.permit(channel, 'bot', { allow: ['SendMessages'] });
  expect(await adapter.obstacles?.(feed)).toEqual([]);
});

describe('in another language', () => {
  it('permissions go by the names that Discord’s settings have there', async () => {
    const channel = fake.addChannel(guild, { name: 'papers' });
    fake.permit(channel, 'bot', { deny: ['SendMessages'] });
    clock.advance(MINUTE_MS);
    const adapter = createDiscordAdapter({
      token: 'loopback-token',
      apiUrl: fake.url,
      clock,
      log: silentLog,
    });
    const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
    const feed = { destination, layout: 'digest' } as const;
    expect(await adapter.obstacles?.(feed, 'de')).toEqual([expect.stringContaining('„Nachrichten senden“')]);
    expect(await adapter.obstacles?.(feed, 'zh-CN')).toEqual([expect.stringContaining('“发送消息”')]);
  });
});
