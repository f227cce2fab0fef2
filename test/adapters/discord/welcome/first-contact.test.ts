import { describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { openWorld } from '../../../world.ts';
import { eventually } from '../bot-scene.ts';
import { scene } from '../watched-bot.ts';
import { greeting, openClub, received } from './club.ts';

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
