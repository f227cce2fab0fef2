import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import {
  type Channel,
  type Guild,
  type Message,
  messageText,
  type Person,
} from '../../../fakes/discord/index.ts';
import { openWorld } from '../../../world.ts';
import { type BotScene, eventually, MONDAY, openBot } from '../bot-scene.ts';

let scene: BotScene;
afterEach(async () => {
  const { problems, ownProblems } = scene.fake;
  await scene[Symbol.asyncDispose]();
  expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
});

/** A server that does not have the bot yet, with a channel; Ada owns it, Bo may manage it. */
async function openClub(locale = 'de'): Promise<{ club: Guild; channel: Channel; manager: Person }> {
  scene = await openBot();
  const { fake, ada, bo } = scene;
  const club = fake.addGuild({ name: 'Club', owner: ada, locale, hasBot: false });
  const channel = fake.addChannel(club, { name: 'neues' });
  fake.join(club, bo, { permissions: ['ManageGuild'] });
  return { club, channel, manager: bo };
}

const received = (person: Person): Message[] => scene.fake.messages(person.dm());

/** The greeting of somebody who gets exactly one. */
async function greeting(person: Person): Promise<Message> {
  await eventually(() => received(person).length > 0);
  const [first, ...more] = received(person);
  expect(more).toEqual([]);
  return first as Message;
}

/** Whatever was to come of other servers has come: they are gone through in turn. */
async function settle(): Promise<void> {
  const { fake, grace } = scene;
  const before = received(grace).length;
  fake.addBot(fake.addGuild({ name: 'Other', owner: grace, hasBot: false }), grace);
  await eventually(() => received(grace).length === before + 1);
}

