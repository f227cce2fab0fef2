import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { withClient, wordOf } from './connected.ts';
import { messageText } from './index.ts';

const ALL = [
  'chat:write',
  'channels:history',
  'groups:history',
  'im:history',
  'im:write',
  'mpim:write',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
  'channels:join',
  'users:read',
  'team:read',
  'usergroups:read',
];
const section = (text = 'x', more: object = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});
const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('chat.postMessage', () => {
  it('posts what it is given, twice when asked twice', async () => {
    const { fake, client, channel } = await withClient();
    const metadata = { event_type: 'paper_posted', event_payload: { key: 'a' } };
    const ask = { channel: channel.id, text: 'Hi', blocks: [section('Hi *you*')], metadata };
    const [one, two] = [await client.chat.postMessage(ask), await client.chat.postMessage(ask)];
    expect(one.ts).not.toBe(two.ts);
    expect(fake.messages(channel).map(messageText)).toEqual(['Hi *you*', 'Hi *you*']);
    expect(one.message).toMatchObject({ ts: one.ts, bot_id: expect.any(String), text: 'Hi' });
    expect(one.response_metadata).toMatchObject({ scopes: expect.arrayContaining(['chat:write']) });
    expect(fake.problems).toEqual([]);
  });

  it('reaches a member directly, and hangs under the first of a thread', async () => {
    const { fake, client, ada, channel } = await withClient();
    const direct = await client.chat.postMessage({ channel: ada.id, text: 'Hi' });
    expect(direct.channel).toBe(ada.dm().id);
    const first = await client.chat.postMessage({ channel: channel.id, text: 'First' });
    const reply = await client.chat.postMessage({
      channel: channel.id,
      text: 'Second',
      thread_ts: String(first.ts),
    });
    await client.chat.postMessage({ channel: channel.id, text: 'Third', thread_ts: String(reply.ts) });
    const [top] = fake.messages(channel);
    if (!top) throw new Error('No message.');
    expect(fake.replies(top).map(({ text }) => text)).toEqual(['Second', 'Third']);
  });

  it.each<[string, object]>([
    ['no_text', {}],
    ['no_text', { text: '' }],
    ['msg_too_long', { text: 'x'.repeat(40_001) }],
    ['invalid_blocks', { text: 'x', blocks: [{ type: 'section' }] }],
    ['invalid_blocks', { text: 'x', blocks: many(51, () => section()) }],
    [
      'invalid_blocks',
      { text: 'x', blocks: [section('a', { block_id: 'b' }), section('a', { block_id: 'b' })] },
    ],
    ['invalid_blocks_format', { text: 'x', blocks: '[' }],
    ['msg_blocks_too_long', { text: 'x', blocks: many(5, () => section('x'.repeat(2900))) }],
    ['too_many_attachments', { text: 'x', attachments: many(101, () => ({ text: 'x', fallback: 'x' })) }],
    ['invalid_metadata_format', { text: 'x', metadata: { event_type: 'a b', event_payload: {} } }],
    ['invalid_metadata_format', { text: 'x', metadata: '{' }],
    ['invalid_thread_ts', { text: 'x', thread_ts: '1' }],
  ])('refuses: %s', async (word, args) => {
    const { fake, client, channel } = await withClient();
    expect(await wordOf(client.apiCall('chat.postMessage', { channel: channel.id, ...args }))).toBe(word);
    expect(fake.messages(channel)).toEqual([]);
  });

  it('refuses where the bot may not write', async () => {
    const { fake, client, channel } = await withClient();
    const post = async (id: string) => await wordOf(client.chat.postMessage({ channel: id, text: 'x' }));
    const outside = fake.addChannel({ name: 'outside', hasBot: false });
    const secret = fake.addChannel({ name: 'secret', kind: 'private', hasBot: false });
    const closed = fake.addChannel({ name: 'closed' });
    fake.restrict(closed);
    expect(await post(outside.id)).toBe('not_in_channel');
    expect(await post(secret.id)).toBe('channel_not_found');
    expect(await post('C404')).toBe('channel_not_found');
    expect(await post(closed.id)).toBe('restricted_action');
    fake.archive(channel);
    expect(await post(channel.id)).toBe('is_archived');
    fake.removeChannel(closed);
    expect(await post(closed.id)).toBe('channel_not_found');
    fake.kick(outside, 'bot');
    fake.setScopes(fake.team, ['chat:write', 'chat:write.public']);
    expect(await post(outside.id)).toBe('ok');
    fake.makePrivate(outside);
    expect(await post(outside.id)).toBe('channel_not_found');
  });

  it('notes what a client should not do', async () => {
    const { fake, client, channel } = await withClient();
    await client.chat.postMessage({ channel: channel.id, blocks: [section()] } as never);
    await client.chat.postMessage({ channel: channel.id, text: 'x', client_msg_id: 'y' } as never);
    expect(await wordOf(client.apiCall('chat.postMesage'))).toBe('unknown_method');
    expect(fake.problems).toEqual([
      'chat.postMessage: no text',
      'chat.postMessage: there is no argument “client_msg_id”',
      'There is no method “chat.postMesage”.',
    ]);
  });
});

