import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { type Message, messageText } from '../fakes/discord/index.ts';
import {
  AGENTS,
  addFeed,
  type DiscordWorld,
  eventually,
  firstOf,
  openDiscordWorld,
  papersOn,
  posted,
  type RunningProgram,
  stop,
  TODAY,
  textOfAnswer,
} from './discord-world.ts';

describe('a server sets Paperwire up', () => {
  it('is refused what it may not have, gets its edition at its minute, and old messages go on working', async () => {
    await using world = await openDiscordWorld();
    const { fake, guild, channel, ada, bo } = world;
    const quiet = fake.addChannel(guild, { name: 'quiet' });
    fake.permit(quiet, 'bot', { deny: ['SendMessages'] });
    const first = await world.start();

    const options = { time: '09:00', limit: 5 };
    expect(await textOfAnswer(bo.slash(channel, 'paper feed add', options))).toContain('Only managers');
    const refused = await textOfAnswer(ada.slash(channel, 'paper feed add', { ...options, channel: quiet }));
    expect(refused).toMatch(/Nothing was saved.*Send Messages/s);
    await addFeed(world, options);
    await stop(first);
    expect(posted(fake, channel)).toEqual([]);

    world.setTime(`${TODAY}T08:59:57.000Z`);
    const second = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    const [edition] = posted(fake, channel) as [Message];
    expect(papersOn(edition)).toHaveLength(5);
    expect(edition.sentAtMs).toBeGreaterThanOrEqual(Date.parse(`${TODAY}T09:00:00.000Z`));
    expect(edition.sentAtMs).toBeLessThan(Date.parse(`${TODAY}T09:00:00.000Z`) + MINUTE_MS / 4);
    await stop(second);

    await world.start();
    const [, wanted = ''] = papersOn(edition);
    const details = await firstOf(bo.choose(edition, 'Details of …', [wanted]));
    expect(papersOn(details)).toEqual([wanted]);
    expect(posted(fake, channel)).toHaveLength(1);
    expect(fake.commands).toHaveLength(2);
    expect(fake.count('PUT /applications/*/commands')).toBe(1);
  });
});

describe('people read papers', () => {
  let world: DiscordWorld;
  let bot: RunningProgram;
  let edition: Message;
  beforeAll(async () => {
    world = await openDiscordWorld();
    bot = await world.start();
    const { fake, channel, ada } = world;
    const id = await addFeed(world);
    const ran = await textOfAnswer(ada.slash(channel, 'paper feed run', { id }));
    expect(ran).toContain('posted. 10 papers.');
    edition = posted(fake, channel)[0] as Message;
  });
  afterAll(async () => {
    await stop(bot);
    await world.close();
  });

  it('details of a paper come to who asks for them alone, and it is saved and rated there', async () => {
    const { bo, channel } = world;
    const [, id = ''] = papersOn(edition);
    const details = await firstOf(bo.choose(edition, 'Details of …', [id]));
    expect(details.onlyFor).toBe(bo.id);
    expect(messageText(details)).toContain('Abstract');
    expect(await textOfAnswer(bo.press(details, 'Save'))).toContain('Saved');
    expect(await textOfAnswer(bo.press(details, '👍'))).toContain('👍 noted');
    expect(papersOn(await firstOf(bo.slash(channel, 'paper saved')))).toEqual([id]);
    const file = await firstOf(bo.slash(channel, 'paper saved', { format: 'bibtex' }));
    expect(file.attachments.map(({ text }) => text).join('')).toContain(id);
  });

  it('a search is turned over page by page, in its place', async () => {
    const { bo, channel } = world;
    const search = () => firstOf(bo.slash(channel, 'paper search', { query: 'paper boats' }));
    // What the source finds beside the archive is in the archive from then on, and is ranked anew.
    await search();
    const first = await search();
    const before = papersOn(first);
    expect(before).toHaveLength(10);
    const second = await firstOf(bo.press(first, 'More'));
    expect(second.id).toBe(first.id);
    expect(papersOn(second)).toHaveLength(10);
    expect(papersOn(second)).not.toEqual(before);
    expect(papersOn(await firstOf(bo.press(second, 'Back')))).toEqual(before);
  });

  it('what is typed is completed', async () => {
    const { ada, bo, channel } = world;
    const topics = await bo.autocomplete(channel, 'paper follow', 'what', { what: 'age' });
    expect(topics.choices).toContainEqual({ name: '🤖 Agents', value: 'topic:agents' });
    const zones = await ada.autocomplete(channel, 'paper feed add', 'zone', { zone: 'berl' });
    expect(zones.choices.map(({ value }) => value)).toContain('Europe/Berlin');
  });

  it('the papers that a message names are found', async () => {
    const { ada, bo, channel } = world;
    const [, , id = ''] = papersOn(edition);
    const said = ada.say(channel, `Has anybody read https://arxiv.org/abs/${id}v2?`);
    const found = await firstOf(bo.useOn(said, 'Find the papers in this message'));
    expect([papersOn(found), found.onlyFor]).toEqual([[id], bo.id]);
  });

  it('in a direct message too', async () => {
    const { bo } = world;
    const today = await firstOf(bo.slash(bo.dm(), 'paper today', { limit: 3 }));
    expect(papersOn(today)).toHaveLength(3);
    expect(messageText(today)).toContain(AGENTS);
  });
});
