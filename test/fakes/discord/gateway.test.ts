import { once } from 'node:events';
import { Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type FakeDiscord, startDiscord } from './index.ts';
import { createClient, INTENTS, loggedIn, logIn } from './logged-in.ts';

describe('the gateway', () => {
  it('tells of servers, channels and what happens in them', async () => {
    await using world = await loggedIn();
    const { fake, guild, client, ada, channel } = world;
    expect(client.guilds.cache.map(({ name }) => name)).toEqual(['Lab']);
    expect(client.channels.cache.has(channel.id)).toBe(true);
    const message = once(client, Events.MessageCreate);
    ada.say(channel, 'Hello');
    expect((await message)[0].content).toBe('');
    const named = once(client, Events.MessageCreate);
    ada.say(channel, `Hello <@${fake.bot.id}>`);
    expect((await named)[0].content).toContain('Hello');
    const gone = once(client, Events.GuildDelete);
    fake.kickBot(guild);
    expect((await gone)[0].id).toBe(guild.id);
    const raw: string[] = [];
    client.on('raw', ({ t }: { t: string }) => void raw.push(t));
    const back = once(client, Events.GuildCreate);
    fake.addBot(guild, ada);
    expect((await back)[0].id).toBe(guild.id);
    expect(raw).toEqual(['INTEGRATION_CREATE', 'GUILD_CREATE']);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('shows content in direct messages, and everywhere to whom the portal allows it', async () => {
    const allowedIntents = GatewayIntentBits.MessageContent;
    await using world = await loggedIn({ allowedIntents }, { intents: [...INTENTS, allowedIntents] });
    const { client, ada, channel } = world;
    const came = once(client, Events.MessageCreate);
    ada.say(channel, 'Hello');
    expect((await came)[0].content).toBe('Hello');
  });

  it('tells only what was asked for', async () => {
    await using world = await loggedIn({}, { intents: [GatewayIntentBits.Guilds] });
    const { client, fake, ada, channel, guild } = world;
    const raw: string[] = [];
    client.on('raw', ({ t }: { t: string }) => void raw.push(t));
    ada.react(ada.say(channel, 'Hello'), '🤖');
    ada.say(ada.dm(), 'Hello');
    fake.addChannel(guild, { name: 'more' });
    await once(client, Events.ChannelCreate);
    expect(raw).toEqual(['CHANNEL_CREATE']);
  });

  it('tells nothing of channels that the bot does not see', async () => {
    await using world = await loggedIn();
    const { client, fake, ada, channel, guild } = world;
    const other = fake.addChannel(guild, { name: 'other' });
    fake.permit(channel, 'bot', { deny: ['ViewChannel'] });
    const came = once(client, Events.MessageCreate);
    ada.say(channel, 'Hidden');
    const seen = ada.say(other, 'Seen');
    expect((await came)[0].id).toBe(seen.id);
  });

  it('tells of deleted channels and threads, outages and direct messages', async () => {
    await using world = await loggedIn();
    const { client, fake, ada, channel, guild } = world;
    const thread = fake.addThread(channel, { name: 'More', by: ada, under: ada.say(channel, 'Hello') });
    await once(client, Events.ThreadCreate);
    const noThread = once(client, Events.ThreadDelete);
    fake.removeChannel(thread);
    expect((await noThread)[0].id).toBe(thread.id);
    const noChannel = once(client, Events.ChannelDelete);
    fake.removeChannel(channel);
    expect((await noChannel)[0].id).toBe(channel.id);
    const down = once(client, Events.GuildUnavailable);
    fake.setDown(guild, true);
    await down;
    const up = once(client, Events.GuildAvailable);
    fake.setDown(guild, false);
    await up;
    const message = once(client, Events.MessageCreate);
    ada.say(ada.dm(), 'Hello');
    expect((await message)[0].content).toBe('Hello');
    expect(fake.ownProblems).toEqual([]);
  });

  it('replays what was missed after a cut', async () => {
    await using world = await loggedIn();
    const { fake, client, channel, ada } = world;
    const resumed = once(client, Events.ShardResume);
    const reaction = once(client, Events.MessageReactionAdd);
    const message = ada.say(channel, 'Look');
    fake.gateway.cut();
    ada.react(message, '🤖');
    const [[, replayed], [added]] = await Promise.all([resumed, reaction]);
    expect(replayed).toBeGreaterThanOrEqual(1);
    expect(added.emoji.name).toBe('🤖');
    expect(fake.gateway).toMatchObject({ identifies: 1, resumes: 1, connected: 1 });
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it.each([
    ['asked to reconnect', (fake: FakeDiscord) => fake.gateway.askReconnect()],
    [
      'told that the session is invalid but may be resumed',
      (fake: FakeDiscord) => fake.gateway.invalidate(true),
    ],
    ['closed with 4000', (fake: FakeDiscord) => fake.gateway.close(4000)],
  ])('is resumed when %s', async (_, disturb) => {
    await using world = await loggedIn();
    const { fake, client } = world;
    const resumed = once(client, Events.ShardResume);
    disturb(fake);
    await resumed;
    expect(fake.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  // discord.js lets five seconds pass between two identifies of a shard.
  it.concurrent.each([
    ['told that the session is gone', (fake: FakeDiscord) => fake.gateway.invalidate(false)],
    ['closed with 4009', (fake: FakeDiscord) => fake.gateway.close(4009)],
    ['closed with 4008', (fake: FakeDiscord) => fake.gateway.close(4008)],
  ])('begins anew when %s', async (_, disturb) => {
    await using world = await loggedIn();
    const { fake, client } = world;
    const ready = once(client, Events.ShardReady);
    disturb(fake);
    await ready;
    expect(fake.gateway.identifies).toBe(2);
  });

  it('looks dead when heartbeats are not answered', async () => {
    await using world = await loggedIn({ gateway: { heartbeatIntervalMs: 60 } });
    const { fake, client } = world;
    fake.gateway.acksHeartbeats = false;
    const resuming = once(client, Events.ShardReconnecting);
    await resuming;
    const resumed = once(client, Events.ShardResume);
    fake.gateway.acksHeartbeats = true;
    await resumed;
    expect(fake.gateway.resumes).toBeGreaterThanOrEqual(1);
  });

  it('asks for heartbeats, and may send anything', async () => {
    await using world = await loggedIn();
    const { fake, client } = world;
    fake.gateway.askHeartbeat();
    await fake.until(() => fake.gateway.received.some(({ op }) => op === 1));
    const raw = once(client, 'raw');
    fake.gateway.send({ op: 0, t: 'SOMETHING_NEW', s: 900, d: { what: 'new' } });
    expect((await raw)[0]).toMatchObject({ t: 'SOMETHING_NEW', d: { what: 'new' } });
  });

  it('may be down', async () => {
    await using world = await loggedIn();
    const { fake, client } = world;
    const failed = once(client, Events.ShardError);
    fake.gateway.isUp = false;
    fake.gateway.cut();
    await failed;
    expect(fake.gateway.connected).toBe(0);
    fake.gateway.isUp = true;
    await fake.gateway.whenConnected();
    expect(fake.gateway.resumes).toBe(1);
  });

  it('shares servers among shards', async () => {
    await using fake = await stopping();
    const guilds = Array.from({ length: 6 }, (_, index) => fake.addGuild({ name: `Lab ${index}` }));
    const client = createClient(fake, { shards: 'auto' });
    await logIn(client, fake.token);
    expect(fake.gateway.connected).toBe(2);
    expect(client.guilds.cache.size).toBe(guilds.length);
    const byShard = Map.groupBy(client.guilds.cache.values(), ({ shardId }) => shardId);
    expect([...byShard.values()].map((list) => list.length)).toEqual([3, 3]);
    await client.destroy();
  });
});

async function stopping() {
  const fake = await startDiscord({ gateway: { shards: 2, maxConcurrency: 2 } });
  return Object.assign(fake, { [Symbol.asyncDispose]: () => fake.stop() });
}

describe('a client that may not come in', () => {
  it('has a wrong token', async () => {
    await using fake = await stopping();
    const client = createClient(fake);
    await expect(client.login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
    expect(fake.invalidRequests).toBe(1);
    await client.destroy();
  });

  it.each([
    ['asks for a privileged intent', [GatewayIntentBits.MessageContent], 4014],
    ['asks for an intent that there is not', 1 << 30, 4013],
  ] as const)('%s', async (_, intents, code) => {
    await using fake = await stopping();
    const client = createClient(fake, { intents: intents as number });
    const closed = once(client, Events.ShardDisconnect);
    const [outcome, [event]] = await Promise.all([
      client.login(fake.token).catch((error: unknown) => error),
      closed,
    ]);
    expect(outcome).toBeInstanceOf(Error);
    expect(event.code).toBe(code);
    await client.destroy();
  });

  it('lost its token while it was in', async () => {
    await using world = await loggedIn();
    const { fake, client } = world;
    const closed = once(client, Events.ShardDisconnect);
    fake.resetToken('another');
    fake.gateway.cut();
    const [event] = await closed;
    expect(event.code).toBe(4004);
  });

  it('has too few shards', async () => {
    const fake = await startDiscord({ gateway: { leastShards: 2 } });
    const client = createClient(fake);
    const closed = once(client, Events.ShardDisconnect);
    await Promise.allSettled([client.login(fake.token)]);
    expect((await closed)[0].code).toBe(4011);
    await client.destroy();
    await fake.stop();
  });
});