describe('what was posted', () => {
  it('may be changed and taken away by who posted it', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const { fake, client, channel, ada } = await withClient({ clock, editWindowMs: 60_000 });
    const { ts = '' } = await client.chat.postMessage({ channel: channel.id, text: 'One' });
    await client.chat.update({ channel: channel.id, ts, text: 'Two' });
    expect(fake.message(channel, ts)).toMatchObject({ text: 'Two', edits: 1 });
    const { permalink } = await client.chat.getPermalink({ channel: channel.id, message_ts: ts });
    expect(permalink).toContain(channel.id);
    const foreign = ada.say(channel, 'Mine').ts;
    const update = async (of: string) =>
      await wordOf(client.chat.update({ channel: channel.id, ts: of, text: 'x' }));
    expect(await update(foreign)).toBe('cant_update_message');
    expect(await wordOf(client.chat.delete({ channel: channel.id, ts: foreign }))).toBe(
      'cant_delete_message',
    );
    clock.advance(60_001);
    expect(await update(ts)).toBe('edit_window_closed');
    await client.chat.delete({ channel: channel.id, ts });
    expect(await update(ts)).toBe('message_not_found');
    expect(fake.messages(channel)).toHaveLength(1);
  });

  it('is shown to one person only, if they are there', async () => {
    const { fake, client, channel, ada } = await withClient();
    await client.chat.postEphemeral({ channel: channel.id, user: ada.id, text: 'Psst' });
    expect(ada.ephemerals(channel).map(messageText)).toEqual(['Psst']);
    expect(fake.messages(channel)).toEqual([]);
    const word = await wordOf(client.chat.postEphemeral({ channel: channel.id, user: 'U404', text: 'x' }));
    expect(word).toBe('user_not_in_channel');
  });

  it('is read with its metadata only when that is asked for, in pages and from an instant on', async () => {
    const { client, channel } = await withClient({ scopes: ALL });
    const metadata = (key: string) => ({ event_type: 'p', event_payload: { key } });
    const sent: string[] = [];
    for (const key of ['a', 'b', 'c'])
      sent.push(
        String(
          (await client.chat.postMessage({ channel: channel.id, text: key, metadata: metadata(key) })).ts,
        ),
      );
    const [first = '', second = ''] = sent;
    await client.chat.postMessage({
      channel: channel.id,
      text: 'under',
      thread_ts: first,
      metadata: metadata('d'),
    });
    const bare = await client.conversations.history({ channel: channel.id });
    expect(bare.messages?.map(({ text }) => text)).toEqual(['c', 'b', 'a']);
    expect(bare.messages?.[0]?.metadata).toEqual({ event_type: 'p', event_payload: {} });
    const whole = await client.conversations.history({
      channel: channel.id,
      include_all_metadata: true,
      oldest: first,
    });
    expect(whole.messages?.map((one) => one.metadata?.event_payload)).toEqual([{ key: 'c' }, { key: 'b' }]);
    const from = await client.conversations.history({ channel: channel.id, oldest: second, inclusive: true });
    expect(from.messages).toHaveLength(2);
    const page = await client.conversations.history({ channel: channel.id, limit: 2 });
    expect(page.has_more).toBe(true);
    const rest = await client.conversations.history({
      channel: channel.id,
      limit: 2,
      cursor: String(page.response_metadata?.next_cursor),
    });
    expect(rest.messages?.map(({ text }) => text)).toEqual(['a']);
    const thread = await client.conversations.replies({
      channel: channel.id,
      ts: first,
      include_all_metadata: true,
    });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['a', 'under']);
    const word = await wordOf(client.conversations.replies({ channel: channel.id, ts: '1.000000' }));
    expect(word).toBe('thread_not_found');
  });

  it('comes by fifteen to commercial apps', async () => {
    const { client, channel } = await withClient({
      scopes: ALL,
      limits: { history: 'commercial', channel: { burst: 30, perMs: 1 } },
    });
    for (let count = 0; count < 20; count += 1)
      await client.chat.postMessage({ channel: channel.id, text: `${count}` });
    const { messages, has_more } = await client.conversations.history({ channel: channel.id, limit: 200 });
    expect({ count: messages?.length, has_more }).toEqual({ count: 15, has_more: true });
    expect(await wordOf(client.conversations.history({ channel: channel.id }))).toMatch(/rate/);
  });
});

