import { type APIMessage, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { addMs } from '../../../src/domain/calendar.ts';
import { createFakeClock } from '../clock.ts';
import { messageText } from './index.ts';
import { atRest, codeOf, loggedIn } from './logged-in.ts';

const NOW = '2026-11-24T09:00:00.000Z';

describe('messages', () => {
  it('are posted, read back, edited and deleted by discord.js', async () => {
    await using world = await loggedIn();
    const { fake, channel, client } = world;
    const place = await client.channels.fetch(channel.id);
    if (!place?.isSendable()) throw new Error('Not sendable.');
    const sent = await place.send('One');
    expect(fake.messages(channel).map(messageText)).toEqual(['One']);
    await sent.edit('Two');
    expect(fake.messages(channel).map(messageText)).toEqual(['Two']);
    const read = await place.messages.fetch({ limit: 5 });
    expect(read.map(({ content }) => content)).toEqual(['Two']);
    await sent.delete();
    expect(fake.messages(channel)).toEqual([]);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('are listed by pages, newest first', async () => {
    await using world = await atRest({ limits: false });
    const { fake, rest, channel } = world;
    for (let number = 0; number < 10; number += 1) {
      await rest.post(Routes.channelMessages(channel.id), { body: { content: `${number}` } });
    }
    const ids = fake.messages(channel).map(({ id }) => id);
    const list = async (query: Record<string, string>) => {
      const path = Routes.channelMessages(channel.id);
      const page = (await rest.get(path, { query: new URLSearchParams(query) })) as APIMessage[];
      return page.map(({ content }) => content).join('');
    };
    expect(await list({})).toBe('9876543210');
    expect(await list({ limit: '3' })).toBe('987');
    expect(await list({ limit: '3', before: ids[5] ?? '' })).toBe('432');
    expect(await list({ limit: '3', after: ids[5] ?? '' })).toBe('876');
    expect(await list({ limit: '3', after: ids[8] ?? '' })).toBe('9');
    expect(await list({ limit: '3', around: ids[5] ?? '' })).toBe('654');
    const tooMany = rest.get(Routes.channelMessages(channel.id), {
      query: new URLSearchParams({ limit: '101' }),
    });
    expect(await codeOf(tooMany)).toBe(50035);
    expect(fake.ownProblems).toEqual([]);
  });

  it('with a nonce that is enforced are one, for a few minutes', async () => {
    const clock = createFakeClock(NOW);
    await using world = await atRest({ clock, limits: false });
    const { fake, rest, channel, guild } = world;
    const other = fake.addChannel(guild, { name: 'other' });
    const post = async (content: string, more: object, to = channel) =>
      ((await rest.post(Routes.channelMessages(to.id), { body: { content, ...more } })) as APIMessage).id;
    const nonce = { nonce: 'a1', enforce_nonce: true };
    const first = await post('One', nonce);
    expect(await post('Two', nonce)).toBe(first);
    expect(await post('Elsewhere', nonce, other)).toBe(first);
    expect(fake.messages(channel).map(messageText)).toEqual(['One']);
    expect(await post('Free', { nonce: 'a1' })).not.toBe(first);
    clock.advance(180_001);
    const second = await post('Later', nonce);
    expect(second).not.toBe(first);
    await rest.delete(Routes.channelMessage(channel.id, second));
    expect(await codeOf(post('Again', nonce))).toBe(10008);
    expect(fake.messages(channel).map(messageText)).toEqual(['One', 'Free']);
    expect(fake.ownProblems).toEqual([]);
  });

  it('older than an hour may be edited so often', async () => {
    const clock = createFakeClock(NOW);
    await using world = await atRest({ clock, limits: false, mostOldEdits: 1 });
    const { fake, rest, channel } = world;
    const { id } = (await rest.post(Routes.channelMessages(channel.id), {
      body: { content: '0' },
    })) as APIMessage;
    const edit = (content: string) =>
      rest.patch(Routes.channelMessage(channel.id, id), { body: { content } });
    await edit('1');
    clock.set(addMs(NOW, 3_600_001));
    await edit('2');
    const answered = await fetch(`${fake.url}/v10${Routes.channelMessage(channel.id, id)}`, {
      method: 'PATCH',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: '3' }),
    });
    expect(answered.status).toBe(429);
    expect(await answered.json()).toMatchObject({ code: 30046 });
    expect(fake.messages(channel).map(messageText)).toEqual(['2']);
  });

  it('bear the fake’s own time', async () => {
    const clock = createFakeClock(NOW);
    await using world = await atRest({ clock, limits: false });
    const { fake, rest, channel } = world;
    fake.skew(600_000);
    const answered = await fetch(`${fake.url}/v10/users/@me`, {
      headers: { authorization: `Bot ${fake.token}` },
    });
    expect(answered.headers.get('date')).toBe('Tue, 24 Nov 2026 09:10:00 GMT');
    const sent = (await rest.post(Routes.channelMessages(channel.id), {
      body: { content: 'x' },
    })) as APIMessage;
    expect(sent.timestamp).toBe('2026-11-24T09:10:00.000000+00:00');
    expect(Number(BigInt(sent.id) >> 22n) + 1_420_070_400_000).toBe(Date.parse('2026-11-24T09:10:00.000Z'));
  });

  it('of others can neither be edited nor deleted', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const ada = fake.addPerson({ name: 'Ada' });
    fake.join(guild, ada);
    const { id } = ada.say(channel, 'Mine');
    const path = Routes.channelMessage(channel.id, id);
    expect(await codeOf(rest.patch(path, { body: { content: 'x' } }))).toBe(50005);
    expect(await codeOf(rest.delete(path))).toBe(50013);
    expect(await rest.get(path)).toMatchObject({ content: '' });
    expect(await codeOf(rest.get(Routes.channelMessage(channel.id, '1')))).toBe(10008);
    expect(fake.ownProblems).toEqual([]);
  });

  it('carry files', async () => {
    await using world = await atRest();
    const { fake, rest, channel } = world;
    const files = [{ name: 'a.bib', data: Buffer.from('@article'), contentType: 'text/plain' }];
    await rest.post(Routes.channelMessages(channel.id), { body: { content: 'x' }, files });
    expect(fake.messages(channel)[0]?.attachments[0]).toMatchObject({ filename: 'a.bib', text: '@article' });
    fake.permit(channel, 'bot', { deny: ['AttachFiles'] });
    expect(
      await codeOf(rest.post(Routes.channelMessages(channel.id), { body: { content: 'x' }, files })),
    ).toBe(50013);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });
});

describe('direct messages', () => {
  it('arrive, unless they are closed or nobody has met the bot', async () => {
    await using world = await atRest();
    const { fake, rest, guild } = world;
    const ada = fake.addPerson({ name: 'Ada' });
    const open = async (recipient_id: string) =>
      ((await rest.post(Routes.userChannels(), { body: { recipient_id } })) as { id: string }).id;
    const path = Routes.channelMessages(await open(ada.id));
    expect(await open(ada.id)).toBe(ada.dm().id);
    expect(await codeOf(rest.post(path, { body: { content: 'x' } }))).toBe(50007);
    fake.join(guild, ada);
    await rest.post(path, { body: { content: 'Hello' } });
    ada.closeDms();
    expect(await codeOf(rest.post(path, { body: { content: 'x' } }))).toBe(50007);
    expect(fake.messages(ada.dm()).map(messageText)).toEqual(['Hello']);
    expect(await codeOf(open('1'))).toBe(10013);
    expect(fake.ownProblems).toEqual([]);
  });
});
