import { type APIMessage, type APIThreadChannel, ChannelType, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { messageText, type PermissionName } from './index.ts';
import { atRest, codeOf } from './logged-in.ts';

const hello = { body: { content: 'Hello' } };

describe('permissions', () => {
  it.each([
    ['the channel is not seen', ['ViewChannel'], 50001],
    ['nothing may be written', ['SendMessages'], 50013],
  ] as const)('are computed: %s', async (_, deny, code) => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    fake.permit(channel, 'bot', { deny });
    expect(await codeOf(rest.post(Routes.channelMessages(channel.id), hello))).toBe(code);
    expect(fake.invalidRequests).toBe(1);
    fake.permit(channel, 'bot', {});
    await rest.post(Routes.channelMessages(channel.id), hello);
    expect(fake.ownProblems).toEqual([]);
  });

  it('follow roles, overwrites for everybody, for roles and for the bot, in this order', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const role = fake.addRole(guild, { name: 'Bots', permissions: ['SendMessages'] });
    const tried = () => codeOf(rest.post(Routes.channelMessages(channel.id), hello));
    const usual: PermissionName[] = ['ViewChannel', 'ReadMessageHistory'];
    fake.setPermissions(guild, 'everyone', usual);
    expect(await tried()).toBe(50013);
    fake.giveRole(guild, 'bot', role);
    expect(await tried()).toBe('taken');
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    expect(await tried()).toBe(50013);
    fake.permit(channel, role, { allow: ['SendMessages'] });
    expect(await tried()).toBe('taken');
    fake.permit(channel, 'bot', { deny: ['SendMessages'] });
    expect(await tried()).toBe(50013);
    fake.setPermissions(guild, role, ['Administrator']);
    expect(await tried()).toBe('taken');
  });

  it('to read history empty lists and close single messages', async () => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    const { id } = (await rest.post(Routes.channelMessages(channel.id), hello)) as APIMessage;
    fake.permit(channel, 'bot', { deny: ['ReadMessageHistory'] });
    expect(await rest.get(Routes.channelMessages(channel.id))).toEqual([]);
    expect(await codeOf(rest.get(Routes.channelMessage(channel.id, id)))).toBe(50013);
  });

  it('know what is not there', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const gone = fake.addPerson({ name: 'Gone' });
    const codes = [
      rest.get(Routes.channel('1')),
      rest.get(Routes.guild('1')),
      rest.get(Routes.guildMember(guild.id, gone.id)),
      rest.get(Routes.guildMember(guild.id, '1')),
      rest.get(Routes.user('1')),
      rest.put(Routes.applicationCommands('1'), { body: [] }),
    ].map(codeOf);
    expect(await Promise.all(codes)).toEqual([10003, 10004, 10007, 10013, 10013, 20012]);
    fake.kickBot(guild);
    expect(await codeOf(rest.post(Routes.channelMessages(channel.id), hello))).toBe(50001);
    expect(await codeOf(rest.get(Routes.guild(guild.id)))).toBe(10004);
    rest.setToken('wrong');
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ status: 401 });
    expect(fake.ownProblems).toEqual([]);
  });

  it('are shown of servers, members, roles and channels', async () => {
    await using world = await atRest();
    const { fake, rest, guild } = world;
    for (const kind of ['announcement', 'voice', 'stage', 'category', 'forum', 'media'] as const) {
      fake.addChannel(guild, { name: kind, kind, tags: ['one'] });
    }
    const channels = (await rest.get(Routes.guildChannels(guild.id))) as { type: number }[];
    expect(channels.map(({ type }) => type)).toEqual([0, 5, 2, 13, 4, 15, 16]);
    expect(await rest.get(Routes.guildRoles(guild.id))).toHaveLength(2);
    expect(await rest.get(Routes.guildMember(guild.id, fake.bot.id))).toMatchObject({
      user: { id: fake.bot.id },
    });
    expect(await rest.get(Routes.guild(guild.id))).toMatchObject({ name: 'Lab' });
    expect(await rest.get(Routes.userGuilds())).toHaveLength(1);
    expect(await rest.get(Routes.currentApplication())).toMatchObject({ id: fake.applicationId, flags: 0 });
    expect(await rest.get(Routes.gatewayBot())).toMatchObject({ shards: 1 });
    await rest.delete(Routes.userGuild(guild.id));
    expect(guild.hasBot).toBe(false);
    expect(fake.ownProblems).toEqual([]);
  });
});

