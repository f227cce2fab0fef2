import { describe, expect, it } from 'vitest';
import { DIRECT_EVERY_MS } from '../../../../adapters/discord/posting/direct.ts';
import { addMs, HOUR_MS } from '../../../../src/domain/calendar.ts';
import { directTo } from '../../../../src/domain/feed.ts';
import { PAPER_CARD, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import type { Channel } from '../../../fakes/discord/index.ts';
import { fake, HEADING, open, titles } from './posting-scene.ts';

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
