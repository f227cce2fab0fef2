import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { type Channel, type Message, messageText } from '../fakes/slack/index.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { eventually, stop, TODAY } from './running.ts';
import {
  addFeed,
  allPosted,
  firstOf,
  openSlackWorld,
  papersOn,
  posted,
  type SlackWorld,
  textOfAnswer,
} from './slack-world.ts';

const TOMORROW = addDays(TODAY, 1);
/** Channels of a fan-out. */
const CHANNELS = 60;

/** Has a feed post now. Out: what its manager is told. */
function run({ ada, channel }: SlackWorld, id: string): Promise<string> {
  return textOfAnswer(ada.slash(channel, `/paper feed run id:${id}`));
}

/** A channel with a feed of two papers in it. */
async function feedIn(world: SlackWorld, name: string): Promise<{ place: Channel; id: string }> {
  const place = world.fake.addChannel({ name });
  return { place, id: await addFeed({ ...world, channel: place }, { limit: 2 }) };
}

/** Feeds that are due at nine, one a channel; the bot must not run. */
async function addChannels({ fake, team, storeUrl }: SlackWorld, count: number): Promise<Channel[]> {
  const channels = Array.from({ length: count }, (_, index) => fake.addChannel({ name: `channel-${index}` }));
  const createdAt = `${TODAY}T06:00:00.000Z`;
  await withStore(storeUrl, async (store) => {
    for (const [index, { id }] of channels.entries()) {
      const destination = { platform: 'slack', workspace: team.id, channel: id } as const;
      await store.saveFeed(aFeed({ id: `feed${100 + index}`, destination, limit: 2, createdAt }), createdAt);
    }
  });
  return channels;
}

