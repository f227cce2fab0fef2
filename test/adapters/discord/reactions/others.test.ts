import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { eventually, MONDAY } from '../bot-scene.ts';
import { follows, openScene, scene } from '../watched-bot.ts';
import { settle } from './reacting.ts';

describe('an emoji on a message of somebody else', () => {
  it('is none of our business, and not asked for', async () => {
    await openScene();
    const { fake, ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    const said = ada.say(channel, 'Look at this');
    fake.forget();
    ada.react(said, '🤖');
    await settle(panel);
    expect(await scene.followed(ada)).toEqual([]);
    expect(fake.count('GET /channels/*/messages/*')).toBe(0);
  });

  it('is asked for once where Discord does not tell whose it is', async () => {
    await openScene();
    const { fake, ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    const said = ada.say(channel, 'Look at this');
    fake.forget();
    for (let times = 0; times < 3; times += 1) {
      ada.react(said, '🤖');
      ada.unreact(said, '🤖');
    }
    fake.clearReactions(said);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
  });

  it('is asked for once where it may not be read', async () => {
    await openScene();
    const { fake, ada, guild } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const other = fake.addChannel(guild, { name: 'talk' });
    fake.permit(other, 'bot', { deny: ['ReadMessageHistory'] });
    const said = ada.say(other, 'Look at this');
    fake.forget();
    for (let times = 0; times < 3; times += 1) {
      ada.react(said, '🤖');
      ada.unreact(said, '🤖');
    }
    await eventually(() => fake.count('GET /channels/*/messages/*') === 1);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
    expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('emoji that are taken off messages of others', () => {
  /** Messages of Ada's in a channel that the bot can see but not read back. */
  function chat(name: string) {
    const { fake, guild, ada } = scene;
    const place = fake.addChannel(guild, { name });
    fake.permit(place, 'bot', { deny: ['ReadMessageHistory'] });
    return () => ada.say(place, 'Hello');
  }

  it('cost nothing where they change nothing, and what is due goes out', async () => {
    await openScene();
    const { fake, bo } = scene;
    const panel = await scene.panel('agents,robotics');
    const say = chat('chat');
    fake.forget();
    for (let count = 0; count < 520; count += 1) {
      const message = say();
      for (const emoji of ['🤖', '🔖', '🍕']) {
        bo.react(message, emoji);
        bo.unreact(message, emoji);
      }
    }
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(0);
    await scene.give('feed add', { channel: scene.channel.id });
    await scene.tickAt(MONDAY);
    expect(fake.count('POST /channels/*/messages')).toBeGreaterThan(0);
  });

  it('are not looked at again in a channel that refused', async () => {
    await openScene();
    const { fake, ada } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const say = chat('chat');
    fake.forget();
    for (let count = 0; count < 20; count += 1) {
      const message = say();
      ada.react(message, '🤖');
      ada.unreact(message, '🤖');
    }
    await eventually(() => fake.count('GET /channels/*/messages/*') > 0);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
    expect(fake.invalidRequests).toBe(1);
  });

  it('never stop what is due, wherever a member makes the bot look', async () => {
    await openScene();
    const { fake, ada, bo, clock } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const before = fake.invalidRequests;
    for (let count = 0; count < 550; count += 1) {
      const message = chat(`chat${count}`)();
      ada.react(message, '🤖');
      ada.unreact(message, '🤖');
    }
    await eventually(() => scene.isSaid('Looking at reactions rests') > 0);
    await settle(panel);
    expect(fake.invalidRequests - before).toBeLessThanOrEqual(110);
    await scene.give('feed add', { channel: scene.channel.id });
    const posts = fake.count('POST /channels/*/messages');
    await scene.tickAt(MONDAY);
    expect(fake.count('POST /channels/*/messages')).toBeGreaterThan(posts);
    // What was put on another panel meanwhile is not lost, and later all is as before.
    clock.advance(11 * MINUTE_MS);
    bo.react(panel, '🤖');
    await follows(bo, ['agents']);
  });
});
