import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import {
  type Channel,
  type FakeDiscord,
  type Fault,
  type Message,
  messageText,
} from '../fakes/discord/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import {
  addFeed,
  type DiscordWorld,
  eventually,
  firstOf,
  openDiscordWorld,
  papersOn,
  posted,
  stop,
  TODAY,
  textOfAnswer,
} from './discord-world.ts';

const TOMORROW = addDays(TODAY, 1);
/** A heading and so many papers, in a thread. */
const PAPERS = 2;
/** Channels of a fan-out. */
const CHANNELS = 60;

/** What may happen to a message on its way; each strikes once in a channel of its own. */
const FAULTS: readonly (readonly [string, Fault])[] = [
  ['429', { kind: 'throttle', retryAfterMs: 300 }],
  ['502 after it was taken', { kind: 'status', status: 502, isHandled: true }],
  ['503 before it was taken', { kind: 'status', status: 503 }],
  ['FIN after it was taken', { kind: 'cut-after' }],
  ['RST after it was taken', { kind: 'reset-after' }],
  ['FIN within the answer', { kind: 'cut-within' }],
  ['RST before it was taken', { kind: 'reset-before' }],
];

/** Ids of the papers in a channel and its threads, as often as they stand there. */
function papersIn(fake: FakeDiscord, channel: Channel): string[] {
  return [channel, ...fake.threads(channel)].flatMap((place) => posted(fake, place)).flatMap(papersOn);
}

/** Feeds that are due at nine, one a channel; the bot must not run. */
async function addChannels(
  { fake, guild, storeUrl }: Pick<DiscordWorld, 'fake' | 'guild' | 'storeUrl'>,
  count: number,
): Promise<Channel[]> {
  const channels = Array.from({ length: count }, (_, index) =>
    fake.addChannel(guild, { name: `channel-${index}` }),
  );
  await withStore(storeUrl, async (store) => {
    for (const [index, { id }] of channels.entries()) {
      const destination = { platform: 'discord', workspace: guild.id, channel: id } as const;
      const createdAt = `${TODAY}T06:00:00.000Z`;
      await store.saveFeed(aFeed({ id: `feed${100 + index}`, destination, limit: 2, createdAt }), createdAt);
    }
  });
  return channels;
}

describe('messages that meet trouble', () => {
  it('arrive once each, whatever becomes of a request', async () => {
    // How soon people are answered is another question, which a busy machine must not bring in here.
    await using world = await openDiscordWorld({ firstResponseMs: 30_000 });
    const { fake, guild, ada } = world;
    const bot = await world.start();
    const run = async ([name, fault]: (typeof FAULTS)[number]) => {
      const channel = fake.addChannel(guild, { name });
      const id = await addFeed(world, { channel, layout: 'cards', limit: PAPERS });
      fake.fail(`POST /channels/${channel.id}/messages`, fault, { times: 1 });
      const said = await textOfAnswer(ada.slash(channel, 'paper feed run', { id }));
      return [
        name,
        /: (\w+)\./.exec(said)?.[1],
        papersIn(fake, channel).length,
        new Set(papersIn(fake, channel)).size,
      ];
    };
    // In two halves: five failures in a row, and the bot leaves Discord alone for a while.
    const outcomes = await Promise.all(FAULTS.slice(0, 4).map(run));
    outcomes.push(...(await Promise.all(FAULTS.slice(4).map(run))));
    // Apart, as it makes all the others wait.
    outcomes.push(await run(['429 of all', { kind: 'throttle', retryAfterMs: 300, isGlobal: true }]));
    expect(outcomes).toEqual(outcomes.map(([name]) => [name, 'posted', PAPERS, PAPERS]));
    expect(outcomes).toHaveLength(FAULTS.length + 1);
    await stop(bot);
  });

  it('are neither lost nor sent twice when the bot is told to stop among many', async () => {
    await using world = await openDiscordWorld();
    const { fake } = world;
    const channels = await addChannels(world, CHANNELS);
    world.setTime(`${TODAY}T09:00:01.000Z`);
    const messages = () => channels.flatMap((channel) => posted(fake, channel));
    const first = await world.start();
    await eventually(() => messages().length > 10, 'some are out');
    await stop(first);
    expect(messages().length).toBeLessThan(CHANNELS);
    await world.start();
    await eventually(() => messages().length >= CHANNELS, 'all are out');
    expect(channels.map((channel) => posted(fake, channel).length)).toEqual(channels.map(() => 1));
    expect(fake.invalidRequests).toBe(0);
  });
});