describe.concurrent('messages that meet trouble', () => {
  it('wait as long as Slack asks for, and keep no other method waiting', async () => {
    await using world = await openSlackWorld();
    const { fake, channel, bo } = world;
    const bot = await world.start();
    const id = await addFeed(world, { limit: 2 });
    fake.fail('chat.postMessage', { kind: 'throttle', retryAfterMs: 2000 }, { times: 1 });
    const ran = run(world, id);
    await fake.until(() => fake.count('chat.postMessage') === 1);
    expect(papersOn(await firstOf(bo.slash(channel, '/paper today limit:3')))).toHaveLength(3);
    expect(await ran).toContain('posted. 2 papers.');
    const asked = fake.requests.filter(({ method }) => method === 'chat.postMessage').map(({ atMs }) => atMs);
    expect(asked).toHaveLength(2);
    expect(Number(asked[1]) - Number(asked[0])).toBeGreaterThanOrEqual(2000);
    await stop(bot);
  });

  it('of which Slack does not take one: it is recorded, the others go out, and it is sent when somebody says so', async () => {
    await using world = await openSlackWorld();
    const { fake, channel, ada } = world;
    const bot = await world.start();
    const id = await addFeed(world, { limit: 2, layout: 'cards' });
    const heading = fake.fail('chat.postMessage', { kind: 'slow', byMs: 0 }, { times: 1 });
    fake.fail('chat.postMessage', { kind: 'error', error: 'msg_blocks_too_long' }, { times: 1 });
    expect(await run(world, id)).toContain('incomplete');
    heading();
    expect(allPosted(fake, channel).flatMap(papersOn)).toHaveLength(1);
    const listed = await firstOf(ada.slash(channel, '/paper delivery list'));
    expect(messageText(listed)).toContain('msg_blocks_too_long');
    const [, delivery = ''] = /([a-z0-9]{6}@[0-9-]+#1)/.exec(messageText(listed)) ?? [];
    expect(await textOfAnswer(ada.slash(channel, `/paper delivery resend id:${delivery}`))).toContain(
      'posted',
    );
    expect(new Set(allPosted(fake, channel).flatMap(papersOn)).size).toBe(2);
    expect(allPosted(fake, channel)).toHaveLength(3);
    await stop(bot);
  });
});

describe.concurrent('a bot that is told to stop', () => {
  it('among many messages loses none and sends none twice', async () => {
    await using world = await openSlackWorld();
    const { fake } = world;
    const channels = await addChannels(world, CHANNELS);
    world.setTime(`${TODAY}T09:00:01.000Z`);
    const count = () => fake.count('chat.postMessage');
    const first = await world.start();
    await fake.until(() => count() > 10);
    await stop(first);
    expect(count()).toBeLessThan(CHANNELS);
    await world.start();
    const messages = () => channels.map((channel) => posted(fake, channel).length);
    await fake.until(() => messages().every((one) => one > 0));
    expect(messages()).toEqual(channels.map(() => 1));
    expect(count()).toBe(CHANNELS);
  });
});

describe.concurrent('channels', () => {
  it('that the bot is not in: a sentence with the step, and in public ones the offer to join', async () => {
    await using world = await openSlackWorld();
    const { fake, ada } = world;
    const bot = await world.start();
    const open = fake.addChannel({ name: 'open', hasBot: false });
    const closed = fake.addChannel({ name: 'closed', kind: 'private', members: [ada], hasBot: false });
    const refused = await textOfAnswer(ada.slash(closed, '/paper feed add time:09:00'));
    expect(refused).toContain('/invite @Paperwire');
    const offered = await firstOf(ada.slash(open, '/paper feed add time:09:00'));
    expect(messageText(offered)).toContain('/invite @Paperwire');
    expect(await textOfAnswer(ada.press(offered, 'Join this channel and add the feed'))).toContain('added');
    expect(open.members.has(fake.team.bot.id)).toBe(true);
    const general = await textOfAnswer(ada.slash(fake.general(), '/paper feed add time:09:00'));
    expect(general).toContain('Everybody reads #general');
    await stop(bot);
  });

  it('that close suspend their feed, say how it is mended, and go on once it is; renamed and converted ones just go on', async () => {
    await using world = await openSlackWorld();
    const { fake, channel, ada } = world;
    const first = await world.start();
    const [renamed, converted, archived, left, deleted] = [
      await feedIn(world, 'renamed'),
      await feedIn(world, 'converted'),
      await feedIn(world, 'archived'),
      await feedIn(world, 'left'),
      await feedIn(world, 'deleted'),
    ];
    fake.rename(renamed.place, 'another-name');
    fake.makePrivate(converted.place);
    fake.archive(archived.place);
    fake.kick(left.place, 'bot');
    fake.removeChannel(deleted.place);
    await stop(first);

    world.setTime(`${TODAY}T09:00:20.000Z`);
    const second = await world.start();
    await eventually(() => posted(fake, renamed.place).length === 1, 'the renamed one gets its edition');
    await eventually(() => posted(fake, converted.place).length === 1, 'the private one gets its edition');
    await eventually(() => posted(fake, ada.dm()).length === 3, 'their manager is told of three');
    const notices = posted(fake, ada.dm()).map(messageText);
    const of = (id: string) => notices.filter((text) => text.includes(`Feed ${id} needs you`)).join();
    expect(of(archived.id)).toContain('archived');
    expect(of(left.id)).toContain('/invite');
    expect(of(deleted.id)).toContain('suspended');
    const status = () => textOfAnswer(ada.slash(channel, '/paper status'));
    expect((await status()).match(/\*State\* suspended/g)).toHaveLength(3);

    fake.unarchive(archived.place);
    fake.invite(archived.place, 'bot');
    fake.invite(left.place, 'bot');
    for (const { id } of [archived, left]) {
      const notice = posted(fake, ada.dm()).find((one) => messageText(one).includes(`Feed ${id} needs you`));
      expect(await textOfAnswer(ada.press(notice as Message, 'Resume'))).toContain('active');
    }
    await stop(second);
    const third = await world.start();
    for (const { place } of [archived, left]) {
      await eventually(() => posted(fake, place).length === 1, 'they go on');
      expect(posted(fake, place).flatMap(papersOn)).toHaveLength(2);
    }
    expect([renamed, converted].map(({ place }) => posted(fake, place).length)).toEqual([1, 1]);
    await stop(third);
  });

  it('of a workspace that is shut: nothing is lost, nothing is suspended, and all goes on when it is open again', async () => {
    await using world = await openSlackWorld();
    const { fake, channel } = world;
    const first = await world.start();
    const id = await addFeed(world, { limit: 2 });
    fake.deactivate(fake.team);
    const said = await textOfAnswer(world.ada.slash(channel, `/paper feed run id:${id}`));
    expect(said).toContain('SLACK_BOT_TOKEN');
    expect(posted(fake, channel)).toEqual([]);
    await stop(first);
    world.setTime(`${TOMORROW}T09:05:00.000Z`);
    const shut = world.launch();
    expect(await shut.ended).toBe(78);
    expect(shut.log()).toContain('account_inactive');
    fake.reactivate(fake.team);
    const second = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    expect(new Set(posted(fake, channel).flatMap(papersOn)).size).toBeGreaterThan(0);
    await stop(second);
  });
});
