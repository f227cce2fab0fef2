import { type APIUser, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { atRest, codeOf } from './logged-in.ts';

const EMOJI = [
  '🧠',
  '🧮',
  '🤖',
  '🧩',
  '👁️',
  '🎨',
  '🎬',
  '🧊',
  '🎧',
  '🦾',
  '🎮',
  '💻',
  '🔎',
  '⚡',
  '🏋️',
  '🛡️',
  '📊',
  '🔬',
  '🧬',
  '🌍',
];

describe('reactions', () => {
  it('are put, twenty of them, listed by pages and taken away', async () => {
    await using world = await atRest({ limits: false });
    const { fake, rest, channel, guild } = world;
    const people = Array.from({ length: 130 }, (_, index) => fake.addPerson({ name: `Person ${index}` }));
    for (const person of people) fake.join(guild, person);
    const message = people[0]?.say(channel, 'Look');
    if (!message) throw new Error('Nobody is there.');
    const own = (emoji: string) =>
      Routes.channelMessageOwnReaction(channel.id, message.id, encodeURIComponent(emoji));
    for (const emoji of EMOJI) await rest.put(own(emoji));
    await rest.put(own('🤖'));
    expect(await codeOf(rest.put(own('🔖')))).toBe(30010);
    for (const wrong of ['x', '👁', 'robot:1']) expect(await codeOf(rest.put(own(wrong)))).toBe(10014);
    for (const person of people) person.react(message, '🤖');
    const page = async (after: string) => {
      const query = new URLSearchParams({ limit: '100', after });
      const path = Routes.channelMessageReaction(channel.id, message.id, encodeURIComponent('🤖'));
      return (await rest.get(path, { query })) as APIUser[];
    };
    const first = await page('0');
    const second = await page(first.at(-1)?.id ?? '');
    expect([first.length, second.length]).toEqual([100, 31]);
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(131);
    await rest.delete(own('🤖'));
    people[0]?.unreact(message, '🤖');
    expect(message.reactions.get('🤖')?.users.size).toBe(129);
    expect(await rest.get(Routes.channelMessage(channel.id, message.id))).toMatchObject({
      reactions: expect.arrayContaining([expect.objectContaining({ count: 129, me: false })]),
    });
    expect(fake.ownProblems).toEqual([]);
  });

  it('may be one’s own, custom ones', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const ada = fake.addPerson({ name: 'Ada' });
    fake.join(guild, ada);
    const message = ada.say(channel, 'Look');
    const id = fake.addEmoji(guild, 'robot');
    await rest.put(Routes.channelMessageOwnReaction(channel.id, message.id, `robot:${id}`));
    ada.react(message, `<:robot:${id}>`);
    expect(message.reactions.get(id)?.users.size).toBe(2);
    expect(await codeOf(rest.delete(Routes.channelMessageAllReactions(channel.id, message.id)))).toBe(50013);
    fake.clearReactions(message);
    expect(message.reactions.size).toBe(0);
  });

  it('need their permission only where they are the first', async () => {
    await using world = await atRest();
    const { fake, rest, channel, guild } = world;
    const ada = fake.addPerson({ name: 'Ada' });
    fake.join(guild, ada);
    const message = ada.say(channel, 'Look');
    fake.permit(channel, 'bot', { deny: ['AddReactions'] });
    const put = () =>
      codeOf(rest.put(Routes.channelMessageOwnReaction(channel.id, message.id, encodeURIComponent('🤖'))));
    expect(await put()).toBe(50013);
    ada.react(message, '🤖');
    expect(await put()).toBe('taken');
    fake.permit(channel, 'bot', { deny: ['ReadMessageHistory'] });
    expect(await put()).toBe(50013);
  });
});
