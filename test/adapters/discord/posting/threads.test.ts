import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import type { Destination } from '../../../../src/domain/feed.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type Channel, type FakeDiscord, startDiscord } from '../../../fakes/discord/index.ts';

const PRIVATE_THREAD = 12;

let fake: FakeDiscord;
afterEach(async () => {
  expect(fake.problems).toEqual([]);
  expect(fake.ownProblems).toEqual([]);
  await fake.stop();
});

/** A server with a channel, two members, and what opens private threads there. */
async function open() {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  fake = await startDiscord({ clock, limits: false });
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const [ada, bo] = ['Ada', 'Bo'].map((name) => fake.addPerson({ name })) as [Person, Person];
  for (const person of [ada, bo]) fake.join(guild, person);
  const create = () =>
    createDiscordAdapter({ token: fake.token, apiUrl: fake.url, clock, log: silentLog }).privateThread;
  const at = ({ id }: Channel): Destination => ({ platform: 'discord', workspace: guild.id, channel: id });
  const opened = async (place: Channel, { id }: Person) =>
    fake.channel((await create()?.(at(place), id))?.channel ?? '') as Channel;
  return { guild, channel, ada, bo, opened };
}
type Person = ReturnType<FakeDiscord['addPerson']>;

describe('a private thread beside a channel', () => {
  it('is for one member, and the same again for the same', async () => {
    const { channel, ada, bo, opened } = await open();
    const thread = await opened(channel, ada);
    expect(thread).toMatchObject({ type: PRIVATE_THREAD, parentId: channel.id });
    expect([...(thread.thread?.members ?? [])].sort()).toEqual([fake.bot.id, ada.id].sort());
    expect(await opened(channel, ada)).toBe(thread);
    expect(await opened(channel, bo)).not.toBe(thread);
    expect(fake.threads(channel)).toHaveLength(2);
  });

  it('is none that somebody else has given its name', async () => {
    const { channel, ada, bo, opened } = await open();
    const { name } = await opened(channel, ada);
    fake.removeChannel(fake.threads(channel)[0] as Channel);
    fake.addThread(channel, { name, by: bo });
    const trap = fake.addThread(channel, { name, by: bo, isPrivate: true });
    // Whoever is called in a private thread is brought into it.
    trap.thread?.members.add(fake.bot.id);
    const thread = await opened(channel, ada);
    expect(thread).toMatchObject({ type: PRIVATE_THREAD });
    expect(thread.thread?.members.has(bo.id)).toBe(false);
  });

  it('names nobody', async () => {
    const { channel, ada, opened } = await open();
    expect((await opened(channel, ada)).name).not.toContain(ada.id);
  });

  it('is opened beside the channel of a thread where a thread is given', async () => {
    const { channel, ada, opened } = await open();
    const thread = await opened(fake.addThread(channel, { name: 'talk', by: ada }), ada);
    expect(thread.parentId).toBe(channel.id);
  });

  it('is refused with a sentence where there can be none, and where it may not be opened', async () => {
    const { guild, channel, ada, opened } = await open();
    const news = fake.addChannel(guild, { name: 'news', kind: 'announcement' });
    const refused = { code: 'delivery-refused', reason: 'forbidden' };
    await expect(opened(news, ada)).rejects.toMatchObject(refused);
    fake.permit(channel, 'everyone', { deny: ['CreatePrivateThreads'] });
    fake.permit(channel, 'bot', { deny: ['CreatePrivateThreads'] });
    await expect(opened(channel, ada)).rejects.toMatchObject(refused);
  });
});