describe('threads', () => {
  it('hang off a message once, and have its id', async () => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    const { id } = (await rest.post(Routes.channelMessages(channel.id), hello)) as APIMessage;
    const body = { name: 'More', auto_archive_duration: 1440 };
    const thread = (await rest.post(Routes.threads(channel.id, id), { body })) as APIThreadChannel;
    expect(thread).toMatchObject({ id, parent_id: channel.id, type: ChannelType.PublicThread });
    expect(await codeOf(rest.post(Routes.threads(channel.id, id), { body }))).toBe(160004);
    await rest.post(Routes.channelMessages(id), { body: { content: 'In it' } });
    const listed = (await rest.get(Routes.channelMessages(id))) as APIMessage[];
    expect(listed.map(({ type, content }) => [type, content])).toEqual([
      [0, 'In it'],
      [21, ''],
    ]);
    const [opened] = fake.threads(channel);
    expect(opened && fake.messages(opened).map(messageText)).toEqual(['In it']);
    fake.permit(channel, 'bot', { deny: ['SendMessagesInThreads'] });
    expect(await codeOf(rest.post(Routes.channelMessages(id), hello))).toBe(50013);
    fake.permit(channel, 'bot', { deny: ['CreatePublicThreads'] });
    expect(await codeOf(rest.post(Routes.threads(channel.id, id), { body }))).toBe(50013);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('are posts of a forum', async () => {
    await using world = await atRest();
    const { fake, rest, guild } = world;
    const forum = fake.addChannel(guild, { name: 'forum', kind: 'forum', tags: ['News'], requiresTag: true });
    expect(await codeOf(rest.post(Routes.channelMessages(forum.id), hello))).toBe(50008);
    const post = (more: object) =>
      rest.post(Routes.threads(forum.id), { body: { name: 'Day', message: { content: 'First' }, ...more } });
    expect(await codeOf(post({}))).toBe(40067);
    expect(await codeOf(post({ applied_tags: ['1'] }))).toBe(50035);
    expect(await codeOf(rest.post(Routes.threads(forum.id), { body: { name: 'Day' } }))).toBe(50035);
    const made = (await post({ applied_tags: [...forum.tags.keys()] })) as APIThreadChannel & {
      message: APIMessage;
    };
    expect(made.message).toMatchObject({ id: made.id, content: 'First', channel_id: made.id });
    fake.permit(forum, 'bot', { deny: ['SendMessages'] });
    expect(await codeOf(post({ applied_tags: [...forum.tags.keys()] }))).toBe(50013);
    expect(fake.ownProblems).toEqual([]);
  });

  it('are archived, woken by a message, locked and listed', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const ada = fake.addPerson({ name: 'Ada' });
    fake.join(guild, ada);
    const thread = fake.addThread(channel, { name: 'More', by: ada });
    expect(await rest.get(Routes.guildActiveThreads(guild.id))).toMatchObject({
      threads: [{ id: thread.id }],
    });
    const { id } = (await rest.post(Routes.channelMessages(thread.id), hello)) as APIMessage;
    fake.archive(thread);
    expect(await rest.get(Routes.channelThreads(channel.id, 'public'))).toMatchObject({
      threads: [{ id: thread.id }],
    });
    expect(await codeOf(rest.patch(Routes.channelMessage(thread.id, id), hello))).toBe(50083);
    await rest.post(Routes.channelMessages(thread.id), hello);
    expect(thread.thread?.isArchived).toBe(false);
    fake.archive(thread, { isLocked: true });
    expect(await codeOf(rest.post(Routes.channelMessages(thread.id), hello))).toBe(50083);
    expect(await rest.get(Routes.guildActiveThreads(guild.id))).toMatchObject({ threads: [] });
    expect(fake.ownProblems).toEqual([]);
  });

  it('that are private are seen by their members', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const [ada, bob] = ['Ada', 'Bob'].map((name) => fake.addPerson({ name }));
    if (!ada || !bob) throw new Error('Nobody is there.');
    for (const person of [ada, bob]) fake.join(guild, person);
    const hidden = fake.addThread(channel, { name: 'Hers', by: ada, isPrivate: true });
    expect(await codeOf(rest.post(Routes.channelMessages(hidden.id), hello))).toBe(50001);
    const body = { name: 'Digest', type: ChannelType.PrivateThread, invitable: false };
    const { id } = (await rest.post(Routes.threads(channel.id), { body })) as APIThreadChannel;
    await rest.put(Routes.threadMembers(id, bob.id));
    await rest.post(Routes.channelMessages(id), hello);
    expect(await rest.get(Routes.threadMembers(id))).toHaveLength(2);
    const place = fake.channel(id);
    expect(place && bob.say(place, 'Thanks').content).toBe('Thanks');
    expect(() => place && ada.say(place, 'x')).toThrow('Missing Access');
    expect(await codeOf(rest.put(Routes.threadMembers(id, '1')))).toBe(10013);
    await rest.patch(Routes.channel(id), { body: { archived: true } });
    expect(place?.thread?.isArchived).toBe(true);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });
});