describe('channels and people', () => {
  it('are shown as the scopes allow', async () => {
    const { fake, client, channel, ada } = await withClient({
      scopes: ['chat:write', 'channels:read', 'users:read'],
    });
    const { channel: shown } = await client.conversations.info({ channel: channel.id });
    expect(shown).toMatchObject({
      name: 'papers',
      is_member: true,
      is_general: false,
      is_archived: false,
      is_private: false,
    });
    const { channel: general } = await client.conversations.info({ channel: fake.general().id });
    expect(general).toMatchObject({ is_general: true, is_member: false });
    const secret = fake.addChannel({ name: 'secret', kind: 'private', members: [ada] });
    const refused = client.conversations.info({ channel: secret.id });
    await expect(refused).rejects.toMatchObject({
      data: {
        error: 'missing_scope',
        needed: 'groups:read',
        provided: 'chat:write,channels:read,users:read',
      },
    });
    const { user } = await client.users.info({ user: ada.id, include_locale: true });
    expect(user).toMatchObject({
      is_admin: true,
      is_owner: false,
      tz: 'Europe/Berlin',
      locale: 'en-US',
      is_bot: false,
    });
    expect(await wordOf(client.users.info({ user: 'U404' }))).toBe('user_not_found');
    const other = fake.addTeam({ name: 'Other' });
    const stranger = fake.addPerson({ name: 'Stranger', team: other });
    expect(await wordOf(client.users.info({ user: stranger.id }))).toBe('user_not_found');
    fake.invite(channel, stranger);
    expect((await client.users.info({ user: stranger.id })).user).toMatchObject({
      is_stranger: true,
      team_id: other.id,
    });
  });

  it('are listed in pages, by kind', async () => {
    const { fake, client, ada } = await withClient({ scopes: ALL });
    fake.addChannel({ name: 'secret', kind: 'private', members: [ada] });
    fake.addChannel({ name: 'unseen', kind: 'private', members: [ada], hasBot: false });
    const old = fake.addChannel({ name: 'old' });
    fake.archive(old);
    const { channels } = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
    });
    expect(channels?.map(({ name }) => name)).toEqual(['general', 'papers', 'secret']);
    const { channels: one, response_metadata } = await client.conversations.list({ limit: 1 });
    expect([one?.length, response_metadata?.next_cursor]).toEqual([1, expect.stringMatching(/./)]);
    expect(await wordOf(client.conversations.list({ types: 'forum' }))).toBe('invalid_types');
    expect(await wordOf(client.conversations.list({ cursor: 'x' }))).toBe('invalid_cursor');
    const { members } = await client.users.list({});
    expect(members?.map(({ real_name: name }) => name)).toEqual(['Paperwire', 'Owner', 'Ada']);
    fake.addUsergroup({ handle: 'team', name: 'Team' });
    expect((await client.usergroups.list()).usergroups).toMatchObject([{ handle: 'team' }]);
    expect((await client.team.info()).team).toMatchObject({ name: 'Lab' });
    const people = await client.conversations.members({ channel: fake.general().id });
    expect(people.members).toContain(ada.id);
  });

  it('are opened and joined', async () => {
    const { fake, client, ada, channel } = await withClient({ scopes: ALL });
    const bo = fake.addPerson({ name: 'Bo' });
    const { channel: dm } = await client.conversations.open({ users: ada.id });
    expect(dm?.id).toBe(ada.dm().id);
    const { channel: group } = await client.conversations.open({
      users: `${ada.id},${bo.id}`,
      return_im: true,
    });
    expect(group).toMatchObject({ is_mpim: true });
    expect(await wordOf(client.conversations.open({ users: fake.team.bot.id }))).toBe('cannot_dm_bot');
    expect(await wordOf(client.conversations.open({ users: 'U404' }))).toBe('user_not_found');
    fake.leave(bo);
    expect(await wordOf(client.conversations.open({ users: bo.id }))).toBe('user_disabled');
    const outside = fake.addChannel({ name: 'outside', hasBot: false });
    await client.conversations.join({ channel: outside.id });
    expect(outside.members.has(fake.team.bot.id)).toBe(true);
    expect(await client.conversations.join({ channel: channel.id })).toMatchObject({
      warning: 'already_in_channel',
    });
    fake.archive(outside);
    expect(await wordOf(client.conversations.join({ channel: outside.id }))).toBe('is_archived');
    expect(await wordOf(client.conversations.join({ channel: ada.dm().id }))).toBe(
      'method_not_supported_for_channel_type',
    );
  });
});