describe('whoever adds the bot to a server', () => {
  it('gets one private message with three choices, in the language of the server', async () => {
    const { club, manager } = await openClub();
    scene.fake.addBot(club, manager);
    const text = messageText(await greeting(manager));
    for (const said of ['Paperwire ist auf Club', '#neues', '09:00', 'Europe/Berlin', 'Sprachmodelle', 'Los'])
      expect(text).toContain(said);
    await settle();
    expect(received(manager)).toHaveLength(1);
    expect(received(scene.ada)).toEqual([]);
  });

  it('also when Discord tells of them after the server', async () => {
    const { club, manager } = await openClub();
    const { fake } = scene;
    fake.addBot(club);
    fake.gateway.send({
      op: 0,
      s: 1000,
      t: 'INTEGRATION_CREATE',
      d: {
        id: '1',
        guild_id: club.id,
        name: 'Paperwire',
        type: 'discord',
        enabled: true,
        account: { id: fake.bot.id, name: 'Paperwire' },
        application: { id: fake.applicationId, name: 'Paperwire', icon: null, description: '' },
        user: { id: manager.id, username: 'bo', discriminator: '0', avatar: null, global_name: null },
      },
    });
    await greeting(manager);
  });

  it('is taken for its owner where Discord does not tell', async () => {
    const { club, manager } = await openClub();
    const { fake, ada, clock } = scene;
    fake.addBot(club);
    await eventually(() => {
      clock.advance(SECOND_MS);
      return received(ada).length > 0;
    });
    await greeting(ada);
    expect(received(manager)).toEqual([]);
  });

  it('gets it with the next start where the bot was stopped before it came, once', async () => {
    const { club, manager } = await openClub();
    const { fake, ada } = scene;
    fake.addBot(club);
    await eventually(async () => (await scene.store.presence.present('discord')).includes(club.id));
    await scene.stop();
    expect([received(ada), received(manager)]).toEqual([[], []]);
    await scene.start();
    const late = async () => {
      await eventually(async () => {
        scene.clock.advance(SECOND_MS);
        return !(await scene.store.presence.ungreeted('discord')).includes(club.id);
      });
      await greeting(ada);
    };
    await late();
    await scene.restart();
    await late();
  });

  it('gets it once from two processes on one store', async () => {
    const { club } = await openClub();
    const { fake, ada, clock, source, store } = scene;
    fake.addBot(club);
    await eventually(async () => (await store.presence.present('discord')).includes(club.id));
    const adapter = createDiscordAdapter({ token: fake.token, apiUrl: fake.url, clock, log: silentLog });
    const another = await openWorld(clock.now(), {
      adapters: [adapter],
      clock,
      source,
      store,
      log: silentLog,
    });
    await adapter.start(another.host);
    const posts = () =>
      fake.requests.filter(
        ({ method, path }) => method === 'POST' && path === `/channels/${ada.dm().id}/messages`,
      ).length;
    await eventually(() => {
      clock.advance(SECOND_MS);
      return posts() === 2;
    });
    await greeting(ada);
    await another.close();
  });

  it('gets nothing, and nothing is tried again, where direct messages are closed', async () => {
    const { club, manager } = await openClub();
    manager.closeDms();
    scene.fake.addBot(club, manager);
    await eventually(() => scene.isSaid('Whoever added the bot takes no direct messages') === 1);
    expect(scene.fake.count('POST /channels/*/messages')).toBe(1);
  });

  it.each([
    ['did not take it', false],
    ['took it and did not say so', true],
  ])('gets it once though Discord %s at first', async (_, isHandled) => {
    const { club, manager } = await openClub();
    const fault = { kind: 'status' as const, status: 502, ...(isHandled ? { isHandled } : {}) };
    scene.fake.fail('POST /channels/*/messages', fault, { times: 2 });
    scene.fake.addBot(club, manager);
    await eventually(() => scene.fake.count('POST /channels/*/messages') === 3);
    await greeting(manager);
  });

  it('is not greeted again when the bot was shown out and comes back, nor after a restart', async () => {
    const { club, manager } = await openClub();
    const { fake } = scene;
    fake.addBot(club, manager);
    await greeting(manager);
    fake.kickBot(club);
    fake.addBot(club, manager);
    await settle();
    await scene.restart();
    await settle();
    expect(received(manager)).toHaveLength(1);
  });

  it('is told what to do where no channel is open to the bot', async () => {
    const { club, channel, manager } = await openClub();
    const { fake } = scene;
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    fake.addChannel(club, { name: 'posts', kind: 'forum' });
    fake.addBot(club, manager);
    const text = messageText(await greeting(manager));
    expect(text).toContain('Noch gibt es keinen Kanal');
    expect(text).not.toContain('Los');
  });

  it('chooses from the first 25 channels that are open, and is told of the others', async () => {
    const { club, manager } = await openClub();
    const { fake } = scene;
    for (let index = 0; index < 40; index += 1) {
      const one = fake.addChannel(club, { name: `c${index}` });
      if (index % 2 === 0) fake.permit(one, 'everyone', { deny: ['SendMessages'] });
    }
    for (let index = 40; index < 50; index += 1) fake.addChannel(club, { name: `c${index}` });
    fake.addBot(club, manager);
    const text = messageText(await greeting(manager));
    expect(text.match(/^#\w/gm)).toHaveLength(25);
    expect(text).toContain('#c1\n');
    expect(text).not.toContain('#c2\n');
    expect(text).toContain('die ersten 25 Kanäle');
  });
});

describe('the first message', () => {
  async function greeted(): Promise<{ club: Guild; channel: Channel; manager: Person; message: Message }> {
    const opened = await openClub('en-US');
    scene.fake.addBot(opened.club, opened.manager);
    return { ...opened, message: await greeting(opened.manager) };
  }

  /** Chooses everything; the message is changed in place. */
  async function choose({ manager, message }: { manager: Person; message: Message }): Promise<void> {
    await manager.choose(message, '1. Which channel?', ['#neues']);
    await manager.choose(message, '2. At what time?', ['18:00']);
    await manager.choose(message, 'In which time zone?', ['Asia/Tokyo']);
    const topics = await manager.choose(message, '3. Which topics? All papers when none is chosen.', [
      'agents',
    ]);
    expect(topics.type).toBe(6);
  }

  it('keeps the choices over a restart, and Start adds the feed in that server', async () => {
    const { club, channel, manager, message } = await greeted();
    await choose({ manager, message });
    await scene.restart();
    await manager.press(message, 'Start');
    expect(await scene.feeds(club)).toMatchObject([
      {
        destination: { platform: 'discord', workspace: club.id, channel: channel.id },
        manager: manager.id,
        time: '18:00',
        zone: 'Asia/Tokyo',
        filters: { topics: ['agents'] },
      },
    ]);
    expect(received(manager)).toHaveLength(1);
  });

  it('says after Start when the first edition comes, and cannot be started again', async () => {
    const { club, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    const before = structuredClone(message.components);
    await Promise.all([manager.press(message, 'Start'), manager.press(message, 'Start')]);
    expect(await scene.feeds(club)).toHaveLength(1);
    expect(message.components).not.toEqual(before);
    expect(messageText(message)).toContain('posts for the first time on 2026-11-23 09:00');
    await expect(manager.press(message, 'Start')).rejects.toThrow('No button');
    const preview = await manager.press(message, 'Preview');
    expect(messageText(preview.messages.at(-1))).toContain('Feed feed01\nThere is nothing new yet');
  });

  it('asks for a channel first', async () => {
    const { club, manager, message } = await greeted();
    const answer = await manager.press(message, 'Start');
    expect(messageText(answer.messages.at(-1))).toContain('Choose a channel first');
    expect(await scene.feeds(club)).toEqual([]);
  });

  it('shows today’s papers, and what is pressed there acts in the server', async () => {
    const { club, manager, message } = await greeted();
    await scene.tickAt(MONDAY);
    const answer = await manager.press(message, 'Show today’s papers');
    const list = answer.messages.at(-1) as Message;
    expect(messageText(list)).toContain('Tool-using agents');
    const details = await manager.choose(list, 'Details of …', ['2611.00001']);
    await manager.press(details.messages.at(-1) as Message, 'Save');
    const member = { platform: 'discord', workspace: club.id, id: manager.id } as const;
    const { total } = await scene.store.people.saved(member, { offset: 0, limit: 1 });
    expect(total).toBe(1);
  });

  it('refuses whoever may not manage the server any more, or has left it', async () => {
    const { club, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    const { fake, clock } = scene;
    const role = [...club.roles.values()].find(({ name }) => name === 'Bo');
    fake.setPermissions(club, role as never, []);
    clock.advance(60 * SECOND_MS);
    for (const press of ['Start', 'Show today’s papers']) {
      const answer = await manager.press(message, press);
      expect(messageText(answer.messages.at(-1))).toContain('may manage the server');
    }
    fake.leave(club, manager);
    clock.advance(60 * SECOND_MS);
    const answer = await manager.choose(message, '2. At what time?', ['18:00']);
    expect(messageText(answer.messages.at(-1))).toContain('may manage the server');
    expect(await scene.feeds(club)).toEqual([]);
  });

  it('says what is missing where the channel has been closed meanwhile, and starts once that is mended', async () => {
    const { club, channel, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    scene.fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    scene.clock.advance(60 * SECOND_MS);
    const answer = await manager.press(message, 'Start');
    expect(messageText(answer.messages.at(-1))).toContain('Send Messages');
    expect(await scene.feeds(club)).toEqual([]);
    scene.fake.permit(channel, 'everyone', {});
    scene.clock.advance(60 * SECOND_MS);
    await manager.press(message, 'Start');
    expect(await scene.feeds(club)).toHaveLength(1);
  });
});