describe('a connection that breaks', () => {
  it('is resumed, and what was asked meanwhile is answered', async () => {
    await using world = await openDiscordWorld();
    const { fake, channel, bo } = world;
    const bot = await world.start();
    fake.gateway.cut();
    expect(papersOn(await firstOf(bo.slash(channel, 'paper today', { limit: 2 })))).toHaveLength(2);
    expect([fake.gateway.identifies, fake.gateway.resumes]).toEqual([1, 1]);
    fake.gateway.askReconnect();
    expect(papersOn(await firstOf(bo.slash(channel, 'paper today', { limit: 3 })))).toHaveLength(3);
    await eventually(() => fake.gateway.resumes === 2, 'it is resumed');
    expect(fake.gateway.identifies).toBe(1);
    await stop(bot);
  });

  it('by a token that was reset is told with the mend, and a start with the new one brings what was missed', async () => {
    await using world = await openDiscordWorld();
    const { fake, channel } = world;
    const first = await world.start();
    await addFeed(world, { limit: 3 });
    fake.resetToken('another-token');
    fake.gateway.cut();
    await eventually(() => first.log().includes('does not let the bot in any more'), 'it is told');
    expect(first.log()).toContain('DISCORD_TOKEN');
    await stop(first);
    world.setTime(`${TODAY}T09:10:00.000Z`);
    const old = world.program.run(['start'], {
      env: { DISCORD_TOKEN: 'loopback-token', DISCORD_API_URL: fake.url },
    });
    expect(await old).toMatchObject({ code: 78, err: expect.stringContaining('DISCORD_TOKEN') });
    await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    expect(posted(fake, channel).map((message) => papersOn(message).length)).toEqual([3]);
  });
});

describe('a server that shows the bot out', () => {
  it('finds everything as it was when it lets it in again, and has nothing posted meanwhile', async () => {
    await using world = await openDiscordWorld();
    const { fake, guild, channel, ada, bo } = world;
    const first = await world.start();
    const id = await addFeed(world, { limit: 3 });
    await textOfAnswer(bo.slash(channel, 'paper follow', { what: 'video' }));
    fake.kickBot(guild);
    const present = () => withStore(world.storeUrl, ({ presence }) => presence.present('discord'));
    await expect.poll(present).toEqual([]);
    await stop(first);
    world.setTime(`${TODAY}T09:05:00.000Z`);
    const [other] = (await addChannels({ ...world, guild: fake.addGuild({ name: 'Other' }) }, 1)) as [
      Channel,
    ];
    const second = await world.start();
    await eventually(() => posted(fake, other).length > 0, 'the edition of another server comes');
    expect(fake.count(`POST /channels/${channel.id}/messages`)).toBe(0);
    fake.addBot(guild, ada);
    expect(await textOfAnswer(ada.slash(channel, 'paper feed list'))).toContain(id);
    expect(await textOfAnswer(bo.slash(channel, 'paper following'))).toContain('Video');
    const said = await textOfAnswer(ada.slash(channel, 'paper feed run', { id }));
    expect(said, second.log()).toContain('posted');
    expect(posted(fake, channel).map((message) => papersOn(message).length)).toEqual([3]);
    // Whoever knows us already is not greeted anew.
    expect(posted(fake, ada.dm()).map(messageText)).toEqual([]);

    fake.kickBot(guild);
    await expect.poll(present).toEqual([other.guild?.id]);
    await stop(second);
    fake.addBot(guild, ada);
    world.setTime(`${TOMORROW}T09:05:00.000Z`);
    await world.start();
    await eventually(() => posted(fake, channel).length === 2, 'the next edition comes');
  });

  it('whoever brings it in for the first time is greeted, and can set it up from there', async () => {
    await using world = await openDiscordWorld();
    const { fake, ada } = world;
    const bot = await world.start();
    const guild = fake.addGuild({ name: 'Studio', owner: ada, hasBot: false });
    const channel = fake.addChannel(guild, { name: 'reading' });
    fake.addBot(guild, ada);
    await eventually(() => posted(fake, ada.dm()).length > 0, 'the greeting comes');
    const [greeting] = posted(fake, ada.dm()) as [Message];
    const chosen = await firstOf(ada.choose(greeting, '1. Which channel?', [channel.id]));
    await ada.press(chosen, 'Start');
    await expect.poll(() => textOfAnswer(ada.slash(channel, 'paper feed list'))).toContain(channel.id);
    await stop(bot);
  });
});
