import { describe, expect, it } from 'vitest';
import { withClient, withSocket, wordOf } from './connected.ts';

describe('reactions', () => {
  it('are put, listed and taken away, each once', async () => {
    const { fake, client, channel, ada } = await withClient();
    const { ts: timestamp = '' } = await client.chat.postMessage({ channel: channel.id, text: 'x' });
    const at = { channel: channel.id, timestamp };
    const add = async (name: string) => await wordOf(client.reactions.add({ ...at, name }));
    expect([await add('brain'), await add('brain'), await add('no such')]).toEqual([
      'ok',
      'already_reacted',
      'invalid_name',
    ]);
    const message = fake.message(channel, timestamp);
    if (!message) throw new Error('No message.');
    ada.react(message, ':thumbsup:');
    ada.react(message, 'wave::skin-tone-3');
    const { message: shown } = await client.reactions.get({ ...at, full: true });
    expect(shown?.reactions).toMatchObject([
      { name: 'brain', count: 1, users: [fake.team.bot.id] },
      { name: '+1', users: [ada.id] },
      { name: 'wave::skin-tone-3' },
    ]);
    expect(await wordOf(client.reactions.remove({ ...at, name: 'eyes' }))).toBe('no_reaction');
    await client.reactions.remove({ ...at, name: 'brain' });
    ada.unreact(message, 'thumbsup');
    expect(() => ada.unreact(message, 'thumbsup')).toThrow('no_reaction');
    expect([...message.reactions.keys()]).toEqual(['wave::skin-tone-3']);
    const { items } = await client.reactions.list({ user: ada.id });
    expect(items).toHaveLength(1);
    expect(await wordOf(client.reactions.get({ ...at, timestamp: '1.0' }))).toBe('message_not_found');
    expect(await wordOf(client.reactions.get({ ...at, channel: 'C404' }))).toBe('channel_not_found');
  });

  it('show some of many people only, unless all are asked for', async () => {
    const { fake, client, channel } = await withClient();
    const { ts: timestamp = '' } = await client.chat.postMessage({ channel: channel.id, text: 'x' });
    const message = fake.message(channel, timestamp);
    if (!message) throw new Error('No message.');
    for (let count = 0; count < 60; count += 1) fake.addPerson({ name: `P${count}` }).react(message, 'brain');
    const few = await client.reactions.get({ channel: channel.id, timestamp });
    expect(few.message?.reactions).toMatchObject([{ count: 60, users: { length: 50 } }]);
    const all = await client.reactions.get({ channel: channel.id, timestamp, full: true });
    expect(all.message?.reactions).toMatchObject([{ count: 60, users: { length: 60 } }]);
  });

  it('are told where the bot is, and have their end', async () => {
    const { fake, app, channel, ada } = await withSocket();
    const heard: string[] = [];
    app.event('reaction_added', async ({ event }) => void heard.push(`+${event.reaction} ${event.user}`));
    app.event('reaction_removed', async ({ event }) => void heard.push(`-${event.reaction}`));
    const outside = fake.addChannel({ name: 'outside', hasBot: false });
    ada.react(ada.say(outside, 'x'), 'brain');
    const message = ada.say(channel, 'x');
    ada.react(message, 'brain');
    ada.unreact(message, 'brain');
    await fake.settled();
    expect(heard.toSorted()).toEqual([`+brain ${ada.id}`, '-brain']);
    for (let count = 0; count < 23; count += 1) ada.react(message, `e${count}`);
    expect(() => ada.react(message, 'last')).toThrow('too_many_reactions');
    expect(fake.ownProblems).toEqual([]);
  });
});

describe('files', () => {
  it('are uploaded in three steps, as the client does it', async () => {
    const { fake, client, ada } = await withClient({ scopes: ['files:write', 'chat:write'] });
    const dm = ada.dm();
    await client.filesUploadV2({
      channel_id: dm.id,
      content: '@article{x}',
      filename: 'saved.bib',
      title: 'Saved',
      initial_comment: 'Yours',
    });
    const [message] = fake.messages(dm);
    expect(message).toMatchObject({
      text: 'Yours',
      files: [{ title: 'Saved', text: '@article{x}', isComplete: true }],
    });
    expect(fake.problems).toEqual([]);
    const { file_id = '' } = await client.files.getUploadURLExternal({ filename: 'x', length: 3 });
    expect(await wordOf(client.files.completeUploadExternal({ files: [{ id: file_id }] }))).toBe(
      'invalid_upload',
    );
    expect(await wordOf(client.files.completeUploadExternal({ files: [{ id: 'F404' }] }))).toBe(
      'file_not_found',
    );
  });
});
